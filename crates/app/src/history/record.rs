//! Records acts in the history. Every act becomes an entry in the hash chain of the record on which
//! it was performed, for example of a choice.

use crate::failure::Failure;
use crate::unit_of_work::UnitOfWork;
use domain::history::{Act, Subject};
use domain::id::{PersonId, TermId};
use domain::offering::Offering;
use domain::person::{Actor, Role};
use domain::policy;
use serde_json::Value;
use store::history::{self, NewHistoryLine};

/// The author of a history entry: a person, and the role in which the person acted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Author {
    person: Option<PersonId>,
    role: Option<Role>,
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

impl UnitOfWork<'_, '_> {
    /// Appends an act to the hash chain of the record on which the act was performed, for example
    /// of a choice.
    pub(crate) fn record(&mut self, author: Author, subject: Subject, act: &Act<'_>) -> Result<(), Failure> {
        let line = NewHistoryLine {
            subject: subject.to_string(),
            at: self.now,
            actor: author.person,
            role: author.role,
            act: act.code(),
            payload: payload(act)?,
        };
        Ok(history::append(self.tx, line)?)
    }

    /// Records an act on the choice of an offering in the history, with the role in which the
    /// acting person is allowed to act on that offering.
    pub(crate) fn record_choice(&mut self, actor: &Actor, offering: &Offering, act: &Act<'_>) -> Result<(), Failure> {
        let author = Author::new(actor, Some(policy::acting_as(actor, offering)));
        self.record(author, Subject::Choice(offering.id), act)
    }

    /// Records an act on a person (such as setting a password) in the history. Without a signed-in
    /// person, the author of the entry is the command line.
    pub(crate) fn record_person(
        &mut self,
        actor: Option<&Actor>,
        person: PersonId,
        act: &Act<'_>,
    ) -> Result<(), Failure> {
        let author = actor.map_or(Author::PROGRAM, |actor| Author::new(actor, policy::manages_people_as(actor)));
        self.record(author, Subject::Person(person), act)
    }

    /// Records an act of the registrar on an academic term in the history.
    pub(crate) fn record_term(&mut self, actor: &Actor, term: TermId, act: &Act<'_>) -> Result<(), Failure> {
        self.record(Author::registrar(Some(actor.person)), Subject::Term(term), act)
    }

    /// Records an act of the registrar on the catalogue in the history.
    pub(crate) fn record_catalogue(&mut self, actor: &Actor, act: &Act<'_>) -> Result<(), Failure> {
        self.record(Author::registrar(Some(actor.person)), Subject::Catalogue, act)
    }
}

/// Returns the details of an act as the JSON text that a history entry stores: with keys in
/// alphabetical order, and `{}` for an act without details.
fn payload(act: &Act<'_>) -> Result<String, Failure> {
    match serde_json::to_value(act).map_err(|error| Failure::Broken(error.to_string()))? {
        Value::Null => Ok("{}".to_owned()),
        value => Ok(value.to_string()),
    }
}
