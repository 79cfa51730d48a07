//! Saves a draft of a choice. The draft is saved for every student group that is selected in the
//! choice form. Only the author can see the draft. Saving a draft never changes the choice that is
//! already stored for the group.

use crate::choice_case::ChoiceCase;
use crate::choosing::faults::Faults;
use crate::failure::Failure;
use crate::unit_of_work::UnitOfWork;
use domain::answer::{AnswerError, clean_info};
use domain::catalogue::RowId;
use domain::choice::Stage;
use domain::exam_entry::ExamEntry;
use domain::id::{DisciplineId, DocumentId, OfferingId};
use domain::limits::INFO_LIMIT;
use domain::offering::Offering;
use domain::person::Actor;
use std::collections::BTreeMap;
use store::documents;
use store::drafts::{self, Draft};

/// The choice form as far as an instructor has filled it in, to be saved as a draft.
#[derive(Debug, Clone, Default)]
pub struct DraftSubmission {
    /// The exam that the instructor filled in: three fields, selected catalogue row, additional
    /// information.
    pub exam: ExamEntry,
    /// The selected programme document, by the id of its discipline.
    pub documents: BTreeMap<DisciplineId, DocumentId>,
}

/// The result of saving a draft of a choice.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct DraftOutcome {
    /// Whether a draft was saved for at least one offering.
    pub is_saved: bool,
    /// Whether a draft was not saved because the choice of its offering is approved.
    pub is_approved: bool,
    /// Whether a choice was sent since the form was opened, for example in another window.
    pub is_outdated: bool,
}

/// Saves a draft of a choice for each of the given offerings (a discipline taught to one group),
/// except for offerings whose choice is already approved. The number beside each offering is the
/// version number of the choice that the form showed. A draft does not replace one that was begun
/// from a later version.
///
/// A draft may be incomplete. A draft that would contain another exam than the form shows is
/// refused, and then no draft is saved.
pub fn save_draft(
    work: &mut UnitOfWork<'_, '_>,
    actor: &Actor,
    offerings: &[(OfferingId, i64)],
    submission: &DraftSubmission,
) -> Result<DraftOutcome, Failure> {
    let mut checked = Vec::new();
    let mut faults = Faults::default();
    let mut outcome = DraftOutcome::default();
    for &(id, version) in offerings {
        let ChoiceCase { offering, stored, .. } = ChoiceCase::load_to_choose(work, actor, id)?;
        outcome.is_outdated |= version < stored.choice.version();
        if stored.choice.current.is_none_or(|current| !matches!(current.stage, Stage::Approved { .. })) {
            match row(work, &offering, &submission.exam)? {
                Ok(row) => checked.push((offering, version, row)),
                Err(wrong) => faults.add(&offering, wrong),
            }
        } else {
            outcome.is_approved = true;
        }
    }
    faults.refuse(offerings.len())?;
    for (offering, version, row) in &checked {
        let known = drafts::find(work.tx, offering.id, actor.person)?;
        if known.is_none_or(|known| known.version <= *version) {
            save(work, actor, (offering, *version), row.as_ref(), submission)?;
            outcome.is_saved = true;
        }
    }
    Ok(outcome)
}

/// Returns the catalogue row that the draft of an offering will contain, or the errors for which
/// the draft is refused.
fn row(
    work: &mut UnitOfWork<'_, '_>,
    offering: &Offering,
    exam: &ExamEntry,
) -> Result<Result<Option<RowId>, Vec<AnswerError>>, Failure> {
    let version = work.term(offering.term)?.catalogue;
    let catalogue = work.catalogue(version)?;
    Ok(match exam.row_of_draft(&catalogue) {
        Ok(Some(row)) if !row.is_offered_to(&offering.faculty_code) => Err(vec![AnswerError::RuleNotOffered]),
        Ok(row) => Ok(row.map(|row| row.id.clone())),
        Err(wrong) => Err(wrong),
    })
}

fn save(
    work: &mut UnitOfWork<'_, '_>,
    actor: &Actor,
    (offering, version): (&Offering, i64),
    row: Option<&RowId>,
    submission: &DraftSubmission,
) -> Result<(), Failure> {
    let info = clean_info(submission.exam.info(row)).chars().take(INFO_LIMIT * 2).collect::<String>();
    let document = in_dossier(work, offering, submission.documents.get(&offering.discipline.id).copied())?;
    if row.is_none() && info.is_empty() && document.is_none() {
        return Ok(drafts::remove(work.tx, offering.id, actor.person)?);
    }
    let draft = Draft { offering: offering.id, version, row: row.cloned(), info, document, saved_at: work.now };
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
