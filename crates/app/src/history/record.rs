//! Records acts in the history. Every act becomes an entry in the hash chain of the record on which
//! it was performed, for example of a choice.

use crate::failure::Failure;
pub(crate) use crate::history::pending_line::{Author, PendingLine};
use crate::unit_of_work::UnitOfWork;
use domain::history::{Act, Subject};
use domain::id::{PersonId, TermId};
use domain::offering::Offering;
use domain::person::Actor;
use domain::policy;
use serde_json::{Map, Value};
use std::collections::HashMap;
use store::history::{self, NewHistoryLine};
use store::subject_state;

/// The key under which the details of an act contain the hash of the subject's records after the act.
pub(crate) const STATE: &str = "state";

impl UnitOfWork<'_, '_> {
    /// Records an act in the hash chain of the record on which the act was performed, for example of
    /// a choice. The entry is appended at the end of the transaction.
    pub(crate) fn record(&mut self, author: Author, subject: Subject, act: &Act<'_>) -> Result<(), Failure> {
        let payload = match serde_json::to_value(act).map_err(|error| Failure::Broken(error.to_string()))? {
            Value::Object(payload) => payload,
            _ => Map::new(),
        };
        self.pending.push(PendingLine { author, subject, act: act.code(), payload });
        Ok(())
    }

    /// Records the state of records that were changed by an act on another subject, for example of a
    /// term that a roster import has changed.
    pub(crate) fn record_state(&mut self, subject: Subject) -> Result<(), Failure> {
        self.record(Author::PROGRAM, subject, &Act::RecordsAsFound)
    }

    /// Records the state of the people among `changed` whom the history knows, unless this transaction
    /// records another act on them. A roster import and its undo change people about whom they record
    /// no act, for example by adding somebody again.
    pub(crate) fn record_state_of_people(
        &mut self,
        changed: impl IntoIterator<Item = PersonId>,
    ) -> Result<(), Failure> {
        let mut known = history::people(self.tx)?;
        for line in &self.pending {
            if let Subject::Person(person) = line.subject {
                known.remove(&person);
            }
        }
        let mut changed: Vec<PersonId> = changed.into_iter().filter(|person| known.remove(person)).collect();
        changed.sort_unstable();
        changed.into_iter().try_for_each(|person| self.record_state(Subject::Person(person)))
    }

    /// Appends the recorded acts to the history, each with the hash of its subject's records at the end
    /// of the transaction.
    pub(crate) fn append_recorded(&mut self) -> Result<(), Failure> {
        let mut states: HashMap<String, String> = HashMap::new();
        for PendingLine { author, subject, act, mut payload } in std::mem::take(&mut self.pending) {
            let stored = subject.to_string();
            let state = match states.get(&stored) {
                Some(known) => known.clone(),
                None => subject_state::of(self.tx, &subject)?.to_string(),
            };
            payload.insert(STATE.to_owned(), Value::String(state.clone()));
            states.insert(stored.clone(), state);
            let line = NewHistoryLine {
                subject: stored,
                at: self.now,
                actor: author.person,
                role: author.role,
                act,
                payload: Value::Object(payload).to_string(),
            };
            history::append(self.tx, line)?;
        }
        Ok(())
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
