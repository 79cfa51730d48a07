//! People and their appointments: accounts, search, delegation, days without an approver.

pub mod accounts;
pub mod appointments;
pub mod gaps;
pub mod people;
