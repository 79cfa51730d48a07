//! Saving what is filled in so far: private, for every ticked group, never a stage of the choice.

use crate::app::UnitOfWork;
use crate::choosing::open_choice::FilledChoice;
use crate::failure::Failure;
use crate::window::window_of;
use domain::answer::{INFO_LIMIT, clean_info};
use domain::choice::Stage;
use domain::id::{DocumentId, OfferingId};
use domain::offering::Offering;
use domain::person::Actor;
use domain::policy;
use store::drafts::{self, Draft};
use store::{choices, documents, offerings};

/// Saves a draft for these offerings and answers for which; approved ones are passed over.
pub fn save_draft(
    desk: &mut UnitOfWork<'_, '_>,
    actor: &Actor,
    ids: &[OfferingId],
    filled: &FilledChoice,
) -> Result<Vec<OfferingId>, Failure> {
    let mut saved = Vec::new();
    for &id in ids {
        let found = offerings::find(desk.tx, id)?.filter(|offering| policy::sees(actor, offering));
        let offering = found.ok_or(Failure::NotFound)?;
        policy::chooser(actor, &offering)?;
        let choice = choices::find(desk.tx, id)?.choice;
        window_of(desk, &offering)?.changing(choice.is_returned())?;
        if choice.stand.is_none_or(|stand| !matches!(stand.stage, Stage::Approved { .. })) {
            keep(desk, actor, &offering, filled)?;
            saved.push(id);
        }
    }
    Ok(saved)
}

fn keep(
    desk: &mut UnitOfWork<'_, '_>,
    actor: &Actor,
    offering: &Offering,
    filled: &FilledChoice,
) -> Result<(), Failure> {
    let info: String = clean_info(&filled.info).chars().take(INFO_LIMIT * 2).collect();
    let document = in_dossier(desk, offering, filled.documents.get(&offering.discipline.id).copied())?;
    let catalogue = desk.term(offering.term)?.catalogue;
    let catalogue = desk.catalogue(catalogue)?;
    let row = filled.row.clone().filter(|row| catalogue.row(row).is_some());
    if row.is_none() && info.is_empty() && document.is_none() {
        return Ok(drafts::remove(desk.tx, offering.id, actor.person)?);
    }
    let draft = Draft { offering: offering.id, row, info, document, saved_at: desk.now };
    Ok(drafts::save(desk.tx, actor.person, &draft)?)
}

fn in_dossier(
    desk: &mut UnitOfWork<'_, '_>,
    offering: &Offering,
    document: Option<DocumentId>,
) -> Result<Option<DocumentId>, Failure> {
    let Some(document) = document else { return Ok(None) };
    let found = documents::find(desk.tx, document)?;
    Ok(found.filter(|found| found.discipline == offering.discipline.id).map(|found| found.id))
}
