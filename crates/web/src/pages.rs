//! All web pages: their request handlers, and the data from which their templates are rendered.
//! Each kind of work, such as reviewing, has its own folder. A handler parses the request, calls
//! one use case (an application function), and answers.

pub(crate) mod access;
pub(crate) mod catalogue;
pub(crate) mod choosing;
pub(crate) mod guide;
pub(crate) mod notifications;
pub(crate) mod programmes;
pub(crate) mod reports;
pub(crate) mod reviewing;
pub(crate) mod roster;
pub(crate) mod staff;
pub(crate) mod student;
pub(crate) mod term;
