//! Use cases for importing rosters (the units, people and groups of the university): reading a
//! roster file, previewing its changes, applying the changes, and undoing an import.

pub(crate) mod import_jobs;
mod import_preview;
mod import_report;
pub mod import_roster;
pub mod imports;
mod plan_import;
mod unreadable;
