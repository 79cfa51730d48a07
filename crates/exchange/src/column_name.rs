//! Recognises a special column of roster files: the column in which the server describes the error
//! of each refused row. The server adds this column to the file that a registrar downloads for
//! correction.

/// The name, in Kazakh, Russian and English, of the column in which the server describes the error
/// of each refused roster row. Written as [`normalized`] returns column names.
pub(crate) const ERROR_COLUMN: [&str; 3] = ["қате", "ошибка", "error"];

/// Returns whether a column of a roster file, judged by its name in any of the three languages, is
/// the column in which the server describes the error of each refused row.
pub(crate) fn is_error_column(name: &str) -> bool {
    ERROR_COLUMN.contains(&normalized(name).as_str())
}

/// Normalises the name of a table column, so that names can be compared: lower case, single spaces,
/// and no asterisk or colon at the end.
pub(crate) fn normalized(name: &str) -> String {
    let words: Vec<&str> = name.split_whitespace().collect();
    words.join(" ").trim_end_matches(['*', ':', ' ']).to_lowercase()
}
