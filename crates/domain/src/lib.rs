//! The entities and rules of the university as pure functions. The crate `domain` has no input or
//! output, no clock and no texts for people.
//!
//! New readers should begin with people and units ([`person`], [`offering`], [`term`]) and continue
//! with the catalogue ([`catalogue`], [`narrowing`], [`proofs`]) and the life of a choice
//! ([`choice`], [`life`], [`policy`], [`review`]).

pub mod answer;
pub mod appointment;
pub mod approvals;
pub mod catalogue;
pub mod choice;
pub mod digest;
pub mod dry_run;
pub mod eligibility;
pub mod email;
pub mod exam_entry;
pub mod extension_request;
pub mod fingerprint;
pub mod form_exception;
pub mod history;
pub mod id;
pub mod life;
pub mod limits;
pub mod name;
pub mod narrowing;
pub mod notification;
pub mod offering;
pub mod order;
pub mod password;
pub mod person;
pub mod phrase;
pub mod policy;
pub mod programme;
pub mod progress_days;
pub mod progress_order;
pub mod proofs;
pub mod report;
pub mod reuse;
pub mod review;
pub mod roster;
pub mod saved_filter;
pub mod setup;
pub mod term;
pub mod uniformity;
pub mod visible_text;
pub mod workload;
