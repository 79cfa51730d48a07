//! The life of a choice: the acts on a choice (sending, returning, approving and reopening) and the
//! stages between which each act moves the choice. Each of these acts can be undone for some time.
//!
//! ```text
//! not chosen ──send──► in review ──approve──► approved ──reopen (reason)──► returned
//!                      │    ▲                                                  │
//!                 return (reason)                                              │
//!                      ▼    │ send again                                       │
//!                   returned ◄──────────────────────────────────────────────────
//! ```

use crate::answer::Answer;
use crate::choice::{Choice, ChoiceAct, ChoiceRefusal, ChoiceVersion, LastAct, SendResult, Stage, Submission};
use crate::digest::Digest;
use crate::id::{OfferingId, PersonId};
use crate::policy::{Approver, Chooser, ReopenDecliner, Reopener};
use chrono::{DateTime, Utc};

mod by_catalogue;
mod undo;

impl Choice {
    /// Sends an instructor's answer for review. Sending the same answer that already waits for
    /// review changes nothing.
    pub fn send(&mut self, by: Chooser, what: Submission, at: DateTime<Utc>) -> Result<SendResult, ChoiceRefusal> {
        self.same_offering(by.offering())?;
        match &self.current {
            Some(ChoiceVersion { stage: Stage::Approved { .. }, .. }) => return Err(ChoiceRefusal::AlreadyApproved),
            Some(current) if current.is_waiting_with(&what) => return Ok(SendResult::Unchanged),
            _ if self.version() != what.seen => return Err(ChoiceRefusal::ChangedSinceShown),
            _ => {}
        }
        let before = self.current.take();
        let corrects = match (&before, self.sending()) {
            (Some(ChoiceVersion { stage: Stage::InReview, .. }), Some(sending)) => sending.before_sendings().cloned(),
            (Some(moved @ ChoiceVersion { stage: Stage::InReview, .. }), None) => Some(moved.clone()),
            _ => None,
        };
        self.latest_version += 1;
        self.current = Some(ChoiceVersion {
            version: self.latest_version,
            answer: what.answer,
            document_sha: what.document_sha,
            catalogue: what.catalogue,
            sent_by: by.person(),
            sent_at: at,
            stage: Stage::InReview,
        });
        self.last = Some(LastAct { by: by.person(), at, act: ChoiceAct::Send, before, corrects, sending: None });
        Ok(SendResult::NewVersion)
    }

    /// Returns whether this answer was returned for changes. A choice that was reopened after its approval
    /// was not: its answer may be right.
    pub fn was_returned_with(&self, answer: &Answer) -> bool {
        self.current.as_ref().is_some_and(|current| {
            matches!(current.stage, Stage::Returned { reopened: false, .. }) && current.answer == *answer
        })
    }

    /// Approves a choice, unless the choice has changed since the head of department saw it; `seen`
    /// is the fingerprint of the choice that the head saw.
    pub fn approve(&mut self, by: Approver, seen: Digest, at: DateTime<Utc>) -> Result<(), ChoiceRefusal> {
        self.decide(by, seen)?;
        let stage = Stage::Approved { by: by.person(), at, asked: None };
        self.move_to(stage, LastAct::new(by.person(), at, ChoiceAct::Approve));
        Ok(())
    }

    /// Returns a choice to its instructor for correction, with the reason given by the head of
    /// department.
    pub fn send_back(
        &mut self,
        by: Approver,
        seen: Digest,
        reason: &str,
        at: DateTime<Utc>,
    ) -> Result<(), ChoiceRefusal> {
        self.decide(by, seen)?;
        let stage = Stage::Returned { by: by.person(), at, reason: reason.to_owned(), reopened: false };
        self.move_to(stage, LastAct::new(by.person(), at, ChoiceAct::Return));
        Ok(())
    }

    /// Reopens an approved choice, so that the instructor can change the choice, with the reason
    /// given by the head of department or the registrar.
    pub fn reopen(&mut self, by: Reopener, seen: Digest, reason: &str, at: DateTime<Utc>) -> Result<(), ChoiceRefusal> {
        self.same_offering(by.offering())?;
        match &self.current {
            Some(ChoiceVersion { stage: Stage::Approved { .. }, .. }) => {}
            _ => return Err(ChoiceRefusal::NotApproved),
        }
        self.as_shown(seen)?;
        let stage = Stage::Returned { by: by.person(), at, reason: reason.to_owned(), reopened: true };
        self.move_to(stage, LastAct::new(by.person(), at, ChoiceAct::Reopen));
        Ok(())
    }

    /// Adds the instructor's request to reopen an approved choice. After the request, the approval
    /// can no longer be undone.
    pub fn ask_reopening(&mut self, by: Chooser, reason: &str) -> Result<(), ChoiceRefusal> {
        self.same_offering(by.offering())?;
        match self.current.as_mut().map(|current| &mut current.stage) {
            Some(Stage::Approved { asked, .. }) => *asked = Some(reason.to_owned()),
            _ => return Err(ChoiceRefusal::NotApproved),
        }
        self.last = None;
        Ok(())
    }

    /// Removes the instructor's request to reopen an approved choice, because the head of
    /// department or the registrar declines the request. The act is refused if there is no request.
    pub fn decline_reopening(&mut self, by: ReopenDecliner) -> Result<(), ChoiceRefusal> {
        self.same_offering(by.offering())?;
        match self.current.as_mut().map(|current| &mut current.stage) {
            Some(Stage::Approved { asked, .. }) => asked.take().map(drop).ok_or(ChoiceRefusal::ChangedSinceShown),
            _ => Err(ChoiceRefusal::NotApproved),
        }
    }

    /// Returns the last act if it is a sending, so that the choice can be withdrawn.
    pub fn sending(&self) -> Option<&LastAct> {
        self.last.as_ref().filter(|last| last.act == ChoiceAct::Send)
    }

    fn decide(&self, by: Approver, seen: Digest) -> Result<(), ChoiceRefusal> {
        self.same_offering(by.offering())?;
        match self.current.as_ref().map(|current| &current.stage) {
            None => Err(ChoiceRefusal::NotSent),
            Some(Stage::Approved { .. }) => Err(ChoiceRefusal::AlreadyApproved),
            Some(Stage::Returned { .. }) => Err(ChoiceRefusal::SentBack),
            Some(Stage::InReview) => self.as_shown(seen),
        }
    }

    fn as_shown(&self, seen: Digest) -> Result<(), ChoiceRefusal> {
        if self.fingerprint() == Some(seen) { Ok(()) } else { Err(ChoiceRefusal::ChangedSinceShown) }
    }

    fn same_offering(&self, permitted: OfferingId) -> Result<(), ChoiceRefusal> {
        if permitted == self.offering { Ok(()) } else { Err(ChoiceRefusal::OtherOffering) }
    }

    fn move_to(&mut self, stage: Stage, mut act: LastAct) {
        act.sending = self.sending().cloned().map(Box::new);
        act.before.clone_from(&self.current);
        if let Some(current) = &mut self.current {
            current.stage = stage;
        }
        self.last = Some(act);
    }
}

impl LastAct {
    fn new(by: PersonId, at: DateTime<Utc>, act: ChoiceAct) -> Self {
        Self { by, at, act, before: None, corrects: None, sending: None }
    }
}

impl ChoiceVersion {
    /// Returns whether a version of a choice is in review and contains exactly the answer that the
    /// instructor is sending now.
    fn is_waiting_with(&self, what: &Submission) -> bool {
        self.stage == Stage::InReview && self.answer == what.answer && self.document_sha == what.document_sha
    }
}
