//! People and their appointments: accounts, search, delegation, days on which no person may decide.

pub mod accounts;
pub mod appointments;
pub mod gaps;
pub mod people;
