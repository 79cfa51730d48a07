//! Keeps and finds, in SQLite or PostgreSQL, with one SQL text for both.
//!
//! Work is a plain function over a [`Tx`]; the engine decides on which thread it runs and when it is durable. Read
//! [`engine`] first, then [`tx`], then any of the rooms below: one file per thing that is kept.

mod statements;

pub mod dialect;
mod embedded;
pub mod engine;
pub mod error;
mod job;
mod many;
mod migrate;
mod server;
pub mod tx;

pub mod adopted;
pub mod board;
pub mod catalogue_drafts;
pub mod catalogues;
pub mod chains;
pub mod choices;
pub mod directory;
pub mod documents;
pub mod drafts;
pub mod exams;
pub mod gaps;
pub mod history;
pub mod imports;
pub mod kept_forms;
pub mod kin;
pub mod leases;
pub mod letters;
pub mod notices;
pub mod offerings;
pub mod openings;
pub mod orders;
pub mod orgs;
pub mod people;
pub mod progress;
pub mod queue;
pub mod roster;
pub mod rule_facts;
pub mod searched;
pub mod sessions;
pub mod set_forms;
pub mod terms;
pub mod throttles;
pub mod views;

pub use engine::{Place, Store};
pub use error::Error;
pub use statements::all as statements;
pub use tx::Tx;

/// Every answer of the store.
pub type Result<T, E = Error> = std::result::Result<T, E>;
