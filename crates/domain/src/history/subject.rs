//! The subjects of history entries: the things and people on which recorded acts were performed. A
//! subject is stored as a text such as `choice:<id>`. All entries about one subject form one hash
//! chain.

use crate::digest::Digest;
use crate::id::{DisciplineId, OfferingId, PersonId, TermId};
use std::fmt;
use std::str::FromStr;

/// The subject of a history entry: the thing or person on which the recorded act was performed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Subject {
    /// Subject of history entries: an offering (a discipline taught to one group in one term) and
    /// the choice of its exam.
    Choice(OfferingId),
    /// Subject of history entries: a person with their account and appointments.
    Person(PersonId),
    /// Subject of history entries: the course materials of a discipline, which contain its
    /// programme documents.
    Dossier(DisciplineId),
    Term(TermId),
    /// Subject of history entries: an issued printed order (a decree that lists approved exams),
    /// identified by its fingerprint.
    Order(Digest),
    /// Subject of history entries: the roster of the university. Its hash chain records all imports
    /// of roster files.
    Roster,
    /// Subject of history entries: the catalogue. Its hash chain records all catalogue versions and
    /// drafts.
    Catalogue,
}

/// The error for a stored text that should be the subject of a history entry, such as
/// `choice:<id>`, but has a form in which no version of the application stores subjects.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("unknown subject of a history line")]
pub struct UnknownSubject;

impl fmt::Display for Subject {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Choice(id) => write!(f, "choice:{id}"),
            Self::Person(id) => write!(f, "person:{id}"),
            Self::Dossier(id) => write!(f, "dossier:{id}"),
            Self::Term(id) => write!(f, "term:{id}"),
            Self::Order(fingerprint) => write!(f, "order:{fingerprint}"),
            Self::Roster => f.write_str("roster"),
            Self::Catalogue => f.write_str("catalogue"),
        }
    }
}

impl FromStr for Subject {
    type Err = UnknownSubject;

    fn from_str(stored: &str) -> Result<Self, Self::Err> {
        let (kind, id) = stored.split_once(':').unwrap_or((stored, ""));
        let found = match kind {
            "choice" => id.parse().ok().map(Self::Choice),
            "person" => id.parse().ok().map(Self::Person),
            "dossier" => id.parse().ok().map(Self::Dossier),
            "term" => id.parse().ok().map(Self::Term),
            "order" => id.parse().ok().map(Self::Order),
            "roster" => Some(Self::Roster),
            "catalogue" => Some(Self::Catalogue),
            _ => None,
        };
        found.ok_or(UnknownSubject)
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;

    #[test]
    fn every_subject_is_read_back_from_its_stored_form() {
        let subjects = [
            Subject::Choice(OfferingId::of(&["a"])),
            Subject::Person(PersonId::of(&["a"])),
            Subject::Dossier(DisciplineId::of(&["a"])),
            Subject::Term(TermId::of(&["a"])),
            Subject::Order(Digest([7; 32])),
            Subject::Roster,
            Subject::Catalogue,
        ];
        for subject in subjects {
            assert_eq!(subject.to_string().parse::<Subject>().unwrap(), subject);
        }
        assert_eq!("choice:none".parse::<Subject>(), Err(UnknownSubject));
    }
}
