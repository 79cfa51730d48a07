//! Detects the languages of a programme document: by the letters of its text, and by frequent words
//! if the letters can belong to several languages.

use crate::name::{Language, search_key};
use crate::programme::keyword_search::{has_any, words};
use crate::programme::section_keywords;
use std::sync::LazyLock;

/// Letters of the Kazakh alphabet that the Russian alphabet does not have.
const KAZAKH_LETTERS: &str = "әғқңөұүһіӘҒҚҢӨҰҮҺІ";

/// The minimum number of letters in one piece of a text. A text is split into pieces, and each
/// piece is classified as one language. The last piece can have fewer letters.
const PIECE: usize = 240;

/// A language counts as a language of a text if at least this percentage of the text is in the
/// language.
const SHARE: usize = 20;

/// The minimum percentage of specifically Kazakh letters among the Cyrillic letters of a text in
/// Kazakh. In real Kazakh texts about fifteen percent of the letters are specific to Kazakh; Kazakh
/// names in Russian texts cause one or two percent.
const KAZAKH_PERCENT: usize = 5;

static WORDS: LazyLock<[(Language, Vec<String>); 3]> = LazyLock::new(|| {
    [
        (Language::Kk, words(section_keywords::KAZAKH)),
        (Language::Ru, words(section_keywords::RUSSIAN)),
        (Language::En, words(section_keywords::ENGLISH)),
    ]
});

/// Returns the languages in which a text is written, the most frequent language first.
pub(super) fn languages(text: &str) -> Vec<Language> {
    let mut shares = Language::ALL.map(|language| LanguageShare { language, letters: 0 });
    let mut piece = String::new();
    let mut letters = 0;
    for line in text.lines() {
        piece.push_str(line);
        piece.push(' ');
        letters += line.chars().filter(|letter| letter.is_alphabetic()).count();
        if letters >= PIECE {
            add(&mut shares, &piece, letters);
            piece.clear();
            letters = 0;
        }
    }
    add(&mut shares, &piece, letters);
    let all: usize = shares.iter().map(|share| share.letters).sum();
    let is_large = |share: &LanguageShare| share.letters > 0 && share.letters * 100 >= all * SHARE;
    let mut found: Vec<_> = shares.into_iter().filter(is_large).collect();
    found.sort_by_key(|share| std::cmp::Reverse(share.letters));
    found.into_iter().map(|share| share.language).collect()
}

/// A language with the number of letters of a text that are in this language.
struct LanguageShare {
    language: Language,
    /// The number of letters in the pieces of the text that were classified as this language.
    letters: usize,
}

fn add(shares: &mut [LanguageShare; 3], piece: &str, letters: usize) {
    let Some(language) = language_of(piece) else { return };
    for share in shares {
        share.letters += if share.language == language { letters } else { 0 };
    }
}

fn language_of(piece: &str) -> Option<Language> {
    let count = |of: fn(&char) -> bool| piece.chars().filter(of).count();
    let cyrillic = count(|letter| matches!(letter, '\u{400}'..='\u{52f}'));
    let latin = count(|letter| letter.is_alphabetic() && *letter < '\u{250}');
    let kazakh = count(|letter| KAZAKH_LETTERS.contains(*letter));
    if cyrillic + latin == 0 {
        None
    } else if cyrillic >= latin && kazakh * 100 >= cyrillic * KAZAKH_PERCENT {
        Some(Language::Kk)
    } else if cyrillic >= latin {
        Some(by_words(piece, Language::Ru, Language::Kk))
    } else {
        Some(by_words(piece, Language::En, Language::Kk))
    }
}

/// Decides in which of two languages a piece of a text is written. Returns `other` if the piece
/// contains more of the frequent words of `other` than of those of `likely`, else `likely`.
fn by_words(piece: &str, likely: Language, other: Language) -> Language {
    let folded = format!(" {} ", search_key(piece));
    let count = |language: Language| {
        let known = WORDS.iter().find(|(known, _)| *known == language);
        known.map_or(0, |(_, words)| words.iter().filter(|word| has_any(&folded, std::slice::from_ref(word))).count())
    };
    if count(other) > count(likely) { other } else { likely }
}
