//! Printed orders (decrees that list approved exams) in the database, with their exact content.
//! Also loads the approved exams from which a new order is made.

use crate::documents::digest;
use crate::orgs::name;
use crate::progress::ProgressScope;
use crate::statement_macro::statements;
use crate::tx::Row;
use crate::{Result, Tx};
use chrono::{DateTime, Utc};
use domain::answer::Answer;
use domain::catalogue::RowId;
use domain::choice::{ChoiceVersion, Stage};
use domain::digest::Digest;
use domain::fingerprint::fingerprint;
use domain::id::{DocumentId, OfferingId, OrgId, PersonId, TermId};
use domain::order::OrderExam;
use domain::person::short_name;
use uuid::Uuid;

/// Composes the SQL query for the approved choices of one unit. The parameter `scope` is the
/// database column that selects the unit: `o.faculty_id`, `o.department_id`, or `o.term_id` for the
/// whole university.
macro_rules! select_approved {
    ($scope:literal) => {
        concat!(
            "SELECT o.id, o.department_id, d.code, d.name_kk, d.name_ru, d.name_en, o.group_code, o.students,
                    p.family_name, p.given_name, p.middle_name, c.version, c.row_id, c.info, c.document_id,
                    c.document_sha, c.catalogue, c.sent_by, c.sent_at, c.decided_by, q.family_name, q.given_name,
                    q.middle_name, c.decided_at
               FROM offerings o
               JOIN choices c ON c.offering_id = o.id
               JOIN disciplines d ON d.id = o.discipline_id
               JOIN people q ON q.id = c.decided_by
               LEFT JOIN people p ON p.id = o.responsible_id
              WHERE ",
            $scope,
            " = $1 AND o.term_id = $2 AND o.has_exam AND o.is_active AND c.stage = 'approved'
              ORDER BY d.sort_key, o.group_code, o.id LIMIT $3"
        )
    };
}

statements! {
    APPROVED_IN_UNIVERSITY = select_approved!("o.term_id");
    APPROVED_IN_FACULTY = select_approved!("o.faculty_id");
    APPROVED_IN_DEPARTMENT = select_approved!("o.department_id");
    FIND = "SELECT o.fingerprint, o.term_id, o.unit_id, o.number, o.issued_at, p.family_name, p.given_name, p.middle_name,
                   o.content
              FROM orders o JOIN people p ON p.id = o.issued_by WHERE o.fingerprint = $1";
    OF_TERM = "SELECT o.fingerprint, o.term_id, o.unit_id, o.number, o.issued_at, p.family_name, p.given_name, p.middle_name
                 FROM orders o JOIN people p ON p.id = o.issued_by WHERE o.term_id = $1 ORDER BY o.number DESC";
    LAST_NUMBER = "SELECT number FROM orders WHERE term_id = $1 ORDER BY number DESC LIMIT 1";
    ADD = "INSERT INTO orders (fingerprint, term_id, unit_id, number, content, issued_by, issued_at)
           VALUES ($1, $2, $3, $4, $5, $6, $7)";
}

/// An issued printed order (a decree that lists approved exams), without its content.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IssuedOrder {
    /// The SHA-256 hash of the content of the printed order (a decree).
    pub fingerprint: Digest,
    /// The academic term of the exams in the printed order (a decree).
    pub term: TermId,
    /// The unit whose exams the printed order (a decree) lists; `None` for the whole university.
    pub unit: Option<OrgId>,
    /// The number of the printed order (a decree), counted from 1 in each academic term.
    pub number: i64,
    pub at: DateTime<Utc>,
    /// The name of the person who issued the printed order (a decree).
    pub by: String,
}

/// An issued printed order (a decree that lists approved exams), together with its content.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredOrder {
    pub issued: IssuedOrder,
    /// The content of the printed order (a decree) as JSON, exactly as it was hashed.
    pub content: String,
}

/// An approved exam, with the department to which its offering belongs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DepartmentExam {
    pub department: OrgId,
    pub exam: OrderExam,
}

/// Loads at most `limit` approved exams of a unit in a term, sorted by discipline and group, each
/// with its department.
pub fn approved(tx: &mut Tx<'_>, term: TermId, scope: ProgressScope, limit: i64) -> Result<Vec<DepartmentExam>> {
    let (sql, unit) = match scope {
        ProgressScope::University => (APPROVED_IN_UNIVERSITY, term.0),
        ProgressScope::Faculty(faculty) => (APPROVED_IN_FACULTY, faculty.0),
        ProgressScope::Department(department) => (APPROVED_IN_DEPARTMENT, department.0),
    };
    tx.rows(sql, &[&unit, &term.0, &limit], exam)
}

/// Finds the issued printed order (a decree) with a certain fingerprint, together with its content.
pub fn find(tx: &mut Tx<'_>, fingerprint: Digest) -> Result<Option<StoredOrder>> {
    tx.row(FIND, &[&fingerprint.0.as_slice()], |row| Ok(StoredOrder { issued: issued(row)?, content: row.next()? }))
}

/// Loads the printed orders (decrees) that were issued for a term, without their content, newest
/// first.
pub fn of_term(tx: &mut Tx<'_>, term: TermId) -> Result<Vec<IssuedOrder>> {
    tx.rows(OF_TERM, &[&term.0], issued)
}

/// Returns the number that the next printed order (a decree) of a term gets.
pub fn next_number(tx: &mut Tx<'_>, term: TermId) -> Result<i64> {
    Ok(tx.row(LAST_NUMBER, &[&term.0], |row| row.next::<i64>())?.unwrap_or(0) + 1)
}

/// Adds an issued printed order (a decree) with its content to the permanent record.
pub fn add(tx: &mut Tx<'_>, order: &IssuedOrder, content: &str, by: PersonId) -> Result<()> {
    let unit = order.unit.map(|unit| unit.0);
    let fingerprint = order.fingerprint.0.as_slice();
    tx.change_one(ADD, &[&fingerprint, &order.term.0, &unit, &order.number, &content, &by.0, &order.at])
}

fn issued(row: &Row<'_>) -> Result<IssuedOrder> {
    Ok(IssuedOrder {
        fingerprint: digest(row)?,
        term: TermId(row.next()?),
        unit: row.next::<Option<Uuid>>()?.map(OrgId),
        number: row.next()?,
        at: row.next()?,
        by: full_name(row)?,
    })
}

fn full_name(row: &Row<'_>) -> Result<String> {
    let names: [Option<String>; 3] = [row.next()?, row.next()?, row.next()?];
    let [family, given, middle] = names.map(Option::unwrap_or_default);
    Ok(short_name(&family, &given, &middle))
}

/// Reads an approved exam from the database columns that [`select_approved`] lists.
fn exam(row: &Row<'_>) -> Result<DepartmentExam> {
    let (offering, department) = (OfferingId(row.next()?), OrgId(row.next()?));
    let (discipline, name, group, students) = (row.next()?, name(row)?, row.next()?, row.next()?);
    let (instructor, current) = (full_name(row)?, current(row)?);
    let approved_by = PersonId(row.next()?);
    let choice = fingerprint(offering, &current);
    let Answer { row: RowId(chosen), info, .. } = current.answer;
    let exam = OrderExam {
        offering,
        discipline,
        name,
        group,
        students,
        instructor,
        row: chosen,
        catalogue: current.catalogue,
        info,
        choice,
        approved_by,
        approver: full_name(row)?,
        approved_at: row.next()?,
    };
    Ok(DepartmentExam { department, exam })
}

/// Reads the content of an approved choice, from which the fingerprint of the choice is calculated.
/// The returned version has the state "in review" although it was approved. The state is not part
/// of the fingerprint, so this makes no difference.
fn current(row: &Row<'_>) -> Result<ChoiceVersion> {
    Ok(ChoiceVersion {
        version: row.next()?,
        answer: Answer { row: RowId(row.next()?), info: row.next()?, document: DocumentId(row.next()?) },
        document_sha: digest(row)?,
        catalogue: row.next()?,
        sent_by: PersonId(row.next()?),
        sent_at: row.next()?,
        stage: Stage::InReview,
    })
}
