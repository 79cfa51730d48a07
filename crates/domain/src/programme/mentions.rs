//! Finds whether the text of a programme document names its discipline: by the discipline's code,
//! or by one of its names with any inflection.

use crate::name::{Language, search_key};
use crate::offering::Discipline;

/// The number of characters at the beginning of a programme document in which its discipline must
/// be named. The rest of the document can mention other disciplines.
const HEAD: usize = 2_500;

/// The minimum length of a discipline's code. The text is not searched for a shorter code, because
/// such a code could be a part of any word.
const SHORTEST_CODE: usize = 4;

/// The maximum distance in a text between two consecutive words of a discipline's name, in bytes.
/// The endings of inflected words and short words such as *and* can be between the two words.
const GAP: usize = 12;

/// A document also names its discipline if the name or the code of the discipline occurs at least
/// this number of times anywhere in the document. A name or code that is repeated so often is
/// probably the running header or footer of the document.
const REPEATED: usize = 3;

/// Short words, such as *and*, that can be left out when a text names a discipline.
const SMALL: [&str; 10] = ["men", "zhane", "and", "the", "for", "bar", "pen", "ben", "ili", "pri"];

/// Returns whether the text of a programme document, converted to a Latin search key, names the
/// discipline.
pub(super) fn is_named(text: &str, discipline: &Discipline) -> bool {
    // The discipline's name and code are searched in a copy of the text without spaces, because a
    // PDF can split words at the end of a line or have no spaces between words.
    let squeezed: String = text.chars().filter(|letter| *letter != ' ').collect();
    let head: String = squeezed.chars().take(HEAD).collect();
    let code: String = search_key(&discipline.code).chars().filter(|letter| *letter != ' ').collect();
    if code.len() >= SHORTEST_CODE && (head.contains(&code) || squeezed.matches(&code).count() >= REPEATED) {
        return true;
    }
    let names = Language::ALL.map(|language| search_key(discipline.name.exactly(language)));
    let known: Vec<&String> = names.iter().filter(|name| !name.is_empty()).collect();
    let first_page: String = text.chars().take(HEAD + HEAD / 4).collect();
    known.is_empty() || known.iter().any(|name| stands_in(&head, &squeezed, name) || is_initialed(&first_page, name))
}

fn stands_in(head: &str, whole: &str, name: &str) -> bool {
    let stems = stems(name);
    !stems.is_empty() && (count(head, &stems) > 0 || count(whole, &stems) >= REPEATED)
}

/// Returns the words of a discipline's name without their inflections; numbers are unchanged.
fn stems(name: &str) -> Vec<String> {
    let words = name.split(' ').filter(|word| !SMALL.contains(word));
    let words = words.filter(|word| word.chars().count() >= 3 || is_number(word));
    words.map(stem).collect()
}

fn stem(word: &str) -> String {
    let long = word.chars().count();
    let kept = match long {
        _ if is_number(word) => long,
        0..=4 => 3,
        5..=7 => long - 2,
        _ => long - 3,
    };
    word.chars().take(kept).collect()
}

fn is_number(word: &str) -> bool {
    word.chars().all(|letter| letter.is_ascii_digit())
}

/// Counts how often a text names a discipline, but no further than [`REPEATED`]. The text names the
/// discipline where the words of its name follow one another with any inflection, each at most
/// [`GAP`] bytes behind the previous one.
fn count(text: &str, stems: &[String]) -> usize {
    let Some((first, rest)) = stems.split_first() else { return 0 };
    let starts = text.match_indices(first.as_str()).map(|(place, _)| place + first.len());
    starts.filter(|&end| follows(text, end, rest)).take(REPEATED).count()
}

fn follows(text: &str, mut end: usize, stems: &[String]) -> bool {
    for stem in stems {
        let behind = text.get(end..).unwrap_or_default();
        let Some(place) = behind.find(stem.as_str()).filter(|&place| place <= GAP) else { return false };
        end += place + stem.len();
        let goes_on = text.get(end..).is_some_and(|behind| behind.starts_with(|next: char| next.is_ascii_digit()));
        if is_number(stem) && goes_on {
            return false;
        }
    }
    true
}

/// Returns whether a text contains the initials of a discipline's name, by which names of three or
/// more words are often abbreviated.
fn is_initialed(text: &str, name: &str) -> bool {
    let words = name.split(' ').filter(|word| !SMALL.contains(word) && word.chars().count() >= 3);
    let initials: String = words.filter_map(|word| word.chars().next()).collect();
    initials.chars().count() >= 3 && text.contains(&format!(" {initials} "))
}
