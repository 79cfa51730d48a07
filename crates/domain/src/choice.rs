//! A choice: the instructor's answer for one offering, its stage (in review, returned, approved), and the reasons for
//! refusing an act on it. The transitions between stages are in [`crate::life`].

use crate::answer::Answer;
use crate::digest::Digest;
use crate::id::{OfferingId, PersonId};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

/// The stage of a choice that was sent: in review, returned or approved.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Stage {
    /// Stage of a choice: in review (тексерілуде), waiting for the decision of the head of department.
    InReview,
    /// Stage of a choice: returned to the instructor for correction (түзетуге қайтарылды), with a reason.
    Returned {
        /// The person who returned or reopened the choice.
        by: PersonId,
        at: DateTime<Utc>,
        reason: String,
        /// Whether the choice was approved before and then reopened.
        reopened: bool,
    },
    /// Stage of a choice: approved (бекітілді) by a reviewer.
    Approved {
        by: PersonId,
        at: DateTime<Utc>,
        /// The reason of the instructor's unanswered request to reopen the approved choice; `None` if there is no such
        /// request.
        #[serde(default)]
        asked: Option<String>,
    },
}

impl Stage {
    /// The stored code of a choice's stage, which is also the second half of the translation key `stage-…`.
    pub fn code(&self) -> &'static str {
        match self {
            Self::InReview => "in-review",
            Self::Returned { .. } => "returned",
            Self::Approved { .. } => "approved",
        }
    }
}

/// One version of a choice: the instructor's answer as sent, with its stage.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChoiceVersion {
    /// The version number of a choice, counted from 1. Sending a changed answer creates the next version, and a number
    /// is never used for two different contents.
    pub version: i64,
    pub answer: Answer,
    /// The SHA-256 hash of the chosen programme's bytes.
    pub document_sha: Digest,
    /// The catalogue version under which the choice was made.
    pub catalogue: i64,
    pub sent_by: PersonId,
    pub sent_at: DateTime<Utc>,
    /// The stage of this version of the choice: in review, returned or approved.
    pub stage: Stage,
}

/// The last act on a choice, with the state of the choice that undoing the act restores.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LastAct {
    pub by: PersonId,
    pub at: DateTime<Utc>,
    /// The kind of the last act on a choice, such as approving.
    #[serde(rename = "deed")]
    pub act: ChoiceAct,
    /// The state of the choice before its last act; `None` means that nothing was chosen.
    pub before: Option<ChoiceVersion>,
}

/// A kind of act on a choice: sending, approving, returning or reopening.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ChoiceAct {
    /// Act on a choice: the instructor sends the choice for review.
    Send,
    Approve,
    /// Act on a choice: a reviewer returns the choice to the instructor with a reason.
    Return,
    /// Act on a choice: an approved choice is reopened.
    Reopen,
}

/// The choice of the exam form for one offering, with its current version and last act.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice {
    /// The offering for which the choice is made.
    pub offering: OfferingId,
    /// The current version of the choice; `None` means that nothing is chosen.
    pub current: Option<ChoiceVersion>,
    /// The last act on the choice, if the act can be undone.
    pub last: Option<LastAct>,
    /// The highest version number ever used for a choice of this offering.
    pub latest_version: i64,
}

/// An instructor's answer for an exam, as sent for review.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Submission {
    /// The instructor's answer, already checked against the catalogue.
    pub answer: Answer,
    /// The SHA-256 hash of the chosen programme's bytes.
    pub document_sha: Digest,
    /// The catalogue version against which the answer was checked.
    pub catalogue: i64,
    /// The version of the choice that was on the screen when the instructor began to fill in the choice form; 0 if
    /// nothing was chosen.
    pub seen: i64,
}

/// The reasons for refusing an act on a choice. All of them depend on the state of the choice, so the HTTP status is
/// 409.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, thiserror::Error)]
pub enum ChoiceRefusal {
    /// Refused act on a choice: the choice has changed since it was shown.
    #[error("changed since it was shown")]
    ChangedSinceShown,
    /// Refused act on a choice: the choice is already approved; it must be reopened first.
    #[error("already approved")]
    AlreadyApproved,
    /// Refused act on a choice: the choice was returned to the instructor and has not been sent again yet.
    #[error("sent back")]
    SentBack,
    /// Refused act on a choice: no choice was sent for the offering.
    #[error("not sent")]
    NotSent,
    /// Refused act on a choice: it is not approved, so it cannot be reopened.
    #[error("not approved")]
    NotApproved,
    /// Refused act on a choice: a later act on the same choice prevents undoing.
    #[error("somebody has acted since")]
    ActedSince,
    /// Refused act on a choice: a decision older than [`crate::limits::UNDO_MINUTES`] cannot be undone.
    #[error("too late to undo")]
    TooLate,
    /// Refused act on a choice: the proof of permission was created for another offering.
    #[error("the permission is for another offering")]
    OtherOffering,
}

impl ChoiceRefusal {
    /// All reasons for which an act on a choice is refused; tests check that each has a translation.
    pub const ALL: [Self; 8] = [
        Self::ChangedSinceShown,
        Self::AlreadyApproved,
        Self::SentBack,
        Self::NotSent,
        Self::NotApproved,
        Self::ActedSince,
        Self::TooLate,
        Self::OtherOffering,
    ];

    /// The code of a refused act on a choice; its text is the translation `refused-…` with this code.
    pub fn code(self) -> &'static str {
        match self {
            Self::ChangedSinceShown => "choice-changed",
            Self::AlreadyApproved => "choice-already-approved",
            Self::SentBack => "choice-sent-back",
            Self::NotSent => "choice-not-sent",
            Self::NotApproved => "choice-not-approved",
            Self::ActedSince => "undo-acted-since",
            Self::TooLate => "undo-too-late",
            Self::OtherOffering => "other-offering",
        }
    }
}

/// The result of sending a choice for review.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SendResult {
    /// Result of sending a choice: a new version waits for the decision of the head of department.
    NewVersion,
    /// Result of sending a choice: the same answer was already waiting for review, so nothing changed.
    Unchanged,
}

impl Choice {
    /// Creates the empty choice of an offering for which nothing was ever chosen.
    pub fn none(offering: OfferingId) -> Self {
        Self { offering, current: None, last: None, latest_version: 0 }
    }

    /// Returns whether the choice is returned to the instructor for correction.
    pub fn is_returned(&self) -> bool {
        self.current.as_ref().is_some_and(|current| matches!(current.stage, Stage::Returned { .. }))
    }

    /// The reason of the instructor's unanswered request to reopen an approved choice, if there is one.
    pub fn reopening_asked(&self) -> Option<&str> {
        match &self.current.as_ref()?.stage {
            Stage::Approved { asked, .. } => asked.as_deref(),
            _ => None,
        }
    }

    /// The current version number of a choice; 0 if nothing is chosen.
    pub fn version(&self) -> i64 {
        self.current.as_ref().map_or(0, |current| current.version)
    }
}
