//! Undoing a roster import: the stored changes that are reversed, and the reasons for which an
//! import or its undoing is refused.

use super::plan::{Plan, RecordChange, RecordChanges};
use super::{Enrolment, Org, RosterDiscipline, RosterOffering, RosterTerm};
use crate::id::{AppointmentId, DisciplineId, OfferingId, OrgId, PersonId, TermId};
use crate::limits::IMPORT_UNDO_HOURS;
use crate::person::{Appointment, Person};
use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};
use std::collections::HashSet;

/// The reason for which a roster import or its undo is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, thiserror::Error)]
pub enum ImportConflict {
    /// Refused roster import: the plan of the import has changed since the preview was shown.
    #[error("it would change something else than was shown")]
    PlanChanged,
    /// Refused import: some rows of the roster file were refused, so it is unknown which records
    /// are really missing from the file.
    #[error("rows were refused, so nobody knows what is missing")]
    RowsRefused,
    /// Refused roster import: the import was already carried out or undone.
    #[error("it was carried out already")]
    Done,
    /// Refused roster import: it changes periods, sign-ins, deciders or offerings with a choice, and
    /// not all of these kinds of changes were confirmed.
    #[error("changes that have to be confirmed were not confirmed")]
    NotConfirmed,
    /// Refused roster import: the uploaded roster file is no longer stored.
    #[error("its file is no longer kept")]
    FileGone,
    /// Refused undo of an import: the import was not carried out, or was already undone.
    #[error("there is nothing to take back")]
    NothingToUndo,
    /// Refused undo of an import: the time in which an import can be undone is over.
    #[error("the hours are over")]
    TooLate,
    /// Refused undo of an import: a newer import was carried out, which must be undone first.
    #[error("another import came after it")]
    NotNewest,
    /// Refused undo of an import: a record that the import changed has been changed again since.
    #[error("something was changed again since")]
    ChangedSince,
    /// Refused undo of an import: an exam was chosen for a student group that the import added.
    #[error("somebody chose for a group that it brought")]
    Chosen,
    /// Refused undo of an import: a record that the import did not add depends on a record that the
    /// import added.
    #[error("something depends on what it brought")]
    InUse,
}

impl ImportConflict {
    /// All reasons for which a roster import or its undo is refused; tests check that each has a
    /// translation.
    pub const ALL: [Self; 11] = [
        Self::PlanChanged,
        Self::RowsRefused,
        Self::Done,
        Self::NotConfirmed,
        Self::FileGone,
        Self::NothingToUndo,
        Self::TooLate,
        Self::NotNewest,
        Self::ChangedSince,
        Self::Chosen,
        Self::InUse,
    ];

    /// Returns the code of the refused import or undo. The text of the refusal has the translation
    /// key `refused-…` with this code.
    pub fn code(self) -> &'static str {
        match self {
            Self::PlanChanged => "plan-changed",
            Self::RowsRefused => "import-rows-refused",
            Self::Done => "import-done",
            Self::NotConfirmed => "import-not-confirmed",
            Self::FileGone => "import-file-gone",
            Self::NothingToUndo => "nothing-to-undo",
            Self::TooLate => "import-undo-too-late",
            Self::NotNewest => "import-not-newest",
            Self::ChangedSince => "import-changed-since",
            Self::Chosen => "import-chosen",
            Self::InUse => "import-in-use",
        }
    }
}

/// The state of a roster import: planned, applied or undone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ImportState {
    /// State of a roster import: its preview was shown, and nothing has been written.
    Planned,
    /// State of a roster import: its changes have been written.
    Applied,
    /// State of a roster import: its changes were written and later undone.
    Undone,
}

impl ImportState {
    /// All states of a roster import: planned, applied and undone.
    pub const ALL: [Self; 3] = [Self::Planned, Self::Applied, Self::Undone];

    /// Returns the stored code of the import's state, which is also the second half of the
    /// translation key `imported-…`.
    pub fn code(self) -> &'static str {
        match self {
            Self::Planned => "planned",
            Self::Applied => "applied",
            Self::Undone => "undone",
        }
    }
}

/// Returns whether a roster import that was carried out at the time `applied_at` can still be
/// undone.
pub fn may_be_undone(applied_at: DateTime<Utc>, now: DateTime<Utc>) -> bool {
    now - applied_at <= TimeDelta::hours(IMPORT_UNDO_HOURS)
}

/// The changes that a roster import made to the records of one kind, stored so that they can be
/// undone.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(bound(serialize = "I: Serialize, T: Clone + Serialize"))]
pub struct ReverseChanges<I, T> {
    /// The identifiers of the records that the roster import added.
    pub added: Vec<I>,
    /// The records that the roster import changed, each with its content before and after the
    /// import.
    pub changed: Vec<RecordChange<T>>,
}

impl<I, T: Clone> ReverseChanges<I, T> {
    fn of(changes: &RecordChanges<T>, id: impl Fn(&T) -> I) -> Self {
        Self { added: changes.new.iter().map(id).collect(), changed: changes.changed.clone() }
    }
}

/// All changes that a roster import made, stored so that the import can be undone.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reverse {
    pub orgs: ReverseChanges<OrgId, Org>,
    pub terms: ReverseChanges<TermId, RosterTerm>,
    pub people: ReverseChanges<PersonId, Person>,
    pub appointments: ReverseChanges<AppointmentId, Appointment>,
    pub disciplines: ReverseChanges<DisciplineId, RosterDiscipline>,
    pub offerings: ReverseChanges<OfferingId, RosterOffering>,
    /// Students whom the import added to existing student groups. Students of new groups are not
    /// listed, because undoing the import removes the whole group.
    pub enrolled: Vec<Enrolment>,
    /// Students whom the import removed from their student groups.
    pub left: Vec<Enrolment>,
    /// The identifiers in the roster of people who were already stored, because they were added by
    /// hand before the import. The import recorded that each of these identifiers is a stored
    /// person.
    #[serde(default)]
    pub adopted: Vec<PersonId>,
}

impl Reverse {
    /// Returns the changes that an import makes according to its plan. They are stored when the
    /// import is carried out, so that the import can be undone later.
    pub fn of(plan: &Plan) -> Self {
        let new: HashSet<OfferingId> = plan.offerings.new.iter().map(|offering| offering.id).collect();
        let into_old = plan.enrolments.new.iter().filter(|enrolment| !new.contains(&enrolment.offering));
        Self {
            orgs: ReverseChanges::of(&plan.orgs, |org| org.id),
            terms: ReverseChanges::of(&plan.terms, |term| term.id),
            people: ReverseChanges::of(&plan.people, |person| person.id),
            appointments: ReverseChanges::of(&plan.appointments, |appointment| appointment.id),
            disciplines: ReverseChanges::of(&plan.disciplines, |discipline| discipline.id),
            offerings: ReverseChanges::of(&plan.offerings, |offering| offering.id),
            enrolled: into_old.copied().collect(),
            left: plan.enrolments.removed.clone(),
            adopted: plan.adopted.iter().map(|one| one.roster_id).collect(),
        }
    }
}
