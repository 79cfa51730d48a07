//! Reads the rule table (Table 1) and its instructions for any signed-in person.

use crate::failure::Failure;
use crate::unit_of_work::UnitOfWork;
use domain::catalogue::Catalogue;
use std::sync::Arc;
use store::catalogues;

/// Returns the catalogue in force in the current term; before the first term exists, the newest version.
pub fn rule_table(work: &mut UnitOfWork<'_, '_>) -> Result<Arc<Catalogue>, Failure> {
    let version = match work.current_term() {
        Ok(term) => term.catalogue,
        Err(Failure::NoTerm) => catalogues::latest(work.tx)?,
        Err(other) => return Err(other),
    };
    work.catalogue(version)
}
