//! The student's use case: the approved exams of their groups.

pub mod student_exams;
