//! Form exceptions in the database: exam formats that the registrar has set centrally for a
//! discipline or an offering. An academic term has few of these exceptions, so all of them are
//! loaded together.

use crate::statement_macro::statements;
use crate::tx::Row;
use crate::{Error, Result, Tx};
use domain::catalogue::RowId;
use domain::form_exception::{FormException, FormExceptionScope};
use domain::id::{DisciplineId, FormExceptionId, OfferingId, PersonId, TermId};
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

/// Loads the centrally set exam formats of an academic term, newest first.
pub fn of_term(tx: &mut Tx<'_>, term: TermId) -> Result<Vec<FormException>> {
    tx.rows(OF_TERM, &[&term.0], set_form)
}

/// Adds a centrally set exam format, or replaces the one that is set for the same discipline or
/// offering.
pub fn put(tx: &mut Tx<'_>, exception: &FormException) -> Result<()> {
    let (discipline, offering) = match exception.scope {
        FormExceptionScope::Discipline(id) => (Some(id.0), None),
        FormExceptionScope::Offering(id) => (None, Some(id.0)),
    };
    let (id, term, row) = (&exception.id.0, &exception.term.0, &exception.row.0);
    tx.change_one(
        PUT,
        &[id, term, &discipline, &offering, row, &exception.info, &exception.reason, &exception.by.0, &exception.at],
    )
}

/// Removes the centrally set exam format with this id.
pub fn remove(tx: &mut Tx<'_>, id: FormExceptionId) -> Result<()> {
    tx.change_one(REMOVE, &[&id.0])
}

fn set_form(row: &Row<'_>) -> Result<FormException> {
    let (id, term) = (FormExceptionId(row.next()?), TermId(row.next()?));
    let (discipline, offering): (Option<Uuid>, Option<Uuid>) = (row.next()?, row.next()?);
    let scope = match (discipline, offering) {
        (Some(discipline), None) => FormExceptionScope::Discipline(DisciplineId(discipline)),
        (None, Some(offering)) => FormExceptionScope::Offering(OfferingId(offering)),
        _ => return Err(Error::Broken(format!("the set form {id} is for nothing"))),
    };
    let (chosen, info, reason) = (RowId(row.next()?), row.next()?, row.next()?);
    Ok(FormException { id, term, scope, row: chosen, info, reason, by: PersonId(row.next()?), at: row.next()? })
}
