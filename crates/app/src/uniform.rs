//! Kin that chose otherwise: shown to the head, or in the way of approving, as the term says.

use crate::desk::Desk;
use crate::failure::{Failure, Stale};
use domain::choice::Stage;
use domain::id::{OfferingId, OrgId, TermId};
use domain::offering::Offering;
use domain::uniformity::{Kinship, conflicts};
use std::collections::{BTreeMap, HashMap};
use store::choices::Held;
use store::{choices, offerings};

/// For each offering whose kin chose otherwise: those kin.
pub(crate) fn kin(
    desk: &mut Desk<'_, '_>,
    offerings: &HashMap<OfferingId, Offering>,
    held: &[Held],
) -> Result<BTreeMap<OfferingId, Vec<OfferingId>>, Failure> {
    let mut chosen = Vec::new();
    for held in held {
        let (Some(stand), Some(offering)) = (&held.choice.stand, offerings.get(&held.choice.offering)) else {
            continue;
        };
        let catalogue = desk.catalogue(stand.catalogue)?;
        if let Some(row) = catalogue.row(&stand.answer.row) {
            let shape = (row.platform.clone(), row.form.clone(), row.kind.clone());
            chosen.push((offering.id, Kinship::of(offering), shape));
        }
    }
    Ok(conflicts(&chosen))
}

/// Refuses these offerings of a department if kin that wait or are approved chose otherwise.
pub(crate) fn must_agree(
    desk: &mut Desk<'_, '_>,
    (department, term): (OrgId, TermId),
    ids: &[OfferingId],
) -> Result<(), Failure> {
    let all = offerings::of_department(desk.tx, department, term)?;
    let all: HashMap<_, _> = all.into_iter().map(|offering| (offering.id, offering)).collect();
    let mut held = choices::of_department(desk.tx, department, term)?;
    held.retain(|held| {
        let stage = held.choice.stand.as_ref().map(|stand| &stand.stage);
        !matches!(stage, None | Some(Stage::Returned { .. }))
    });
    let found = kin(desk, &all, &held)?;
    if ids.iter().any(|id| found.contains_key(id)) { Err(Stale::NotUniform.into()) } else { Ok(()) }
}
