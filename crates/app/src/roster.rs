//! Roster imports: reading a file, previewing the changes, carrying them out, undoing them.

pub(crate) mod import_jobs;
mod import_preview;
mod import_report;
pub mod import_roster;
pub mod imports;
mod plan_import;
