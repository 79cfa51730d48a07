//! What a head does: queue, approval, return, reopening; differences between colleagues.

pub mod approve_choices;
pub mod decide;
pub mod reopen_choices;
pub mod return_choices;
pub mod review_queue;
pub mod uniformity;
