//! The choice form: the request for the form, and the data that the form shows.

use crate::programmes::findings::Findings;
use crate::reviewing::uniformity::AgreeingGroup;
use domain::catalogue::picked::Picked;
use domain::catalogue::{Catalogue, Row, RowId};
use domain::form_exception::FormException;
use domain::id::{DisciplineId, DocumentId, OfferingId, PersonId};
use domain::offering::{Discipline, Offering};
use domain::programme::Document;
use domain::report::ChoiceState;
use domain::term::Term;
use std::collections::BTreeMap;
use std::sync::Arc;

/// A request for the choice form: the student groups, and the source of the initial values.
#[derive(Debug, Clone, Default)]
pub struct ChoiceFormQuery {
    pub offerings: Vec<OfferingId>,
    /// The discipline for all of whose open groups the choice form is requested.
    pub discipline: Option<DisciplineId>,
    /// The student groups selected in the choice form, if the instructor has already made a selection; otherwise the
    /// requested ones are selected.
    pub ticked: Option<Vec<OfferingId>>,
    /// Whether the choice form is prefilled with last term's choice.
    pub from_last: bool,
    /// A catalogue other than the one in force, for previewing a catalogue draft as an instructor. In a preview,
    /// private drafts of choices are not shown, and approved choices are not closed.
    pub rules: Option<Arc<Catalogue>>,
    /// The offering of a colleague from whose choice the form is prefilled.
    pub adopt: Option<OfferingId>,
}

/// The data of the choice form.
#[derive(Debug, Clone)]
pub struct ChoiceFormData {
    pub term: Term,
    /// The catalogue whose rows the choice form offers.
    pub catalogue: Arc<Catalogue>,
    /// The student groups to which the choice may apply.
    pub slots: Vec<GroupEntry>,
    /// The requested student groups whose choice is already approved.
    pub closed: Vec<GroupEntry>,
    /// The dossiers of the disciplines for which the choice form is opened.
    pub dossiers: Vec<Dossier>,
    /// Last term's choice, if all selected student groups belong to one discipline and there is such a choice.
    pub last_term: Option<Picked>,
    /// The choices of colleagues for the same discipline, language and level.
    pub colleagues: Vec<AgreeingGroup>,
    /// The initial values of the choice form.
    pub filled: FilledChoice,
}

/// One student group in the choice form, with the state of its choice.
#[derive(Debug, Clone)]
pub struct GroupEntry {
    pub offering: Offering,
    /// The version number of the group's choice that the form shows; 0 if nothing is chosen.
    pub version: i64,
    /// The state of the student group's choice.
    pub state: ChoiceState,
    /// Whether the student group is selected, so that the submitted choice applies to it.
    pub is_ticked: bool,
    /// The current choice of the student group.
    pub current: Option<Picked>,
    /// The person who sent the student group's current choice.
    pub sent_by: Option<PersonId>,
    /// The reason for returning the student group's choice; empty if it was not returned.
    pub reason: String,
    /// The exam form that is set centrally for the student group, if there is one.
    pub set: Option<FormException>,
}

/// A discipline with the documents of its dossier.
#[derive(Debug, Clone)]
pub struct Dossier {
    pub discipline: Discipline,
    pub documents: Vec<Document>,
    /// Findings of the automatic checks in the documents of the dossier.
    pub findings: Findings,
}

/// A catalogue row that some of the selected student groups may not choose.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BarredRow<'f> {
    pub row: &'f Row,
    /// The codes of the student groups that may not choose the catalogue row.
    pub groups: Vec<&'f str>,
}

/// The values of the fields of the choice form.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FilledChoice {
    pub row: Option<RowId>,
    pub info: String,
    /// The selected exam programme document of each discipline.
    pub documents: BTreeMap<DisciplineId, DocumentId>,
    /// Whether the values of the choice form come from a draft.
    pub is_draft: bool,
}

impl ChoiceFormData {
    /// Returns the student groups that are selected in the choice form.
    pub fn ticked(&self) -> impl Iterator<Item = &GroupEntry> {
        self.slots.iter().filter(|slot| slot.is_ticked)
    }

    /// The catalogue rows that are offered to every selected student group, in the order of the catalogue.
    pub fn rows(&self) -> Vec<&Row> {
        self.catalogue.rows_on().filter(|row| self.barred(row).is_empty()).collect()
    }

    /// The catalogue rows that are not offered to all selected student groups, each with the groups that cannot choose
    /// it.
    pub fn barred_rows(&self) -> Vec<BarredRow<'_>> {
        let rows = self.catalogue.rows_on().map(|row| BarredRow { row, groups: self.barred(row) });
        rows.filter(|barred| !barred.groups.is_empty()).collect()
    }

    /// The exam form that is set centrally for the selected student groups, if all of them have the same one.
    pub fn set(&self) -> Option<&FormException> {
        let mut ticked = self.ticked().map(|slot| slot.set.as_ref());
        let first = ticked.next()??;
        ticked.all(|other| other.is_some_and(|other| other.is(&first.row, &first.info))).then_some(first)
    }

    fn barred(&self, row: &Row) -> Vec<&str> {
        let is_open = |slot: &GroupEntry| {
            row.is_offered_to(&slot.offering.faculty_code) && slot.set.as_ref().is_none_or(|set| set.row == row.id)
        };
        let barred = self.ticked().filter(|slot| !is_open(slot));
        barred.map(|slot| slot.offering.group.as_str()).collect()
    }
}
