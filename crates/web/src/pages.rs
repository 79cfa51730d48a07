//! One file per page or deed. A handler parses, calls one use case, and answers.

pub(crate) mod approvals;
pub(crate) mod choices;
pub(crate) mod choose;
pub(crate) mod copies;
pub(crate) mod documents;
pub(crate) mod dossier;
pub(crate) mod drafts;
pub(crate) mod exams;
pub(crate) mod groups;
pub(crate) mod health;
pub(crate) mod help;
pub(crate) mod imports;
pub(crate) mod kept;
pub(crate) mod offerings;
pub(crate) mod openings;
pub(crate) mod preview;
pub(crate) mod progress;
pub(crate) mod queue;
pub(crate) mod reopenings;
pub(crate) mod returns;
pub(crate) mod rules;
mod sheet;
pub(crate) mod sign_in;
pub(crate) mod terms;
pub(crate) mod uniformity;
pub(crate) mod videos;
