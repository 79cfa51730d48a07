//! The workload of exam platforms (numbers of exams and students), and choices that are late.

use crate::report::ChoiceState;
use crate::term::{Term, WindowClosed};
use chrono::NaiveDate;
use std::collections::BTreeMap;
use std::ops::AddAssign;

/// A workload: a number of exams and the number of their students. A student who takes several
/// exams is counted once for each exam.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct ExamLoad {
    /// The number of exams; the field `students` counts the students of these exams.
    pub exams: i64,
    pub students: i64,
}

impl AddAssign for ExamLoad {
    fn add_assign(&mut self, other: Self) {
        self.exams += other.exams;
        self.students += other.students;
    }
}

/// A table of workloads, for example with a table row for each faculty and a column for each
/// platform, and with the totals of its table rows and columns.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LoadTable<R, C> {
    cells: BTreeMap<(R, C), ExamLoad>,
}

impl<R: Ord + Clone, C: Ord + Clone> Default for LoadTable<R, C> {
    fn default() -> Self {
        Self { cells: BTreeMap::new() }
    }
}

impl<R: Ord + Clone, C: Ord + Clone> LoadTable<R, C> {
    /// Adds a workload (numbers of exams and their students) to the cell in a certain row and
    /// column of this table.
    pub fn add(&mut self, row: R, column: C, weight: ExamLoad) {
        *self.cells.entry((row, column)).or_default() += weight;
    }

    /// Returns the keys of all rows of this table of workloads (numbers of exams and their
    /// students), sorted.
    pub fn rows(&self) -> Vec<R> {
        let mut rows: Vec<R> = self.cells.keys().map(|(row, _)| row.clone()).collect();
        rows.dedup();
        rows
    }

    /// Returns the keys of all columns of this table of workloads (numbers of exams and their
    /// students), sorted.
    pub fn columns(&self) -> Vec<C> {
        let mut columns: Vec<C> = self.cells.keys().map(|(_, column)| column.clone()).collect();
        columns.sort();
        columns.dedup();
        columns
    }

    /// Returns the workload (numbers of exams and their students) in one cell of this table. Both
    /// numbers are 0 if the cell is empty.
    pub fn cell(&self, row: &R, column: &C) -> ExamLoad {
        self.cells.get(&(row.clone(), column.clone())).copied().unwrap_or_default()
    }

    /// Returns the sum of all workloads (numbers of exams and their students) in one row of this
    /// table.
    pub fn row(&self, row: &R) -> ExamLoad {
        sum(self.cells.iter().filter(|((known, _), _)| known == row).map(|(_, load)| load))
    }

    /// Returns the sum of all workloads (numbers of exams and their students) in one column of this
    /// table.
    pub fn column(&self, column: &C) -> ExamLoad {
        sum(self.cells.iter().filter(|((_, known), _)| known == column).map(|(_, load)| load))
    }

    /// Returns the sum of all workloads (numbers of exams and their students) in this table.
    pub fn total(&self) -> ExamLoad {
        sum(self.cells.values())
    }
}

fn sum<'w>(loads: impl Iterator<Item = &'w ExamLoad>) -> ExamLoad {
    loads.fold(ExamLoad::default(), |mut total, load| {
        total += *load;
        total
    })
}

/// The reason for which a choice is late: the instructor or the department missed the deadline.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Late {
    /// Late choice: the instructor did not send the choice, or did not send a returned choice
    /// again, before the deadline.
    Choosing,
    /// Late choice: the department did not decide on the sent choice before the deadline.
    Deciding,
}

/// Returns the reason for which a choice is late on the day `today`, according to the dates of the
/// academic term and the deadline extension; `None` if the choice is not late. In a closed term,
/// every choice that is not approved is late.
pub fn late(term: &Term, state: ChoiceState, today: NaiveDate, extended_until: Option<NaiveDate>) -> Option<Late> {
    let is_over = |answer: Result<(), WindowClosed>| answer.is_err_and(|closed| closed != WindowClosed::NotYet);
    match state {
        ChoiceState::Approved => None,
        ChoiceState::InReview => is_over(term.deciding(today, extended_until)).then_some(Late::Deciding),
        ChoiceState::Returned => is_over(term.changing(today, true, extended_until)).then_some(Late::Choosing),
        ChoiceState::NotChosen | ChoiceState::Draft => {
            is_over(term.changing(today, false, extended_until)).then_some(Late::Choosing)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::id::TermId;
    use crate::name::Name;
    use crate::term::Uniformity;

    #[test]
    fn rows_columns_and_everything_add_up() {
        let mut table = LoadTable::default();
        let weight = |exams, students| ExamLoad { exams, students };
        table.add("moodle", "fit", weight(1, 25));
        table.add("moodle", "med", weight(2, 50));
        table.add("univer", "med", weight(3, 10));
        table.add("moodle", "fit", weight(1, 5));
        assert_eq!((table.rows(), table.columns()), (vec!["moodle", "univer"], vec!["fit", "med"]));
        assert_eq!((table.cell(&"moodle", &"fit"), table.cell(&"univer", &"fit")), (weight(2, 30), weight(0, 0)));
        assert_eq!(
            (table.row(&"moodle"), table.column(&"med"), table.total()),
            (weight(4, 80), weight(5, 60), weight(7, 90))
        );
    }

    fn term() -> Term {
        let day = |text: &str| text.parse().unwrap();
        Term {
            id: TermId::of(&["autumn"]),
            code: "autumn".into(),
            name: Name::same("autumn"),
            starts: day("2026-09-01"),
            ends: day("2026-12-31"),
            choose_from: day("2026-09-01"),
            choose_until: day("2026-10-01"),
            approve_until: day("2026-10-08"),
            catalogue: 1,
            is_closed: false,
            uniformity: Uniformity::Shown,
            escalate_after: None,
            is_kept_here: true,
        }
    }

    #[test]
    fn nobody_is_late_on_the_last_day_nor_while_the_registrar_holds_it_open() {
        let day = |text: &str| text.parse::<NaiveDate>().unwrap();
        let on = |state, today: &str, opened: Option<&str>| late(&term(), state, day(today), opened.map(day));
        assert_eq!(
            (on(ChoiceState::NotChosen, "2026-08-01", None), on(ChoiceState::NotChosen, "2026-10-01", None)),
            (None, None)
        );
        assert_eq!(on(ChoiceState::NotChosen, "2026-10-02", None), Some(Late::Choosing));
        assert_eq!(on(ChoiceState::NotChosen, "2026-10-02", Some("2026-10-02")), None);
        assert_eq!(on(ChoiceState::NotChosen, "2026-10-05", Some("2026-10-02")), Some(Late::Choosing));
        assert_eq!(
            (on(ChoiceState::InReview, "2026-10-08", None), on(ChoiceState::InReview, "2026-10-09", None)),
            (None, Some(Late::Deciding))
        );
        assert_eq!(
            (on(ChoiceState::Returned, "2026-10-08", None), on(ChoiceState::Returned, "2026-10-09", None)),
            (None, Some(Late::Choosing))
        );
        assert_eq!(on(ChoiceState::Approved, "2027-01-01", None), None);
        let closed = Term { is_closed: true, ..term() };
        assert_eq!(late(&closed, ChoiceState::InReview, day("2026-09-02"), None), Some(Late::Deciding));
    }
}
