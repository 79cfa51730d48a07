//! The choice form: the parameters with which the form is requested, and the data that the form
//! shows.

use crate::programmes::findings::Findings;
use crate::reviewing::uniformity::AgreeingGroup;
use chrono::{DateTime, Utc};
use domain::catalogue::picked::Picked;
use domain::catalogue::{Catalogue, Row, RowId};
use domain::form_exception::FormException;
use domain::id::{DisciplineId, DocumentId, OfferingId};
use domain::name::Name;
use domain::offering::{Discipline, Offering};
use domain::programme::Document;
use domain::report::ChoiceState;
use domain::term::Term;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// The parameters of a request for the choice form: the student groups, and the source of the
/// form's initial values.
#[derive(Debug, Clone, Default)]
pub struct ChoiceFormQuery {
    pub offerings: Vec<OfferingId>,
    /// The discipline for which the choice form is requested, with all of the instructor's groups;
    /// `None` if the form is requested for single groups.
    pub discipline: Option<DisciplineId>,
    /// The student groups that the instructor has selected in the choice form. `None` before the
    /// instructor's first selection; then all requested groups are selected.
    pub ticked: Option<Vec<OfferingId>>,
    /// Whether the choice form is prefilled with the approved choice of an earlier academic term.
    pub from_last: bool,
    /// The catalogue draft under which the registrar previews the choice form; `None` for the
    /// catalogue in force. The preview does not show drafts of choices, which only their authors
    /// can see. It shows approved choices as if they could be changed.
    pub rules: Option<Arc<Catalogue>>,
    /// Whether the choice form is prefilled with the reader's draft, although the draft was begun from
    /// an earlier version of the choice.
    pub from_draft: bool,
    /// The offering of a colleague whose choice is copied into the form as initial values; `None`
    /// if the initial values do not come from a colleague's choice.
    pub adopt: Option<OfferingId>,
}

/// The data that the choice form shows.
#[derive(Debug, Clone)]
pub struct ChoiceFormData {
    pub term: Term,
    /// The catalogue whose rows the choice form offers for selection.
    pub catalogue: Arc<Catalogue>,
    /// The student groups that can be selected in the choice form, so that the choice applies to
    /// them.
    pub slots: Vec<GroupEntry>,
    /// The requested student groups for which the choice form cannot be used, because their choice
    /// is already approved.
    pub closed: Vec<GroupEntry>,
    /// The dossiers (folders of programme documents) of the disciplines for which the choice form
    /// is opened.
    pub dossiers: Vec<Dossier>,
    /// The approved choice of an earlier academic term for the same discipline. `None` if there is
    /// no such choice, or if the selected student groups belong to several disciplines.
    pub last_term: Option<Picked>,
    /// The choices that other instructors made for groups with the same discipline, language and
    /// level as the selected student groups.
    pub colleagues: Vec<AgreeingGroup>,
    /// The initial values of the fields of the choice form.
    pub filled: FilledChoice,
}

/// One student group in the choice form, with the state of its choice.
#[derive(Debug, Clone)]
pub struct GroupEntry {
    pub offering: Offering,
    /// The version number of the student group's choice that the form shows; 0 if the group has no
    /// choice yet.
    pub version: i64,
    /// The state of the student group's choice, for example returned or in review.
    pub state: ChoiceState,
    /// Whether the student group is selected, so that a submitted choice form applies to it.
    pub is_ticked: bool,
    /// The exam that is currently chosen for the student group; `None` if the group has no choice
    /// yet.
    pub current: Option<Picked>,
    /// The time at which the signed-in person sent the student group's current choice; `None` if another
    /// person sent it, or if the group has no choice yet.
    pub own_sent_at: Option<DateTime<Utc>>,
    /// The reason for which the student group's choice was returned; `None` if the choice was not
    /// returned.
    pub reason: Option<Name>,
    /// The exam format that the registrar has set centrally for the student group; `None` if no
    /// exam format is set.
    pub set: Option<FormException>,
}

/// The dossier of a discipline, which is the folder of all its programme documents.
#[derive(Debug, Clone)]
pub struct Dossier {
    pub discipline: Discipline,
    pub documents: Vec<Document>,
    /// The problems that the automatic checks found in the dossier's documents.
    pub findings: Findings,
}

/// A catalogue row that at least one of the student groups selected in the choice form cannot
/// choose.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BarredRow<'f> {
    pub row: &'f Row,
    /// The codes of the selected student groups that cannot choose the catalogue row.
    pub groups: Vec<&'f str>,
}

/// The values of the fields of the choice form, such as the selected catalogue row.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FilledChoice {
    pub row: Option<RowId>,
    pub info: String,
    /// The programme document that is selected in the choice form for each discipline, by the id of
    /// the discipline.
    pub documents: BTreeMap<DisciplineId, DocumentId>,
    /// The disciplines whose programme document nobody has chosen yet: it is preselected as the only one
    /// of the term.
    pub preselected: BTreeSet<DisciplineId>,
    /// Whether the values of the choice form come from a draft of a choice.
    pub is_draft: bool,
    /// The time at which the reader saved a draft that was begun from an earlier version of the choice,
    /// and that is therefore not filled in; `None` if there is no such draft.
    pub older_draft: Option<DateTime<Utc>>,
}

impl FilledChoice {
    /// Selects the programme document of a draft. The draft can have been saved automatically with the
    /// preselected document, so this one stays preselected.
    pub(super) fn choose_drafted(&mut self, discipline: DisciplineId, document: DocumentId) {
        if self.documents.insert(discipline, document) != Some(document) {
            self.preselected.remove(&discipline);
        }
    }

    /// Selects a programme document that was chosen before.
    pub(super) fn choose(&mut self, discipline: DisciplineId, document: DocumentId) {
        self.documents.insert(discipline, document);
        self.preselected.remove(&discipline);
    }
}

impl ChoiceFormData {
    /// Returns the student groups that are selected in the choice form.
    pub fn ticked(&self) -> impl Iterator<Item = &GroupEntry> {
        self.slots.iter().filter(|slot| slot.is_ticked)
    }

    /// Returns the catalogue rows that all selected student groups can choose, in the same sequence
    /// as in the catalogue.
    pub fn rows(&self) -> Vec<&Row> {
        self.catalogue.rows_on().filter(|row| self.barred(row).is_empty()).collect()
    }

    /// Returns the catalogue rows that at least one selected student group cannot choose, each with
    /// the codes of these groups.
    pub fn barred_rows(&self) -> Vec<BarredRow<'_>> {
        let rows = self.catalogue.rows_on().map(|row| BarredRow { row, groups: self.barred(row) });
        rows.filter(|barred| !barred.groups.is_empty()).collect()
    }

    /// Returns the exam format that the registrar has set centrally for the selected student
    /// groups; `None` unless all selected groups have the same centrally set format.
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
