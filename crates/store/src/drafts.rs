//! Drafts of choices in the database. A draft is private to the person who has begun to fill in the
//! HTML form for choosing an exam, and is not a state of the choice.

use crate::statement_macro::statements;
use crate::tx::Row;
use crate::{Result, Tx};
use chrono::{DateTime, Utc};
use domain::catalogue::RowId;
use domain::id::{DocumentId, OfferingId, PersonId, TermId};
use uuid::Uuid;

statements! {
    FIND = "SELECT offering_id, version, row_id, info, document_id, saved_at FROM drafts
             WHERE offering_id = $1 AND person_id = $2";
    OF_PERSON = "SELECT d.offering_id FROM drafts d JOIN offerings o ON o.id = d.offering_id
                  WHERE d.person_id = $1 AND o.term_id = $2 ORDER BY d.offering_id";
    SAVE = "INSERT INTO drafts (offering_id, person_id, row_id, info, document_id, saved_at, version)
            VALUES ($1, $2, $3, $4, $5, $6, $7)
            ON CONFLICT (offering_id, person_id) DO UPDATE SET row_id = excluded.row_id, info = excluded.info,
              document_id = excluded.document_id, saved_at = excluded.saved_at, version = excluded.version";
    REMOVE = "DELETE FROM drafts WHERE offering_id = $1 AND person_id = $2";
}

/// A draft of a choice: the fields of the HTML form for choosing an exam that a person has filled
/// in so far. Any field can be empty.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Draft {
    /// The offering for which the draft was saved.
    pub offering: OfferingId,
    /// The version number of the choice that the form showed when the draft was begun; 0 if nothing was
    /// chosen then.
    pub version: i64,
    /// The catalogue row that is selected in the draft; `None` if no row is selected.
    pub row: Option<RowId>,
    /// The additional information in the draft, exactly as typed.
    pub info: String,
    /// The programme document that is selected in the draft; `None` if no document is selected.
    pub document: Option<DocumentId>,
    /// The time at which the draft was saved.
    pub saved_at: DateTime<Utc>,
}

/// Loads the draft of a choice that a person saved for an offering.
pub fn find(tx: &mut Tx<'_>, offering: OfferingId, person: PersonId) -> Result<Option<Draft>> {
    tx.row(FIND, &[&offering.0, &person.0], draft)
}

/// Lists the offerings of a term for which a person has saved drafts of choices.
pub fn of_person(tx: &mut Tx<'_>, person: PersonId, term: TermId) -> Result<Vec<OfferingId>> {
    tx.rows(OF_PERSON, &[&person.0, &term.0], |row| Ok(OfferingId(row.next()?)))
}

/// Saves a person's draft of a choice, and replaces an earlier draft for the same offering.
pub fn save(tx: &mut Tx<'_>, person: PersonId, draft: &Draft) -> Result<()> {
    let row = draft.row.as_ref().map(|row| row.0.as_str());
    let document = draft.document.map(|document| document.0);
    tx.change_one(SAVE, &[&draft.offering.0, &person.0, &row, &draft.info, &document, &draft.saved_at, &draft.version])
}

/// Removes a person's draft of a choice for an offering, if there is one.
pub fn remove(tx: &mut Tx<'_>, offering: OfferingId, person: PersonId) -> Result<()> {
    tx.change(REMOVE, &[&offering.0, &person.0]).map(drop)
}

fn draft(row: &Row<'_>) -> Result<Draft> {
    Ok(Draft {
        offering: OfferingId(row.next()?),
        version: row.next()?,
        row: row.next::<Option<String>>()?.map(RowId),
        info: row.next()?,
        document: row.next::<Option<Uuid>>()?.map(DocumentId),
        saved_at: row.next()?,
    })
}
