//! Makes the limits of the program, such as the maximum length of a text, available as variables in
//! interface texts. A text refers to a limit by its constant's name in lower case: `{ $undo_minutes
//! }` is `domain::limits::UNDO_MINUTES`.

use domain::limits::{
    CATALOGUE_CODE_LIMIT, CATALOGUE_NUMBER_LIMIT, CHANGES_LISTED, ESCALATE_DAYS_LIMIT, IMPORT_UNDO_HOURS, INFO_LIMIT,
    NAME_LIMIT, ORDER_NUMBER_LIMIT, PASSWORD_SHORTEST, PHRASE_LIMIT, PHRASES_LIMIT, PROGRAMME_NAME_LIMIT,
    PROGRAMME_SIZE_LIMIT, REASON_LIMIT, REMINDER_HOURS, ROSTER_CELLS_LIMIT, ROSTER_COLUMNS_LIMIT,
    ROSTER_FILE_SIZE_LIMIT, ROSTER_FILES_LIMIT, ROSTER_LINES_LIMIT, ROSTER_ROWS_LIMIT, ROSTER_STRINGS_LIMIT,
    ROSTER_TEXT_SIZE_LIMIT, ROSTER_UNPACKED_SIZE_LIMIT, SAVED_FILTER_NAME_LIMIT, SAVED_FILTERS_LIMIT,
    SETUP_KEY_MINUTES, STUDENTS_CHANGED_PERCENT, UNDO_MINUTES,
};
use fluent_bundle::{FluentArgs, FluentValue};

/// The smallest number for which an interface text groups the digits of a limit of the program: 10
/// 000 is written with a space between the groups, 1000 is written without a space.
const GROUPED_FROM: i64 = 10_000;

/// All limits of the program (such as the maximum length of a text) with the names of their
/// variables in interface texts; sizes of files are in megabytes. The function `grouped` formats a
/// large number with grouped digits.
pub(super) fn limit_arguments(grouped: impl Fn(i64) -> String) -> FluentArgs<'static> {
    let counts = [
        ("catalogue_code_limit", CATALOGUE_CODE_LIMIT),
        ("changes_listed", CHANGES_LISTED),
        ("info_limit", INFO_LIMIT),
        ("name_limit", NAME_LIMIT),
        ("order_number_limit", ORDER_NUMBER_LIMIT),
        ("password_shortest", PASSWORD_SHORTEST),
        ("phrase_limit", PHRASE_LIMIT),
        ("phrases_limit", PHRASES_LIMIT),
        ("programme_name_limit", PROGRAMME_NAME_LIMIT),
        ("reason_limit", REASON_LIMIT),
        ("roster_cells_limit", ROSTER_CELLS_LIMIT),
        ("roster_columns_limit", ROSTER_COLUMNS_LIMIT),
        ("roster_files_limit", ROSTER_FILES_LIMIT),
        ("roster_lines_limit", ROSTER_LINES_LIMIT),
        ("roster_rows_limit", ROSTER_ROWS_LIMIT),
        ("roster_strings_limit", ROSTER_STRINGS_LIMIT),
        ("saved_filter_name_limit", SAVED_FILTER_NAME_LIMIT),
        ("saved_filters_limit", SAVED_FILTERS_LIMIT),
    ];
    let sizes = [
        ("programme_size_limit", PROGRAMME_SIZE_LIMIT),
        ("roster_file_size_limit", ROSTER_FILE_SIZE_LIMIT),
        ("roster_text_size_limit", ROSTER_TEXT_SIZE_LIMIT),
        ("roster_unpacked_size_limit", ROSTER_UNPACKED_SIZE_LIMIT),
    ];
    let numbers = [
        ("catalogue_number_limit", CATALOGUE_NUMBER_LIMIT),
        ("escalate_days_limit", ESCALATE_DAYS_LIMIT),
        ("import_undo_hours", IMPORT_UNDO_HOURS),
        ("reminder_hours", REMINDER_HOURS),
        ("setup_key_minutes", SETUP_KEY_MINUTES),
        ("students_changed_percent", STUDENTS_CHANGED_PERCENT),
        ("undo_minutes", UNDO_MINUTES),
    ];
    let counts = counts.map(|(name, count)| (name, i64::try_from(count).unwrap_or(i64::MAX)));
    let sizes = sizes.map(|(name, bytes)| (name, i64::try_from(bytes / (1024 * 1024)).unwrap_or(i64::MAX)));
    let mut arguments = FluentArgs::new();
    for (name, number) in counts.into_iter().chain(sizes).chain(numbers) {
        let is_plain = number < GROUPED_FROM;
        arguments.set(name, if is_plain { FluentValue::from(number) } else { FluentValue::from(grouped(number)) });
    }
    arguments
}
