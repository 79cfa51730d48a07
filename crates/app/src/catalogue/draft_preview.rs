//! Preview of a catalogue draft. It shows the choice form of any student group as the group's
//! instructor would see the form if the draft were in force.

use crate::catalogue::catalogue_drafts::find;
use crate::choosing::open_choice::{ChoiceFormData, ChoiceFormQuery, open_choice};
use crate::failure::Failure;
use crate::unit_of_work::UnitOfWork;
use domain::id::{AppointmentId, CatalogueDraftId, OfferingId, PersonId};
use domain::limits::CATALOGUE_PREVIEW_LISTED;
use domain::name::search_key;
use domain::person::{Actor, Appointment, Role};
use domain::policy;
use domain::progress_order::{Column, Sort};
use std::sync::Arc;
use store::offerings;
use store::progress::{self, ProgressFilter, ProgressScope};

pub use store::progress::ProgressListItem as Group;

/// Finds student groups of the current academic term for the preview of a catalogue draft. The text
/// must occur in the name of the group, of the discipline or of the instructor.
pub fn find_groups(work: &mut UnitOfWork<'_, '_>, actor: &Actor, text: &str) -> Result<Vec<Group>, Failure> {
    policy::catalogue_editor(actor)?;
    let text = search_key(text);
    if text.is_empty() {
        return Ok(Vec::new());
    }
    let term = work.current_term()?;
    let sort = Sort::by(Column::Discipline);
    let filter = ProgressFilter {
        scope: ProgressScope::University,
        state: None,
        text,
        instructor: None,
        sort,
        limit: CATALOGUE_PREVIEW_LISTED,
        offset: 0,
    };
    Ok(progress::list(work.tx, term.id, &filter)?)
}

/// Builds the choice form of an offering as the offering's instructor would see the form if a
/// catalogue draft were in force. The previewed form cannot be submitted.
pub fn preview_as_instructor(
    work: &mut UnitOfWork<'_, '_>,
    actor: &Actor,
    draft: CatalogueDraftId,
    id: OfferingId,
) -> Result<ChoiceFormData, Failure> {
    policy::catalogue_editor(actor)?;
    let catalogue = find(work, draft)?.catalogue;
    let offering = offerings::find(work.tx, id)?.ok_or(Failure::NotFound)?;
    // The preview shows the choice form of the person who is allowed to choose: the instructor, or
    // for an offering without an instructor the head of department.
    let person = offering.responsible.unwrap_or(PersonId::of(&["vacancy"]));
    let heads = Appointment {
        id: AppointmentId::of(&["see-as"]),
        person,
        role: Role::Head,
        org: offering.department,
        from: None,
        until: None,
        order: String::new(),
        is_kept_here: false,
    };
    let appointments = if offering.responsible.is_none() { vec![heads] } else { Vec::new() };
    let chooser = Actor { person, short_name: String::new(), appointments };
    let asked = ChoiceFormQuery { offerings: vec![id], rules: Some(Arc::new(catalogue)), ..ChoiceFormQuery::default() };
    open_choice(work, &chooser, &asked)
}
