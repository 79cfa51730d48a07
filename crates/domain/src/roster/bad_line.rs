//! The rows of a roster file that an import refuses, and the reasons.

/// The reason for which an import refuses one row of a roster file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, thiserror::Error)]
pub enum BadValue {
    /// Refused row of a roster file: a required cell is empty.
    #[error("empty cell")]
    Empty,
    /// Refused row of a roster file: a cell refers to a record that the roster does not contain or
    /// whose own row was refused.
    #[error("no such key")]
    Unknown,
    /// Refused row of a roster file: the value of a cell is not one of the allowed values.
    #[error("not an allowed value")]
    NotAllowed,
    /// Refused row of a roster file: the value of a cell is not a date (YYYY-MM-DD or DD.MM.YYYY).
    #[error("not a date")]
    NotADate,
    /// Refused row of a roster file: the value of a cell is not a whole number from 0 to 100 000.
    #[error("not a whole number")]
    NotANumber,
    /// Refused row of a roster file: an earlier row of the file has the same key.
    #[error("the key stands further up")]
    Duplicate,
    /// Refused row of a roster file: the value of a cell has more characters than allowed.
    #[error("too long")]
    TooLong,
    /// Refused row of a roster file: the unit of a discipline is not a department.
    #[error("not a department")]
    NotADepartment,
    /// Refused row of a roster file: people cannot have this role in a unit of this kind, such as a
    /// head in a faculty.
    #[error("the role is held in another kind of unit")]
    WrongUnit,
    /// Refused row of a roster file: an end date is before its start date.
    #[error("the end lies before the start")]
    WrongOrder,
    /// Refused row of a roster file: an offering (OneRoster class) has several instructors, and not
    /// exactly one of them is marked as the primary one.
    #[error("several instructors, not exactly one primary")]
    NoSinglePrimary,
    /// Refused row of a roster file: the row has more or fewer cells than the header of the file.
    #[error("wrong number of cells")]
    WrongCells,
    /// Refused row of a roster file: the importing person is not allowed to change administrators.
    #[error("administrators are not changed by this import")]
    AdministratorsOnly,
    /// Refused row of a roster file: after the change, nobody would be registrar or administrator.
    #[error("nobody would be left in this role")]
    LastOfRole,
}

impl BadValue {
    /// Returns the code of the reason for refusing a roster row, which is also the second half of
    /// the translation key `import-…`.
    pub fn code(self) -> &'static str {
        match self {
            Self::Empty => "empty-cell",
            Self::Unknown => "unknown-key",
            Self::NotAllowed => "not-allowed-value",
            Self::NotADate => "not-a-date",
            Self::NotANumber => "not-a-number",
            Self::Duplicate => "duplicate-key",
            Self::TooLong => "value-too-long",
            Self::NotADepartment => "not-a-department",
            Self::WrongUnit => "role-in-wrong-unit",
            Self::WrongOrder => "dates-out-of-order",
            Self::NoSinglePrimary => "no-single-primary",
            Self::WrongCells => "wrong-number-of-cells",
            Self::AdministratorsOnly => "administrators-only",
            Self::LastOfRole => "last-of-role",
        }
    }
}

/// A refused row of a roster file, with the cell for which the row was refused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BadLine {
    /// The name of the roster file that contains the refused row, such as `classes.csv`.
    pub file: String,
    /// The line number of the refused row in the roster file; the header is line 1.
    pub line: u64,
    pub column: String,
    /// The value of the roster file's cell for which the row was refused.
    pub value: String,
    /// The reason for which the row of the roster file was refused.
    pub reason: BadValue,
}
