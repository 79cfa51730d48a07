//! A choice: what is chosen for one offering, in which stage, and why an act on it may be refused. Its life is in
//! [`crate::life`].

use crate::answer::Answer;
use crate::digest::Digest;
use crate::id::{OfferingId, PersonId};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

/// Where a sent choice stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Stage {
    /// Тексерілуде: waits for the head.
    InReview,
    /// Түзетуге қайтарылды: back with the instructor, with a reason.
    Returned {
        /// The person who returned or reopened it.
        by: PersonId,
        at: DateTime<Utc>,
        reason: String,
        /// It had been approved before.
        reopened: bool,
    },
    /// Бекітілді: approved by a reviewer.
    Approved {
        by: PersonId,
        at: DateTime<Utc>,
        /// Why the instructor asks to open it again, while nobody has answered.
        #[serde(default)]
        asked: Option<String>,
    },
}

impl Stage {
    /// The stored code; also the second half of the translation key `stage-…`.
    pub fn code(&self) -> &'static str {
        match self {
            Self::InReview => "in-review",
            Self::Returned { .. } => "returned",
            Self::Approved { .. } => "approved",
        }
    }
}

/// One version of a choice and where it stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChoiceVersion {
    /// Counted from 1; a sent change makes the next one, and a number is never used for two contents.
    pub version: i64,
    pub answer: Answer,
    /// The bytes of the programme.
    pub document_sha: Digest,
    /// The catalogue version under which it was chosen.
    pub catalogue: i64,
    pub sent_by: PersonId,
    pub sent_at: DateTime<Utc>,
    /// Where it stands.
    pub stage: Stage,
}

/// The last act on a choice, with the state to which undoing it returns.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LastAct {
    pub by: PersonId,
    pub at: DateTime<Utc>,
    /// The kind of act.
    #[serde(rename = "deed")]
    pub act: ChoiceAct,
    /// The state before; `None` is "not chosen".
    pub before: Option<ChoiceVersion>,
}

/// A kind of act on a choice.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ChoiceAct {
    /// Sent for review.
    Send,
    Approve,
    /// Returned with a reason.
    Return,
    /// Opened again after approval.
    Reopen,
}

/// The choice for one offering.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice {
    /// For which offering.
    pub offering: OfferingId,
    /// The current version; `None` is "not chosen".
    pub current: Option<ChoiceVersion>,
    /// The last act, while it can be undone.
    pub last: Option<LastAct>,
    /// The highest version number ever used for this offering.
    pub latest_version: i64,
}

/// An instructor's answer, as sent for review.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Submission {
    /// The answer, already checked against the catalogue.
    pub answer: Answer,
    /// The bytes of its programme.
    pub document_sha: Digest,
    /// The catalogue version against which it was checked.
    pub catalogue: i64,
    /// The version that was on the screen when filling in began; 0 for "not chosen".
    pub seen: i64,
}

/// Why an act is refused. All of them are about *state*, so the answer is 409.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, thiserror::Error)]
pub enum ChoiceRefusal {
    /// The choice has changed since it was shown.
    #[error("changed since it was shown")]
    ChangedSinceShown,
    /// Already approved: only reopening opens it.
    #[error("already approved")]
    AlreadyApproved,
    /// It was returned and not sent again yet.
    #[error("sent back")]
    SentBack,
    /// Nothing was sent.
    #[error("not sent")]
    NotSent,
    /// It is not approved, so there is nothing to reopen.
    #[error("not approved")]
    NotApproved,
    /// A later act prevents undoing.
    #[error("somebody has acted since")]
    ActedSince,
    /// More than [`crate::limits::UNDO_MINUTES`] have passed.
    #[error("too late to undo")]
    TooLate,
    /// The witness is about another offering.
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

    /// The one code of this refusal.
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

/// The result of sending.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SendResult {
    /// A new version waits for the head.
    NewVersion,
    /// It was the same as what already waits: nothing changed.
    Unchanged,
}

impl Choice {
    /// An offering for which nothing was ever chosen.
    pub fn none(offering: OfferingId) -> Self {
        Self { offering, current: None, last: None, latest_version: 0 }
    }

    /// Is it back with the instructor?
    pub fn is_returned(&self) -> bool {
        self.current.as_ref().is_some_and(|current| matches!(current.stage, Stage::Returned { .. }))
    }

    /// Why the instructor asks to open it again, while nobody has answered.
    pub fn reopening_asked(&self) -> Option<&str> {
        match &self.current.as_ref()?.stage {
            Stage::Approved { asked, .. } => asked.as_deref(),
            _ => None,
        }
    }

    /// The version that is chosen now; 0 for "not chosen".
    pub fn version(&self) -> i64 {
        self.current.as_ref().map_or(0, |current| current.version)
    }
}
