//! The reviewer's use cases: review queue, approving, returning, reopening; differences between parallel groups.

pub mod approve_choices;
pub mod decide;
pub mod reopen_choices;
pub mod return_choices;
pub mod review_queue;
pub mod uniformity;
