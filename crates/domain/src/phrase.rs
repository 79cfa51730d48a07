//! Phrases: frequent reasons for returning a choice, in three languages. The registrar's office keeps
//! phrases for everybody, and each head of department keeps own ones.
//!
//! A decision stores its reason as one text: the phrase in the language of the deciding person, followed by
//! what this person typed. Readers of other languages see the phrase in their language.

use crate::id::{PersonId, PhraseId};
use crate::limits::{PHRASE_LIMIT, PHRASES_LIMIT};
use crate::name::{Language, Name};

/// The text between a phrase and the typed rest of a reason.
const SEPARATOR: &str = ". ";

/// The greatest number of places at which the end of a phrase is looked for in a reason.
const ENDS_TRIED: usize = 4;

/// A frequent reason for returning a choice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Phrase {
    pub id: PhraseId,
    /// The head of department who keeps the phrase; `None` for a phrase of the registrar's office.
    pub owner: Option<PersonId>,
    pub text: Name,
    /// The number of decisions in which the phrase was used.
    pub uses: i64,
}

/// The reason for which a phrase is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum PhraseError {
    /// Refused phrase: a phrase of the office lacks a language, or an own phrase has no text at all.
    #[error("the text is missing")]
    TextMissing,
    /// Refused phrase: a text has more than [`crate::limits::PHRASE_LIMIT`] characters.
    #[error("the text is too long")]
    TooLong,
    /// Refused phrase: there are already [`crate::limits::PHRASES_LIMIT`] phrases of this owner.
    #[error("too many phrases")]
    TooMany,
}

impl PhraseError {
    /// All reasons for which a phrase is refused. Tests check that each has a translation.
    pub const ALL: [Self; 3] = [Self::TextMissing, Self::TooLong, Self::TooMany];

    /// Returns the code of the refused phrase; the translation key `refused-…` ends with it.
    pub fn code(self) -> &'static str {
        match self {
            Self::TextMissing => "phrase-missing",
            Self::TooLong => "phrase-too-long",
            Self::TooMany => "too-many-phrases",
        }
    }
}

impl Phrase {
    /// Creates a phrase from the typed texts. A final full stop is dropped, because a typed reason can
    /// follow. `kept` is the number of phrases that the owner already keeps.
    pub fn new(owner: Option<PersonId>, typed: &Name, id: PhraseId, kept: usize) -> Result<Self, PhraseError> {
        let clean = |text: &str| text.trim().trim_end_matches('.').trim_end().to_owned();
        let text = Name { kk: clean(&typed.kk), ru: clean(&typed.ru), en: clean(&typed.en) };
        let is_empty = Language::ALL.iter().all(|&language| text.exactly(language).is_empty());
        if is_empty || (owner.is_none() && !text.is_complete()) {
            return Err(PhraseError::TextMissing);
        }
        if Language::ALL.iter().any(|&language| text.exactly(language).chars().count() > PHRASE_LIMIT) {
            return Err(PhraseError::TooLong);
        }
        if kept >= PHRASES_LIMIT { Err(PhraseError::TooMany) } else { Ok(Self { id, owner, text, uses: 0 }) }
    }

    /// Composes a reason from the phrase, in the language of the deciding person, and the typed text.
    pub fn followed_by(&self, typed: &str, language: Language) -> String {
        let phrase = self.text.text(language);
        if typed.trim().is_empty() { phrase.to_owned() } else { format!("{phrase}{SEPARATOR}{}", typed.trim()) }
    }
}

/// Returns the beginnings of a reason that can be a phrase, the longest first: the whole reason, and what
/// stands before a full stop.
pub fn possible_phrases(reason: &str) -> Vec<&str> {
    let ends = reason.match_indices(SEPARATOR).map(|(end, _)| &reason[..end]);
    let mut all: Vec<&str> = ends.take(ENDS_TRIED).collect();
    all.reverse();
    all.insert(0, reason);
    all
}

/// Returns a reason in three languages. `phrase` is the beginning of the reason that is a phrase, and the
/// phrase in three languages; the rest of the reason is the same in all languages.
pub fn translated(reason: &str, phrase: Option<(&str, &Name)>) -> Name {
    let Some((beginning, text)) = phrase else { return Name::same(reason) };
    let rest = reason.strip_prefix(beginning).unwrap_or_default();
    let in_language = |language| format!("{}{rest}", text.text(language));
    let [kk, ru, en] = Language::ALL.map(in_language);
    Name { kk, ru, en }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]

    use super::*;

    fn name(kk: &str, ru: &str, en: &str) -> Name {
        Name { kk: kk.into(), ru: ru.into(), en: en.into() }
    }

    #[test]
    fn a_reason_is_read_in_every_language() {
        let text = name("Файл ескі. Жаңасын жүктеңіз.", " Файл устарел ", "The file is old");
        let phrase = Phrase::new(None, &text, PhraseId::of(&["1"]), 0).unwrap();
        assert_eq!(phrase.text.kk, "Файл ескі. Жаңасын жүктеңіз");
        let reason = phrase.followed_by(" 3-бет. Қараңыз ", Language::Kk);
        assert_eq!(reason, "Файл ескі. Жаңасын жүктеңіз. 3-бет. Қараңыз");
        let found = possible_phrases(&reason);
        assert_eq!(found.first(), Some(&reason.as_str()));
        assert!(found.contains(&phrase.text.kk.as_str()));
        let read = translated(&reason, Some((&phrase.text.kk, &phrase.text)));
        assert_eq!(
            (read.ru.as_str(), read.en.as_str()),
            ("Файл устарел. 3-бет. Қараңыз", "The file is old. 3-бет. Қараңыз")
        );
        assert_eq!(read.kk, reason);
        assert_eq!(translated("x", None), Name::same("x"));
    }

    #[test]
    fn the_office_writes_all_languages_and_a_head_at_least_one() {
        let id = PhraseId::of(&["1"]);
        let only_kk = name("Файл ескі", "", " ");
        assert_eq!(Phrase::new(None, &only_kk, id, 0), Err(PhraseError::TextMissing));
        let own = Phrase::new(Some(PersonId::of(&["head"])), &only_kk, id, 0).unwrap();
        assert_eq!(own.followed_by("", Language::En), "Файл ескі");
        let long = name(&"ә".repeat(PHRASE_LIMIT + 1), "b", "c");
        assert_eq!(Phrase::new(None, &long, id, 0), Err(PhraseError::TooLong));
        assert_eq!(Phrase::new(None, &Name::same("a"), id, PHRASES_LIMIT), Err(PhraseError::TooMany));
        assert_eq!(Phrase::new(None, &Name::same(" . "), id, 0), Err(PhraseError::TextMissing));
    }
}
