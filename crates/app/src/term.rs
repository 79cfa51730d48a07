//! The registrar's calendar: terms, windows for choosing and deciding, deadline extensions, exceptions.

pub mod deadline_extensions;
pub mod decide_exam;
pub mod exceptions;
pub(crate) mod form_exceptions;
pub mod terms;
