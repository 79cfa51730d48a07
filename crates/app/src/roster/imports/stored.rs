//! Looks up stored roster imports for people who are allowed to import rosters.

use crate::failure::Failure;
use crate::unit_of_work::UnitOfWork;
use domain::id::ImportId;
use domain::person::Actor;
use domain::policy;
use store::imports::{self, Import};

/// Lists the newest roster imports for a person who is allowed to import rosters.
pub fn list_imports(work: &mut UnitOfWork<'_, '_>, actor: &Actor) -> Result<Vec<Import>, Failure> {
    policy::imports_rosters(actor)?;
    Ok(imports::newest(work.tx)?)
}

/// Finds a stored roster import by its id, for a person who is allowed to import rosters.
pub fn find_import(work: &mut UnitOfWork<'_, '_>, actor: &Actor, id: ImportId) -> Result<Import, Failure> {
    policy::imports_rosters(actor)?;
    imports::find(work.tx, id)?.ok_or(Failure::NotFound)
}
