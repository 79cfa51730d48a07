//! One file per page or deed. A handler parses, calls one use case, and answers.

pub(crate) mod approvals;
pub(crate) mod choices;
pub(crate) mod choose;
pub(crate) mod documents;
pub(crate) mod dossier;
pub(crate) mod drafts;
pub(crate) mod exams;
pub(crate) mod groups;
pub(crate) mod health;
pub(crate) mod help;
pub(crate) mod kept;
pub(crate) mod offerings;
pub(crate) mod openings;
pub(crate) mod orders;
pub(crate) mod progress;
mod progress_file;
pub(crate) mod queue;
pub(crate) mod reopenings;
pub(crate) mod reports;
pub(crate) mod returns;
pub(crate) mod rules;
mod sheet;
pub(crate) mod sign_in;
pub(crate) mod terms;
pub(crate) mod videos;
