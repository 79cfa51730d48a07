//! Roster imports: reading a file, previewing its plan, carrying it out, undoing it.

pub(crate) mod import_jobs;
mod import_preview;
mod import_report;
pub mod import_roster;
pub mod imports;
mod plan_import;
