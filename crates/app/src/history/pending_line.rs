//! Acts that a use case has recorded, and that are appended to the history at the end of its
//! transaction.

use domain::history::Subject;
use domain::id::PersonId;
use domain::person::{Actor, Role};
use serde_json::{Map, Value};

/// The author of a history entry: a person, and the role in which the person acted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Author {
    pub(super) person: Option<PersonId>,
    pub(super) role: Option<Role>,
}

impl Author {
    /// The author of history entries about acts that the application itself or its command line has
    /// performed.
    pub(crate) const PROGRAM: Self = Self { person: None, role: None };

    pub(crate) fn new(actor: &Actor, role: Option<Role>) -> Self {
        Self { person: Some(actor.person), role }
    }

    /// The author of a history entry about an act of a registrar. If no person is given, the author
    /// is the command line.
    pub(crate) fn registrar(person: Option<PersonId>) -> Self {
        Self { person, role: person.map(|_| Role::Registrar) }
    }
}

/// An act that is appended to the history at the end of its transaction.
#[derive(Debug, Clone)]
pub(crate) struct PendingLine {
    pub(super) author: Author,
    pub(super) subject: Subject,
    pub(super) act: &'static str,
    /// The details of the act as a JSON object.
    pub(super) payload: Map<String, Value>,
}
