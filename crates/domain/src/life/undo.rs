//! Undoes the last act on a choice, and withdraws a choice from review. A decision can be undone for
//! a few minutes; sending can be undone, and a choice withdrawn, until a decision follows.

use crate::choice::{Choice, ChoiceAct, ChoiceRefusal, ChoiceVersion, LastAct, Stage};
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

    /// Withdraws a choice from review with all versions sent since the last decision. What was
    /// returned before is returned again; otherwise nothing is chosen.
    pub fn withdraw(&mut self, by: Chooser) -> Result<(), ChoiceRefusal> {
        self.same_offering(by.offering())?;
        match self.current.as_ref().map(|current| &current.stage) {
            None => Err(ChoiceRefusal::NotSent),
            Some(Stage::Approved { .. }) => Err(ChoiceRefusal::AlreadyApproved),
            Some(Stage::Returned { .. }) => Err(ChoiceRefusal::SentBack),
            Some(Stage::InReview) => {
                self.current = self.returned_before().cloned();
                self.last = None;
                Ok(())
            }
        }
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
            Some(last) if may(&last) => {
                self.last = last.sending_before();
                self.current = last.before;
            }
            last => {
                self.last = last;
                return Err(ChoiceRefusal::ActedSince);
            }
        }
        Ok(())
    }
}

impl LastAct {
    /// The sending that is the last act again once this act is undone; `None` if the choice is not in
    /// review then.
    fn sending_before(&self) -> Option<Self> {
        let in_review = |version: &&ChoiceVersion| version.stage == Stage::InReview;
        let ChoiceVersion { sent_by: by, sent_at: at, .. } = *self.before.as_ref().filter(in_review)?;
        Some(Self { by, at, act: ChoiceAct::Send, before: self.corrects.clone(), corrects: None })
    }
}
