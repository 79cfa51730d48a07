//! Recognises the column that this program adds to roster files: the column with the errors of refused rows.

/// The names of the column with errors in Kazakh, Russian and English, as [`normalized`] returns them.
pub(crate) const ERROR_COLUMN: [&str; 3] = ["қате", "ошибка", "error"];

/// Returns whether a column of a roster file is the column with the errors of refused rows, in any of the three
/// languages.
pub(crate) fn is_error_column(name: &str) -> bool {
    ERROR_COLUMN.contains(&normalized(name).as_str())
}

/// Normalises the name of a table column: lower case, single spaces, without the asterisk or colon that web forms add
/// at the end.
pub(crate) fn normalized(name: &str) -> String {
    let words: Vec<&str> = name.split_whitespace().collect();
    words.join(" ").trim_end_matches(['*', ':', ' ']).to_lowercase()
}
