//! The university's own records come in: files, the plan, what an import changed, taking it back.

pub(crate) mod import_jobs;
mod import_preview;
pub mod import_roster;
pub mod imports;
