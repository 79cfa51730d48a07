//! Forms that are set centrally: a few rows a term, read whole.

use crate::statements::statements;
use crate::tx::Row;
use crate::{Error, Result, Tx};
use domain::catalogue::RowId;
use domain::form_exception::{SetFor, SetForm};
use domain::id::{DisciplineId, OfferingId, PersonId, SetFormId, TermId};
use uuid::Uuid;

statements! {
    OF_TERM = "SELECT id, term_id, discipline_id, offering_id, row_id, info, reason, set_by, set_at
                 FROM set_forms WHERE term_id = $1 ORDER BY set_at DESC, id";
    PUT = "INSERT INTO set_forms (id, term_id, discipline_id, offering_id, row_id, info, reason, set_by, set_at)
           VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
           ON CONFLICT (id) DO UPDATE SET row_id = excluded.row_id, info = excluded.info, reason = excluded.reason,
             set_by = excluded.set_by, set_at = excluded.set_at";
    REMOVE = "DELETE FROM set_forms WHERE id = $1";
}

/// Everything that is set in a term, newest first.
pub fn of_term(tx: &mut Tx<'_>, term: TermId) -> Result<Vec<SetForm>> {
    tx.rows(OF_TERM, &[&term.0], set_form)
}

/// Sets a form, or changes what is set for the same.
pub fn put(tx: &mut Tx<'_>, what: &SetForm) -> Result<()> {
    let (discipline, offering) = match what.scope {
        SetFor::Discipline(id) => (Some(id.0), None),
        SetFor::Offering(id) => (None, Some(id.0)),
    };
    let (id, term, row) = (&what.id.0, &what.term.0, &what.row.0);
    tx.change_one(PUT, &[id, term, &discipline, &offering, row, &what.info, &what.reason, &what.by.0, &what.at])
}

/// Sets it no longer.
pub fn remove(tx: &mut Tx<'_>, id: SetFormId) -> Result<()> {
    tx.change_one(REMOVE, &[&id.0])
}

fn set_form(row: &Row<'_>) -> Result<SetForm> {
    let (id, term) = (SetFormId(row.next()?), TermId(row.next()?));
    let (discipline, offering): (Option<Uuid>, Option<Uuid>) = (row.next()?, row.next()?);
    let scope = match (discipline, offering) {
        (Some(discipline), None) => SetFor::Discipline(DisciplineId(discipline)),
        (None, Some(offering)) => SetFor::Offering(OfferingId(offering)),
        _ => return Err(Error::Broken(format!("the set form {id} is for nothing"))),
    };
    let (chosen, info, reason) = (RowId(row.next()?), row.next()?, row.next()?);
    Ok(SetForm { id, term, scope, row: chosen, info, reason, by: PersonId(row.next()?), at: row.next()? })
}
