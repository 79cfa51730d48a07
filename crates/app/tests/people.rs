//! Scenarios with people, appointments and accounts, on both database engines; also the days on which no person may
//! decide.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, missing_docs, reason = "tests")]

use app::failure::{Failure, Refusal};
use app::history::verify_history::verify_history;
use app::roster::import_roster::{ImportOptions, import_roster};
use app::staff::accounts::{set_account_enabled, set_one_time_password};
use app::staff::appointments::{AppointmentDates, NewAppointment, appoint_person, change_appointment, end_appointment};
use app::staff::gaps::{Gaps, see_gaps};
use app::staff::people::{PeopleSearch, PersonView, find_people, view_person};
use app::term::deadline_extensions::{NewDeadlineExtension, extend_deadline};
use chrono::NaiveDate;
use domain::appointment::{AppointmentError, Validity};
use domain::id::{AppointmentId, TermId};
use domain::password::OneTimeHours;
use domain::person::Role;
use domain::term::ExtensionScope;
use testkit::sample::{self, offering, org, person};
use testkit::{Exam, World, both};

fn code<T>(done: Result<T, Failure>) -> &'static str {
    match done {
        Ok(_) => "done",
        Err(failure) => failure.code(),
    }
}

fn day(text: &str) -> Option<NaiveDate> {
    text.parse().ok()
}

fn terms(from: &str, until: &str, order: &str) -> AppointmentDates {
    AppointmentDates { from: day(from), until: day(until), order: order.to_owned() }
}

fn appoint(world: &World, who: &str, whom: &str, what: (Role, &str), terms: AppointmentDates) -> Result<(), Failure> {
    let (whom, role, unit) = (person(whom), what.0, org(what.1));
    let new = NewAppointment { role: Some(role), org: Some(unit), dates: terms };
    world.as_(who, move |work, actor| appoint_person(work, actor, whom, &new))
}

fn view(world: &World, who: &str, whom: &str) -> Result<PersonView, Failure> {
    let whom = person(whom);
    world.as_(who, move |work, actor| view_person(work, actor, whom))
}

/// Finds the appointment of a person to this role.
fn held(world: &World, whom: &str, role: Role) -> AppointmentId {
    let view = view(world, "admin", whom).unwrap();
    view.held.iter().find(|held| held.appointment.role == role).unwrap().appointment.id
}

fn end(world: &World, who: &str, whom: &str, role: Role) -> &'static str {
    let id = held(world, whom, role);
    code(world.as_(who, move |work, actor| end_appointment(work, actor, id)))
}

fn found(world: &World, who: &str, text: &str, role: Option<Role>) -> Vec<String> {
    let wanted = PeopleSearch { text: text.to_owned(), role, unit: None, after: None };
    let found = world.as_(who, move |work, actor| find_people(work, actor, &wanted)).unwrap();
    found.people.into_iter().map(|(person, _)| person.username).collect()
}

fn told(world: &World, who: &str) -> Vec<(String, &'static str, String, String, i64)> {
    let gaps: Gaps = world.as_(who, see_gaps).unwrap();
    let told = gaps.terms.into_iter().flat_map(|one| one.all);
    told.map(|one| {
        let count = one.count();
        (one.department.code, one.gap.why.code(), one.gap.from.to_string(), one.gap.until.to_string(), count)
    })
    .collect()
}

both! {
    fn people_are_found_by_any_part_of_the_name_in_any_script_by_username_and_by_role(world) {
        // All people of the sample data are named «Сынақ-…», and the search finds them however the name is typed.
        for typed in ["Сынақ", "синак", "SYNAQ", "sinak ali", "Үлгі"] {
            assert!(found(&world, "registrar", typed, None).contains(&"aliya".to_owned()), "{typed}");
        }
        assert_eq!(found(&world, "auditor", "mathhe", None), ["mathhead"]);
        assert_eq!(found(&world, "admin", "", Some(Role::Head)).len(), 3);
        assert!(found(&world, "admin", "100%", None).is_empty());
        assert!(found(&world, "admin", "nobody at all", None).is_empty());
        // A head sees the people of the own department and no others.
        let mut mine = found(&world, "head", "", None);
        mine.sort();
        assert_eq!(mine, ["acting", "aliya", "bolat", "head"]);
        assert!(found(&world, "head", "saule", None).is_empty());
        assert_eq!(code(view(&world, "head", "saule")), "not-found");
        assert_eq!(view(&world, "head", "aliya").unwrap().teaches.len(), 4);
        for who in ["aliya", "acting", "dean", "office", "student"] {
            assert_eq!(code(view(&world, who, "aliya")), "role-missing", "{who}");
        }
    }

    fn a_head_sees_present_and_future_colleagues_and_no_former_ones(world) {
        let seen = |world: &World| {
            let mut seen = found(world, "head", "", None);
            seen.retain(|username| ["saule", "bolat", "aliya"].contains(&username.as_str()));
            seen.sort();
            seen
        };
        // Bolat goes to another department, and Saule comes next week.
        appoint(&world, "registrar", "bolat", (Role::Instructor, "MATH"), AppointmentDates::default()).unwrap();
        appoint(&world, "registrar", "saule", (Role::Instructor, "CS"), terms("2026-09-22", "2026-09-25", "")).unwrap();
        assert_eq!(seen(&world), ["aliya", "bolat", "saule"]);
        let in_department = view(&world, "admin", "bolat").unwrap().held;
        let id = in_department.iter().find(|held| held.appointment.org == org("CS")).unwrap().appointment.id;
        world.as_("registrar", move |work, actor| end_appointment(work, actor, id)).unwrap();
        let own = view(&world, "admin", "bolat").unwrap().held;
        assert!(own.iter().any(|held| held.appointment.org == org("CS") && held.season == Validity::Past), "{own:?}");
        assert_eq!(seen(&world), ["aliya", "saule"]);
        assert_eq!((code(view(&world, "head", "bolat")), code(view(&world, "head", "saule"))), ("not-found", "done"));
        // Neither the search by name or role nor an appointment as acting head leads to the former colleague.
        assert!(found(&world, "head", "bolat", None).is_empty() && found(&world, "head", "b", Some(Role::Instructor)).is_empty());
        let away = terms("2026-09-20", "2026-09-27", "№ 17-к");
        assert_eq!(code(appoint(&world, "head", "bolat", (Role::ActingHead, "CS"), away)), "not-found");
        // The last day of an appointment still counts, the day after it does not.
        world.clock.set("2026-09-25 23:00");
        assert_eq!(seen(&world), ["aliya", "saule"]);
        world.clock.set("2026-09-26 00:30");
        assert_eq!((seen(&world), code(view(&world, "head", "saule"))), (vec!["aliya".to_owned()], "not-found"));
        // Those who see everybody see the former colleagues too.
        for who in ["registrar", "admin", "auditor"] {
            let wanted = PeopleSearch { unit: Some(org("CS")), ..PeopleSearch::default() };
            let listed = world.as_(who, move |work, actor| find_people(work, actor, &wanted)).unwrap();
            assert!(listed.people.iter().any(|(person, _)| person.username == "bolat"), "{who}");
        }
    }

    fn pages_of_people_follow_one_another_without_a_gap(world) {
        let everybody: Vec<_> = (0..120).map(|number| domain::person::Person {
            id: domain::id::PersonId::of(&["many", &number.to_string()]),
            username: format!("many-{number}"),
            family_name: if number % 3 == 0 { "Қасымов".into() } else { format!("Ержан{}", number % 7) },
            given_name: "Көп".into(),
            middle_name: String::new(),
            locale: None,
            is_enabled: true,
            email: None,
        }).collect();
        world.app.write_now(move |work| {
            everybody.iter().try_for_each(|person| Ok(store::people::put(work.tx, person)?))
        }).unwrap();
        let (mut all, mut after) = (Vec::new(), None);
        loop {
            let wanted = PeopleSearch { text: "many".into(), role: None, unit: None, after };
            let page = world.as_("registrar", move |work, actor| find_people(work, actor, &wanted)).unwrap();
            all.extend(page.people.iter().map(|(person, _)| person.username.clone()));
            after = page.people.last().map(|(person, _)| person.id);
            if !page.has_more {
                break;
            }
        }
        let known: std::collections::BTreeSet<_> = all.iter().collect();
        assert_eq!((all.len(), known.len()), (120, 120));
    }

    fn a_head_who_goes_away_appoints_who_acts_between_two_days_by_an_order(world) {
        let away = || terms("2026-09-20", "2026-09-27", "№ 17-к");
        let acting = (Role::ActingHead, "CS");
        for (bad, expected) in [
            (terms("2026-09-20", "", "№ 17-к"), AppointmentError::DayMissing),
            (terms("2026-09-20", "2026-09-19", "№ 17-к"), AppointmentError::EndsTooEarly),
            (terms("2026-09-20", "2026-09-27", " "), AppointmentError::OrderMissing),
        ] {
            let Err(Failure::Refused(Refusal::Appointment(wrong))) = appoint(&world, "head", "bolat", acting, bad) else {
                panic!()
            };
            assert_eq!(wrong, [expected]);
        }
        appoint(&world, "head", "bolat", acting, away()).unwrap();
        assert_eq!(code(appoint(&world, "registrar", "bolat", acting, away())), "appointment-overlaps");
        // A head may appoint only an acting head, and only in the own department.
        assert_eq!(code(appoint(&world, "head", "bolat", (Role::Head, "CS"), AppointmentDates::default())), "role-missing");
        assert_eq!(code(appoint(&world, "head", "bolat", (Role::ActingHead, "MATH"), away())), "role-missing");
        assert_eq!(code(appoint(&world, "head", "saule", acting, away())), "not-found");
        assert_eq!(code(appoint(&world, "auditor", "bolat", acting, away())), "role-missing");
        // The appointment of an acting head is valid from its first to its last day.
        let document = world.upload("aliya", "ALG", "ALG programme");
        world.send("aliya", &["ALG-1"], Exam::row("moodle-essay"), document).unwrap();
        assert_eq!(code(world.approve("bolat", &["ALG-1"])), "not-found");
        world.clock.set("2026-09-20 09:00");
        assert_eq!(code(world.approve("bolat", &["ALG-1"])), "done");
        let shown = view(&world, "head", "bolat").unwrap();
        let mine = shown.held.iter().find(|held| held.appointment.role == Role::ActingHead).unwrap();
        assert_eq!((mine.season, mine.may_change, mine.appointment.order.as_str()), (Validity::Present, true, "№ 17-к"));
        assert_eq!(shown.history[0].act, "person-appointed");
        assert_eq!((shown.history[0].role, shown.history[0].order.as_str()), (Some(Role::Head), "№ 17-к"));
        // The head returns two days earlier than planned, so that the appointment of the acting head is shortened.
        let id = mine.appointment.id;
        let sooner = terms("2026-09-20", "2026-09-25", "№ 17-к");
        world.as_("head", move |work, actor| change_appointment(work, actor, id, &sooner)).unwrap();
        world.clock.set("2026-09-26 09:00");
        assert!(!world.actor("bolat").is(Role::ActingHead));
        let late = away();
        assert_eq!(code(world.as_("head", move |work, actor| change_appointment(work, actor, id, &late))), "appointment-over");
        assert!(world.app.read_now(verify_history).unwrap().is_ok());
    }

    fn the_registrar_appoints_and_ends_and_no_roster_undoes_it(world) {
        appoint(&world, "registrar", "bolat", (Role::Head, "MATH"), terms("2026-10-01", "", "№ 40")).unwrap();
        assert_eq!(code(appoint(&world, "registrar", "bolat", (Role::Head, "FIT"), AppointmentDates::default())), "appointment-wrong-unit");
        assert_eq!(end(&world, "registrar", "head", Role::Head), "done");
        let dean = held(&world, "dean", Role::Dean);
        let until = terms("", "2026-12-31", "№ 9");
        world.as_("registrar", move |work, actor| change_appointment(work, actor, dean, &until)).unwrap();
        let roster = sample::roster();
        let report = world.app.write_now(move |work| import_roster(work, &roster, &ImportOptions::default())).unwrap();
        assert_eq!((report.appointments.changed, report.appointments.new), (0, 0));
        assert!(!world.actor("head").is(Role::Head));
        let shown = view(&world, "registrar", "dean").unwrap();
        assert_eq!((shown.held[0].appointment.until, shown.held[0].appointment.order.as_str()), (day("2026-12-31"), "№ 9"));
        world.clock.set("2026-10-01 00:10");
        assert!(world.actor("bolat").is(Role::Head));
    }

    fn only_an_administrator_makes_administrators_and_the_last_one_stays(world) {
        let university = |role| (role, "UNI");
        let none = AppointmentDates::default;
        let administrator = university(Role::Administrator);
        assert_eq!(code(appoint(&world, "registrar", "registrar", administrator, none())), "administrator-only");
        assert_eq!(end(&world, "registrar", "admin", Role::Administrator), "administrator-only");
        let admin = person("admin");
        let off = move |work: &mut app::unit_of_work::UnitOfWork<'_, '_>, actor: &domain::person::Actor| set_account_enabled(work, actor, admin, false);
        assert_eq!(code(world.as_("registrar", off)), "administrator-only");
        let hash = move |work: &mut app::unit_of_work::UnitOfWork<'_, '_>, actor: &domain::person::Actor| {
            set_one_time_password(work, actor, admin, "x", OneTimeHours::default())
        };
        assert_eq!(code(world.as_("registrar", hash)), "administrator-only");
        // The appointment of the last administrator cannot be ended or limited, nor can the account be disabled.
        assert_eq!(end(&world, "admin", "admin", Role::Administrator), "last-of-role");
        assert_eq!(code(world.as_("admin", off)), "last-of-role");
        let (id, until) = (held(&world, "admin", Role::Administrator), terms("", "2027-01-01", ""));
        assert_eq!(code(world.as_("admin", move |work, actor| change_appointment(work, actor, id, &until))), "last-of-role");
        assert_eq!(end(&world, "registrar", "registrar", Role::Registrar), "last-of-role");
        appoint(&world, "admin", "aliya", administrator, none()).unwrap();
        assert_eq!(end(&world, "admin", "admin", Role::Administrator), "done");
    }

    fn an_account_is_shut_and_opened_by_those_who_keep_it(world) {
        let aliya = person("aliya");
        let switch = move |world: &World, who: &str, enabled| {
            code(world.as_(who, move |work, actor| set_account_enabled(work, actor, aliya, enabled)))
        };
        assert_eq!(switch(&world, "head", false), "role-missing");
        assert_eq!(switch(&world, "auditor", false), "role-missing");
        assert_eq!(switch(&world, "registrar", false), "done");
        assert_eq!(switch(&world, "registrar", false), "done");
        assert!(!view(&world, "auditor", "aliya").unwrap().person.is_enabled);
        assert_eq!(switch(&world, "admin", true), "done");
        let shown = view(&world, "auditor", "aliya").unwrap();
        let acts: Vec<_> = shown.history.iter().map(|event| (event.act.as_str(), event.role)).collect();
        let expected = [("person-enabled", Some(Role::Administrator)), ("person-disabled", Some(Role::Registrar))];
        assert_eq!(acts, expected);
        assert!(!shown.manages_account && shown.roles.is_empty() && shown.units.is_empty());
        // The page of a person offers a head one role in one department for an appointment.
        let shown = view(&world, "head", "aliya").unwrap();
        assert_eq!((shown.roles, shown.units.len()), (vec![Role::ActingHead], 1));
    }

    fn days_on_which_nobody_may_decide_are_known_weeks_ahead(world) {
        assert!(told(&world, "registrar").is_empty());
        // Decisions are possible until 8 October. The acting head's appointment ends on 20 September, the dean's on 30
        // September.
        for (who, role, until) in [("acting", Role::ActingHead, "2026-09-20"), ("dean", Role::Dean, "2026-09-30")] {
            let (id, until) = (held(&world, who, role), terms("2026-09-01", until, "№ 1"));
            world.as_("registrar", move |work, actor| change_appointment(work, actor, id, &until)).unwrap();
        }
        // After 30 September only the head remains, who cannot decide on offerings that the head teaches, or on the
        // vacancy for which the head chooses.
        let own = ("CS".to_owned(), "own-only", "2026-10-01".to_owned(), "2026-10-08".to_owned(), 1);
        let vacancy = ("CS".to_owned(), "chooser-alone", "2026-10-01".to_owned(), "2026-10-08".to_owned(), 1);
        assert_eq!(told(&world, "registrar"), [own.clone(), vacancy.clone()]);
        assert_eq!(told(&world, "office").len(), 2);
        assert_eq!(told(&world, "dean").len(), 2);
        // The head of mathematics leaves, and no person decides there after the dean. That gap begins sooner, so that
        // it is listed first.
        let (id, until) = (held(&world, "mathhead", Role::Head), terms("", "2026-09-24", "№ 2"));
        world.as_("registrar", move |work, actor| change_appointment(work, actor, id, &until)).unwrap();
        let maths = ("MATH".to_owned(), "nobody-appointed", "2026-10-01".to_owned(), "2026-10-08".to_owned(), 1);
        assert_eq!(told(&world, "admin"), [own.clone(), vacancy.clone(), maths.clone()]);
        // With a deadline extension, decisions may be needed for more days.
        world.as_("registrar", |work, actor| {
            let (term, scope) = (TermId::of(&["autumn"]), ExtensionScope::Offering(offering("MAT-1")));
            extend_deadline(work, actor, NewDeadlineExtension { term, scope, until: day("2026-10-20"), reason: "Ауырып қалды" })
        }).unwrap();
        assert_eq!(told(&world, "admin")[2].3, "2026-10-20");
        // An acting head is appointed: on exactly those days a person may decide again.
        let acting = terms("2026-10-01", "2026-10-05", "№ 3");
        appoint(&world, "registrar", "bolat", (Role::ActingHead, "CS"), acting).unwrap();
        let own_later = ("CS".to_owned(), "own-only", "2026-10-06".to_owned(), "2026-10-08".to_owned(), 1);
        assert!(told(&world, "registrar").contains(&own_later));
        // An approved choice needs no approver, so that it causes no gap.
        let document = world.upload("head", "PYT", "PYT programme");
        world.send("head", &["PYT-H"], Exam::row("moodle-test"), document).unwrap();
        world.approve("acting", &["PYT-H"]).unwrap();
        assert!(told(&world, "registrar").iter().all(|gap| gap.1 != "own-only"));
        for who in ["aliya", "head", "student"] {
            assert_eq!(code(world.as_(who, see_gaps)), "role-missing", "{who}");
        }
        // A person whose account is disabled cannot decide.
        let clinic = person("clinichead");
        world.as_("registrar", move |work, actor| set_account_enabled(work, actor, clinic, false)).unwrap();
        assert_eq!(told(&world, "registrar")[0].0, "CLINIC");
    }
}
