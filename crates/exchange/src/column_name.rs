//! Recognises the column with the errors of refused rows, which the server adds to a roster file
//! that a registrar downloads for correction.

/// The names of the column with errors in Kazakh, Russian and English, as [`normalized`] returns
/// them.
pub(crate) const ERROR_COLUMN: [&str; 3] = ["қате", "ошибка", "error"];

/// Returns whether a column name of a roster file is the name of the column with errors, in one of
/// the three languages.
pub(crate) fn is_error_column(name: &str) -> bool {
    ERROR_COLUMN.contains(&normalized(name).as_str())
}

/// Normalises the name of a table column: lower case, single spaces, and no asterisk or colon at
/// the end.
pub(crate) fn normalized(name: &str) -> String {
    let words: Vec<&str> = name.split_whitespace().collect();
    words.join(" ").trim_end_matches(['*', ':', ' ']).to_lowercase()
}
