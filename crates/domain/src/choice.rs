//! The choice of an exam for one offering (a discipline taught to one group in one term): the
//! instructor's answer, the stage of the choice (in review, returned or approved), and the reasons
//! for refusing an act on the choice. The transitions between the stages are in [`crate::life`].

use crate::answer::Answer;
use crate::digest::Digest;
use crate::id::{OfferingId, PersonId};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

/// The stage of a choice that an instructor sent for review: in review, returned or approved.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Stage {
    /// Stage of a choice: in review (тексерілуде). The choice waits for the decision of the head of
    /// department.
    InReview,
    /// Stage of a choice: returned to the instructor for correction (түзетуге қайтарылды), with a
    /// reason.
    Returned {
        /// The person who returned the choice to its instructor or reopened the approved choice.
        by: PersonId,
        at: DateTime<Utc>,
        reason: String,
        /// Whether the returned choice had been approved and was then reopened. If not, the choice
        /// was returned while it was in review.
        reopened: bool,
    },
    /// Stage of a choice: approved (бекітілді) by the head of department or by another person with
    /// the right to decide.
    Approved {
        by: PersonId,
        at: DateTime<Utc>,
        /// The reason that the instructor gave when asking to reopen the approved choice; `None` if
        /// no request to reopen the choice is unanswered.
        #[serde(default)]
        asked: Option<String>,
    },
}

impl Stage {
    /// Returns the stored code of a choice's stage, such as `in-review`. The code also completes
    /// the translation key `stage-…`.
    pub fn code(&self) -> &'static str {
        match self {
            Self::InReview => "in-review",
            Self::Returned { .. } => "returned",
            Self::Approved { .. } => "approved",
        }
    }
}

/// One version of a choice: an instructor's answer as sent for review, with its stage.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChoiceVersion {
    /// The number of this version of the choice, counted from 1. Sending a changed answer creates
    /// the next version, and a number is never used for two different contents.
    pub version: i64,
    pub answer: Answer,
    /// The SHA-256 hash of the bytes of the chosen programme document.
    pub document_sha: Digest,
    /// The number of the catalogue version under which the choice was made.
    pub catalogue: i64,
    pub sent_by: PersonId,
    pub sent_at: DateTime<Utc>,
    /// The stage of one version of a choice: in review, returned or approved.
    pub stage: Stage,
}

/// The last act on a choice, such as approving, with the version of the choice before the act.
/// Undoing the act restores that version.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LastAct {
    pub by: PersonId,
    pub at: DateTime<Utc>,
    /// The type of the last act on a choice, such as approving.
    #[serde(rename = "deed")]
    pub act: ChoiceAct,
    /// The version of the choice, with its stage, before the last act on the choice; `None` if
    /// nothing was chosen before that act.
    pub before: Option<ChoiceVersion>,
    /// The version before the first of several sendings in a row: it was returned, or moved by a new
    /// catalogue. `None` if `before` is that version, or if nothing was chosen.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub corrects: Option<ChoiceVersion>,
    /// The sending that a decision followed, which is the last act again once the decision is undone;
    /// `None` if this act is no decision on a sent choice.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sending: Option<Box<Self>>,
}

impl LastAct {
    /// Returns the version before the first of several sendings in a row.
    pub fn before_sendings(&self) -> Option<&ChoiceVersion> {
        let was_not_sent = |version: &&ChoiceVersion| version.stage != Stage::InReview;
        self.corrects.as_ref().or_else(|| self.before.as_ref().filter(was_not_sent))
    }
}

/// A kind of act on a choice: sending, approving, returning or reopening.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ChoiceAct {
    /// Act on a choice: the instructor sends the choice for review.
    Send,
    Approve,
    /// Act on a choice: the head of department, or another person with the right to decide, returns
    /// the choice to the instructor with a reason.
    Return,
    /// Act on a choice: an approved choice is reopened, so that the instructor can change the
    /// choice.
    Reopen,
}

/// The choice of an exam for one offering (a discipline taught to one group in one term), with the
/// current version and the last act.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice {
    /// The offering (a discipline taught to one group in one term) for which an exam is chosen.
    pub offering: OfferingId,
    /// The current version of the choice; `None` if no exam is chosen for the offering.
    pub current: Option<ChoiceVersion>,
    /// The last act on the choice; `None` if there is no act that can be undone.
    pub last: Option<LastAct>,
    /// The highest version number that any version of this offering's choice has ever had.
    pub latest_version: i64,
}

/// An instructor's answer for an exam at the moment when the instructor sends the answer for
/// review.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Submission {
    /// The catalogue row, additional information and programme document that the instructor chose.
    /// They have already been checked against the catalogue.
    pub answer: Answer,
    /// The SHA-256 hash of the bytes of the chosen programme document.
    pub document_sha: Digest,
    /// The number of the catalogue version against which the instructor's answer was checked.
    pub catalogue: i64,
    /// The version number of the choice that the instructor saw when opening the HTML form for
    /// choosing an exam; 0 if nothing was chosen at that time.
    pub seen: i64,
}

/// A reason for refusing an act on a choice, such as approving. In general the act does not fit the
/// current stage or version of the choice, so the server answers with HTTP status 409 (conflict).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, thiserror::Error)]
pub enum ChoiceRefusal {
    /// Refused act on a choice: the choice has changed since the page with the choice was loaded.
    #[error("changed since it was shown")]
    ChangedSinceShown,
    /// Refused act on a choice: the choice is already approved and must be reopened first.
    #[error("already approved")]
    AlreadyApproved,
    /// Refused act on a choice: the choice was returned to the instructor and has not been sent
    /// again yet.
    #[error("sent back")]
    SentBack,
    /// Refused act on a choice: the instructor has not sent a choice for the offering yet.
    #[error("not sent")]
    NotSent,
    /// Refused act on a choice: a choice cannot be reopened because it is not approved.
    #[error("not approved")]
    NotApproved,
    /// Refused act on a choice: the act to be undone is not the last one, because a later act on
    /// the same choice followed.
    #[error("somebody has acted since")]
    ActedSince,
    /// Refused act on a choice: a decision on the choice is older than
    /// [`crate::limits::UNDO_MINUTES`] minutes and can no longer be undone.
    #[error("too late to undo")]
    TooLate,
    /// Refused act on a choice: the permission that the acting person proved is valid for a
    /// different offering, not for the offering of the choice.
    #[error("the permission is for another offering")]
    OtherOffering,
}

impl ChoiceRefusal {
    /// All reasons for which an act on a choice is refused. Tests check that each reason has a
    /// translation.
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

    /// Returns the code of the reason for which an act on a choice is refused. The text of the
    /// reason is the translation whose key is `refused-` followed by the code.
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

/// The result of sending an instructor's choice for review.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SendResult {
    /// Result of sending a choice: a new version of the choice waits for the decision of the head
    /// of department.
    NewVersion,
    /// Result of sending a choice: the same answer was already waiting for review, so nothing
    /// changed.
    Unchanged,
}

impl Choice {
    /// Creates the empty choice of an offering for which no exam was ever chosen.
    pub fn none(offering: OfferingId) -> Self {
        Self { offering, current: None, last: None, latest_version: 0 }
    }

    /// Returns whether the choice is currently returned to its instructor for correction.
    pub fn is_returned(&self) -> bool {
        self.current.as_ref().is_some_and(|current| matches!(current.stage, Stage::Returned { .. }))
    }

    /// Returns the instructor's reason for asking to reopen an approved choice, if there is an
    /// unanswered request.
    pub fn reopening_asked(&self) -> Option<&str> {
        match &self.current.as_ref()?.stage {
            Stage::Approved { asked, .. } => asked.as_deref(),
            _ => None,
        }
    }

    /// Returns the number of the current version of a choice; 0 if nothing is chosen for the
    /// offering.
    pub fn version(&self) -> i64 {
        self.current.as_ref().map_or(0, |current| current.version)
    }
}
