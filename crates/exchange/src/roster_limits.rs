//! Limits of roster files, shared by both readers.

/// The largest roster, unpacked, in bytes (200 MB; a university of 25,000 students has 20 MB).
pub const SIZE_LIMIT: u64 = 200 * 1024 * 1024;

/// The largest number of files in a zip; the standard knows about 20.
pub const FILES_LIMIT: usize = 100;

/// The largest number of rows in a group sheet; the largest university has 7,000 groups in a term.
pub const ROWS_LIMIT: usize = 50_000;

/// The largest number of columns in a group sheet.
pub const COLUMNS_LIMIT: usize = 100;

/// The longest key, code or login, in characters.
pub(crate) const KEY_LIMIT: usize = 200;

/// The longest name or title, in characters.
pub(crate) const NAME_LIMIT: usize = 500;

/// The largest number of students in one group.
pub(crate) const STUDENTS_LIMIT: i64 = 100_000;
