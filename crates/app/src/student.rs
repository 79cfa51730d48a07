//! The student: the approved exams of their groups.

pub mod student_exams;
