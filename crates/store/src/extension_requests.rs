//! Requests to extend the deadline for choosing, in the database.

use crate::statement_macro::statements;
use crate::tx::Row;
use crate::{Result, Tx};
use chrono::{DateTime, Utc};
use domain::extension_request::{ExtensionRequest, RequestAct, RequestAnswer};
use domain::id::{ExtensionRequestId, OfferingId, OrgId, PersonId, TermId};
use uuid::Uuid;

/// Composes the SQL query for requests; `rest` limits it.
macro_rules! select_request {
    ($rest:literal) => {
        concat!(
            "SELECT r.id, r.offering_id, r.asked_by, r.asked_at, r.reason, r.endorsed_by, r.endorsed_at, r.answered_by,
                    r.answered_at, r.is_granted, r.answer_reason
               FROM extension_requests r ",
            $rest
        )
    };
}

statements! {
    FIND = select_request!("WHERE r.id = $1");
    WAITING = select_request!(
        "JOIN offerings o ON o.id = r.offering_id
         JOIN terms t ON t.id = o.term_id
          WHERE r.answered_at IS NULL AND NOT t.is_closed ORDER BY r.asked_at, r.id");
    WAITING_IN = select_request!(
        "JOIN offerings o ON o.id = r.offering_id
         JOIN orgs d ON d.id = o.department_id
         JOIN terms t ON t.id = o.term_id
          WHERE r.answered_at IS NULL AND NOT t.is_closed AND (d.id = $1 OR d.parent_id = $1)
          ORDER BY r.asked_at, r.id");
    IS_WAITING = "SELECT 1 FROM extension_requests WHERE offering_id = $1 AND answered_at IS NULL";
    OF_PERSON = select_request!(
        "JOIN offerings o ON o.id = r.offering_id
          WHERE r.asked_by = $1 AND o.term_id = $2 ORDER BY r.asked_at DESC, r.id");
    ADD = "INSERT INTO extension_requests (id, offering_id, asked_by, asked_at, reason, is_granted, answer_reason)
           VALUES ($1, $2, $3, $4, $5, $6, '')";
    SAVE = "UPDATE extension_requests SET endorsed_by = $1, endorsed_at = $2, answered_by = $3, answered_at = $4,
                   is_granted = $5, answer_reason = $6
             WHERE id = $7";
}

/// Loads a request; `None` if there is none with this id.
pub fn find(tx: &mut Tx<'_>, id: ExtensionRequestId) -> Result<Option<ExtensionRequest>> {
    tx.row(FIND, &[&id.0], request)
}

/// Loads all requests of terms that are not closed that wait for an answer, the earliest first.
pub fn waiting(tx: &mut Tx<'_>) -> Result<Vec<ExtensionRequest>> {
    tx.rows(WAITING, &[], request)
}

/// Loads the requests of a department or a faculty that wait for an answer, the earliest first.
pub fn waiting_in(tx: &mut Tx<'_>, unit: OrgId) -> Result<Vec<ExtensionRequest>> {
    tx.rows(WAITING_IN, &[&unit.0], request)
}

/// Returns whether a request for an offering waits for an answer.
pub fn is_waiting(tx: &mut Tx<'_>, offering: OfferingId) -> Result<bool> {
    Ok(tx.row(IS_WAITING, &[&offering.0], |row| row.next::<i32>())?.is_some())
}

/// Loads the requests that a person made in a term, newest first.
pub fn of_person(tx: &mut Tx<'_>, person: PersonId, term: TermId) -> Result<Vec<ExtensionRequest>> {
    tx.rows(OF_PERSON, &[&person.0, &term.0], request)
}

/// Adds a request that waits for an answer.
pub fn add(tx: &mut Tx<'_>, request: &ExtensionRequest) -> Result<()> {
    let RequestAct { by, at } = request.asked;
    tx.change_one(ADD, &[&request.id.0, &request.offering.0, &by.0, &at, &request.reason, &false])
}

/// Saves whether a request is endorsed and answered.
pub fn save(tx: &mut Tx<'_>, request: &ExtensionRequest) -> Result<()> {
    let (endorsed_by, endorsed_at) = request.endorsed.map(|act| (act.by.0, act.at)).unzip();
    let answer = request.answer.as_ref();
    let (answered_by, answered_at) = answer.map(|answer| (answer.act.by.0, answer.act.at)).unzip();
    let is_granted = answer.is_some_and(|answer| answer.is_granted);
    let reason = answer.map_or("", |answer| &answer.reason);
    tx.change_one(SAVE, &[&endorsed_by, &endorsed_at, &answered_by, &answered_at, &is_granted, &reason, &request.id.0])
}

fn request(row: &Row<'_>) -> Result<ExtensionRequest> {
    let (id, offering) = (ExtensionRequestId(row.next()?), OfferingId(row.next()?));
    let asked = RequestAct { by: PersonId(row.next()?), at: row.next()? };
    let reason = row.next()?;
    let (endorsed, answered) = (act(row)?, act(row)?);
    let (is_granted, answer_reason) = (row.next()?, row.next()?);
    let answer = answered.map(|act| RequestAnswer { act, is_granted, reason: answer_reason });
    Ok(ExtensionRequest { id, offering, asked, reason, endorsed, answer })
}

/// Reads the columns with the person and the time of an act; `None` if they are empty.
fn act(row: &Row<'_>) -> Result<Option<RequestAct>> {
    let (by, at): (Option<Uuid>, Option<DateTime<Utc>>) = (row.next()?, row.next()?);
    Ok(by.zip(at).map(|(by, at)| RequestAct { by: PersonId(by), at }))
}
