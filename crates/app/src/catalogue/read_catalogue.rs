//! Table 1 and the instructions, for everybody who is signed in.

use crate::failure::Failure;
use crate::unit_of_work::UnitOfWork;
use domain::catalogue::Catalogue;
use std::sync::Arc;
use store::catalogues;

/// The catalogue in force in the current term; before the first term, the newest one.
pub fn rule_table(work: &mut UnitOfWork<'_, '_>) -> Result<Arc<Catalogue>, Failure> {
    let version = match work.current_term() {
        Ok(term) => term.catalogue,
        Err(Failure::NoTerm) => catalogues::latest(work.tx)?,
        Err(other) => return Err(other),
    };
    work.catalogue(version)
}
