//! Search in the history by time, person and act, one result page at a time. Also finds the choices
//! that were changed since a certain time.

use crate::history::{HistoryRecord, history_record};
use crate::offerings::offering;
use crate::progress::ProgressScope;
use crate::statement_macro::statements;
use crate::tx::Param;
use crate::{Result, Tx};
use chrono::{DateTime, Utc};
use domain::catalogue::RowId;
use domain::id::TermId;
use domain::limits::CHANGES_LISTED;
use domain::offering::Offering;

/// Composes the SQL query for history entries before a position, newest first.
macro_rules! select_history {
    ($from:literal) => {
        concat!(
            "SELECT h.subject, h.sequence, h.at, h.actor_id, h.role, h.act, h.payload, h.previous, h.hash,
                    p.family_name, p.given_name, p.middle_name
               FROM ",
            $from,
            " AND h.at >= $3 AND (h.at, h.subject, h.sequence) < ($4, $5, $6) AND ($7 = '' OR h.act = $8)
              ORDER BY h.at DESC, h.subject DESC, h.sequence DESC LIMIT $9"
        )
    };
}

/// Composes the SQL query for choices of one unit that were approved, returned, reopened or sent again
/// since a certain time. The parameter `scope` is the database column that selects the unit:
/// `o.faculty_id`, `o.department_id`, or `o.term_id` for the whole university.
macro_rules! select_changes {
    ($scope:literal) => {
        concat!(
            "SELECT o.id, o.term_id, d.id, d.code, d.name_kk, d.name_ru, d.name_en, o.department_id, o.faculty_id, f.code,
                    o.group_code, o.language, o.study_form, o.level, o.students, o.responsible_id,
                    c.row_id, c.info, c.catalogue
               FROM offerings o
               JOIN disciplines d ON d.id = o.discipline_id
               JOIN orgs f ON f.id = o.faculty_id
               JOIN choices c ON c.offering_id = o.id
              WHERE ",
            $scope,
            " = $1 AND o.term_id = $2 AND o.has_exam AND o.is_active
                AND ((c.decided_at >= $3 AND c.stage IN ('approved', 'returned'))
                     OR (c.sent_at >= $4 AND c.stage = 'in-review' AND c.version > 1))
              ORDER BY d.sort_key, o.group_code, o.id LIMIT $5 OFFSET $6"
        )
    };
}

statements! {
    BY_TIME = select_history!("history h LEFT JOIN people p ON p.id = h.actor_id WHERE $1 = '' AND $2 = ''");
    BY_PERSON = select_history!(
        "people p JOIN history h ON h.actor_id = p.id WHERE p.search_key >= $1 AND p.search_key < $2");
    CHANGES_IN_UNIVERSITY = select_changes!("o.term_id");
    CHANGES_IN_FACULTY = select_changes!("o.faculty_id");
    CHANGES_IN_DEPARTMENT = select_changes!("o.department_id");
}

/// A position in the history, from which the next result page of a search continues.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HistoryCursor {
    pub at: DateTime<Utc>,
    /// The subject of the history entry at this position: the thing or person on which the act was
    /// performed, for example a choice.
    pub subject: String,
    /// The number of the history entry among the entries about the same subject (for example about
    /// the same choice).
    pub sequence: i64,
}

/// The criteria of a search in the history.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HistorySearch {
    /// The beginning of the name of the person who acted, converted by `search_key` to a Latin
    /// spelling that is the same for common spellings of a name; empty for all people and for the
    /// program itself.
    pub who: String,
    /// The code of the act to search for; empty for all acts.
    pub act: String,
    /// The earliest time of a history entry in the results.
    pub from: DateTime<Utc>,
    /// The position in the history before which all results of the search lie.
    pub before: HistoryCursor,
    /// The maximum number of history entries to load.
    pub limit: i64,
}

/// The choices that [`moved_since`] loads.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MovedSince {
    pub term: TermId,
    pub scope: ProgressScope,
    pub from: DateTime<Utc>,
    /// The number of choices that are left out at the beginning of the list.
    pub offset: usize,
}

/// A choice that was approved, returned, reopened or sent again since a certain time, with its current
/// content.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChangedChoice {
    /// The offering of the choice. The list of the teachers of the offering is empty.
    pub offering: Offering,
    /// The catalogue row (platform, exam format and type) that the choice uses.
    pub row: RowId,
    /// The additional information on the exam that the choice contains; empty if it contains none.
    pub info: String,
    /// The number of the catalogue version under which the choice was made.
    pub catalogue: i64,
}

/// Searches the history for entries that match the criteria, newest first.
pub fn search(tx: &mut Tx<'_>, asked: &HistorySearch) -> Result<Vec<HistoryRecord>> {
    // A search by name finds the names that begin with `asked.who`. In the sort order, these names
    // are between `asked.who` itself and `asked.who` followed by U+10FFFF, the last character of
    // Unicode.
    let beyond = if asked.who.is_empty() { String::new() } else { format!("{}\u{10ffff}", asked.who) };
    let sql = if asked.who.is_empty() { BY_TIME } else { BY_PERSON };
    let (HistorySearch { who, act, from, limit, .. }, HistoryCursor { at, subject, sequence }) = (asked, &asked.before);
    let values: [&dyn Param; 9] = [who, &beyond, from, at, subject, sequence, act, act, limit];
    tx.rows(sql, &values, history_record)
}

/// Loads the next [`CHANGES_LISTED`] choices of a unit that were approved, returned, reopened or sent again
/// since a certain time, sorted by discipline and group.
pub fn moved_since(tx: &mut Tx<'_>, wanted: &MovedSince) -> Result<Vec<ChangedChoice>> {
    let MovedSince { term, scope, from, offset } = wanted;
    let (sql, unit) = match scope {
        ProgressScope::University => (CHANGES_IN_UNIVERSITY, term.0),
        ProgressScope::Faculty(faculty) => (CHANGES_IN_FACULTY, faculty.0),
        ProgressScope::Department(department) => (CHANGES_IN_DEPARTMENT, department.0),
    };
    let number = |count: usize| i64::try_from(count).unwrap_or(i64::MAX);
    tx.rows(sql, &[&unit, &term.0, from, from, &number(CHANGES_LISTED), &number(*offset)], |row| {
        let offering = offering(row)?;
        let (chosen, info, catalogue) = (RowId(row.next()?), row.next()?, row.next()?);
        Ok(ChangedChoice { offering, row: chosen, info, catalogue })
    })
}
