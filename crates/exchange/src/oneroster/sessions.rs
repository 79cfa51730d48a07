//! Reads the file `academicSessions.csv` of a roster, which lists the academic terms with the days
//! for choosing and approving exams.

use super::line::{CsvColumn, CsvLine};
use super::sheet::CsvFile;
use crate::roster_report::ReadingReport;
use chrono::{Days, Months, NaiveDate};
use domain::id::TermId;
use domain::roster::{BadLine, BadValue, RosterTerm};
use std::collections::HashMap;

/// The time for choosing exams if the roster does not say otherwise: one month from the start of
/// the academic term (farabi.university/students/23 §1.1).
const CHOOSING: Months = Months::new(1);

/// The time for approving choices if the roster does not say otherwise: one week after the last day
/// of choosing.
const APPROVING: Days = Days::new(7);

/// The academic terms from all accepted rows of `academicSessions.csv`.
pub(super) struct Terms {
    /// The accepted academic terms, in the sequence of the rows in `academicSessions.csv`.
    pub(super) list: Vec<RosterTerm>,
    /// The id of each academic term. The key is the identifier of the term in the roster files.
    pub(super) known: HashMap<String, TermId>,
}

struct SessionColumns {
    key: CsvColumn,
    kind: CsvColumn,
    title: CsvColumn,
    names: [CsvColumn; 3],
    /// The columns of `academicSessions.csv` with dates: the first and last day of the academic
    /// term, the first and last day of choosing, and the last day of approving.
    dates: [CsvColumn; 5],
}

/// Returns whether this kind of academic session is an academic term. Returns `None` if the
/// OneRoster standard does not define the kind.
fn is_term(word: &str) -> Option<bool> {
    match word {
        "term" | "semester" => Some(true),
        "schoolYear" | "gradingPeriod" => Some(false),
        word if word.starts_with("ext:") => Some(false),
        _ => None,
    }
}

impl Terms {
    /// Reads the academic terms from the rows of `academicSessions.csv`. School years and grading
    /// periods are skipped.
    pub(super) fn read(sheet: &CsvFile, report: &mut ReadingReport) -> Self {
        let [key, kind, title] = sheet.columns(["sourcedId", "type", "title"]);
        let names = sheet.columns(["metadata.nameKk", "metadata.nameRu", "metadata.nameEn"]);
        let dates = sheet.columns([
            "startDate",
            "endDate",
            "metadata.chooseFrom",
            "metadata.chooseUntil",
            "metadata.approveUntil",
        ]);
        let columns = SessionColumns { key, kind, title, names, dates };
        let mut terms = Self { list: Vec::new(), known: HashMap::new() };
        sheet.each(report, |line| {
            if columns.is_term(line)? {
                terms.add(columns.term(line)?);
            }
            Ok(())
        });
        terms
    }

    fn add(&mut self, term: RosterTerm) {
        self.known.insert(term.code.clone(), term.id);
        self.list.push(term);
    }
}

impl SessionColumns {
    fn is_term(&self, line: &CsvLine<'_>) -> Result<bool, BadLine> {
        line.word(self.kind, is_term)?.ok_or_else(|| line.bad(self.kind, BadValue::Empty))
    }

    fn term(&self, line: &CsvLine<'_>) -> Result<RosterTerm, BadLine> {
        let [starts, ends, choose_from, choose_until, approve_until] = self.dates;
        let key = line.key(self.key)?;
        let first = line.required_date(starts)?;
        let last = line.required_date(ends)?;
        let from = line.date(choose_from)?.unwrap_or(first);
        let until = or_later(line, choose_until, first.checked_add_months(CHOOSING))?;
        let approve = or_later(line, approve_until, until.checked_add_days(APPROVING))?;
        in_order(line, ends, first, last)?;
        in_order(line, choose_until, from, until)?;
        in_order(line, approve_until, until, approve)?;
        Ok(RosterTerm {
            id: TermId::of(&[key]),
            code: key.to_owned(),
            name: line.names(self.names, self.title)?,
            starts: first,
            ends: last,
            choose_from: from,
            choose_until: until,
            approve_until: approve,
        })
    }
}

/// Reads the date in a cell of `academicSessions.csv`. For an empty cell, returns the default date
/// `later`, which was computed from earlier dates of the academic term.
fn or_later(line: &CsvLine<'_>, column: CsvColumn, later: Option<NaiveDate>) -> Result<NaiveDate, BadLine> {
    line.date(column)?.or(later).ok_or_else(|| line.bad(column, BadValue::NotADate))
}

/// Checks that the date `until` is not before the date `from`. The refusal of the roster row names
/// the column of `until`.
fn in_order(line: &CsvLine<'_>, column: CsvColumn, from: NaiveDate, until: NaiveDate) -> Result<(), BadLine> {
    if from <= until { Ok(()) } else { Err(line.bad(column, BadValue::WrongOrder)) }
}
