//! Changes of a roster import that have to be confirmed before the import is applied, because they
//! close a period for choosing or approving, shut people out, change the people who decide, or touch
//! offerings that already have a choice.

use super::plan::{Plan, RecordChange};
use super::plan_view::{Names, PlanLine, line, line_of_change};
use super::{Org, RosterDiscipline, RosterTerm};
use crate::id::{OfferingId, OrgId};
use crate::person::{Appointment, Person, Role};
use std::collections::HashSet;

/// A kind of changes that have to be confirmed before a roster import is applied.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum DangerKind {
    /// Changes of the dates of stored academic terms, which can close a period for choosing or
    /// approving.
    Periods,
    /// Accounts that are disabled or that get another username.
    SignIn,
    /// Changes of the people who decide or administer: appointments other than those of instructors
    /// and students, and departments and disciplines that move to another unit.
    Deciders,
    /// Changes of offerings that already have a choice.
    Choices,
}

impl DangerKind {
    /// All kinds of changes that have to be confirmed, in the order of display.
    pub const ALL: [Self; 4] = [Self::Periods, Self::SignIn, Self::Deciders, Self::Choices];

    /// Returns the code of the kind of changes, which the form sends to confirm them. The code is
    /// also the end of the translation key `import-danger-…`.
    pub fn code(self) -> &'static str {
        match self {
            Self::Periods => "periods",
            Self::SignIn => "sign-in",
            Self::Deciders => "deciders",
            Self::Choices => "choices",
        }
    }

    /// Returns the kind of changes with this code; `None` if the code is unknown.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.code() == code)
    }
}

/// The changes of one kind that have to be confirmed before a roster import is applied.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlanDanger {
    pub kind: DangerKind,
    /// The total number of changes of this kind.
    pub count: usize,
    /// The first changes of this kind, at most as many as the page lists.
    pub lines: Vec<PlanLine>,
}

impl Plan {
    /// Lists the changes that have to be confirmed before the import is applied, by kind; kinds
    /// without changes are left out. `live` are the offerings that have a choice, and `most` is the
    /// largest number of lines of each kind.
    pub fn dangers(&self, live: &HashSet<OfferingId>, names: &Names, most: usize) -> Vec<PlanDanger> {
        let all = DangerKind::ALL.map(|kind| {
            let mut lines = match kind {
                DangerKind::Periods => self.changed_periods(names),
                DangerKind::SignIn => self.changed_sign_ins(names),
                DangerKind::Deciders => self.changed_deciders(names),
                DangerKind::Choices => self.changed_choices(live, names),
            };
            let count = lines.len();
            lines.truncate(most);
            PlanDanger { kind, count, lines }
        });
        all.into_iter().filter(|danger| danger.count > 0).collect()
    }

    fn changed_periods(&self, names: &Names) -> Vec<PlanLine> {
        let dates =
            |term: &RosterTerm| (term.starts, term.ends, term.choose_from, term.choose_until, term.approve_until);
        let changed = self.terms.changed.iter().filter(|one| dates(&one.before) != dates(&one.after));
        changed.map(|change| line_of_change(change, names)).collect()
    }

    fn changed_sign_ins(&self, names: &Names) -> Vec<PlanLine> {
        let is_shut_out = |change: &&RecordChange<Person>| {
            change.before.username != change.after.username || (change.before.is_enabled && !change.after.is_enabled)
        };
        self.people.changed.iter().filter(is_shut_out).map(|change| line_of_change(change, names)).collect()
    }

    fn changed_deciders(&self, names: &Names) -> Vec<PlanLine> {
        let new_units: HashSet<OrgId> = self.orgs.new.iter().map(|org| org.id).collect();
        let is_new = |one: &&Appointment| decides(one.role) && !new_units.contains(&one.org);
        let is_changed = |one: &&RecordChange<Appointment>| decides(one.before.role) || decides(one.after.role);
        let moved_units = |one: &&RecordChange<Org>| one.before.parent != one.after.parent;
        let moved_disciplines = |one: &&RecordChange<RosterDiscipline>| one.before.department != one.after.department;
        let appointed = self.appointments.new.iter().filter(is_new).map(|one| line(one, names));
        let changed = self.appointments.changed.iter().filter(is_changed).map(|one| line_of_change(one, names));
        let units = self.orgs.changed.iter().filter(moved_units).map(|one| line_of_change(one, names));
        let disciplines = self.disciplines.changed.iter().filter(moved_disciplines);
        let disciplines = disciplines.map(|one| line_of_change(one, names));
        appointed.chain(changed).chain(units).chain(disciplines).collect()
    }

    fn changed_choices(&self, live: &HashSet<OfferingId>, names: &Names) -> Vec<PlanLine> {
        let mut lines: Vec<PlanLine> = Vec::new();
        for note in self.notes(live, names) {
            match lines.last_mut() {
                Some(line) if line.label == note.label => line.changes.push(note.change),
                _ => lines.push(PlanLine { label: note.label, changes: vec![note.change] }),
            }
        }
        lines
    }
}

/// Returns whether a role decides on choices or administers the university, so that a change of its
/// holders has to be confirmed.
fn decides(role: Role) -> bool {
    !matches!(role, Role::Instructor | Role::Student)
}
