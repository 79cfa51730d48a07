//! The values that the preview of a roster import shows.

use crate::name::Name;
use chrono::NaiveDate;

/// A value in a line of an import plan, independent of the language of the interface.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value {
    /// A displayed value in the preview of an import: a text that is the same in all languages.
    Text(String),
    Name(Name),
    /// A displayed value as the two halves of its translation key, such as `study` and `full-time`.
    Word(&'static str, &'static str),
    Number(i64),
    Day(NaiveDate),
    Flag(bool),
    Nothing,
}
