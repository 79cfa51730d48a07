//! Undoing an import: the stored reverse changes, and the reasons for refusing.

use super::plan::{Plan, RecordChange, RecordChanges};
use super::{Enrolment, Org, RosterDiscipline, RosterOffering, RosterTerm};
use crate::id::{AppointmentId, DisciplineId, OfferingId, OrgId, PersonId, TermId};
use crate::limits::IMPORT_UNDO_HOURS;
use crate::person::{Appointment, Person};
use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};
use std::collections::HashSet;

/// The reasons for which an import is not applied or not undone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, thiserror::Error)]
pub enum ImportConflict {
    /// The plan has changed since it was shown.
    #[error("it would change something else than was shown")]
    PlanChanged,
    /// Rows were refused, so it is unknown which records are really missing from the file.
    #[error("rows were refused, so nobody knows what is missing")]
    RowsRefused,
    /// The import was already applied or undone.
    #[error("it was carried out already")]
    Done,
    /// The file of the import is no longer stored.
    #[error("its file is no longer kept")]
    FileGone,
    /// The import was not applied, or was already undone.
    #[error("there is nothing to take back")]
    NothingToUndo,
    /// The time for undoing is over.
    #[error("the hours are over")]
    TooLate,
    /// A newer import was applied, which must be undone first.
    #[error("another import came after it")]
    NotNewest,
    /// A record that the import changed was changed again since.
    #[error("something was changed again since")]
    ChangedSince,
    /// A choice was made for a group that the import added.
    #[error("somebody chose for a group that it brought")]
    Chosen,
    /// Another record depends on one that the import added.
    #[error("something depends on what it brought")]
    InUse,
}

impl ImportConflict {
    /// All conflicts, for tests of the translations.
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

    /// The unique code of this refusal, by which it is translated.
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

/// The state of an import.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ImportState {
    /// The import was previewed; nothing is written.
    Planned,
    /// The import was applied.
    Applied,
    /// The import was applied and undone.
    Undone,
}

impl ImportState {
    /// All states of an import.
    pub const ALL: [Self; 3] = [Self::Planned, Self::Applied, Self::Undone];

    /// The stored code of the state, which is also the second half of the translation key `imported-…`.
    pub fn code(self) -> &'static str {
        match self {
            Self::Planned => "planned",
            Self::Applied => "applied",
            Self::Undone => "undone",
        }
    }
}

/// Returns whether an import applied at this time may still be undone.
pub fn may_be_undone(applied_at: DateTime<Utc>, now: DateTime<Utc>) -> bool {
    now - applied_at <= TimeDelta::hours(IMPORT_UNDO_HOURS)
}

/// The changes that an import made to the records of one kind.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(bound(serialize = "I: Serialize, T: Clone + Serialize"))]
pub struct ReverseChanges<I, T> {
    /// The records that the import added.
    pub added: Vec<I>,
    /// The records that the import changed: before and after.
    pub changed: Vec<RecordChange<T>>,
}

impl<I, T: Clone> ReverseChanges<I, T> {
    fn of(changes: &RecordChanges<T>, id: impl Fn(&T) -> I) -> Self {
        Self { added: changes.new.iter().map(id).collect(), changed: changes.changed.clone() }
    }
}

/// All changes that an import made.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reverse {
    pub orgs: ReverseChanges<OrgId, Org>,
    pub terms: ReverseChanges<TermId, RosterTerm>,
    pub people: ReverseChanges<PersonId, Person>,
    pub appointments: ReverseChanges<AppointmentId, Appointment>,
    pub disciplines: ReverseChanges<DisciplineId, RosterDiscipline>,
    pub offerings: ReverseChanges<OfferingId, RosterOffering>,
    /// Students that the import added to existing groups; students of new groups are removed with their group.
    pub enrolled: Vec<Enrolment>,
    /// Students that the import removed from groups.
    pub left: Vec<Enrolment>,
    /// The roster's identifiers of people whom the import adopted.
    #[serde(default)]
    pub adopted: Vec<PersonId>,
}

impl Reverse {
    /// Derives the reverse changes from a plan that is being carried out.
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
