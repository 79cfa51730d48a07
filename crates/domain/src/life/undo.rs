//! Undoes the last act on a choice. A decision can be undone for a few minutes, and sending can be
//! undone until a decision follows.

use crate::choice::{Choice, ChoiceAct, ChoiceRefusal, LastAct};
use crate::id::PersonId;
use crate::limits::UNDO_MINUTES;
use crate::policy::{Chooser, DecisionUndoer};
use chrono::{DateTime, TimeDelta, Utc};

impl Choice {
    /// Undoes the sending of a choice for review. Only the sender can undo the sending, and only if
    /// no later act on the choice followed.
    pub fn undo_send(&mut self, by: Chooser) -> Result<(), ChoiceRefusal> {
        self.same_offering(by.offering())?;
        self.undo_last(|last| last.act == ChoiceAct::Send && last.by == by.person())
    }

    /// Undoes a decision on a choice. Only the person who made the decision can undo it, within
    /// [`UNDO_MINUTES`] minutes and if no later act on the choice followed.
    pub fn undo_decision(
        &mut self,
        by: DecisionUndoer,
        act: ChoiceAct,
        at: DateTime<Utc>,
    ) -> Result<(), ChoiceRefusal> {
        self.same_offering(by.offering())?;
        self.decision_can_be_undone(by.person(), act, at)?;
        self.undo_last(|_| true)
    }

    /// Returns whether a person can still undo their own sending of, or decision on, a choice at
    /// the time `at`. Only the last act on a choice can be undone.
    pub fn can_undo(&self, person: PersonId, act: ChoiceAct, at: DateTime<Utc>) -> bool {
        match (&self.last, act) {
            (Some(last), ChoiceAct::Send) => last.act == ChoiceAct::Send && last.by == person,
            _ => self.decision_can_be_undone(person, act, at).is_ok(),
        }
    }

    fn decision_can_be_undone(&self, by: PersonId, act: ChoiceAct, at: DateTime<Utc>) -> Result<(), ChoiceRefusal> {
        let last = self.last.as_ref().ok_or(ChoiceRefusal::ActedSince)?;
        if act == ChoiceAct::Send || last.act != act || last.by != by {
            return Err(ChoiceRefusal::ActedSince);
        }
        if at - last.at > TimeDelta::minutes(UNDO_MINUTES) { Err(ChoiceRefusal::TooLate) } else { Ok(()) }
    }

    fn undo_last(&mut self, may: impl Fn(&LastAct) -> bool) -> Result<(), ChoiceRefusal> {
        match self.last.take() {
            Some(last) if may(&last) => self.current = last.before,
            last => {
                self.last = last;
                return Err(ChoiceRefusal::ActedSince);
            }
        }
        Ok(())
    }
}
