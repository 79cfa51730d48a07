//! Exam programmes: the dossier of a discipline, upload of files, checks of their text, preview.

pub mod check_programmes;
pub mod dossier;
pub mod findings;
pub mod preview;
pub mod read_document;
pub mod upload_programme;
