//! The use case of students: reading the approved exams of their groups.

pub mod student_exams;
