//! The form of a choice: what is asked for, and everything that it shows.

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

/// The groups for which the form is opened, and its initial values.
#[derive(Debug, Clone, Default)]
pub struct ChoiceFormQuery {
    pub offerings: Vec<OfferingId>,
    /// All open groups of this discipline.
    pub discipline: Option<DisciplineId>,
    /// Of all these only the ticked ones, where somebody has ticked already.
    pub ticked: Option<Vec<OfferingId>>,
    /// Begin with last term's choice.
    pub from_last: bool,
    /// Another table than the one in force, to look through somebody's eyes: nobody's private draft is shown then, and
    /// what is approved is not closed.
    pub rules: Option<Arc<Catalogue>>,
    /// Begin with what a colleague chose for this offering.
    pub adopt: Option<OfferingId>,
}

/// The form with everything that it shows.
#[derive(Debug, Clone)]
pub struct ChoiceFormData {
    pub term: Term,
    /// The rule table in force.
    pub catalogue: Arc<Catalogue>,
    /// The groups to which the answer may apply.
    pub slots: Vec<GroupEntry>,
    /// Groups that were asked for but are approved already.
    pub closed: Vec<GroupEntry>,
    /// The dossiers of the disciplines.
    pub dossiers: Vec<Dossier>,
    /// Last term's choice for the discipline, if there is exactly one discipline and one choice.
    pub last_term: Option<Picked>,
    /// The choices of colleagues for the same discipline, language and level.
    pub colleagues: Vec<AgreeingGroup>,
    /// The initial values of the form.
    pub filled: FilledChoice,
}

/// One group in the form.
#[derive(Debug, Clone)]
pub struct GroupEntry {
    pub offering: Offering,
    /// The version on the screen; 0 for "not chosen".
    pub version: i64,
    /// Where it stands.
    pub state: ChoiceState,
    /// The answer is meant for it.
    pub is_ticked: bool,
    /// The current choice.
    pub current: Option<Picked>,
    /// The sender of the current choice.
    pub sent_by: Option<PersonId>,
    /// Why it was returned.
    pub reason: String,
    /// The form is set centrally.
    pub set: Option<FormException>,
}

/// A discipline with the documents of its dossier.
#[derive(Debug, Clone)]
pub struct Dossier {
    pub discipline: Discipline,
    pub documents: Vec<Document>,
    /// Findings in the documents.
    pub findings: Findings,
}

/// A row that some of the ticked groups may not choose.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BarredRow<'f> {
    pub row: &'f Row,
    /// The codes of the groups that may not choose it.
    pub groups: Vec<&'f str>,
}

/// The values of the form.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FilledChoice {
    pub row: Option<RowId>,
    pub info: String,
    /// The programme, by discipline.
    pub documents: BTreeMap<DisciplineId, DocumentId>,
    /// It comes from a draft.
    pub is_draft: bool,
}

impl ChoiceFormData {
    /// The ticked groups.
    pub fn ticked(&self) -> impl Iterator<Item = &GroupEntry> {
        self.slots.iter().filter(|slot| slot.is_ticked)
    }

    /// The rows that every ticked group is offered, in the table's order.
    pub fn rows(&self) -> Vec<&Row> {
        self.catalogue.rows_on().filter(|row| self.barred(row).is_empty()).collect()
    }

    /// The rows that not every ticked group is offered.
    pub fn barred_rows(&self) -> Vec<BarredRow<'_>> {
        let rows = self.catalogue.rows_on().map(|row| BarredRow { row, groups: self.barred(row) });
        rows.filter(|barred| !barred.groups.is_empty()).collect()
    }

    /// The form that is set centrally for all ticked groups, if it is the same one.
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
