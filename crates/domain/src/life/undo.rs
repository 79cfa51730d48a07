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

    /// Withdraws a choice from review with all versions sent since the last decision. The version before
    /// them, which was returned or moved by a new catalogue, is in effect again; otherwise nothing is
    /// chosen. A choice that a new catalogue has moved cannot be withdrawn itself.
    pub fn withdraw(&mut self, by: Chooser) -> Result<(), ChoiceRefusal> {
        self.same_offering(by.offering())?;
        match self.current.as_ref().map(|current| &current.stage) {
            None => Err(ChoiceRefusal::NotSent),
            Some(Stage::Approved { .. }) => Err(ChoiceRefusal::AlreadyApproved),
            Some(Stage::Returned { .. }) => Err(ChoiceRefusal::SentBack),
            Some(Stage::InReview) => {
                let sending = self.sending().ok_or(ChoiceRefusal::ActedSince)?;
                self.current = sending.before_sendings().cloned();
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
                self.last = last.sending.clone().map_or_else(|| last.sending_before(), |sending| Some(*sending));
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
    /// The sending before this one, if this act is a sending that followed another in a row.
    fn sending_before(&self) -> Option<Self> {
        let was_sent = |version: &&ChoiceVersion| version.stage == Stage::InReview;
        let before = self.before.as_ref().filter(was_sent)?;
        if self.act != ChoiceAct::Send || self.corrects.as_ref() == Some(before) {
            return None;
        }
        let ChoiceVersion { sent_by: by, sent_at: at, .. } = *before;
        let first = self.corrects.clone();
        Some(Self { by, at, act: ChoiceAct::Send, before: first.clone(), corrects: first, sending: None })
    }
}
