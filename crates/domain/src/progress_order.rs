//! The sort order of the progress board, which is a report on the progress of choosing exams: the
//! column and the direction.

use crate::name::sort_key;
use crate::report::Tally;
use std::cmp::Ordering;

/// A column by which a table of the progress board can be sorted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Column {
    /// Column of the progress board: the name of the faculty, department or instructor.
    Name,
    Total,
    /// Column of the progress board: the share of approved exams among all exams of a unit or an
    /// instructor.
    Ready,
    /// Column of the progress board: the number of exams of a unit or an instructor that are not
    /// approved.
    Unfinished,
    Approved,
    InReview,
    Returned,
    NotChosen,
    /// Column of the progress board: the discipline that is taught to a student group.
    Discipline,
    Group,
    /// Column of the progress board: the instructor who teaches a student group.
    Instructor,
    /// Column of the progress board: the number of students in a student group.
    Students,
    /// Column of the progress board: the state of a student group's choice, the most urgent state
    /// first.
    State,
}

impl Column {
    pub const ALL: [Self; 13] = [
        Self::Name,
        Self::Total,
        Self::Ready,
        Self::Unfinished,
        Self::Approved,
        Self::InReview,
        Self::Returned,
        Self::NotChosen,
        Self::Discipline,
        Self::Group,
        Self::Instructor,
        Self::Students,
        Self::State,
    ];

    /// Returns the code of the progress board's column, as it is used in URLs.
    pub fn code(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::Total => "total",
            Self::Ready => "ready",
            Self::Unfinished => "unfinished",
            Self::Approved => "approved",
            Self::InReview => "in-review",
            Self::Returned => "returned",
            Self::NotChosen => "not-chosen",
            Self::Discipline => "discipline",
            Self::Group => "group",
            Self::Instructor => "instructor",
            Self::Students => "students",
            Self::State => "state",
        }
    }

    /// Returns the column of the progress board that has the code `code`; `None` if the code is
    /// unknown.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|column| column.code() == code)
    }

    /// Returns whether the column belongs to the progress board's table of student groups; all
    /// other columns belong to its table of units and instructors.
    pub fn is_of_groups(self) -> bool {
        matches!(self, Self::Discipline | Self::Group | Self::Instructor | Self::Students | Self::State)
    }

    /// Returns whether the first click on this column of the progress board puts the largest value
    /// first, as is usual for numbers.
    pub fn begins_with_the_largest(self) -> bool {
        !matches!(self, Self::Name | Self::Ready | Self::Discipline | Self::Group | Self::Instructor | Self::State)
    }
}

/// The sort order of the progress board: a column and a direction.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sort {
    pub column: Column,
    /// Whether the progress board's table begins with the largest or last value of the sort column.
    pub is_descending: bool,
}

impl Sort {
    /// Returns the sort order of the progress board by a column, in the usual direction of that
    /// column.
    pub fn by(column: Column) -> Self {
        Self { column, is_descending: column.begins_with_the_largest() }
    }

    /// Returns the sort order of the progress board after a click on the head of a column: the
    /// usual direction of that column, or the opposite direction if the board is already sorted
    /// that way.
    #[must_use]
    pub fn after_a_click_on(self, column: Column) -> Self {
        let usual = Self::by(column);
        if self == usual { Self { is_descending: !usual.is_descending, ..usual } } else { usual }
    }

    /// Returns the sort direction as it is used in URLs: `asc` or `desc`.
    pub fn direction(self) -> &'static str {
        if self.is_descending { "desc" } else { "asc" }
    }
}

/// The default sort order of the progress board: the units with the most exams that are not
/// approved come first.
impl Default for Sort {
    fn default() -> Self {
        Self::by(Column::Unfinished)
    }
}

/// Compares two units or instructors in the progress board's table by the sort column. If they have
/// equal values in the sort column, their names are compared.
pub fn in_order(sort: Sort, name: &str, tally: &Tally, other_name: &str, other: &Tally) -> Ordering {
    let by_name = || sort_key(name).cmp(&sort_key(other_name));
    let found = match sort.column {
        Column::Total => tally.total().cmp(&other.total()),
        Column::Ready => tally.permille_approved().cmp(&other.permille_approved()),
        Column::Approved => tally.approved.cmp(&other.approved),
        Column::InReview => tally.in_review.cmp(&other.in_review),
        Column::Returned => tally.returned.cmp(&other.returned),
        Column::NotChosen => tally.not_chosen.cmp(&other.not_chosen),
        Column::Name => by_name(),
        _ => tally.unfinished().cmp(&other.unfinished()),
    };
    let found = if sort.is_descending { found.reverse() } else { found };
    found.then_with(by_name)
}

#[cfg(test)]
mod tests {
    use super::*;

    const BUSY: Tally = Tally { not_chosen: 7, in_review: 0, returned: 1, approved: 12 };
    const LATE: Tally = Tally { not_chosen: 0, in_review: 2, returned: 0, approved: 0 };

    #[test]
    fn the_worst_stands_first_and_equals_by_kazakh_name() {
        let compare = |sort, one: (&str, &Tally), other: (&str, &Tally)| in_order(sort, one.0, one.1, other.0, other.1);
        assert_eq!(compare(Sort::default(), ("Я", &BUSY), ("А", &LATE)), Ordering::Less);
        assert_eq!(compare(Sort::by(Column::Ready), ("Я", &BUSY), ("А", &LATE)), Ordering::Greater);
        assert_eq!(compare(Sort::by(Column::Name), ("Я", &BUSY), ("Ә", &LATE)), Ordering::Greater);
        for column in Column::ALL {
            assert_eq!(compare(Sort::by(column), ("Әлем", &BUSY), ("Бак", &BUSY)), Ordering::Less, "{column:?}");
        }
    }

    #[test]
    fn a_second_click_turns_the_order_round_and_a_third_one_back() {
        let first = Sort::default().after_a_click_on(Column::Name);
        assert_eq!((first.column, first.direction()), (Column::Name, "asc"));
        let second = first.after_a_click_on(Column::Name);
        assert_eq!(second.direction(), "desc");
        assert_eq!(second.after_a_click_on(Column::Name), first);
        assert_eq!(Sort::default().after_a_click_on(Column::Unfinished).direction(), "asc");
    }

    #[test]
    fn codes_are_read_back() {
        assert!(Column::ALL.into_iter().all(|column| Column::from_code(column.code()) == Some(column)));
        assert_eq!(Column::from_code("sideways"), None);
    }
}
