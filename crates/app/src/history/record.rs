//! Records the history: every act becomes an entry in the hash chain of its subject, for example of a choice.

use crate::failure::Failure;
use crate::unit_of_work::UnitOfWork;
use domain::history::{Act, Subject};
use domain::id::{PersonId, TermId};
use domain::offering::Offering;
use domain::person::{Actor, Role};
use domain::policy;
use serde_json::Value;
use store::history::{self, NewHistoryLine};

/// The author of a history entry: the person, and the role in which the person acted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Author {
    person: Option<PersonId>,
    role: Option<Role>,
}

impl Author {
    /// The author of history entries that the program itself or the command line makes.
    pub(crate) const PROGRAM: Self = Self { person: None, role: None };

    pub(crate) fn new(actor: &Actor, role: Option<Role>) -> Self {
        Self { person: Some(actor.person), role }
    }

    /// A registrar as the author of history entries; `None` is the command line.
    pub(crate) fn registrar(person: Option<PersonId>) -> Self {
        Self { person, role: person.map(|_| Role::Registrar) }
    }
}

impl UnitOfWork<'_, '_> {
    /// Appends an act to the hash chain of its subject, for example of a choice.
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

    /// Records an act on the choice of an offering, in the role that the actor has for that offering.
    pub(crate) fn record_choice(&mut self, actor: &Actor, offering: &Offering, act: &Act<'_>) -> Result<(), Failure> {
        let author = Author::new(actor, Some(policy::acting_as(actor, offering)));
        self.record(author, Subject::Choice(offering.id), act)
    }

    /// Records an act on a person; without an actor, the command line is the author.
    pub(crate) fn record_person(
        &mut self,
        actor: Option<&Actor>,
        person: PersonId,
        act: &Act<'_>,
    ) -> Result<(), Failure> {
        let author = actor.map_or(Author::PROGRAM, |actor| Author::new(actor, policy::manages_people_as(actor)));
        self.record(author, Subject::Person(person), act)
    }

    /// Records an act of the registrar on a term.
    pub(crate) fn record_term(&mut self, actor: &Actor, term: TermId, act: &Act<'_>) -> Result<(), Failure> {
        self.record(Author::registrar(Some(actor.person)), Subject::Term(term), act)
    }

    /// Records an act of the registrar on the catalogue in the history.
    pub(crate) fn record_catalogue(&mut self, actor: &Actor, act: &Act<'_>) -> Result<(), Failure> {
        self.record(Author::registrar(Some(actor.person)), Subject::Catalogue, act)
    }
}

/// The payload of a history entry as canonical JSON: keys in alphabetical order, `{}` for an act without a payload.
fn payload(act: &Act<'_>) -> Result<String, Failure> {
    match serde_json::to_value(act).map_err(|error| Failure::Broken(error.to_string()))? {
        Value::Null => Ok("{}".to_owned()),
        value => Ok(value.to_string()),
    }
}
