//! The names of the university, which nobody can choose as a password.

use crate::failure::Failure;
use crate::unit_of_work::UnitOfWork;
use domain::roster::OrgKind;
use store::orgs;

/// Returns the names of the university in all languages and its code; empty before the university
/// is named.
pub fn university_names(work: &mut UnitOfWork<'_, '_>) -> Result<Vec<String>, Failure> {
    let units = orgs::all(work.tx)?.into_iter().filter(|org| org.kind == OrgKind::University);
    Ok(units.flat_map(|org| org.names_and_code()).collect())
}
