//! Choices in the database: the current state of each choice, the last act on the choice if that
//! act can be undone, and every version of the choice that was ever sent.

use crate::documents::digest;
use crate::statement_macro::statements;
use crate::tx::{Param, Row};
use crate::{Error, Result, Tx};
use chrono::{DateTime, Utc};
use domain::answer::Answer;
use domain::catalogue::RowId;
use domain::choice::{Choice, ChoiceVersion, LastAct, Stage};
use domain::id::{DocumentId, OfferingId, OrgId, PersonId, TermId};
use uuid::Uuid;

/// Composes the SQL query for choices. `from` joins the table of choices `c` to the tables that limit
/// the query, by default to none.
macro_rules! select_choice {
    ($rest:literal) => {
        select_choice!("choices c", $rest)
    };
    ($from:literal, $rest:literal) => {
        concat!(
            "SELECT c.offering_id, c.version, c.row_id, c.info, c.document_id, c.document_sha, c.catalogue, c.sent_by,
                    c.sent_at, c.stage, c.decided_by, c.decided_at, c.reason, c.was_reopened, c.last_act, c.reopen_asked,
                    c.revision
               FROM ",
            $from,
            " ",
            $rest
        )
    };
}

statements! {
    FIND = select_choice!("WHERE c.offering_id = $1");
    OF_DEPARTMENT = select_choice!(
        "offerings o CROSS JOIN choices c",
        "WHERE o.department_id = $1 AND o.term_id = $2 AND c.offering_id = o.id
         ORDER BY c.sent_at, c.offering_id");
    TAUGHT = select_choice!(
        "teachers t CROSS JOIN offerings o CROSS JOIN choices c",
        "WHERE t.person_id = $1 AND o.id = t.offering_id AND o.term_id = $2
           AND c.offering_id = o.id");
    STUDIED = select_choice!(
        "enrolments e CROSS JOIN offerings o CROSS JOIN choices c",
        "WHERE e.person_id = $1 AND o.id = e.offering_id AND o.term_id = $2
           AND c.offering_id = o.id AND (c.stage = 'approved' OR c.was_reopened OR c.version > 1)");
    LATEST_VERSION = "SELECT version FROM choice_versions WHERE offering_id = $1 ORDER BY version DESC LIMIT 1";
    ADD = "INSERT INTO choices (version, row_id, info, document_id, document_sha, catalogue, sent_by, sent_at, stage,
                                decided_by, decided_at, reason, was_reopened, last_act, reopen_asked, offering_id,
                                revision)
           VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, 1)";
    CHANGE = "UPDATE choices SET version = $1, row_id = $2, info = $3, document_id = $4, document_sha = $5,
                     catalogue = $6, sent_by = $7, sent_at = $8, stage = $9, decided_by = $10, decided_at = $11,
                     reason = $12, was_reopened = $13, last_act = $14, reopen_asked = $15, revision = revision + 1
               WHERE offering_id = $16 AND revision = $17";
    REMOVE = "DELETE FROM choices WHERE offering_id = $1 AND revision = $2";
    ADD_VERSION = "INSERT INTO choice_versions (offering_id, version, row_id, info, document_id, document_sha, catalogue,
                                                sent_by, sent_at)
                   VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
    VERSIONS = "SELECT v.version, v.row_id, v.info, v.document_id, v.document_sha, v.catalogue, v.sent_by, v.sent_at
                  FROM choice_versions v WHERE v.offering_id = $1 ORDER BY v.version";
    MARK_DECIDED = "UPDATE choice_versions SET decided = $1 WHERE offering_id = $2 AND version = $3";
}

/// A choice as stored in the database, with a revision number that detects lost updates.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredChoice {
    pub choice: Choice,
    /// The revision of the stored choice, incremented by every change; 0 if the choice is not in
    /// the database yet.
    pub revision: i64,
}

/// Loads the choice for an offering; returns an empty choice if none is in the database.
pub fn find(tx: &mut Tx<'_>, offering: OfferingId) -> Result<StoredChoice> {
    let latest: i64 = tx.row(LATEST_VERSION, &[&offering.0], |row| row.next())?.unwrap_or(0);
    let found = tx.row(FIND, &[&offering.0], stored)?;
    let mut stored = found.unwrap_or_else(|| StoredChoice { choice: Choice::none(offering), revision: 0 });
    stored.choice.latest_version = latest;
    Ok(stored)
}

/// Loads the choices for all offerings of a department in a term, the earliest sent choice first.
pub fn of_department(tx: &mut Tx<'_>, department: OrgId, term: TermId) -> Result<Vec<StoredChoice>> {
    tx.rows(OF_DEPARTMENT, &[&department.0, &term.0], stored)
}

/// Loads the choices for the offerings that a person teaches in a term, in no particular order.
pub fn taught_by(tx: &mut Tx<'_>, person: PersonId, term: TermId) -> Result<Vec<StoredChoice>> {
    tx.rows(TAUGHT, &[&person.0, &term.0], stored)
}

/// Loads the choices that are or can once have been approved, for the offerings in which a student is
/// enrolled in a term, in no particular order.
pub fn studied_by(tx: &mut Tx<'_>, person: PersonId, term: TermId) -> Result<Vec<StoredChoice>> {
    tx.rows(STUDIED, &[&person.0, &term.0], stored)
}

/// Saves the current state of a choice in the database.
///
/// # Errors
/// [`Error::Stale`] if another transaction has changed the choice since it was loaded.
pub fn save(tx: &mut Tx<'_>, stored: &StoredChoice) -> Result<()> {
    let offering = stored.choice.offering;
    let Some(current) = &stored.choice.current else {
        return if stored.revision == 0 { Ok(()) } else { tx.change_one(REMOVE, &[&offering.0, &stored.revision]) };
    };
    let last = stored.choice.last.as_ref().map(serde_json::to_string).transpose();
    let last = last.map_err(|error| Error::Broken(error.to_string()))?;
    let decision = StoredDecision::of(&current.stage);
    let (answer, stage) = (&current.answer, current.stage.code());
    let sha = current.document_sha.0.as_slice();
    let values: [&dyn Param; 15] = [
        &current.version,
        &answer.row.0,
        &answer.info,
        &answer.document.0,
        &sha,
        &current.catalogue,
        &current.sent_by.0,
        &current.sent_at,
        &stage,
        &decision.by,
        &decision.at,
        &decision.reason,
        &decision.was_reopened,
        &last,
        &decision.asked,
    ];
    if stored.revision == 0 {
        return tx.change_one(ADD, &[&values[..], &[&offering.0]].concat());
    }
    tx.change_one(CHANGE, &[&values[..], &[&offering.0, &stored.revision]].concat())
}

/// Adds a new version of a choice to the permanent record of all versions.
pub fn add_version(tx: &mut Tx<'_>, offering: OfferingId, current: &ChoiceVersion) -> Result<()> {
    let answer = &current.answer;
    tx.change_one(
        ADD_VERSION,
        &[
            &offering.0,
            &current.version,
            &answer.row.0,
            &answer.info,
            &answer.document.0,
            &current.document_sha.0.as_slice(),
            &current.catalogue,
            &current.sent_by.0,
            &current.sent_at,
        ],
    )
}

/// Records the decision on a version of a choice. `None` removes the record, because the decision
/// was undone.
pub fn mark_decided(tx: &mut Tx<'_>, offering: OfferingId, version: i64, decided: Option<&str>) -> Result<()> {
    tx.change_one(MARK_DECIDED, &[&decided, &offering.0, &version])
}

/// Loads every version of the choice that was ever sent for an offering. Each version is returned
/// with the state "in review", whatever the decision on it was.
pub fn versions(tx: &mut Tx<'_>, offering: OfferingId) -> Result<Vec<ChoiceVersion>> {
    tx.rows(VERSIONS, &[&offering.0], |row| {
        let version = row.next()?;
        content(row, version)
    })
}

struct StoredDecision<'a> {
    by: Option<Uuid>,
    at: Option<DateTime<Utc>>,
    reason: &'a str,
    was_reopened: bool,
    asked: Option<&'a str>,
}

impl<'a> StoredDecision<'a> {
    fn of(stage: &'a Stage) -> Self {
        match stage {
            Stage::InReview => Self { by: None, at: None, reason: "", was_reopened: false, asked: None },
            Stage::Approved { by, at, asked } => {
                let (by, asked) = (Some(by.0), asked.as_deref());
                Self { by, at: Some(*at), reason: "", was_reopened: false, asked }
            }
            Stage::Returned { by, at, reason, reopened } => {
                Self { by: Some(by.0), at: Some(*at), reason, was_reopened: *reopened, asked: None }
            }
        }
    }
}

/// Reads a choice from the database columns that [`select_choice`] lists.
fn stored(row: &Row<'_>) -> Result<StoredChoice> {
    let offering = OfferingId(row.next()?);
    let version = row.next()?;
    let mut current = content(row, version)?;
    current.stage = stage(row)?;
    let last = row.next::<Option<String>>()?.map(|text| serde_json::from_str::<LastAct>(&text)).transpose();
    let last = last.map_err(|error| Error::Broken(error.to_string()))?;
    if let Stage::Approved { asked, .. } = &mut current.stage {
        *asked = row.next()?;
    } else {
        row.next::<Option<String>>()?;
    }
    let choice = Choice { offering, current: Some(current), last, latest_version: version };
    Ok(StoredChoice { choice, revision: row.next()? })
}

/// Reads the content of one version of a choice from the database, without its state. The returned
/// version always has the state "in review"; a caller that needs the actual state reads it
/// separately.
fn content(row: &Row<'_>, version: i64) -> Result<ChoiceVersion> {
    let answer = Answer { row: RowId(row.next()?), info: row.next()?, document: DocumentId(row.next()?) };
    Ok(ChoiceVersion {
        version,
        answer,
        document_sha: digest(row)?,
        catalogue: row.next()?,
        sent_by: PersonId(row.next()?),
        sent_at: row.next()?,
        stage: Stage::InReview,
    })
}

fn stage(row: &Row<'_>) -> Result<Stage> {
    let code: String = row.next()?;
    let by: Option<Uuid> = row.next()?;
    let at: Option<DateTime<Utc>> = row.next()?;
    let (reason, reopened): (String, bool) = (row.next()?, row.next()?);
    match (code.as_str(), by.map(PersonId), at) {
        ("in-review", _, _) => Ok(Stage::InReview),
        ("approved", Some(by), Some(at)) => Ok(Stage::Approved { by, at, asked: None }),
        ("returned", Some(by), Some(at)) => Ok(Stage::Returned { by, at, reason, reopened }),
        _ => Err(Error::Broken(format!("unknown stage {code}"))),
    }
}
