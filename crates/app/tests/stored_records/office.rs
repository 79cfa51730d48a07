//! What the offices do in the story: accounts, appointments, terms, rule tables, exceptions, letters, orders.

use super::{PASSWORD, PASSWORD_HASH, done, minute, runtime, token};
use app::access::setup::found_house;
use app::access::restored_form;
use app::access::restored_form::RestoredForm;
use app::access::session::{SessionStatus, recognise, sign_out, token_hash};
use app::access::sign_in::PasswordSignIn;
use app::app::UnitOfWork;
use app::notifications::inbox::{read_all, save_wishes};
use app::notifications::mail_queue::{Delivery, settle, take};
use app::notifications::remind::remind;
use app::notifications::daily_notifications::{DailySchedule, run_daily_notifications};
use app::history::checkpoint::checkpoint;
use app::reports::orders::{issue_order, orders_of};
use app::reports::report_scope::ScopeQuery;
use app::reports::saved_filters::save_view;
use app::catalogue::catalogue_files::{import_rules, packed};
use app::catalogue::publish_catalogue::{PublishRequest, publish_rules};
use app::catalogue::catalogue_drafts::{begin_draft, change_draft, discard_draft, open_draft};
use app::catalogue::catalogue_dry_run::run_dry;
use app::staff::accounts::{add, by_username, dismiss, let_in, set_one_time_password, set_password};
use app::staff::appointments::{AppointmentDates, appoint_person, change_appointment, end_appointment};
use app::term::decide_exam::decide_exam;
use app::term::deadline_extensions::{end_deadline_extension, extend_deadline, deadline_extensions_of};
use app::term::exceptions::{ExceptionTarget, NewFormException, exceptions, set_form_exception, end_form_exception};
use app::term::terms::{close_term, find_term, save_term};
use domain::catalogue::edit::Edit;
use domain::catalogue::{OfferedTo, RowId, Video};
use domain::dry_run::{BreakKind, Remedy};
use domain::setup::SetupForm;
use domain::id::{AppointmentId, PersonId, CatalogueDraftId, TermId};
use domain::name::{Language, Name};
use domain::notification::{NotificationKind, MailPreference};
use domain::person::{Person, Role};
use domain::term::{ExtensionScope, Term, Uniformity};
use store::{people, sessions};
use testkit::World;
use testkit::sample::{offering, org, person};

const WHY: &str = "Мемлекеттік емтихан";

fn autumn() -> TermId {
    TermId::of(&["autumn"])
}

/// The house is opened, and somebody is added by hand.
pub(crate) fn opening(world: &World) {
    let university = Some(Name {
        kk: "Университет".into(), ru: "Университет".into(), en: "University".into()
    });
    let (username, family_name, given_name) = ("founder".into(), "Негізов".into(), "Ашық".into());
    let founding = SetupForm { university, username, family_name, given_name };
    world.app.write_now(move |desk| found_house(desk, &founding, PASSWORD_HASH)).unwrap();
    let founder = world.app.read_now(|desk| by_username(desk, "founder")).unwrap();
    let guest = Person { id: PersonId::by_hand("guest"), username: "guest".into(), ..founder };
    world.app.write_now(move |desk| add(desk, &guest)).unwrap();
}

/// The day's round: notices because of the date, digests.
fn round(world: &World, time: &str) {
    world.clock.set(time);
    while world.app.write_now(|desk| run_daily_notifications(desk, "node", DailySchedule { hour: 8, has_mail: true })).unwrap() {}
    world.app.write_now(|desk| checkpoint(desk, "node")).unwrap();
}

pub(crate) fn first_days(world: &World) {
    let wishes = [(NotificationKind::Approved, MailPreference::AtOnce), (NotificationKind::Moved, MailPreference::Digest), (NotificationKind::DaysLeft, MailPreference::Off)];
    done(world, "aliya", move |desk, actor| save_wishes(desk, actor, &wishes));
    round(world, "2026-09-01 08:00");
    round(world, "2026-09-02 08:00");
    accounts(world);
    appointments(world);
    terms(world);
    exceptional(world);
}

fn accounts(world: &World) {
    world.clock.set("2026-09-02 09:00");
    done(world, "admin", |desk, actor| let_in(desk, actor, person("medina"), false));
    minute(world);
    done(world, "admin", |desk, actor| let_in(desk, actor, person("medina"), true));
    done(world, "admin", |desk, actor| set_one_time_password(desk, actor, person("saule"), PASSWORD_HASH));
    world.app.write_now(|desk| set_password(desk, "aliya", PASSWORD_HASH)).unwrap();
    done(world, "aliya", |desk, actor| {
        for name in ["signed out", "ended by another password"] {
            sessions::add(desk.tx, token_hash(name), actor.person, desk.now)?;
        }
        sign_out(desk, token_hash("signed out"))?;
        Ok(sessions::add(desk.tx, token(), actor.person, desk.now)?)
    });
    minute(world);
    runtime().block_on(async {
        let door = PasswordSignIn::new().unwrap();
        let Ok(SessionStatus::Alive(who)) = recognise(&world.app, token()).await else { panic!("not signed in") };
        let (new, address) = ("another password", "192.0.2.1");
        door.change_password(&world.app, &who, (PASSWORD, new), address).await.unwrap();
        for username in ["aliya", "nobody"] {
            door.sign_in(&world.app, username, "wrong", "192.0.2.2").await.unwrap_err();
        }
    });
    // The new hash has a salt of its own, so that a fixed one takes its place.
    world.app.write_now(|desk| Ok(people::set_password(desk.tx, person("aliya"), PASSWORD_HASH, false)?)).unwrap();
    world.app.write_now(|desk| Ok(people::set_locale(desk.tx, person("aliya"), Language::Ru)?)).unwrap();
}

fn appointments(world: &World) {
    let terms =
        |from: &str, until: &str| AppointmentDates {
            from: from.parse().ok(), until: until.parse().ok(), order: "№ 17-к".into()
        };
    let appoint = |whom: &'static str, role: Role, unit: &'static str, terms: AppointmentDates| {
        done(world, "registrar", move |desk, actor| {
            appoint_person(desk, actor, person(whom), (Some(role), Some(org(unit))), &terms)?;
            let held = people::appointments_of(desk.tx, person(whom))?;
            Ok(held.into_iter().find(|held| held.role == role).unwrap().id)
        })
    };
    let acting: AppointmentId = appoint("bolat", Role::ActingHead, "CS", terms("2026-09-20", "2026-09-27"));
    let longer = terms("2026-09-20", "2026-09-29");
    done(world, "registrar", move |desk, actor| change_appointment(desk, actor, acting, &longer));
    let over = appoint("saule", Role::DeanOffice, "FIT", AppointmentDates::default());
    done(world, "registrar", move |desk, actor| end_appointment(desk, actor, over));
    world.app.write_now(|desk| dismiss(desk, "clinichead", Role::Head, "CLINIC")).unwrap();
}

fn terms(world: &World) {
    done(world, "registrar", |desk, actor| {
        let spring = find_term(desk, actor, TermId::of(&["spring"]))?;
        let day = |text: &str| text.parse().unwrap();
        let summer = Term {
            id: TermId::of(&["summer"]),
            code: "summer".into(),
            name: Name::same("summer"),
            starts: day("2026-06-01"),
            ends: day("2026-08-20"),
            choose_from: day("2026-06-01"),
            choose_until: day("2026-06-10"),
            approve_until: day("2026-06-20"),
            uniformity: Uniformity::Refused,
            is_kept_here: true,
            ..spring.clone()
        };
        save_term(desk, actor, &summer, true)?;
        close_term(desk, actor, summer.id)?;
        save_term(desk, actor, &Term { uniformity: Uniformity::Ignored, is_kept_here: true, ..spring }, false)
    });
}

fn exceptional(world: &World) {
    let set = |scope: ExceptionTarget, (row, info): (&str, &str)| {
        let wanted = NewFormException { scope, row: RowId(row.into()), info: info.into(), reason: WHY.into() };
        done(world, "registrar", move |desk, actor| set_form_exception(desk, actor, &wanted).map(drop));
    };
    set(ExceptionTarget::Offering(offering("PYT-1")), ("moodle-essay", ""));
    done(world, "registrar", |desk, actor| {
        let set = exceptions(desk, actor, None)?.set[0].set.id;
        end_form_exception(desk, actor, (autumn(), set))
    });
    minute(world);
    set(ExceptionTarget::Code("ANA".into(), None), ("univer-test", ""));
    set(ExceptionTarget::Offering(offering("MAT-1")), ("alt-cert", "Coursera"));
    for (class, has_exam) in [("ALG-7", false), ("PYT-8", false), ("PYT-8", true)] {
        minute(world);
        done(world, "registrar", move |desk, actor| decide_exam(desk, actor, offering(class), (has_exam, WHY)));
    }
}

fn edit(world: &World, id: CatalogueDraftId, edits: Vec<Edit>) {
    for edit in edits {
        minute(world);
        done(world, "registrar", move |desk, actor| {
            let revision = open_draft(desk, actor, id)?.head.revision;
            change_draft(desk, actor, (id, revision), &edit)
        });
    }
}

/// A draft is published, one is thrown away, one is begun and one comes as a file.
pub(crate) fn another_rule_table(world: &World) {
    round(world, "2026-09-10 08:00");
    let begin = |base| done(world, "registrar", move |desk, actor| begin_draft(desk, actor, base));
    let draft = begin(1);
    let mut oral = done(world, "registrar", move |desk, actor| open_draft(desk, actor, draft)).catalogue.rows.clone();
    oral.retain(|row| row.id.0 == "univer-oral");
    let mut oral = oral.remove(0);
    oral.info = None;
    let case = RowId("moodle-case".into());
    edit(world, draft, vec![Edit::Switch(case, false), Edit::ChangeRow(Box::new(oral))]);
    done(world, "registrar", move |desk, actor| {
        let seen = run_dry(desk, actor, draft, Some(&[autumn()]))?.seen;
        let moved = Remedy::Move(RowId("moodle-project".into()));
        let remedies = [(BreakKind::RowGone, moved), (BreakKind::InfoForbidden, Remedy::Return)].into();
        publish_rules(desk, actor, &PublishRequest { draft, terms: vec![autumn()], seen, remedies, reason: WHY.into() })
    });
    minute(world);
    let thrown = begin(1);
    done(world, "registrar", move |desk, actor| discard_draft(desk, actor, thrown));
    minute(world);
    let draft = begin(2);
    let table = done(world, "registrar", move |desk, actor| open_draft(desk, actor, draft)).catalogue;
    let mut essay = table.row(&RowId("moodle-essay".into())).unwrap().clone();
    (essay.minutes, essay.help) = (45, Some(Name::same("45 минут")));
    essay.offered =
        Some(OfferedTo { faculties: vec!["FIT".into()], reason: Name::same("FIT"), note: Name::same("FIT") });
    let url = Some("https://video.uni.example/1".to_owned());
    let video = Video { scope: "moodle".into(), title: Name::same("Видео"), file: None, url, captions: None };
    edit(world, draft, vec![Edit::ChangeRow(Box::new(essay)), Edit::AddVideo(Box::new(video))]);
    minute(world);
    let mut incoming = world.app.vault.begin(1 << 24).unwrap();
    incoming.write(&packed(&world.app, &table).unwrap()).unwrap();
    runtime().block_on(import_rules(&world.app, &world.actor("registrar"), incoming)).unwrap();
}

/// DailySchedule and letters until the window is over.
pub(crate) fn letters_of_the_term(world: &World) {
    post(world, "2026-09-15 10:00");
    done(world, "aliya", |desk, actor| {
        let until = desk.now;
        read_all(desk, actor, until)
    });
    round(world, "2026-09-16 08:00");
    done(world, "registrar", |desk, actor| remind(desk, actor, Some(org("MATH"))));
    post(world, "2026-09-16 08:30");
    for time in ["2026-09-29 08:00", "2026-10-02 08:00", "2026-10-05 08:00"] {
        round(world, time);
    }
}

/// Letters leave: one is taken later, one now, one never; of the others nobody has heard yet.
fn post(world: &World, time: &str) {
    world.clock.set(time);
    let fates = [Delivery::Later("450 busy".into()), Delivery::Sent, Delivery::Never("550 no such user".into())];
    let work = move |desk: &mut UnitOfWork<'_, '_>| {
        for (letter, fate) in take(desk, "node")?.iter().zip(&fates) {
            settle(desk, (letter.id, letter.tries), fate)?;
        }
        Ok(())
    };
    world.app.write_now(work).unwrap();
}

/// What is opened once more, the order, a saved view.
pub(crate) fn last_days(world: &World) {
    world.clock.set("2026-10-05 10:00");
    for scope in [ExtensionScope::Department(org("CS")), ExtensionScope::Department(org("MATH")), ExtensionScope::Offering(offering("ANA-1"))] {
        let until = "2026-10-08".parse().ok();
        done(world, "registrar", move |desk, actor| extend_deadline(desk, actor, (autumn(), scope), (until, WHY)));
    }
    done(world, "registrar", |desk, actor| {
        let opened = deadline_extensions_of(desk, actor, autumn())?;
        let math = opened.iter().find(|one| one.opening.scope == ExtensionScope::Department(org("MATH"))).unwrap();
        end_deadline_extension(desk, actor, (autumn(), math.opening.id))
    });
    for unit in [Some(org("CS")), None] {
        let place = ScopeQuery { term: None, org: unit };
        done(world, "registrar", move |desk, actor| {
            let seen = orders_of(desk, actor, &place)?.draft.fingerprint;
            issue_order(desk, actor, (&place, seen))
        });
    }
    for (who, name) in [("registrar", "Қайтарылғандар"), ("head", "Кафедра")] {
        done(world, who, move |desk, actor| {
            save_view(desk, actor, (&ScopeQuery::default(), name), |_| "state=returned".to_owned())
        });
    }
    done(world, "registrar", |desk, actor| remind(desk, actor, None));
    post(world, "2026-10-05 10:30");
}

/// A form is kept for whoever has to sign in again, and a session is used.
pub(crate) fn last_minute(world: &World) {
    world.app.write_now(|desk| checkpoint(desk, "node")).unwrap();
    world.clock.set("2026-10-05 12:05");
    done(world, "aliya", |desk, actor| {
        let form = RestoredForm { path: "/choices".into(), body: "row=moodle-essay&info=%D2%9A%20'x'".into() };
        restored_form::keep(desk, token(), actor.person, &form)
    });
    world.app.write_now(|desk| set_password(desk, "bolat", PASSWORD_HASH)).unwrap();
}
