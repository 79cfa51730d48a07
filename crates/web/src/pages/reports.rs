//! Reports: each a page and a file of what is on it.

pub(crate) mod changes;
pub(crate) mod export;
pub(crate) mod history;
pub(crate) mod late;
pub(crate) mod orders;
pub(crate) mod platforms;
pub(crate) mod progress;
pub(crate) mod progress_file;
pub(crate) mod report;
pub(crate) mod saved_filters;
pub(crate) mod uniformity;
