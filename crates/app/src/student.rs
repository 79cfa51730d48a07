//! The student's use case: the approved exams of the student's groups.

pub mod student_exams;
