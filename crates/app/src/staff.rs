//! Use cases for people: searching people, managing accounts and appointments, and finding days on
//! which no person is allowed to decide on choices, and choices that wait too long for a decision.

pub mod accounts;
pub mod appointments;
pub mod gaps;
pub mod overdue;
pub mod people;
