//! Finds gaps: days on which nobody may decide on some offerings of a department. People who watch the department can
//! then appoint an approver before such a day.
//!
//! The people who may decide are computed once per period of days without a change, not once per day; a test compares
//! the result with the policy, day by day.

use crate::id::{OfferingId, OrgId, PersonId};
use crate::person::{Appointment, Role};
use crate::policy::nobody_decides;
use chrono::{Days, NaiveDate};
use std::collections::{BTreeMap, BTreeSet};

/// An offering whose choice is not approved yet, with the facts that determine who may approve it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WaitingChoice {
    pub offering: OfferingId,
    /// The people who must not decide on the offering: its teachers and the sender of its choice.
    pub own: Vec<PersonId>,
    /// Whether the offering has no instructor (a vacancy) and no submission: a head will choose, and another person has
    /// to decide.
    pub is_unsent_vacancy: bool,
    /// The first and the last day on which the offering may have to be decided.
    pub days: (NaiveDate, NaiveDate),
}

/// The reasons for which nobody may decide on an offering.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum GapReason {
    /// Reason why nobody may decide on an offering: the department has no head, no acting head and no dean.
    NobodyAppointed,
    /// Reason why nobody may decide on an offering: all people with the right to decide teach it or sent its choice.
    OwnOnly,
    /// Reason why nobody may decide on an offering: it is a vacancy, and only the person who has to choose could
    /// decide.
    ChooserAlone,
    /// Reason why nobody may decide on an offering: it is a vacancy, and the department has nobody who could choose.
    NobodyChooses,
}

impl GapReason {
    /// All reasons for which nobody may decide on an offering; tests check that each has a translation.
    pub const ALL: [Self; 4] = [Self::NobodyAppointed, Self::OwnOnly, Self::ChooserAlone, Self::NobodyChooses];

    /// The code of the reason for which nobody may decide, which is the second half of the translation key `gap-…`.
    pub fn code(self) -> &'static str {
        match self {
            Self::NobodyAppointed => "nobody-appointed",
            Self::OwnOnly => "own-only",
            Self::ChooserAlone => "chooser-alone",
            Self::NobodyChooses => "nobody-chooses",
        }
    }
}

/// A gap: a period of days on which nobody may decide on some offerings.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Gap {
    pub from: NaiveDate,
    /// The last day on which nobody may decide on the offerings, inclusive.
    pub until: NaiveDate,
    pub why: GapReason,
    /// The offerings on which nobody may decide during these days, sorted by identifier.
    pub offerings: Vec<OfferingId>,
}

/// Finds the days on which nobody may decide on offerings of a department. `deciders` are the past, present and future
/// appointments of its heads and acting heads and of the deans of its faculty, if the people may sign in; other
/// appointments in the list have no effect.
pub fn gaps(department: OrgId, faculty: OrgId, deciders: &[Appointment], waiting: &[WaitingChoice]) -> Vec<Gap> {
    let days = turning_days(deciders, waiting);
    let mut found: Vec<Gap> = Vec::new();
    for (day, next) in days.iter().zip(days.iter().skip(1)) {
        let holding = HoldingRoles::on(*day, department, faculty, deciders);
        let last = *next - Days::new(1);
        for (why, offerings) in holding.orphans(*day, waiting) {
            let before = found.iter_mut().rev().find(|gap| gap.until + Days::new(1) == *day && gap.why == why);
            match before.filter(|gap| gap.offerings == offerings) {
                Some(gap) => gap.until = last,
                None => found.push(Gap { from: *day, until: last, why, offerings }),
            }
        }
    }
    found.sort();
    found
}

/// The days on which the people who may decide can change: each day on which an appointment or a waiting period begins,
/// and each day after one ends, in order.
fn turning_days(deciders: &[Appointment], waiting: &[WaitingChoice]) -> Vec<NaiveDate> {
    let after = |day: NaiveDate| day + Days::new(1);
    let span = waiting.iter().map(|one| one.days).reduce(|all, one| (all.0.min(one.0), all.1.max(one.1)));
    let Some((first, last)) = span else { return Vec::new() };
    let mut days: BTreeSet<NaiveDate> = waiting.iter().flat_map(|one| [one.days.0, after(one.days.1)]).collect();
    days.extend(deciders.iter().filter_map(|decider| decider.from));
    days.extend(deciders.iter().filter_map(|decider| decider.until.map(after)));
    days.into_iter().filter(|day| (first..=after(last)).contains(day)).collect()
}

/// The people who on one day hold a role that may decide: heads, acting heads and deans.
struct HoldingRoles {
    heads: Vec<PersonId>,
    all: Vec<PersonId>,
}

impl HoldingRoles {
    fn on(day: NaiveDate, department: OrgId, faculty: OrgId, deciders: &[Appointment]) -> Self {
        let is_head = |held: &&Appointment| {
            matches!(held.role, Role::Head | Role::ActingHead) && held.org == department && held.holds_on(day)
        };
        let is_dean = |held: &&Appointment| held.role == Role::Dean && held.org == faculty && held.holds_on(day);
        let heads: Vec<PersonId> = deciders.iter().filter(is_head).map(|held| held.person).collect();
        let deans = deciders.iter().filter(is_dean).map(|held| held.person);
        Self { all: heads.iter().copied().chain(deans).collect(), heads }
    }

    fn orphans(&self, day: NaiveDate, waiting: &[WaitingChoice]) -> BTreeMap<GapReason, Vec<OfferingId>> {
        let mut found: BTreeMap<GapReason, Vec<OfferingId>> = BTreeMap::new();
        for one in waiting.iter().filter(|one| (one.days.0..=one.days.1).contains(&day)) {
            if let Some(why) = self.why(one) {
                found.entry(why).or_default().push(one.offering);
            }
        }
        for offerings in found.values_mut() {
            offerings.sort();
        }
        found
    }

    fn why(&self, one: &WaitingChoice) -> Option<GapReason> {
        // Two different people are needed to decide on a vacancy, since one of the heads has to choose first.
        let beside = |chooser: &PersonId| self.all.iter().any(|other| other != chooser && !one.own.contains(other));
        if self.all.is_empty() {
            Some(GapReason::NobodyAppointed)
        } else if one.is_unsent_vacancy && self.heads.is_empty() {
            Some(GapReason::NobodyChooses)
        } else if one.is_unsent_vacancy {
            (!self.heads.iter().any(beside)).then_some(GapReason::ChooserAlone)
        } else {
            nobody_decides(&self.all, &one.own).then_some(GapReason::OwnOnly)
        }
    }
}
