//! Scenarios with notifications, on both database engines: inbox, mail preferences, daily notifications, reminders, the
//! student's exams.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, missing_docs, reason = "tests")]

use app::choosing::ask_reopen::{ask_reopen, decline_reopen};
use app::failure::Failure;
use app::history::verify_history::verify_history;
use app::notifications::daily_notifications::{DailySchedule, run_daily_notifications};
use app::notifications::inbox::{inbox, mail_settings, read, read_all, save_mail_preferences};
use app::notifications::remind::{remind, reminding};
use app::reports::progress::{ProgressQuery, board};
use app::reviewing::decide::undo;
use app::reviewing::reopen_choices::reopen_choices;
use app::reviewing::return_choices::return_choices;
use app::staff::accounts::{self, set_account_enabled};
use app::staff::appointments::{AppointmentDates, NewAppointment, appoint_person};
use app::student::student_exams::{exams_of_group, student_exams};
use app::term::deadline_extensions::{NewDeadlineExtension, extend_deadline};
use app::term::terms::{list_terms, save_term};
use chrono::TimeDelta;
use domain::choice::ChoiceAct;
use domain::history::AppointmentPeriod;
use domain::id::{DocumentId, TermId};
use domain::notification::{KindPreference, MailPreference, NotificationGroup, NotificationKind};
use domain::person::Role;
use domain::term::ExtensionScope;
use testkit::sample::{offering, org, person};
use testkit::{Exam, World, both};

fn code<T>(done: Result<T, Failure>) -> &'static str {
    match done {
        Ok(_) => "done",
        Err(failure) => failure.code(),
    }
}

fn told(world: &World, who: &str) -> Vec<NotificationGroup> {
    world.as_(who, |work, actor| inbox(work, actor, 0)).unwrap().groups
}

fn kinds(world: &World, who: &str) -> Vec<(&'static str, i64)> {
    told(world, who).iter().map(|group| (group.notification.kind.code(), group.notification.about.total)).collect()
}

fn programme(world: &World) -> DocumentId {
    world.upload("aliya", "ALG", "ALG programme")
}

fn send(world: &World, row: &str, document: DocumentId) {
    world.send("aliya", &["ALG-1"], Exam::row(row), document).unwrap();
}

fn reopen(world: &World) {
    let seen = world.seen(&["ALG-1"]);
    world.as_("head", move |work, actor| reopen_choices(work, actor, &seen, "Платформа ауысты")).unwrap();
}

fn round(world: &World) -> bool {
    world
        .app
        .write_now(|work| run_daily_notifications(work, "node", DailySchedule { hour: 8, has_mail: false }))
        .unwrap()
}

fn org_name(world: &World, code: &'static str) -> String {
    let found =
        world.app.read_now(move |work| Ok(store::orgs::all(work.tx)?.into_iter().find(|one| one.id == org(code))));
    found.unwrap().unwrap().name.kk
}

both! {
    fn an_instructor_is_told_what_was_decided_with_its_content(world) {
        let document = world.upload("aliya", "PYT", "PYT programme");
        world.send("aliya", &["PYT-1", "PYT-2"], Exam::row("moodle-essay"), document).unwrap();
        let seen = world.seen(&["PYT-1", "PYT-2"]);
        world.as_("head", move |work, actor| return_choices(work, actor, &seen, "Нұсқаулық жоқ")).unwrap();
        let groups = told(&world, "aliya");
        // Two student groups returned in one act are combined into one notification.
        assert_eq!(kinds(&world, "aliya"), [("returned", 2)]);
        let about = &groups[0].notification.about;
        assert_eq!((about.reason.as_str(), about.by.as_str()), ("Нұсқаулық жоқ", "Сынақ-head Ү."));
        assert_eq!(about.now.as_ref().unwrap().programme, "PYT programme");
        let groups: Vec<_> = about.offerings.iter().map(|subject| subject.group.as_str()).collect();
        assert_eq!((groups.len(), groups.contains(&"PYT-2")), (2, true));
        world.clock.pass(TimeDelta::minutes(1));
        world.send("aliya", &["PYT-1"], Exam::row("moodle-case"), document).unwrap();
        world.approve("head", &["PYT-1"]).unwrap();
        assert_eq!(kinds(&world, "aliya"), [("approved", 1), ("returned", 2)]);
        for who in ["bolat", "head", "registrar", "student"] {
            assert!(told(&world, who).is_empty(), "{who}");
        }
    }

    fn one_reads_ones_own_notices_and_nobody_elses(world) {
        send(&world, "moodle-essay", programme(&world));
        world.approve("head", &["ALG-1"]).unwrap();
        let id = told(&world, "aliya")[0].ids[0];
        world.as_("bolat", move |work, actor| read(work, actor, &[id])).unwrap();
        assert!(told(&world, "aliya")[0].notification.read_at.is_none());
        let before = world.clock.now() - TimeDelta::seconds(1);
        world.as_("aliya", move |work, actor| read_all(work, actor, before)).unwrap();
        assert!(told(&world, "aliya")[0].notification.read_at.is_none(), "it came after the page was shown");
        world.as_("aliya", move |work, actor| read(work, actor, &[id])).unwrap();
        assert!(told(&world, "aliya")[0].notification.read_at.is_some());
    }

    fn a_decision_that_is_taken_back_is_not_told(world) {
        send(&world, "moodle-essay", programme(&world));
        world.approve("head", &["ALG-1"]).unwrap();
        world.as_("head", |work, actor| undo(work, actor, ChoiceAct::Approve, &[offering("ALG-1")])).unwrap();
        assert!(told(&world, "aliya").is_empty());
    }

    fn a_change_after_approval_is_told_to_every_student_with_both_versions(world) {
        let document = programme(&world);
        send(&world, "moodle-essay", document);
        world.approve("head", &["ALG-1"]).unwrap();
        assert!(told(&world, "student").is_empty(), "the first approval changes nothing");
        reopen(&world);
        assert_eq!(kinds(&world, "aliya")[0], ("reopened", 1));
        // The same exam is sent and approved again, so no student is notified of a change.
        send(&world, "moodle-essay", document);
        world.approve("head", &["ALG-1"]).unwrap();
        let changed = |world: &World| told(world, "student").iter().filter(|group| group.notification.kind == NotificationKind::Changed).count();
        assert_eq!(changed(&world), 0);
        world.clock.pass(TimeDelta::minutes(1));
        reopen(&world);
        send(&world, "univer-test", document);
        world.clock.pass(TimeDelta::minutes(1));
        world.approve("head", &["ALG-1"]).unwrap();
        let groups = told(&world, "student");
        assert_eq!(kinds(&world, "student")[0], ("changed", 1));
        let about = &groups[0].notification.about;
        let platform = |exam: &Option<domain::notification::ExamSummary>| exam.as_ref().unwrap().platform.en.clone();
        assert_eq!((platform(&about.before).as_str(), platform(&about.now).as_str()), ("MOODLE LMS", "UNIVER system"));
        assert_eq!(about.by, "", "students are not told who");
        world.as_("head", |work, actor| undo(work, actor, ChoiceAct::Approve, &[offering("ALG-1")])).unwrap();
        assert_eq!(changed(&world), 0);
        assert!(world.app.read_now(verify_history).unwrap().is_ok());
    }

    fn a_passport_shows_a_change_for_fourteen_days(world) {
        let document = programme(&world);
        send(&world, "moodle-essay", document);
        world.approve("head", &["ALG-1"]).unwrap();
        let change = |world: &World| {
            let exams = world.as_("student", student_exams).unwrap().exams;
            let exam = exams.into_iter().find(|exam| exam.offering.group == "ALG-1").unwrap();
            exam.approved.unwrap().changed.map(|(before, now)| (before.form.en, now.form.en))
        };
        assert_eq!(change(&world), None);
        world.clock.pass(TimeDelta::hours(1));
        reopen(&world);
        send(&world, "univer-test", document);
        world.approve("head", &["ALG-1"]).unwrap();
        let shown = Some(("WRITTEN".to_owned(), "TEST".to_owned()));
        assert_eq!(change(&world), shown);
        world.clock.pass(TimeDelta::days(14));
        assert_eq!(change(&world), shown);
        world.clock.pass(TimeDelta::minutes(1));
        assert_eq!(change(&world), None);
    }

    fn a_passport_leads_to_the_platform_and_tells_what_students_do(world) {
        let mut rules = testkit::world::shipped_catalogue();
        let link = "https://moodle.uni.example";
        rules.catalogue.platforms.iter_mut().find(|label| label.code == "moodle").unwrap().link = Some(link.into());
        app::catalogue::load_catalogue::load_catalogue(&world.app, &rules, Some("autumn")).unwrap();
        send(&world, "moodle-essay", programme(&world));
        world.approve("head", &["ALG-1"]).unwrap();
        let exams = world.as_("student", student_exams).unwrap().exams;
        let approved = exams.into_iter().find_map(|exam| exam.approved).unwrap();
        assert_eq!(approved.link.as_deref(), Some(link));
        let texts = approved.instructions.unwrap();
        assert!([texts.kk, texts.ru, texts.en].iter().all(|text| text.contains("{#students}")));
        // A catalogue stored before platforms had links can still be read.
        let kept = world.app.read_now(|work| work.catalogue(1)).unwrap();
        assert!(!serde_json::to_string(&*kept).unwrap().contains("\"link\""));
    }

    fn anybody_may_read_a_groups_approved_exams_and_nothing_else(world) {
        let document = programme(&world);
        send(&world, "moodle-essay", document);
        let exams = |world: &World, group: &'static str| {
            world.app.read_now(move |work| exams_of_group(work, group)).unwrap().exams.len()
        };
        assert_eq!(exams(&world, "ALG-1"), 0);
        world.approve("head", &["ALG-1"]).unwrap();
        assert_eq!((exams(&world, "alg 1"), exams(&world, "ALG"), exams(&world, "")), (1, 0, 0));
    }

    fn everybody_chooses_what_is_mailed_among_what_concerns_them(world) {
        let preferences = |world: &World, who: &str| world.as_(who, mail_settings).unwrap().preferences;
        let wish = |kind, preference| KindPreference { kind, preference };
        let of_students = [NotificationKind::BeingChanged, NotificationKind::Changed, NotificationKind::Unchanged];
        assert_eq!(preferences(&world, "student"), of_students.map(|kind| wish(kind, MailPreference::AtOnce)));
        let registrar = [(NotificationKind::ExtensionEndorsed, MailPreference::AtOnce), (NotificationKind::Overdue, MailPreference::AtOnce), (NotificationKind::Gap, MailPreference::Digest)];
        assert_eq!(preferences(&world, "registrar"), registrar.map(|(kind, preference)| wish(kind, preference)));
        assert!(preferences(&world, "auditor").is_empty());
        assert!(preferences(&world, "aliya").contains(&wish(NotificationKind::Approved, MailPreference::Digest)));
        let asked = [
            wish(NotificationKind::Approved, MailPreference::Off),
            wish(NotificationKind::Gap, MailPreference::AtOnce),
        ];
        world.as_("aliya", move |work, actor| save_mail_preferences(work, actor, &asked)).unwrap();
        assert!(preferences(&world, "aliya").contains(&wish(NotificationKind::Approved, MailPreference::Off)));
        assert!(preferences(&world, "aliya").iter().all(|wish| wish.kind != NotificationKind::Gap));
        let address = world.as_("aliya", mail_settings).unwrap().address;
        assert_eq!(address.unwrap().as_str(), "aliya@uni.example");
    }

    fn those_who_may_approve_are_told_daily_what_waits_and_when_the_time_ends(world) {
        let of_approvers = |world: &World, who: &str| {
            let all = kinds(world, who).into_iter();
            all.filter(|(kind, _)| ["to-decide", "deciding-ends", "deciding-over"].contains(kind)).collect::<Vec<_>>()
        };
        let unread = |world: &World, who: &str| {
            told(world, who).iter().filter(|group| group.notification.read_at.is_none()).count()
        };
        let document = programme(&world);
        let at = |day: &str| {
            world.clock.set(&format!("{day} 09:00"));
            round(&world);
        };
        at("2026-09-15");
        assert!(of_approvers(&world, "head").is_empty(), "nothing waits");
        send(&world, "moodle-essay", document);
        at("2026-09-16");
        round(&world);
        assert_eq!(of_approvers(&world, "head"), [("to-decide", 1)]);
        assert_eq!(of_approvers(&world, "acting"), [("to-decide", 1)]);
        assert!(of_approvers(&world, "dean").is_empty(), "the department decides");
        let about = told(&world, "head")[0].notification.about.clone();
        assert_eq!((about.unit.is_some(), about.until), (true, Some("2026-10-08".parse().unwrap())));
        // The notification of a new day replaces the unread one of the day before.
        at("2026-09-17");
        assert_eq!((of_approvers(&world, "head").len(), unread(&world, "head")), (2, 1));
        for day in ["2026-10-05", "2026-10-06", "2026-10-09", "2026-10-10"] {
            at(day);
        }
        let kinds: Vec<_> = of_approvers(&world, "head").into_iter().map(|(kind, _)| kind).collect();
        assert_eq!(kinds, ["deciding-over", "deciding-ends", "to-decide", "to-decide", "to-decide"]);
    }

    fn students_are_told_once_when_an_exam_begins_to_change_and_once_when_it_ends(world) {
        let document = programme(&world);
        send(&world, "moodle-essay", document);
        world.approve("head", &["ALG-1"]).unwrap();
        assert!(kinds(&world, "student").is_empty());
        let reopened = |world: &World| {
            let seen = world.seen(&["ALG-1"]);
            world.clock.pass(TimeDelta::minutes(1));
            world.as_("head", move |work, actor| reopen_choices(work, actor, &seen, "Жеке себеп")).unwrap();
        };
        let exam = |world: &World| {
            let exams = world.as_("student", student_exams).unwrap().exams;
            let exam = exams.into_iter().find(|exam| exam.offering.group == "ALG-1").unwrap();
            (exam.is_being_changed, exam.approved.unwrap().picked.row.0)
        };
        assert_eq!(exam(&world), (false, "moodle-essay".into()));
        reopened(&world);
        assert_eq!(kinds(&world, "student"), [("being-changed", 1)]);
        let about = told(&world, "student")[0].notification.about.clone();
        assert!(about.reason.is_empty() && about.by.is_empty() && about.now.is_some(), "{about:?}");
        // Until the new version is approved, the student reads the earlier one.
        assert_eq!(exam(&world), (true, "moodle-essay".into()));
        send(&world, "moodle-case", document);
        assert_eq!(exam(&world), (true, "moodle-essay".into()));
        world.clock.pass(TimeDelta::minutes(1));
        world.approve("head", &["ALG-1"]).unwrap();
        assert_eq!(kinds(&world, "student"), [("changed", 1), ("being-changed", 1)]);
        assert_eq!(exam(&world), (false, "moodle-case".into()));
        // Approved again as it was.
        reopened(&world);
        send(&world, "moodle-case", document);
        world.clock.pass(TimeDelta::minutes(1));
        world.approve("head", &["ALG-1"]).unwrap();
        let of_student: Vec<_> = kinds(&world, "student").into_iter().map(|(kind, _)| kind).collect();
        assert_eq!(of_student, ["unchanged", "being-changed", "changed", "being-changed"]);
        // A reopening that was undone was never told.
        reopened(&world);
        world.as_("head", |work, actor| undo(work, actor, ChoiceAct::Reopen, &[offering("ALG-1")])).unwrap();
        assert_eq!((kinds(&world, "student").len(), exam(&world)), (4, (false, "moodle-case".into())));
    }

    fn what_waits_too_long_is_told_to_the_deans_office_and_later_to_the_registrar(world) {
        send(&world, "moodle-essay", programme(&world));
        let overdue = |who: &str| kinds(&world, who).iter().filter(|(kind, _)| *kind == "overdue").count();
        let on = |day: &str| {
            world.clock.set(&format!("{day} 09:00"));
            round(&world);
            (overdue("office"), overdue("registrar"))
        };
        assert_eq!(on("2026-09-28"), (0, 0), "the term does not ask for it");
        let mut term = world.as_("registrar", list_terms).unwrap().all.into_iter().find(|term| term.code == "autumn").unwrap();
        for (days, refused) in [(0, "escalation-out-of-range"), (61, "escalation-out-of-range"), (4, "done")] {
            term.escalate_after = Some(days);
            let term = term.clone();
            assert_eq!(code(world.as_("registrar", move |work, actor| save_term(work, actor, &term, false))), refused);
        }
        // Sent on the 29th: after four days the office is told, after eight the registrar, each once a week.
        let document = world.upload("aliya", "PYT", "PYT programme");
        world.clock.set("2026-09-29 09:00");
        world.send("aliya", &["PYT-1"], Exam::row("moodle-essay"), document).unwrap();
        world.approve("head", &["ALG-1"]).unwrap();
        assert_eq!(on("2026-10-02"), (0, 0));
        assert_eq!(on("2026-10-04"), (1, 0));
        let about = told(&world, "office")[0].notification.about.clone();
        assert_eq!((about.total, about.unit.unwrap().kk.as_str()), (1, org_name(&world, "CS").as_str()));
        assert_eq!(on("2026-10-05"), (2, 0), "the next week");
        assert_eq!(on("2026-10-06"), (2, 0));
        assert_eq!(on("2026-10-08"), (2, 1));
        assert_eq!((overdue("head"), overdue("auditor")), (0, 0));
        let of_board = |who: &str| world.as_(who, |work, actor| board(work, actor, &ProgressQuery::default())).unwrap().overdue;
        assert_eq!((of_board("office").len(), of_board("registrar")[0].choices), (1, 1));
        // Nobody is told week after week of a term that is over and was never closed.
        assert_eq!(on(&(term.ends + TimeDelta::days(1)).to_string()), (2, 1));
        assert!(world.app.read_now(verify_history).unwrap().is_ok());
    }

    fn an_extension_counts_only_for_the_choices_that_it_covers(world) {
        let extend = |scope: ExtensionScope| {
            world.as_("registrar", move |work, actor| {
                let until = "2026-10-20".parse().ok();
                extend_deadline(work, actor, NewDeadlineExtension { term: TermId::of(&["autumn"]), scope, until, reason: "Ауру" })
            }).unwrap();
        };
        let newest = |day: &str| {
            world.clock.set(&format!("{day} 09:00"));
            round(&world);
            let groups = told(&world, "head");
            let about_approving = groups.into_iter().find(|group| group.notification.about.unit.is_some());
            about_approving.map(|group| (group.notification.kind.code(), group.notification.about.until.unwrap().to_string()))
        };
        send(&world, "moodle-essay", programme(&world));
        // The choices of another department can still be decided; those of this department cannot.
        extend(ExtensionScope::Department(org("MATH")));
        assert_eq!(newest("2026-10-09"), Some(("deciding-over", "2026-10-08".into())));
        extend(ExtensionScope::Offering(offering("ALG-1")));
        assert_eq!(newest("2026-10-12"), Some(("to-decide", "2026-10-20".into())));
        assert_eq!(newest("2026-10-18"), Some(("deciding-ends", "2026-10-20".into())));
    }

    fn a_dean_is_told_what_only_the_dean_may_decide(world) {
        let document = world.upload("head", "PYT", "PYT programme");
        world.send("head", &["PYT-H"], Exam::row("moodle-essay"), document).unwrap();
        let tells = |who: &str| kinds(&world, who).iter().any(|(kind, _)| *kind == "to-decide");
        world.clock.set("2026-09-16 09:00");
        round(&world);
        assert_eq!((tells("head"), tells("acting"), tells("dean")), (false, true, false));
        world.as_("admin", |work, actor| set_account_enabled(work, actor, person("acting"), false)).unwrap();
        world.clock.set("2026-09-17 09:00");
        round(&world);
        assert_eq!((tells("head"), tells("dean")), (false, true), "nobody decides on their own choice");
    }

    fn a_request_to_reopen_an_appointment_and_an_extension_are_told_at_once(world) {
        let document = programme(&world);
        send(&world, "moodle-essay", document);
        world.approve("head", &["ALG-1"]).unwrap();
        world.as_("aliya", |work, actor| ask_reopen(work, actor, offering("ALG-1"), "Топ тәжірибеде")).unwrap();
        let asked = told(&world, "head").into_iter().find(|group| group.notification.kind == NotificationKind::ReopeningAsked);
        assert_eq!(asked.unwrap().notification.about.reason, "Топ тәжірибеде");
        world.clock.pass(TimeDelta::minutes(1));
        world.as_("head", |work, actor| decline_reopen(work, actor, offering("ALG-1"), "Кеш")).unwrap();
        let declined = &told(&world, "aliya")[0].notification;
        assert_eq!((declined.kind, declined.about.reason.as_str()), (NotificationKind::ReopeningDeclined, "Кеш"));
        let until = "2026-12-31".parse().ok();
        let dates = AppointmentDates { from: "2026-09-15".parse().ok(), until, order: "№ 7".into() };
        let new = NewAppointment { role: Some(Role::ActingHead), org: Some(org("CS")), dates };
        world.as_("registrar", move |work, actor| appoint_person(work, actor, person("bolat"), &new)).unwrap();
        assert_eq!(kinds(&world, "bolat")[0], ("appointed", 0));
        world.clock.set("2026-10-03 09:00");
        world.as_("registrar", |work, actor| {
            let scope = ExtensionScope::Offering(offering("PYT-1"));
            let until = "2026-10-06".parse().ok();
            extend_deadline(work, actor, NewDeadlineExtension { term: TermId::of(&["autumn"]), scope, until, reason: "Ауырып қалды" })
        }).unwrap();
        let extended = &told(&world, "aliya")[0].notification;
        assert_eq!((extended.kind.code(), extended.about.total), ("deadline-extended", 1));
        assert_eq!(extended.about.until, Some("2026-10-06".parse().unwrap()));
        assert!(world.app.read_now(verify_history).unwrap().is_ok());
    }

    fn an_appointment_from_the_command_line_is_told_once(world) {
        let appoint = |role: Role, unit: &'static str| {
            let period = AppointmentPeriod { from: None, until: "2026-12-31".parse().ok() };
            world.app.write_now(move |work| accounts::appoint(work, "bolat", role, unit, period)).unwrap();
        };
        appoint(Role::DeanOffice, "FIT");
        assert!(told(&world, "bolat").is_empty(), "the role decides on nothing");
        appoint(Role::Head, "CS");
        appoint(Role::Head, "CS");
        let [one] = told(&world, "bolat").try_into().unwrap();
        assert_eq!((one.notification.kind, one.notification.about.by.as_str()), (NotificationKind::Appointed, ""));
        assert_eq!(one.notification.about.until, "2026-12-31".parse().ok());
        world.as_("bolat", |work, actor| read_all(work, actor, work.now)).unwrap();
        world.app.write_now(|work| accounts::dismiss(work, "bolat", Role::Head, "CS")).unwrap();
        world.clock.pass(TimeDelta::days(1));
        appoint(Role::Head, "CS");
        let [again] = told(&world, "bolat").try_into().unwrap();
        assert!(again.notification.read_at.is_none(), "whoever is appointed again is told again");
    }

    fn the_date_is_told_once_in_a_term_in_the_morning_by_one_node(world) {
        world.clock.set("2026-09-01 07:59");
        round(&world);
        assert!(told(&world, "aliya").is_empty(), "not before the hour");
        world.clock.set("2026-09-01 08:00");
        round(&world);
        round(&world);
        assert_eq!(kinds(&world, "aliya"), [("window-opens", 3)]);
        let other = world.app.write_now(|work| run_daily_notifications(work, "other node", DailySchedule { hour: 8, has_mail: false }));
        assert!(!other.unwrap());
        let document = programme(&world);
        send(&world, "moodle-essay", document);
        for day in ["2026-09-02", "2026-09-28", "2026-09-29", "2026-09-30", "2026-10-01"] {
            world.clock.set(&format!("{day} 10:00"));
            round(&world);
        }
        assert_eq!(kinds(&world, "aliya"), [("days-left", 2), ("window-opens", 3)]);
        world.clock.set("2026-10-02 10:00");
        round(&world);
        assert_eq!(kinds(&world, "aliya")[0], ("past-due", 2));
        // The heads choose for a vacancy, so the heads are notified that the deadline is over.
        assert!(kinds(&world, "acting").contains(&("past-due", 1)));
        assert_eq!(told(&world, "aliya")[0].notification.about.until, Some("2026-10-01".parse().unwrap()));
    }

    fn the_office_is_told_where_nobody_may_decide(world) {
        let role = domain::person::Role::Head;
        world.app.write_now(move |work| app::staff::accounts::dismiss(work, "clinichead", role, "CLINIC")).unwrap();
        world.clock.set("2026-09-16 09:00");
        round(&world);
        let gaps: Vec<_> = told(&world, "registrar").into_iter().map(|group| group.notification.about).collect();
        assert_eq!(gaps.len(), 1);
        assert_eq!((gaps[0].unit.as_ref().unwrap().en.as_str(), gaps[0].total), ("Unit CLINIC", 1));
        world.clock.set("2026-09-17 09:00");
        round(&world);
        assert_eq!(told(&world, "registrar").len(), 1, "once in a week");
        world.clock.set("2026-09-21 09:00");
        round(&world);
        assert_eq!(told(&world, "registrar").len(), 2);
    }

    fn the_office_reminds_after_looking_and_nobody_twice_within_a_day(world) {
        for who in ["aliya", "head", "dean", "auditor", "admin", "student"] {
            assert_eq!(code(world.as_(who, |work, actor| reminding(work, actor, None))), "role-missing", "{who}");
            assert_eq!(code(world.as_(who, |work, actor| remind(work, actor, Some(org("FIT"))))), "role-missing", "{who}");
        }
        let preview = |who: &str, unit: Option<&'static str>| {
            world.as_(who, move |work, actor| reminding(work, actor, unit.map(org)))
        };
        let names = |preview: &app::notifications::remind::ReminderPreview| -> Vec<String> {
            preview.people.iter().map(|(person, _)| person.username.clone()).collect()
        };
        assert_eq!(names(&preview("office", None).unwrap()), ["acting", "aliya", "bolat", "head", "saule"]);
        assert_eq!(names(&preview("office", Some("MATH")).unwrap()), ["saule"]);
        assert_eq!(code(preview("office", Some("MED"))), "role-missing");
        assert_eq!(code(preview("office", Some("UNI"))), "role-missing");
        assert!(names(&preview("registrar", None).unwrap()).contains(&"medina".to_owned()));
        let done = world.as_("office", |work, actor| remind(work, actor, Some(org("MATH")))).unwrap();
        assert_eq!((done, kinds(&world, "saule")), (1, vec![("reminder", 1)]));
        world.clock.pass(TimeDelta::hours(23));
        let again = preview("registrar", Some("MATH")).unwrap();
        assert_eq!((again.people.len(), again.lately.len()), (0, 1));
        assert_eq!(world.as_("registrar", |work, actor| remind(work, actor, Some(org("MATH")))).unwrap(), 0);
        world.clock.pass(TimeDelta::hours(1));
        assert_eq!(world.as_("registrar", |work, actor| remind(work, actor, Some(org("MATH")))).unwrap(), 1);
        assert_eq!(kinds(&world, "saule").len(), 2);
        assert!(world.app.read_now(verify_history).unwrap().is_ok());
    }
}
