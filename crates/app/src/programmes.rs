//! Use cases for programme documents, which describe exams: uploading a document, checking its
//! text, previewing it, and listing the dossier (the folder with all programme documents of one
//! discipline).

pub mod check_programmes;
pub mod dossier;
pub mod findings;
pub mod preview;
pub mod read_document;
pub mod upload_programme;
