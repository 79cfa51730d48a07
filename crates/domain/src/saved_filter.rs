//! Saved filters (сақталған көрініс) of the progress board. A saved filter is a set of filters and
//! a sort order that a person stores under a name; other people cannot see it.

use crate::answer::clean_info;
use crate::id::{PersonId, SavedFilterId};
use crate::limits::{SAVED_FILTER_NAME_LIMIT, SAVED_FILTER_QUERY_LIMIT, SAVED_FILTERS_LIMIT};

/// A saved filter: a name, and the filters and sort order of the progress board stored under this
/// name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SavedFilter {
    pub id: SavedFilterId,
    pub name: String,
    /// The query string of the progress board's URL, which contains the filters and the sort order.
    pub query: String,
}

/// The reason for which a saved filter of the progress board is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum SavedFilterError {
    /// Refused saved filter: its name is missing.
    #[error("the view has no name")]
    NameMissing,
    /// Refused saved filter: its name has more than [`crate::limits::SAVED_FILTER_NAME_LIMIT`]
    /// characters.
    #[error("the name is too long")]
    NameTooLong,
    /// Refused saved filter: the progress board is neither filtered nor sorted, so there is nothing
    /// to save.
    #[error("the board is asked for nothing")]
    Empty,
    /// Refused saved filter: its query string has more than
    /// [`crate::limits::SAVED_FILTER_QUERY_LIMIT`] bytes.
    #[error("what is asked for is too long")]
    TooLong,
    /// Refused saved filter: the person already has [`crate::limits::SAVED_FILTERS_LIMIT`] saved
    /// filters.
    #[error("too many views")]
    TooMany,
}

impl SavedFilterError {
    /// All reasons for which a saved filter is refused; tests check that each has a translation.
    pub const ALL: [Self; 5] = [Self::NameMissing, Self::NameTooLong, Self::Empty, Self::TooLong, Self::TooMany];

    /// Returns the code of the refused saved filter. The text of the refusal has the translation
    /// key `refused-…` with this code.
    pub fn code(self) -> &'static str {
        match self {
            Self::NameMissing => "view-name-missing",
            Self::NameTooLong => "view-name-too-long",
            Self::Empty => "view-empty",
            Self::TooLong => "view-too-long",
            Self::TooMany => "too-many-views",
        }
    }
}

impl SavedFilter {
    /// Creates a saved filter of the progress board with the typed name. `kept` are the saved
    /// filters that the owner already has; one of them with the same name is replaced.
    pub fn named(owner: PersonId, typed: &str, query: String, kept: &[Self]) -> Result<Self, SavedFilterError> {
        let name = clean_info(typed);
        let id = SavedFilterId::of(&[&owner.to_string(), &name]);
        if name.is_empty() {
            Err(SavedFilterError::NameMissing)
        } else if name.chars().count() > SAVED_FILTER_NAME_LIMIT {
            Err(SavedFilterError::NameTooLong)
        } else if query.is_empty() {
            Err(SavedFilterError::Empty)
        } else if query.len() > SAVED_FILTER_QUERY_LIMIT {
            Err(SavedFilterError::TooLong)
        } else if kept.len() >= SAVED_FILTERS_LIMIT && kept.iter().all(|view| view.id != id) {
            Err(SavedFilterError::TooMany)
        } else {
            Ok(Self { id, name, query })
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn named(typed: &str, query: &str, kept: &[SavedFilter]) -> Result<SavedFilter, SavedFilterError> {
        SavedFilter::named(PersonId::of(&["aliya"]), typed, query.to_owned(), kept)
    }

    #[test]
    fn a_name_is_neither_empty_nor_too_long_and_a_view_asks_for_something() {
        let view = named(" Қайтарылғандар\t", "state=returned", &[]).unwrap();
        assert_eq!((view.name.as_str(), view.query.as_str()), ("Қайтарылғандар", "state=returned"));
        assert!(named(&"ә".repeat(SAVED_FILTER_NAME_LIMIT), "q=x", &[]).is_ok());
        for (typed, query, wrong) in [
            (" \t ", "q=x", SavedFilterError::NameMissing),
            (&"ә".repeat(SAVED_FILTER_NAME_LIMIT + 1), "q=x", SavedFilterError::NameTooLong),
            ("a", "", SavedFilterError::Empty),
            ("a", &"x".repeat(SAVED_FILTER_QUERY_LIMIT + 1), SavedFilterError::TooLong),
        ] {
            assert_eq!(named(typed, query, &[]), Err(wrong));
        }
    }

    #[test]
    fn one_view_too_many_is_refused_but_one_that_is_there_may_be_replaced() {
        let kept: Vec<SavedFilter> =
            (1..=SAVED_FILTERS_LIMIT).map(|number| named(&number.to_string(), "q=x", &[]).unwrap()).collect();
        assert!(named("1", "q=y", &kept[1..]).is_ok());
        assert_eq!(named("one more", "q=y", &kept), Err(SavedFilterError::TooMany));
        assert_eq!(named(" 1 ", "q=y", &kept).unwrap().id, kept[0].id);
    }

    #[test]
    fn the_same_name_of_two_people_is_two_views() {
        let other = SavedFilter::named(PersonId::of(&["bolat"]), "a", "q=x".to_owned(), &[]).unwrap();
        assert_ne!(named("a", "q=x", &[]).unwrap().id, other.id);
    }
}
