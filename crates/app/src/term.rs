//! Use cases of the registrar for academic terms: the days for choosing and deciding, deadline
//! extensions, and exceptions (groups without an exam, exam formats set by the registrar).

pub mod deadline_extensions;
pub mod decide_exam;
pub mod exceptions;
pub(crate) mod form_exceptions;
pub mod terms;
