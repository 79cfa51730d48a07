//! Use cases of heads of department who decide on choices: the review queue, approving, returning
//! and reopening choices, and finding parallel groups (student groups taught the same discipline)
//! with different choices.

pub mod approve_choices;
pub mod decide;
pub mod intact_documents;
pub mod phrases;
pub mod reopen_choices;
pub mod return_choices;
pub mod review_queue;
pub mod uniformity;
