//! Undoing a roster import: the stored reverse changes, and the reasons for refusing.

use super::plan::{Plan, RecordChange, RecordChanges};
use super::{Enrolment, Org, RosterDiscipline, RosterOffering, RosterTerm};
use crate::id::{AppointmentId, DisciplineId, OfferingId, OrgId, PersonId, TermId};
use crate::limits::IMPORT_UNDO_HOURS;
use crate::person::{Appointment, Person};
use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};
use std::collections::HashSet;

/// The reasons for which a roster import is not applied or not undone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, thiserror::Error)]
pub enum ImportConflict {
    /// Refused import: its plan has changed since it was shown.
    #[error("it would change something else than was shown")]
    PlanChanged,
    /// Refused import: rows of the file were refused, so it is unknown which records are really missing from the file.
    #[error("rows were refused, so nobody knows what is missing")]
    RowsRefused,
    /// Refused import: it was already applied or undone.
    #[error("it was carried out already")]
    Done,
    /// Refused import: its file is no longer stored.
    #[error("its file is no longer kept")]
    FileGone,
    /// Refused undo of an import: the import was not applied, or was already undone.
    #[error("there is nothing to take back")]
    NothingToUndo,
    /// Refused undo of an import: the time for undoing is over.
    #[error("the hours are over")]
    TooLate,
    /// Refused undo of an import: a newer import was applied, which must be undone first.
    #[error("another import came after it")]
    NotNewest,
    /// Refused undo of an import: a record that the import changed was changed again since.
    #[error("something was changed again since")]
    ChangedSince,
    /// Refused undo of an import: a choice was made for a student group that the import added.
    #[error("somebody chose for a group that it brought")]
    Chosen,
    /// Refused undo of an import: another record depends on one that the import added.
    #[error("something depends on what it brought")]
    InUse,
}

impl ImportConflict {
    /// All reasons for which an import is not applied or not undone; tests check that each has a translation.
    pub const ALL: [Self; 10] = [
        Self::PlanChanged,
        Self::RowsRefused,
        Self::Done,
        Self::FileGone,
        Self::NothingToUndo,
        Self::TooLate,
        Self::NotNewest,
        Self::ChangedSince,
        Self::Chosen,
        Self::InUse,
    ];

    /// The code of a refused import or undo; its text is the translation `refused-…` with this code.
    pub fn code(self) -> &'static str {
        match self {
            Self::PlanChanged => "plan-changed",
            Self::RowsRefused => "import-rows-refused",
            Self::Done => "import-done",
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
    /// State of an import: it was previewed, and nothing is written.
    Planned,
    /// State of an import: it was applied.
    Applied,
    /// State of an import: it was applied and then undone.
    Undone,
}

impl ImportState {
    /// All states of a roster import.
    pub const ALL: [Self; 3] = [Self::Planned, Self::Applied, Self::Undone];

    /// The stored code of an import's state, which is also the second half of the translation key `imported-…`.
    pub fn code(self) -> &'static str {
        match self {
            Self::Planned => "planned",
            Self::Applied => "applied",
            Self::Undone => "undone",
        }
    }
}

/// Returns whether a roster import applied at this time may still be undone.
pub fn may_be_undone(applied_at: DateTime<Utc>, now: DateTime<Utc>) -> bool {
    now - applied_at <= TimeDelta::hours(IMPORT_UNDO_HOURS)
}

/// The changes that a roster import made to the records of one kind, as stored for undoing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(bound(serialize = "I: Serialize, T: Clone + Serialize"))]
pub struct ReverseChanges<I, T> {
    /// The identifiers of the records that the import added.
    pub added: Vec<I>,
    /// The records that the import changed: before and after.
    pub changed: Vec<RecordChange<T>>,
}

impl<I, T: Clone> ReverseChanges<I, T> {
    fn of(changes: &RecordChanges<T>, id: impl Fn(&T) -> I) -> Self {
        Self { added: changes.new.iter().map(id).collect(), changed: changes.changed.clone() }
    }
}

/// All changes that a roster import made, as stored for undoing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reverse {
    pub orgs: ReverseChanges<OrgId, Org>,
    pub terms: ReverseChanges<TermId, RosterTerm>,
    pub people: ReverseChanges<PersonId, Person>,
    pub appointments: ReverseChanges<AppointmentId, Appointment>,
    pub disciplines: ReverseChanges<DisciplineId, RosterDiscipline>,
    pub offerings: ReverseChanges<OfferingId, RosterOffering>,
    /// Students whom the import added to existing groups; when the import is undone, students of new groups are removed
    /// with their group.
    pub enrolled: Vec<Enrolment>,
    /// Students whom the import removed from groups.
    pub left: Vec<Enrolment>,
    /// The roster's identifiers of people whom the import adopted: they were added by hand before.
    #[serde(default)]
    pub adopted: Vec<PersonId>,
}

impl Reverse {
    /// Derives the stored changes for undoing from the plan of an import that is being carried out.
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
