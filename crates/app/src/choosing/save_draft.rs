//! Saves a draft of a choice. The draft is saved for every student group that is selected in the
//! choice form. Only the author can see the draft. Saving a draft never changes the choice that is
//! already stored for the group.

use crate::choice_case::ChoiceCase;
use crate::choosing::open_choice::FilledChoice;
use crate::failure::Failure;
use crate::unit_of_work::UnitOfWork;
use domain::answer::clean_info;
use domain::choice::Stage;
use domain::id::{DocumentId, OfferingId};
use domain::limits::INFO_LIMIT;
use domain::offering::Offering;
use domain::person::Actor;
use store::documents;
use store::drafts::{self, Draft};

/// Saves a draft of a choice for each of the given offerings (a discipline taught to one group),
/// except for offerings whose choice is already approved. Returns the offerings for which the draft
/// was saved.
pub fn save_draft(
    work: &mut UnitOfWork<'_, '_>,
    actor: &Actor,
    ids: &[OfferingId],
    filled: &FilledChoice,
) -> Result<Vec<OfferingId>, Failure> {
    let mut saved = Vec::new();
    for &id in ids {
        let ChoiceCase { offering, stored, .. } = ChoiceCase::load_to_choose(work, actor, id)?;
        if stored.choice.current.is_none_or(|current| !matches!(current.stage, Stage::Approved { .. })) {
            save(work, actor, &offering, filled)?;
            saved.push(id);
        }
    }
    Ok(saved)
}

fn save(
    work: &mut UnitOfWork<'_, '_>,
    actor: &Actor,
    offering: &Offering,
    filled: &FilledChoice,
) -> Result<(), Failure> {
    let info: String = clean_info(&filled.info).chars().take(INFO_LIMIT * 2).collect();
    let document = in_dossier(work, offering, filled.documents.get(&offering.discipline.id).copied())?;
    let catalogue = work.term(offering.term)?.catalogue;
    let catalogue = work.catalogue(catalogue)?;
    let row = filled.row.clone().filter(|row| catalogue.row(row).is_some());
    if row.is_none() && info.is_empty() && document.is_none() {
        return Ok(drafts::remove(work.tx, offering.id, actor.person)?);
    }
    let draft = Draft { offering: offering.id, row, info, document, saved_at: work.now };
    Ok(drafts::save(work.tx, actor.person, &draft)?)
}

fn in_dossier(
    work: &mut UnitOfWork<'_, '_>,
    offering: &Offering,
    document: Option<DocumentId>,
) -> Result<Option<DocumentId>, Failure> {
    let Some(document) = document else { return Ok(None) };
    let found = documents::find(work.tx, document)?;
    Ok(found.filter(|found| found.discipline == offering.discipline.id).map(|found| found.id))
}
