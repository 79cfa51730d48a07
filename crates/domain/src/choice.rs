//! A choice: the answer for one offering, its stage, and the reasons for refusing an act on it. The transitions between
//! stages are in [`crate::life`].

use crate::answer::Answer;
use crate::digest::Digest;
use crate::id::{OfferingId, PersonId};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

/// The stage of a choice that was sent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Stage {
    /// In review (тексерілуде): waits for the head.
    InReview,
    /// Returned (түзетуге қайтарылды) to the instructor, with a reason.
    Returned {
        /// The person who returned or reopened the choice.
        by: PersonId,
        at: DateTime<Utc>,
        reason: String,
        /// Whether the choice was approved before and then reopened.
        reopened: bool,
    },
    /// Approved (бекітілді) by a reviewer.
    Approved {
        by: PersonId,
        at: DateTime<Utc>,
        /// The instructor's reason for a request to reopen that is not answered yet.
        #[serde(default)]
        asked: Option<String>,
    },
}

impl Stage {
    /// The stored code of the stage, which is also the second half of the translation key `stage-…`.
    pub fn code(&self) -> &'static str {
        match self {
            Self::InReview => "in-review",
            Self::Returned { .. } => "returned",
            Self::Approved { .. } => "approved",
        }
    }
}

/// One version of a choice, with its stage.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChoiceVersion {
    /// The version number, counted from 1. Sending a change creates the next version, and a number is never used for
    /// two different contents.
    pub version: i64,
    pub answer: Answer,
    /// The SHA-256 hash of the programme's bytes.
    pub document_sha: Digest,
    /// The catalogue version under which the choice was made.
    pub catalogue: i64,
    pub sent_by: PersonId,
    pub sent_at: DateTime<Utc>,
    /// The stage of the choice.
    pub stage: Stage,
}

/// The last act on a choice, with the state to which undoing it returns.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LastAct {
    pub by: PersonId,
    pub at: DateTime<Utc>,
    /// The kind of the last act.
    #[serde(rename = "deed")]
    pub act: ChoiceAct,
    /// The state before the act; `None` means that nothing was chosen.
    pub before: Option<ChoiceVersion>,
}

/// A kind of act on a choice.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ChoiceAct {
    /// The instructor sends the choice for review.
    Send,
    Approve,
    /// A reviewer returns the choice with a reason.
    Return,
    /// An approved choice is reopened.
    Reopen,
}

/// The choice for one offering.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice {
    /// The offering whose choice this is.
    pub offering: OfferingId,
    /// The current version; `None` means that nothing is chosen.
    pub current: Option<ChoiceVersion>,
    /// The last act, if it can be undone.
    pub last: Option<LastAct>,
    /// The highest version number ever used for this offering.
    pub latest_version: i64,
}

/// An instructor's answer, as sent for review.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Submission {
    /// The answer, already checked against the catalogue.
    pub answer: Answer,
    /// The SHA-256 hash of the programme's bytes.
    pub document_sha: Digest,
    /// The catalogue version against which the answer was checked.
    pub catalogue: i64,
    /// The version that was on the screen when the instructor began to fill in the form; 0 if nothing was chosen.
    pub seen: i64,
}

/// The reasons for refusing an act on a choice. All of them depend on the state of the choice, so the status is 409.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, thiserror::Error)]
pub enum ChoiceRefusal {
    /// The choice has changed since it was shown.
    #[error("changed since it was shown")]
    ChangedSinceShown,
    /// The choice is already approved; it must be reopened first.
    #[error("already approved")]
    AlreadyApproved,
    /// The choice was returned and not sent again yet.
    #[error("sent back")]
    SentBack,
    /// No choice was sent for the offering.
    #[error("not sent")]
    NotSent,
    /// The choice is not approved, so it cannot be reopened.
    #[error("not approved")]
    NotApproved,
    /// A later act prevents undoing.
    #[error("somebody has acted since")]
    ActedSince,
    /// The act is older than [`crate::limits::UNDO_MINUTES`], so it cannot be undone.
    #[error("too late to undo")]
    TooLate,
    /// The permission witness belongs to another offering.
    #[error("the permission is for another offering")]
    OtherOffering,
}

impl ChoiceRefusal {
    /// All refusals, for tests of the translations.
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

    /// The unique code of this refusal, by which it is translated.
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

/// The result of sending a choice.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SendResult {
    /// A new version waits for the head.
    NewVersion,
    /// The same answer was already waiting, so nothing changed.
    Unchanged,
}

impl Choice {
    /// An offering for which nothing was ever chosen.
    pub fn none(offering: OfferingId) -> Self {
        Self { offering, current: None, last: None, latest_version: 0 }
    }

    /// Returns whether the choice is returned to the instructor.
    pub fn is_returned(&self) -> bool {
        self.current.as_ref().is_some_and(|current| matches!(current.stage, Stage::Returned { .. }))
    }

    /// The instructor's reason for a request to reopen that is not answered yet.
    pub fn reopening_asked(&self) -> Option<&str> {
        match &self.current.as_ref()?.stage {
            Stage::Approved { asked, .. } => asked.as_deref(),
            _ => None,
        }
    }

    /// The current version number; 0 if nothing is chosen.
    pub fn version(&self) -> i64 {
        self.current.as_ref().map_or(0, |current| current.version)
    }
}
