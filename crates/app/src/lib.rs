//! Carries out one request of one person, in one transaction: fetch, ask the domain, save.
//!
//! One room per kind of work, in it one file per thing a person does. Read [`desk`] and [`failure`] first.

pub mod clock;
pub mod desk;
pub mod failure;
mod window;
pub mod wrong_rules;

pub mod access;
pub mod choosing;
pub mod notices;
pub mod programmes;
pub mod records;
pub mod reports;
pub mod reviewing;
pub mod roster;
pub mod rules;
pub mod staff;
pub mod term;
