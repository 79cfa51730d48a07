//! Finds gaps, which are days on which nobody is allowed to decide on the choices of some offerings
//! of a department. The university can then appoint another approver in time.
//!
//! The people who are allowed to decide are computed once for each period without a change of
//! appointments, not once for each day. A test compares the result, day by day, with the rules of
//! permission.

use crate::id::{OfferingId, OrgId, PersonId};
use crate::person::{Appointment, Role};
use crate::policy::nobody_decides;
use chrono::{Days, NaiveDate};
use std::collections::{BTreeMap, BTreeSet};

/// An offering whose choice is not approved yet, with the facts that determine who is allowed to
/// approve the choice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WaitingChoice {
    pub offering: OfferingId,
    /// The people who must not decide on the offering's choice: the instructors of the offering and
    /// the sender of the choice.
    pub own: Vec<PersonId>,
    /// Whether the offering has no instructor (a vacancy) and no choice was sent for it. A head of
    /// department will choose for the offering, and a second person has to decide on the choice.
    pub is_unsent_vacancy: bool,
    /// The first and the last day on which the offering's choice may still have to be approved or
    /// returned.
    pub days: (NaiveDate, NaiveDate),
}

/// A reason why nobody is allowed to decide on the choice of an offering.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum GapReason {
    /// Reason why nobody is allowed to decide on the choice of an offering: the department has no
    /// head and no acting head, and its faculty has no dean.
    NobodyAppointed,
    /// Reason why nobody is allowed to decide on the choice of an offering: all people with the
    /// right to decide are instructors of the offering, or sent the choice.
    OwnOnly,
    /// Reason why nobody is allowed to decide on the choice of an offering: the offering has no
    /// instructor, and the only person who could decide is the one who has to choose.
    ChooserAlone,
    /// Reason why nobody is allowed to decide on the choice of an offering: the offering has no
    /// instructor, and the department has no head or acting head who could choose for the offering.
    NobodyChooses,
}

impl GapReason {
    /// All reasons why nobody is allowed to decide on the choice of an offering. Tests check that
    /// each reason has a translation.
    pub const ALL: [Self; 4] = [Self::NobodyAppointed, Self::OwnOnly, Self::ChooserAlone, Self::NobodyChooses];

    /// Returns the code of the reason why nobody is allowed to decide on the choice of an offering.
    /// The code completes the translation key `gap-…`.
    pub fn code(self) -> &'static str {
        match self {
            Self::NobodyAppointed => "nobody-appointed",
            Self::OwnOnly => "own-only",
            Self::ChooserAlone => "chooser-alone",
            Self::NobodyChooses => "nobody-chooses",
        }
    }
}

/// A gap: a period of days on which nobody is allowed to decide on the choices of some offerings of
/// a department.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Gap {
    pub from: NaiveDate,
    /// The last day of the gap. On this day, too, nobody is allowed to decide on the choices of the
    /// offerings.
    pub until: NaiveDate,
    pub why: GapReason,
    /// The offerings on whose choices nobody is allowed to decide during the gap, sorted by
    /// identifier.
    pub offerings: Vec<OfferingId>,
}

/// Finds the gaps of a department: the days on which nobody is allowed to decide on the choices of
/// some offerings.
///
/// The list `deciders` contains the past, present and future appointments of the department's heads
/// and acting heads and of the faculty's deans, without people whose account is disabled. Other
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

/// Returns the people who may approve or return the choice of an offering: the heads and acting heads of
/// its department, or, if none of them may, the dean of its faculty. Nobody decides on their own choice.
///
/// `deciders` are appointments that hold on the day of the decision; appointments in other units have
/// no effect. This is the rule of [`crate::policy::approver`] for all people at once.
pub fn approvers(
    department: OrgId,
    faculty: OrgId,
    deciders: &[Appointment],
    is_own: impl Fn(PersonId) -> bool,
) -> BTreeSet<PersonId> {
    let holders = |roles: &[Role], org: OrgId| -> BTreeSet<PersonId> {
        let held = deciders.iter().filter(|held| roles.contains(&held.role) && held.org == org);
        held.map(|held| held.person).filter(|person| !is_own(*person)).collect()
    };
    let heads = holders(&[Role::Head, Role::ActingHead], department);
    if heads.is_empty() { holders(&[Role::Dean], faculty) } else { heads }
}

/// Returns the days on which the set of people who are allowed to decide on choices can change, in
/// chronological sequence. These are the first days of appointments and of the periods in which
/// choices wait for a decision, and the days after the last days of both.
fn turning_days(deciders: &[Appointment], waiting: &[WaitingChoice]) -> Vec<NaiveDate> {
    let after = |day: NaiveDate| day + Days::new(1);
    let span = waiting.iter().map(|one| one.days).reduce(|all, one| (all.0.min(one.0), all.1.max(one.1)));
    let Some((first, last)) = span else { return Vec::new() };
    let mut days: BTreeSet<NaiveDate> = waiting.iter().flat_map(|one| [one.days.0, after(one.days.1)]).collect();
    days.extend(deciders.iter().filter_map(|decider| decider.from));
    days.extend(deciders.iter().filter_map(|decider| decider.until.map(after)));
    days.into_iter().filter(|day| (first..=after(last)).contains(day)).collect()
}

/// The people who on one day hold a role with the right to decide: heads, acting heads and deans.
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
        // A vacancy is an offering without an instructor. It needs two different people: one of the
        // heads chooses the exam, and another person decides on this choice.
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
