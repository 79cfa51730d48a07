//! The words and rules of the university: no input or output, no clock, no human language.
//!
//! Read the modules in the order below: who and what first, then the rule table, then the life of a choice.

pub mod answer;
pub mod catalogue;
pub mod choice;
pub mod fingerprint;
pub mod history;
pub mod id;
pub mod life;
pub mod name;
pub mod narrowing;
pub mod offering;
pub mod person;
pub mod policy;
pub mod programme;
pub mod proofs;
pub mod report;
pub mod review;
pub mod roster;
pub mod term;
pub mod uniformity;
