//! Use cases of the registrar for academic terms: the days for choosing and deciding, deadline
//! extensions and requests for them, and exceptions (groups without an exam, exam formats set by the
//! registrar).

pub mod deadline_extensions;
pub mod decide_exam;
pub mod exceptions;
pub mod extension_requests;
pub(crate) mod form_exceptions;
pub mod list_extension_requests;
pub mod terms;
