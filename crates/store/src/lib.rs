//! The crate `store`: saves and loads all records in SQLite or PostgreSQL. Both databases run the
//! same SQL text.
//!
//! Every operation is a function that gets an open database transaction [`Tx`] as a parameter. The
//! database engine decides on which thread the transaction runs and when its changes are durable.
//! Read [`engine`] first, then [`tx`], then any of the modules for records. Each of these modules
//! contains the operations on one kind of record.

mod all_statements;
mod statement_macro;

mod bulk;
pub mod database;
mod database_file;
pub mod dialect;
pub mod engine;
pub mod error;
mod job;
mod migrate;
mod postgres_engine;
mod short_reads;
mod sqlite_engine;
mod threads;
pub mod tx;

pub mod adopted;
pub mod baselines;
pub mod catalogue_drafts;
pub mod catalogues;
pub mod checkpoints;
pub mod choices;
pub mod deadline_extensions;
pub mod directory;
pub mod documents;
pub mod drafts;
pub mod dry_run_facts;
pub mod emails;
pub mod exam_exceptions;
pub mod extension_requests;
pub mod form_exceptions;
pub mod gaps;
pub mod history;
pub mod history_search;
pub mod imports;
pub mod integrity;
pub mod known_places;
pub mod leases;
pub mod notifications;
pub mod offerings;
pub mod orders;
pub mod orgs;
pub mod passwords;
pub mod people;
pub mod phrases;
pub mod progress;
pub mod restored_forms;
pub mod roster;
pub mod saved_filters;
pub mod scratch;
pub mod sessions;
pub mod subject_state;
pub mod terms;
pub mod throttles;
pub mod uniformity;
pub mod workload;

pub use all_statements::statements;
pub use database::{DatabaseLocation, Durability};
pub use engine::Store;
pub use error::{Error, Result};
pub use statement_macro::Statement;
pub use tx::{Cost, Tx};
