//! The use cases of the application. A use case is a function that carries out one request of one
//! person in one database transaction: it loads data, lets the crate `domain` decide, and saves the
//! result.
//!
//! There is one module for each kind of work, with one file for each act. Read [`app`] and
//! [`failure`] first.

pub mod app;
pub mod catalogue_refusal;
mod choice_case;
pub mod clock;
pub mod failure;
mod reason;
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
