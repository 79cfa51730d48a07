//! Terms, deadline extensions, exceptions.

pub(crate) mod deadline_extensions;
pub(crate) mod exceptions;
pub(crate) mod terms;
