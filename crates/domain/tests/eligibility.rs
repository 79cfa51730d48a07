//! Tests that the gaps of a department are exactly the days on which the policy lets nobody decide on choices, for
//! random appointments.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, missing_docs, reason = "tests")]

use chrono::{Days, NaiveDate};
use domain::eligibility::{Gap, GapReason, WaitingChoice, gaps};
use domain::id::{AppointmentId, DisciplineId, OfferingId, OrgId, PersonId, TermId};
use domain::name::{Language, Name};
use domain::offering::{Discipline, Level, Offering, StudyForm};
use domain::person::{Actor, Appointment, Role};
use domain::policy::{self, Deciders};
use proptest::prelude::*;
use std::collections::BTreeMap;

const DAYS: u64 = 12;

fn first() -> NaiveDate {
    "2026-09-15".parse().unwrap()
}

fn day(number: u64) -> NaiveDate {
    first() + Days::new(number)
}

fn person(number: usize) -> PersonId {
    PersonId::of(&[&number.to_string()])
}

fn home() -> (OrgId, OrgId) {
    (OrgId::of(&["CS"]), OrgId::of(&["FIT"]))
}

/// One random offering: its teachers, the sender of its choice, and its days.
#[derive(Debug, Clone)]
struct Case {
    responsible: Option<usize>,
    also: Option<usize>,
    sent_by: Option<usize>,
    days: (u64, u64),
}

fn offering(number: usize, case: &Case) -> Offering {
    Offering {
        id: OfferingId::of(&[&number.to_string(), "autumn"]),
        term: TermId::of(&["autumn"]),
        discipline: Discipline {
            id: DisciplineId::of(&["ALG"]), code: "ALG".into(), name: Name::same("Алгоритмдер")
        },
        department: home().0,
        faculty: home().1,
        faculty_code: "FIT".into(),
        group: number.to_string(),
        language: Language::Kk,
        study_form: StudyForm::FullTime,
        level: Level::Bachelor,
        students: 20,
        responsible: case.responsible.map(person),
        teachers: case.responsible.into_iter().chain(case.also).map(person).collect(),
    }
}

fn waiting(number: usize, case: &Case) -> WaitingChoice {
    let offering = offering(number, case);
    WaitingChoice {
        offering: offering.id,
        is_unsent_vacancy: case.responsible.is_none() && case.sent_by.is_none(),
        own: offering.teachers.into_iter().chain(case.sent_by.map(person)).collect(),
        days: (day(case.days.0), day(case.days.1)),
    }
}

fn actor(who: usize, on: NaiveDate, appointments: &[Appointment]) -> Actor {
    let held = appointments.iter().filter(|held| held.person == person(who) && held.holds_on(on));
    Actor { person: person(who), short_name: String::new(), appointments: held.cloned().collect() }
}

/// Returns whether the policy lets any person decide on an offering's choice on one day.
fn somebody_decides(case: &Case, offering: &Offering, on: NaiveDate, appointments: &[Appointment]) -> bool {
    let everybody: Vec<Actor> = (0..4).map(|who| actor(who, on, appointments)).collect();
    let heads: Vec<PersonId> =
        everybody.iter().filter(|actor| actor.heads(offering.department)).map(|actor| actor.person).collect();
    let decides = |sent_by: PersonId| {
        let deciders = Deciders { heads: heads.clone(), sent_by: Some(sent_by) };
        everybody.iter().any(|actor| policy::approver(actor, offering, &deciders).is_ok())
    };
    let sender = case.sent_by.map(person).or(offering.responsible);
    match sender {
        Some(sender) => decides(sender),
        None => everybody.iter().any(|actor| policy::chooser(actor, offering).is_ok() && decides(actor.person)),
    }
}

fn appointments() -> impl Strategy<Value = Vec<Appointment>> {
    let role = prop_oneof![Just(Role::Head), Just(Role::ActingHead), Just(Role::Dean), Just(Role::Registrar)];
    let one = (0..4_usize, role, any::<bool>(), proptest::option::of(0..DAYS), proptest::option::of(0..DAYS));
    let made = one.prop_map(|(who, role, is_ours, from, until)| {
        let elsewhere = OrgId::of(&["MATH"]);
        let org = if role == Role::Dean { home().1 } else { home().0 };
        let id = AppointmentId::of(&["x"]);
        let held = Appointment::of(id, person(who), role, if is_ours { org } else { elsewhere });
        Appointment { from: from.map(day), until: until.map(day), ..held }
    });
    proptest::collection::vec(made, 0..5)
}

fn cases() -> impl Strategy<Value = Vec<Case>> {
    let who = || proptest::option::of(0..4_usize);
    let one = (who(), who(), who(), (0..DAYS, 0..DAYS)).prop_map(|(responsible, also, sent_by, (a, b))| Case {
        // A person who teaches part of a vacancy is not its responsible instructor, but teaches it nevertheless.
        also: also.filter(|_| responsible.is_some()),
        responsible,
        sent_by,
        days: (a.min(b), a.max(b)),
    });
    proptest::collection::vec(one, 0..5)
}

proptest! {
    #[test]
    fn gaps_are_the_days_on_which_the_policy_lets_nobody_decide(held in appointments(), cases in cases()) {
        let all: Vec<WaitingChoice> = cases.iter().enumerate().map(|(number, case)| waiting(number, case)).collect();
        let found = gaps(home().0, home().1, &held, &all);
        for (number, case) in cases.iter().enumerate() {
            let offering = offering(number, case);
            for today in 0..DAYS {
                let is_asked = (case.days.0..=case.days.1).contains(&today);
                let is_orphan = is_asked && !somebody_decides(case, &offering, day(today), &held);
                let named = found.iter().filter(|gap| {
                    (gap.from..=gap.until).contains(&day(today)) && gap.offerings.contains(&offering.id)
                });
                prop_assert_eq!(named.count(), usize::from(is_orphan), "{} on {}: {:?}", number, day(today), &found);
            }
        }
        // Adjacent periods with the same reason and offerings are merged into one gap.
        for gap in &found {
            let same = |other: &&Gap| other.why == gap.why && other.offerings == gap.offerings;
            prop_assert!(!found.iter().filter(same).any(|other| other.from == gap.until + Days::new(1)));
        }
    }
}

fn held(who: usize, role: Role, from: u64, until: u64) -> Appointment {
    let org = if role == Role::Dean { home().1 } else { home().0 };
    let held = Appointment::of(AppointmentId::of(&[&who.to_string()]), person(who), role, org);
    Appointment { from: Some(day(from)), until: Some(day(until)), ..held }
}

#[test]
fn each_reason_is_told_apart_and_days_run_together() {
    let case = |responsible| Case { responsible, also: None, sent_by: None, days: (0, 9) };
    let all = [waiting(0, &case(Some(3))), waiting(1, &case(Some(0))), waiting(2, &case(None))];
    // The head decides from the third day to the sixth, by two consecutive appointments; then a dean; then nobody.
    let appointed = [held(0, Role::Head, 2, 3), held(0, Role::Head, 4, 5), held(1, Role::Dean, 6, 7)];
    let found = gaps(home().0, home().1, &appointed, &all);
    let mut told: BTreeMap<GapReason, Vec<(u64, u64, usize)>> = BTreeMap::new();
    for gap in found {
        let number = |day: NaiveDate| u64::try_from((day - first()).num_days()).unwrap();
        told.entry(gap.why).or_default().push((number(gap.from), number(gap.until), gap.offerings.len()));
    }
    assert_eq!(told[&GapReason::NobodyAppointed], [(0, 1, 3), (8, 9, 3)]);
    assert_eq!(told[&GapReason::OwnOnly], [(2, 5, 1)]);
    assert_eq!(told[&GapReason::ChooserAlone], [(2, 5, 1)]);
    assert_eq!(told[&GapReason::NobodyChooses], [(6, 7, 1)]);
}
