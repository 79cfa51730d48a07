//! The calendar of the office: terms, windows, openings, groups decided centrally or without an exam.

pub(crate) mod bound_forms;
pub mod decide_exam;
pub mod open_window;
pub mod set_forms;
pub mod terms;
