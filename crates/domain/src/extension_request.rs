//! Requests of instructors to extend the deadline for choosing. The head of department endorses a
//! request; the registrar grants it until a day, or declines it with a reason.

use crate::id::{ExtensionRequestId, OfferingId, PersonId};
use chrono::{DateTime, Utc};

/// A request to extend the deadline of one offering.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExtensionRequest {
    pub id: ExtensionRequestId,
    pub offering: OfferingId,
    pub asked: RequestAct,
    /// The reason for the request, as the instructor typed it.
    pub reason: String,
    /// The person who endorsed the request; `None` if nobody has endorsed it.
    pub endorsed: Option<RequestAct>,
    /// The answer of the registrar; `None` while the request waits for it.
    pub answer: Option<RequestAnswer>,
}

/// An act on a request: the person and the time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RequestAct {
    pub by: PersonId,
    pub at: DateTime<Utc>,
}

/// The registrar's answer to a request to extend a deadline.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RequestAnswer {
    pub act: RequestAct,
    pub is_granted: bool,
    /// The reason for which the request was declined; empty if it was granted.
    pub reason: String,
}

/// A reason for refusing an act on a request to extend a deadline.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum RequestRefusal {
    /// Refused act: the registrar has already answered the request.
    #[error("already answered")]
    AlreadyAnswered,
    /// Refused act: somebody has already endorsed the request.
    #[error("already endorsed")]
    AlreadyEndorsed,
    /// Refused request: an earlier request for the same offering is not answered yet.
    #[error("already asked")]
    AlreadyAsked,
    /// Refused request: the deadline is not over, or is not the reason why the choice cannot be changed.
    #[error("the deadline is not over")]
    DeadlineNotOver,
}

impl RequestRefusal {
    /// All reasons for refusing an act on a request. Tests check that each has a translation.
    pub const ALL: [Self; 4] =
        [Self::AlreadyAnswered, Self::AlreadyEndorsed, Self::AlreadyAsked, Self::DeadlineNotOver];

    /// Returns the code of the reason; the translation key `refused-…` ends with it.
    pub fn code(self) -> &'static str {
        match self {
            Self::AlreadyAnswered => "request-answered",
            Self::AlreadyEndorsed => "request-endorsed",
            Self::AlreadyAsked => "request-asked",
            Self::DeadlineNotOver => "deadline-not-over",
        }
    }
}

impl ExtensionRequest {
    /// Endorses the request.
    pub fn endorse(&mut self, act: RequestAct) -> Result<(), RequestRefusal> {
        if self.answer.is_some() {
            return Err(RequestRefusal::AlreadyAnswered);
        }
        if self.endorsed.is_some() {
            return Err(RequestRefusal::AlreadyEndorsed);
        }
        self.endorsed = Some(act);
        Ok(())
    }

    /// Answers the request.
    pub fn answer(&mut self, answer: RequestAnswer) -> Result<(), RequestRefusal> {
        if self.answer.is_some() {
            return Err(RequestRefusal::AlreadyAnswered);
        }
        self.answer = Some(answer);
        Ok(())
    }
}
