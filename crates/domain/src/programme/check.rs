//! Checks the text of a programme document: whether it is readable, names its discipline, has both
//! required parts (examined topics, and instructions on how the exam is held), and in which
//! languages it is written. Findings are shown to people; no finding causes a document to be
//! refused.

use crate::id::TermId;
use crate::name::{Language, search_key};
use crate::offering::Discipline;
use crate::programme::Document;
pub use crate::programme::check_result::CheckResult;
use crate::programme::keyword_search::{has_any, words};
use crate::programme::language::languages;
use crate::programme::mentions::is_named;
use crate::programme::section_keywords;
use crate::programme::section_keywords::KeywordFamily;
use std::sync::LazyLock;

/// The version of the rules for checking programme documents. Documents that were checked by an
/// older version of the rules are checked again.
pub const CHECKER: i64 = 1;

/// The minimum number of letters in a readable programme document. A document with fewer letters is
/// a scan, a cover or a drawing.
const FEWEST_LETTERS: usize = 120;

/// A document with at least this score for keywords and lists counts as listing examined topics.
const PROGRAMME_POINTS: usize = 3;
/// A document with at least this score for keywords and phrases counts as containing instructions
/// on how the exam is held.
const METHOD_POINTS: usize = 4;

/// Maximum number of characters in a heading of a programme document; longer lines are prose.
const HEADING: usize = 70;

/// The maximum distance between the keywords of one phrase in a programme document, in bytes of the
/// text's Latin search key.
const NEAR: usize = 60;

/// A finding: a possible fault of a programme document, to which a person should pay attention.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Finding {
    /// Possible fault of a programme document: it has no readable text, only a scan, pictures, or
    /// letters without meaning.
    NoText,
    /// Possible fault of a programme document: its text contains neither a name nor the code of the
    /// discipline.
    DisciplineNotNamed,
    /// Possible fault of a programme document: the list of examined topics is missing (емтихан
    /// бағдарламасы).
    ProgrammePartMissing,
    /// Possible fault of a programme document: the instructions on how the exam is held are missing
    /// (өткізу технологиясы мен әдістемесі туралы нұсқаулық).
    MethodPartMissing,
    /// Possible fault of a programme document: it was approved for an exam in an earlier term.
    SameAsLastTerm,
    /// Possible fault of a programme document: the same file was uploaded earlier to the dossier
    /// (folder of course materials) of another discipline.
    SameAsOtherDiscipline,
    /// Possible fault of a programme document: its text lacks a language in which a student group
    /// of the exam is taught.
    OtherLanguage,
}

impl Finding {
    /// All findings (possible faults of programme documents), in the order of display.
    pub const ALL: [Self; 7] = [
        Self::NoText,
        Self::DisciplineNotNamed,
        Self::ProgrammePartMissing,
        Self::MethodPartMissing,
        Self::SameAsLastTerm,
        Self::SameAsOtherDiscipline,
        Self::OtherLanguage,
    ];

    /// Returns the code of the finding (possible fault of a programme document). The code is also
    /// the second half of the translation keys `warn-…` and `finding-help-…`.
    pub fn code(self) -> &'static str {
        match self {
            Self::NoText => "no-text",
            Self::DisciplineNotNamed => "discipline-not-named",
            Self::ProgrammePartMissing => "programme-part-missing",
            Self::MethodPartMissing => "method-part-missing",
            Self::SameAsLastTerm => "same-as-last-term",
            Self::SameAsOtherDiscipline => "same-as-other-discipline",
            Self::OtherLanguage => "other-language",
        }
    }
}

/// An exam that is to use a programme document, and facts that can show a fault of the document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Purpose<'a> {
    /// The academic term of the exam for which the programme document is to be used.
    pub term: TermId,
    /// The languages in which the student groups of the exam are taught. If the list is empty, the
    /// language of the programme document is not checked.
    pub languages: &'a [Language],
    /// Whether the programme document was the approved programme of an exam in an earlier term.
    pub was_used_before: bool,
    /// Whether the same file was uploaded earlier to the course materials of another discipline.
    pub lies_elsewhere: bool,
}

impl Document {
    /// Lists the findings (possible faults) about the programme document. People see them before
    /// the document becomes the programme of an exam.
    pub fn findings(&self, purpose: &Purpose<'_>) -> Vec<Finding> {
        let told = self.checked.as_ref();
        let lacks = |what: fn(&CheckResult) -> bool| told.is_some_and(|told| told.has_text && !what(told));
        let is_foreign =
            |told: &CheckResult| purpose.languages.iter().any(|language| !told.languages.contains(language));
        let found = [
            (Finding::NoText, told.is_some_and(|told| !told.has_text)),
            (Finding::DisciplineNotNamed, lacks(|told| told.is_named)),
            (Finding::ProgrammePartMissing, lacks(|told| told.has_programme)),
            (Finding::MethodPartMissing, lacks(|told| told.has_method)),
            (Finding::SameAsLastTerm, purpose.was_used_before && self.term != purpose.term),
            (Finding::SameAsOtherDiscipline, purpose.lies_elsewhere),
            (Finding::OtherLanguage, told.is_some_and(|told| !told.languages.is_empty() && is_foreign(told))),
        ];
        found.into_iter().filter(|(_, holds)| *holds).map(|(finding, _)| finding).collect()
    }
}

/// Checks the text of a programme document; `text` is empty if the document contains no text.
pub fn check(text: &str, discipline: &Discipline) -> CheckResult {
    if !is_legible(text) {
        return CheckResult::default();
    }
    let folded = Folded::of(text);
    CheckResult {
        has_text: true,
        is_named: is_named(&folded.text, discipline),
        has_programme: folded.points(&PROGRAMME) + folded.list_points() >= PROGRAMME_POINTS,
        has_method: folded.points(&METHOD) + folded.manner_points() + folded.course_points() >= METHOD_POINTS,
        languages: languages(text),
    }
}

/// Returns whether a text has at least [`FEWEST_LETTERS`] Latin or Cyrillic letters, and whether
/// these are at least half of its characters. A PDF font without a character map yields others.
fn is_legible(text: &str) -> bool {
    let ours = |letter: &char| matches!(letter, 'a'..='z' | 'A'..='Z' | '\u{400}'..='\u{52f}');
    let written = text.chars().filter(|letter| !letter.is_whitespace() && !letter.is_ascii_punctuation()).count();
    let letters = text.chars().filter(ours).count();
    letters >= FEWEST_LETTERS && letters * 2 >= written
}

/// A set of keywords with the same meaning. Keywords and searched text are converted to Latin
/// search keys, so that different spellings of a word are equal.
struct FoldedFamily {
    in_text: usize,
    as_heading: usize,
    words: Vec<String>,
}

type FoldedFamilies = LazyLock<Vec<FoldedFamily>>;
type FoldedKeywords = LazyLock<Vec<String>>;

static PROGRAMME: FoldedFamilies = LazyLock::new(|| families(section_keywords::PROGRAMME));
static METHOD: FoldedFamilies = LazyLock::new(|| families(section_keywords::METHOD));
static MANNER: FoldedKeywords = LazyLock::new(|| words(section_keywords::MANNER));
static OCCASION: FoldedKeywords = LazyLock::new(|| words(section_keywords::OCCASION));
static PROGRAMME_ITSELF: FoldedKeywords = LazyLock::new(|| words(section_keywords::PROGRAMME_ITSELF));
static EXAM: FoldedKeywords = LazyLock::new(|| words(section_keywords::EXAM));
static GOES: FoldedKeywords = LazyLock::new(|| words(section_keywords::GOES));
static PROCESS: FoldedKeywords = LazyLock::new(|| words(section_keywords::PROCESS));

fn families(families: &[KeywordFamily]) -> Vec<FoldedFamily> {
    let fold = |family: &KeywordFamily| FoldedFamily {
        in_text: family.in_text,
        as_heading: family.as_heading,
        words: words(family.words),
    };
    families.iter().map(fold).collect()
}

/// A programme document's text in the three forms in which keywords are searched: the whole text,
/// the text without its lists of topics, and the single lines. All are Latin search keys.
struct Folded {
    text: String,
    /// The text of the document without its lists of topics. A topic such as *networks and the
    /// internet* gives no information about how the exam is held.
    prose: String,
    lines: Vec<TextLine>,
}

struct TextLine {
    text: String,
    is_listed: bool,
    is_topic: bool,
}

impl Folded {
    fn of(text: &str) -> Self {
        let lines = text.lines().filter(|line| !line.trim().is_empty());
        let line =
            |line: &str| TextLine { text: padded(&search_key(line)), is_listed: is_listed(line), is_topic: false };
        let mut lines: Vec<TextLine> = lines.map(line).collect();
        for list in lines.chunk_by_mut(|one, next| one.is_listed && next.is_listed) {
            mark_topics(list);
        }
        let prose: String = lines.iter().filter(|line| !line.is_topic).map(|line| line.text.trim_start()).collect();
        Self { text: padded(&search_key(text)), prose: padded(&prose), lines }
    }

    /// Returns the document's score for keywords: every set of keywords adds its number once if at
    /// least one of its keywords occurs in the document.
    fn points(&self, families: &[FoldedFamily]) -> usize {
        let is_heading = |line: &&TextLine| !line.is_topic && line.text.chars().count() <= HEADING;
        let points = |family: &FoldedFamily| {
            if !has_any(&self.prose, &family.words) {
                0
            } else if self.lines.iter().filter(is_heading).any(|line| has_any(&line.text, &family.words)) {
                family.as_heading
            } else {
                family.in_text
            }
        };
        families.iter().map(points).sum()
    }

    /// Returns the document's score for the number of topics in its lists: 0 if it has fewer than
    /// three topics, 2 if it has three or four, 3 if it has more.
    fn list_points(&self) -> usize {
        match self.lines.iter().filter(|line| line.is_topic).count() {
            0..=2 => 0,
            3..=4 => 2,
            _ => 3,
        }
    }

    /// Returns 2 if the document contains a phrase like «порядок проведения экзамена» that is not
    /// close behind the word *programme*, else 0. The number is added to the document's score.
    fn manner_points(&self) -> usize {
        if self.has_phrase(&MANNER, &OCCASION) { 2 } else { 0 }
    }

    /// Returns 1 if the document contains a sentence about the course of an exam, such as «экзамен
    /// проводится …», else 0. The number is added to the document's score.
    fn course_points(&self) -> usize {
        usize::from(self.has_phrase(&GOES, &EXAM))
    }

    /// Returns whether a keyword of `cues` is close to a word of `near`. Keywords close behind the
    /// word *programme* do not count, because they belong to a title or to a standard note. A
    /// keyword close behind one that does not count does not count either.
    fn has_phrase(&self, cues: &[String], near: &[String]) -> bool {
        let mut places: Vec<usize> =
            cues.iter().flat_map(|cue| self.prose.match_indices(cue.as_str())).map(|(place, _)| place).collect();
        places.sort_unstable();
        let mut in_title = None;
        places.into_iter().any(|place| {
            let before = window(&self.prose, place.saturating_sub(NEAR), place + 1);
            let follows = in_title.is_some_and(|title| place - title < NEAR / 2);
            if follows || has_any(before, &PROGRAMME_ITSELF) {
                in_title = Some(place);
                return false;
            }
            has_any(window(&self.prose, place.saturating_sub(NEAR), place + NEAR), near)
        })
    }
}

fn padded(text: &str) -> String {
    format!(" {text} ")
}

/// Marks the numbered or bulleted lines of a list as examined topics if at least three lines and
/// two thirds of all lines do not describe how the exam is held or graded.
fn mark_topics(list: &mut [TextLine]) {
    let is_process = |text: &str| has_any(text, &PROCESS) || METHOD.iter().any(|family| has_any(text, &family.words));
    let named = list.iter().filter(|line| line.is_listed && line.text.len() > 8 && !is_process(&line.text)).count();
    let is_of_topics = named >= 3 && named * 3 >= list.len() * 2;
    for line in list {
        line.is_topic = is_of_topics && line.is_listed;
    }
}

/// Returns a part of a text by byte positions. The positions are moved to character boundaries,
/// because letters can have several bytes.
fn window(text: &str, start: usize, end: usize) -> &str {
    let start = (0..=start.min(text.len())).rev().find(|&place| text.is_char_boundary(place)).unwrap_or(0);
    let end = (end.min(text.len())..=text.len()).find(|&place| text.is_char_boundary(place)).unwrap_or(text.len());
    text.get(start..end).unwrap_or_default()
}

/// Returns whether a line begins like an item of a list: with a number or a bullet.
fn is_listed(line: &str) -> bool {
    let line = line.trim_start();
    let rest = line.trim_start_matches(|letter: char| letter.is_ascii_digit() || letter == '.');
    let number = line.strip_suffix(rest).unwrap_or_default();
    let is_numbered = (1..=6).contains(&number.len()) && (number.contains('.') || rest.starts_with([')', '\t']));
    is_numbered || is_bulleted(line)
}

fn is_bulleted(line: &str) -> bool {
    line.starts_with(['-', '–', '—', '•', '*', '·', '▪', '●', '○', '►', '✓', '\u{f0b7}', '\u{f0a7}'])
}
