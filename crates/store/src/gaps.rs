//! Offerings of a term whose choice is not approved. The server loads these offerings to check that
//! at least one person is allowed to decide on each of their choices.

use crate::offerings::{OfferingTeacher, offering_teacher};
use crate::orgs::name;
use crate::statement_macro::statements;
use crate::tx::Row;
use crate::{Result, Tx};
use chrono::{DateTime, Utc};
use domain::id::{OfferingId, OrgId, PersonId, TermId};
use domain::name::Name;
use uuid::Uuid;

/// Composes the SQL query for the offerings of a term whose choice is not approved. `scope` is a
/// condition that limits the query to a unit.
macro_rules! select_unfinished {
    ($scope:literal) => {
        concat!(
            "SELECT o.id, o.faculty_id, o.department_id, o.responsible_id, c.sent_by
               FROM offerings o LEFT JOIN choices c ON c.offering_id = o.id
              WHERE o.term_id = $1 AND o.has_exam AND o.is_active AND (c.stage IS NULL OR c.stage <> 'approved')",
            $scope
        )
    };
}

statements! {
    IN_UNIVERSITY = select_unfinished!("");
    IN_FACULTY = select_unfinished!(" AND o.faculty_id = $2");
    AWAITING_DECISION = "SELECT o.id, o.faculty_id, o.department_id, o.responsible_id, c.sent_by
          FROM offerings o CROSS JOIN choices c
         WHERE o.term_id = $1 AND o.has_exam AND o.is_active AND c.offering_id = o.id
           AND (c.stage = 'in-review' OR c.reopen_asked IS NOT NULL)";
    OVERDUE = "SELECT o.department_id, COUNT(*), MIN(c.sent_at)
                 FROM offerings o CROSS JOIN choices c
                WHERE o.term_id = $1 AND o.has_exam AND o.is_active AND c.offering_id = o.id
                  AND c.stage = 'in-review' AND c.sent_at < $2
                GROUP BY o.department_id ORDER BY MIN(c.sent_at), o.department_id";
    NAMES = "SELECT o.id, o.group_code, d.name_kk, d.name_ru, d.name_en
               FROM offerings o JOIN disciplines d ON d.id = o.discipline_id
              WHERE o.department_id = $1 AND o.term_id = $2 AND o.has_exam AND o.is_active
              ORDER BY d.sort_key, o.group_code, o.id";
    TAUGHT_BY_DECIDERS = "SELECT t.offering_id, t.person_id FROM appointments a
                           CROSS JOIN teachers t CROSS JOIN offerings o
                           WHERE a.role IN ('head', 'acting-head', 'dean') AND t.person_id = a.person_id
                             AND o.id = t.offering_id AND o.term_id = $1
                           GROUP BY t.offering_id, t.person_id ORDER BY t.offering_id, t.person_id";
}

/// An offering whose choice is not approved or not made yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UndecidedOffering {
    pub id: OfferingId,
    pub faculty: OrgId,
    pub department: OrgId,
    /// The instructor who is responsible for the offering and makes the choice; `None` for a
    /// vacancy.
    pub responsible: Option<PersonId>,
    /// The person who sent the current choice; `None` if no choice was sent.
    pub sent_by: Option<PersonId>,
}

/// An offering with the names of its group and discipline.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NamedOffering {
    pub id: OfferingId,
    pub group: String,
    /// The name of the discipline that is taught in the offering.
    pub discipline: Name,
}

/// Lists the names of the offerings of a department in a term, sorted by discipline and group.
pub fn named(tx: &mut Tx<'_>, department: OrgId, term: TermId) -> Result<Vec<NamedOffering>> {
    tx.rows(NAMES, &[&department.0, &term.0], |row| {
        Ok(NamedOffering { id: OfferingId(row.next()?), group: row.next()?, discipline: name(row)? })
    })
}

/// Loads the offerings of a term whose choice waits for a decision, or whose instructor asks to reopen it,
/// in no particular order.
pub fn awaiting_decision(tx: &mut Tx<'_>, term: TermId) -> Result<Vec<UndecidedOffering>> {
    tx.rows(AWAITING_DECISION, &[&term.0], one)
}

/// The choices of a department that have waited too long for a decision.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OverdueDepartment {
    pub department: OrgId,
    pub choices: i64,
    /// The time at which the first of these choices was sent.
    pub since: DateTime<Utc>,
}

/// Counts the choices of a term that were sent before a time and wait for a decision, by department; the
/// department that waits longest comes first.
pub fn overdue(tx: &mut Tx<'_>, term: TermId, sent_before: DateTime<Utc>) -> Result<Vec<OverdueDepartment>> {
    tx.rows(OVERDUE, &[&term.0, &sent_before], |row| {
        Ok(OverdueDepartment { department: OrgId(row.next()?), choices: row.next()?, since: row.next()? })
    })
}

/// Loads the offerings of a term whose choice is not approved, of the whole university or of one
/// faculty, in no particular order.
pub fn unfinished(tx: &mut Tx<'_>, term: TermId, faculty: Option<OrgId>) -> Result<Vec<UndecidedOffering>> {
    match faculty {
        Some(faculty) => tx.rows(IN_FACULTY, &[&term.0, &faculty.0], one),
        None => tx.rows(IN_UNIVERSITY, &[&term.0], one),
    }
}

/// Lists the offerings of a term together with those of their teachers who have a past, present or
/// future appointment as head, acting head or dean. These teachers matter because people are not
/// allowed to decide on the choice of an offering that they teach.
pub fn taught_by_deciders(tx: &mut Tx<'_>, term: TermId) -> Result<Vec<OfferingTeacher>> {
    tx.rows(TAUGHT_BY_DECIDERS, &[&term.0], offering_teacher)
}

fn one(row: &Row<'_>) -> Result<UndecidedOffering> {
    Ok(UndecidedOffering {
        id: OfferingId(row.next()?),
        faculty: OrgId(row.next()?),
        department: OrgId(row.next()?),
        responsible: row.next::<Option<Uuid>>()?.map(PersonId),
        sent_by: row.next::<Option<Uuid>>()?.map(PersonId),
    })
}
