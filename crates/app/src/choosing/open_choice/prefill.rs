//! Determines the initial values of the fields of the choice form.

use crate::choosing::open_choice::form_data::{ChoiceFormQuery, Dossier, FilledChoice, GroupEntry};
use crate::failure::Failure;
use crate::reviewing::uniformity::AgreeingGroup;
use crate::unit_of_work::UnitOfWork;
use domain::id::OfferingId;
use domain::person::Actor;
use store::drafts::Draft;
use store::{baselines, choices, drafts};

/// The sources from which the choice form can take its initial values.
pub(super) struct PrefillSources<'a> {
    pub(super) slots: &'a [GroupEntry],
    pub(super) dossiers: &'a [Dossier],
    /// The approved choice of an earlier academic term for the same discipline, if there is one.
    pub(super) last: Option<&'a baselines::ApprovedBaseline>,
}

/// Fills the choice form from the approved choice of an earlier academic term if the instructor
/// asked for this earlier choice. Otherwise fills the form from the instructor's newest draft of a
/// choice, unless the draft was begun from an earlier version. Without a draft, fills in the values
/// that the stored choices of all selected groups have in common. If a dossier has exactly one
/// programme document of the current term, that document is preselected.
pub(super) fn fill(
    work: &mut UnitOfWork<'_, '_>,
    actor: &Actor,
    asked: &ChoiceFormQuery,
    sources: &PrefillSources<'_>,
) -> Result<FilledChoice, Failure> {
    let PrefillSources { slots, dossiers, last } = *sources;
    let ticked: Vec<&GroupEntry> = slots.iter().filter(|slot| slot.is_ticked).collect();
    let mut filled = only_programmes(&ticked, dossiers);
    if let (true, Some(last)) = (asked.from_last, last) {
        filled.row = Some(last.answer.row.clone());
        filled.info.clone_from(&last.answer.info);
        return Ok(filled);
    }
    // The preview of a catalogue draft does not show drafts of choices, because only the author of
    // a draft is allowed to see it.
    let draft = if asked.rules.is_some() { None } else { newest_draft(work, actor, &ticked)? };
    filled.older_draft = draft.as_ref().filter(|draft| !is_current(draft, &ticked)).map(|draft| draft.saved_at);
    if let Some(draft) = draft.filter(|_| filled.older_draft.is_none() || asked.from_draft) {
        filled.older_draft = None;
        let discipline = ticked.iter().find(|slot| slot.offering.id == draft.offering);
        filled.row = draft.row;
        filled.info = draft.info;
        filled.is_draft = true;
        if let (Some(slot), Some(document)) = (discipline, draft.document) {
            filled.choose_drafted(slot.offering.discipline.id, document);
        }
        return Ok(filled);
    }
    let mut answers = Vec::new();
    for slot in &ticked {
        let current = choices::find(work.tx, slot.offering.id)?.choice.current;
        answers.extend(current.map(|current| (slot.offering.discipline.id, current.answer)));
    }
    // The choice form is filled only with values that are equal for all selected student groups. A
    // mixture of the values of different groups would be an exam that was chosen for none of them.
    if let Some((_, first)) = answers.first()
        && answers.iter().all(|(_, answer)| (&answer.row, &answer.info) == (&first.row, &first.info))
    {
        filled.row = Some(first.row.clone());
        filled.info.clone_from(&first.info);
    }
    for (discipline, answer) in &answers {
        let parallel = answers.iter().filter(|(other, _)| other == discipline);
        if parallel.clone().all(|(_, other)| other.document == answer.document) {
            filled.choose(*discipline, answer.document);
        }
    }
    Ok(filled)
}

/// Fills the choice form with the exam that a colleague chose for the offering `from`. The
/// programme document is not taken from the colleague's choice.
pub(super) fn adopt(filled: &mut FilledChoice, colleagues: &[AgreeingGroup], from: Option<OfferingId>) {
    let chose = |party: &&AgreeingGroup| party.members.iter().any(|member| Some(member.offering) == from);
    if let Some(party) = colleagues.iter().find(chose) {
        filled.row = Some(party.picked.row.clone());
        filled.info.clone_from(&party.picked.info);
    }
}

fn only_programmes(ticked: &[&GroupEntry], dossiers: &[Dossier]) -> FilledChoice {
    let term = ticked.first().map(|slot| slot.offering.term);
    let mut filled = FilledChoice::default();
    for dossier in dossiers {
        let mut fresh = dossier.documents.iter().filter(|document| Some(document.term) == term);
        if let (Some(only), None) = (fresh.next(), fresh.next()) {
            filled.documents.insert(dossier.discipline.id, only.id);
            filled.preselected.insert(dossier.discipline.id);
        }
    }
    filled
}

/// Finds the newest of the reader's drafts for the selected student groups. A draft that was begun from
/// an earlier version of the choice is only found if there is no other one.
fn newest_draft(
    work: &mut UnitOfWork<'_, '_>,
    actor: &Actor,
    ticked: &[&GroupEntry],
) -> Result<Option<Draft>, Failure> {
    let mut newest: Option<Draft> = None;
    for slot in ticked {
        let draft = drafts::find(work.tx, slot.offering.id, actor.person)?;
        newest = newest.into_iter().chain(draft).max_by_key(|draft| (is_current(draft, ticked), draft.saved_at));
    }
    Ok(newest)
}

/// Returns whether a draft was begun from the choice that is stored now.
fn is_current(draft: &Draft, ticked: &[&GroupEntry]) -> bool {
    ticked.iter().any(|slot| slot.offering.id == draft.offering && slot.version == draft.version)
}
