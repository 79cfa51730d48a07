//! Deadline extensions of an academic term in the database. A term has few deadline extensions, so
//! all of them are loaded together.

use crate::statement_macro::statements;
use crate::tx::Row;
use crate::{Error, Result, Tx};
use chrono::NaiveDate;
use domain::id::{DeadlineExtensionId, OfferingId, OrgId, PersonId, TermId};
use domain::term::{DeadlineExtension, ExtensionScope};
use uuid::Uuid;

statements! {
    OF_TERM = "SELECT id, term_id, department_id, offering_id, until_day, reason, opened_by, opened_at
                 FROM openings WHERE term_id = $1 ORDER BY opened_at DESC, id";
    ADD = "INSERT INTO openings (id, term_id, department_id, offering_id, until_day, reason, opened_by, opened_at)
           VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
    END = "UPDATE openings SET until_day = $1 WHERE id = $2";
}

/// Loads the deadline extensions of an academic term, newest first.
pub fn of_term(tx: &mut Tx<'_>, term: TermId) -> Result<Vec<DeadlineExtension>> {
    tx.rows(OF_TERM, &[&term.0], deadline_extension)
}

/// Adds a deadline extension for a department or an offering.
pub fn add(tx: &mut Tx<'_>, extension: &DeadlineExtension) -> Result<()> {
    let (department, offering) = match extension.scope {
        ExtensionScope::Department(department) => (Some(department.0), None),
        ExtensionScope::Offering(offering) => (None, Some(offering.0)),
    };
    tx.change_one(
        ADD,
        &[
            &extension.id.0,
            &extension.term.0,
            &department,
            &offering,
            &extension.until,
            &extension.reason,
            &extension.by.0,
            &extension.at,
        ],
    )
}

/// Changes the last day of a deadline extension, for example to end the extension early.
pub fn end(tx: &mut Tx<'_>, id: DeadlineExtensionId, until: NaiveDate) -> Result<()> {
    tx.change_one(END, &[&until, &id.0])
}

fn deadline_extension(row: &Row<'_>) -> Result<DeadlineExtension> {
    let (id, term) = (DeadlineExtensionId(row.next()?), TermId(row.next()?));
    let (department, offering): (Option<Uuid>, Option<Uuid>) = (row.next()?, row.next()?);
    let scope = match (department, offering) {
        (Some(department), None) => ExtensionScope::Department(OrgId(department)),
        (None, Some(offering)) => ExtensionScope::Offering(OfferingId(offering)),
        _ => return Err(Error::Broken(format!("opening {id} is for nobody"))),
    };
    let (until, reason) = (row.next()?, row.next()?);
    Ok(DeadlineExtension { id, term, scope, until, reason, by: PersonId(row.next()?), at: row.next()? })
}
