//! The head of department: queue, approvals, returns, reopenings.

pub(crate) mod approvals;
pub(crate) mod queue;
pub(crate) mod reopenings;
pub(crate) mod returns;
