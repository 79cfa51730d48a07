//! Use cases of heads of department who decide on choices: the review queue, approving, returning
//! and reopening choices, and finding different choices of parallel groups.

pub mod approve_choices;
pub mod decide;
pub mod reopen_choices;
pub mod return_choices;
pub mod review_queue;
pub mod uniformity;
