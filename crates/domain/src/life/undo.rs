//! Undoing the last act on a choice: a decision can be undone within a few minutes, sending until there is a decision.

use crate::choice::{Choice, ChoiceAct, ChoiceRefusal, LastAct};
use crate::id::PersonId;
use crate::limits::UNDO_MINUTES;
use crate::policy::{Chooser, DecisionUndoer};
use chrono::{DateTime, TimeDelta, Utc};

impl Choice {
    /// Undoes sending a choice, by its sender, if sending is the last act.
    pub fn undo_send(&mut self, by: Chooser) -> Result<(), ChoiceRefusal> {
        self.same_offering(by.offering())?;
        self.undo_last(|last| last.act == ChoiceAct::Send && last.by == by.person())
    }

    /// Undoes a decision on a choice by the same person within [`UNDO_MINUTES`], if there was no later act.
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

    /// Returns whether `person` can still undo this act on a choice.
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
