//! Reads the catalogue in force, which is the table of the permitted exams with its instructions.
//! Every signed-in person is allowed to read this catalogue.

use crate::failure::Failure;
use crate::unit_of_work::UnitOfWork;
use domain::catalogue::Catalogue;
use std::sync::Arc;
use store::catalogues;

/// Returns the catalogue version that is in force in the current academic term. Before the first
/// term exists, returns the newest version.
pub fn rule_table(work: &mut UnitOfWork<'_, '_>) -> Result<Arc<Catalogue>, Failure> {
    let version = match work.current_term() {
        Ok(term) => term.catalogue,
        Err(Failure::NoTerm) => catalogues::latest(work.tx)?,
        Err(other) => return Err(other),
    };
    work.catalogue(version)
}
