//! Approved exams, as students and the public read them.

pub(crate) mod exams;
