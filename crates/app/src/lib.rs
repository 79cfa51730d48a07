//! Carries out one request of one person, in one transaction: fetch, ask the domain, save.
//!
//! One room per kind of work, in it one file per thing a person does. Read [`app`] and [`failure`] first.

pub mod app;
pub mod catalogue_refusal;
mod choice_case;
pub mod clock;
pub mod failure;
pub mod unit_of_work;
mod window;

pub mod access;
pub mod catalogue;
pub mod choosing;
pub mod history;
pub mod notifications;
pub mod programmes;
pub mod reports;
pub mod reviewing;
pub mod roster;
pub mod staff;
pub mod student;
pub mod term;
