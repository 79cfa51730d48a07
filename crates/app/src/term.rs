//! The calendar of the office: terms, windows, openings, groups decided centrally or without an exam.

pub mod deadline_extensions;
pub mod decide_exam;
pub mod exceptions;
pub(crate) mod form_exceptions;
pub mod terms;
