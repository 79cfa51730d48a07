//! The acts of the registrar's office and other offices in the stored scenario: accounts, appointments, terms,
//! catalogues, exceptions, emails, orders (decrees).

use super::{PASSWORD, PASSWORD_HASH, done, minute, runtime, token};
use app::access::change_password::PasswordChange;
use app::access::restored_form;
use app::access::restored_form::RestoredForm;
use app::access::session::{SessionClaim, sign_out, token_hash};
use app::access::setup::set_up;
use app::access::sign_in::{Client, Credentials, PasswordSignIn};
use app::catalogue::catalogue_drafts::{ShownDraft, begin_draft, change_draft, discard_draft, open_draft};
use app::catalogue::catalogue_dry_run::run_dry;
use app::catalogue::catalogue_files::{import_catalogue, packed};
use app::catalogue::publish_catalogue::{PublishRequest, publish_catalogue};
use app::history::checkpoint::checkpoint;
use app::notifications::daily_notifications::{DailySchedule, run_daily_notifications};
use app::notifications::inbox::{read_all, save_mail_preferences};
use app::notifications::mail_queue::{Delivery, record_delivery, take};
use app::notifications::remind::remind;
use app::reports::orders::{issue_order, orders_of};
use app::reports::report_scope::ScopeQuery;
use app::reports::saved_filters::save_filter;
use app::staff::accounts::{add, by_username, dismiss, set_account_enabled, set_one_time_password, set_password};
use app::staff::appointments::{AppointmentDates, NewAppointment, appoint_person, change_appointment, end_appointment};
use app::term::deadline_extensions::{
    NewDeadlineExtension, deadline_extensions_of, end_deadline_extension, extend_deadline,
};
use app::term::decide_exam::decide_exam;
use app::term::exceptions::{ExceptionTarget, NewFormException, end_form_exception, exceptions, set_form_exception};
use app::term::extension_requests::{ask_for_extension, decline_requests, endorse_requests, grant_requests};
use app::term::terms::{close_term, find_term, save_term};
use app::unit_of_work::UnitOfWork;
use domain::catalogue::edit::Edit;
use domain::catalogue::{OfferedTo, RowId, Video};
use domain::dry_run::{BreakKind, Remedy};
use domain::id::{AppointmentId, CatalogueDraftId, PersonId, TermId};
use domain::name::{Language, Name};
use domain::notification::{KindPreference, MailPreference, NotificationKind};
use domain::password::OneTimeHours;
use domain::person::{Person, Role};
use domain::setup::SetupForm;
use domain::term::{ExtensionScope, Term, Uniformity};
use store::sessions::SessionOrigin;
use store::{known_places, passwords, people, sessions};
use testkit::World;
use testkit::sample::{offering, org, person};

const WHY: &str = "Мемлекеттік емтихан";

fn autumn() -> TermId {
    TermId::of(&["autumn"])
}

/// Performs the first-run setup of the university and adds a person by hand.
pub(crate) fn deadline_extension(world: &World) {
    let university = Some(Name {
        kk: "Университет".into(), ru: "Университет".into(), en: "University".into()
    });
    let (username, family_name, given_name) = ("founder".into(), "Негізов".into(), "Ашық".into());
    let founding = SetupForm { university, username, family_name, given_name };
    world.app.write_now(move |work| set_up(work, &founding, PASSWORD_HASH)).unwrap();
    let founder = world.app.read_now(|work| by_username(work, "founder")).unwrap();
    let guest = Person { id: PersonId::by_hand("guest"), username: "guest".into(), ..founder };
    world.app.write_now(move |work| add(work, &guest)).unwrap();
}

/// Creates the daily notifications: notifications that depend on the date, and digest emails.
fn round(world: &World, time: &str) {
    world.clock.set(time);
    while world
        .app
        .write_now(|work| run_daily_notifications(work, "node", DailySchedule { hour: 8, has_mail: true }))
        .unwrap()
    {}
    world.app.write_now(|work| checkpoint(work, "node")).unwrap();
}

pub(crate) fn first_days(world: &World) {
    let preferences = [
        (NotificationKind::Approved, MailPreference::AtOnce),
        (NotificationKind::Moved, MailPreference::Digest),
        (NotificationKind::DaysLeft, MailPreference::Off),
    ]
    .map(|(kind, preference)| KindPreference { kind, preference });
    done(world, "aliya", move |work, actor| save_mail_preferences(work, actor, &preferences));
    round(world, "2026-09-01 08:00");
    round(world, "2026-09-02 08:00");
    accounts(world);
    appointments(world);
    terms(world);
    exceptional(world);
}

fn accounts(world: &World) {
    world.clock.set("2026-09-02 09:00");
    done(world, "admin", |work, actor| set_account_enabled(work, actor, person("medina"), false));
    minute(world);
    done(world, "admin", |work, actor| set_account_enabled(work, actor, person("medina"), true));
    done(world, "admin", |work, actor| {
        set_one_time_password(work, actor, person("saule"), PASSWORD_HASH, OneTimeHours::default())
    });
    world.app.write_now(|work| set_password(work, "aliya", PASSWORD_HASH)).unwrap();
    done(world, "aliya", |work, actor| {
        let origin = SessionOrigin { address: "192.0.2.1".into(), user_agent: "Firefox/141.0".into() };
        for name in ["signed out", "ended by another password", "before another password"] {
            sessions::add(work.tx, token_hash(name), actor.person, &origin, work.now)?;
        }
        sign_out(work, token_hash("signed out"))
    });
    minute(world);
    runtime().block_on(async {
        let door = PasswordSignIn::new().unwrap();
        let claim = SessionClaim { token: token_hash("before another password"), may_skip_password_change: false };
        let new = "another password";
        door.change_password(&world.app, claim, PasswordChange { old: PASSWORD, new }).await.unwrap();
        let client = Client { address: "192.0.2.2".into(), ..Client::default() };
        for username in ["aliya", "nobody"] {
            let typed = Credentials { username, password: "wrong" };
            door.sign_in(&world.app, typed, &client).await.unwrap_err();
        }
    });
    // The new password hash has a random salt and the new session a random token, so fixed ones replace them.
    let fixed = world.app.write_now(|work| {
        let sql = "UPDATE sessions SET token_hash = $1 WHERE ended_at IS NULL";
        work.tx.change_one(sql, &[&token().0.as_slice()])?;
        known_places::put(work.tx, "address:192.0.2.1", person("aliya"), work.now)?;
        Ok(passwords::set(work.tx, person("aliya"), PASSWORD_HASH)?)
    });
    fixed.unwrap();
    world.app.write_now(|work| Ok(people::set_locale(work.tx, person("aliya"), Language::Ru)?)).unwrap();
}

fn appointments(world: &World) {
    let terms = |from: &str, until: &str| AppointmentDates {
        from: from.parse().ok(),
        until: until.parse().ok(),
        order: "№ 17-к".into(),
    };
    let appoint = |whom: &'static str, role: Role, unit: &'static str, terms: AppointmentDates| {
        done(world, "registrar", move |work, actor| {
            let new = NewAppointment { role: Some(role), org: Some(org(unit)), dates: terms.clone() };
            appoint_person(work, actor, person(whom), &new)?;
            let stored = people::appointments_of(work.tx, person(whom))?;
            Ok(stored.into_iter().find(|stored| stored.role == role).unwrap().id)
        })
    };
    let acting: AppointmentId = appoint("bolat", Role::ActingHead, "CS", terms("2026-09-20", "2026-09-27"));
    let longer = terms("2026-09-20", "2026-09-29");
    done(world, "registrar", move |work, actor| change_appointment(work, actor, acting, &longer));
    let over = appoint("saule", Role::DeanOffice, "FIT", AppointmentDates::default());
    done(world, "registrar", move |work, actor| end_appointment(work, actor, over));
    world.app.write_now(|work| dismiss(work, "clinichead", Role::Head, "CLINIC")).unwrap();
}

fn terms(world: &World) {
    done(world, "registrar", |work, actor| {
        let spring = find_term(work, actor, TermId::of(&["spring"]))?;
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
            escalate_after: Some(5),
            is_kept_here: true,
            ..spring.clone()
        };
        save_term(work, actor, &summer, true)?;
        close_term(work, actor, summer.id)?;
        save_term(work, actor, &Term { uniformity: Uniformity::Ignored, is_kept_here: true, ..spring }, false)
    });
}

fn exceptional(world: &World) {
    let set = |scope: ExceptionTarget, (row, info): (&str, &str)| {
        let wanted = NewFormException { scope, row: RowId(row.into()), info: info.into(), reason: WHY.into() };
        done(world, "registrar", move |work, actor| set_form_exception(work, actor, &wanted).map(drop));
    };
    set(ExceptionTarget::Offering(offering("PYT-1")), ("moodle-essay", ""));
    done(world, "registrar", |work, actor| {
        let set = exceptions(work, actor, None)?.set[0].set.id;
        end_form_exception(work, actor, autumn(), set)
    });
    minute(world);
    set(ExceptionTarget::Code("ANA".into(), None), ("univer-test", ""));
    set(ExceptionTarget::Offering(offering("MAT-1")), ("alt-cert", "Coursera"));
    for (class, has_exam) in [("ALG-7", false), ("PYT-8", false), ("PYT-8", true)] {
        minute(world);
        done(world, "registrar", move |work, actor| decide_exam(work, actor, offering(class), has_exam, WHY));
    }
}

fn edit(world: &World, id: CatalogueDraftId, edits: Vec<Edit>) {
    for edit in edits {
        minute(world);
        done(world, "registrar", move |work, actor| {
            let revision = open_draft(work, actor, id)?.head.revision;
            change_draft(work, actor, ShownDraft { id, revision }, &edit)
        });
    }
}

/// Publishes a catalogue draft, discards one, begins one, and imports one from a file.
pub(crate) fn another_rule_table(world: &World) {
    round(world, "2026-09-10 08:00");
    let begin = |base| done(world, "registrar", move |work, actor| begin_draft(work, actor, base));
    let draft = begin(1);
    let mut oral = done(world, "registrar", move |work, actor| open_draft(work, actor, draft)).catalogue.rows.clone();
    oral.retain(|row| row.id.0 == "univer-oral");
    let mut oral = oral.remove(0);
    oral.info = None;
    let case = RowId("moodle-case".into());
    edit(world, draft, vec![Edit::Switch(case, false), Edit::ChangeRow(Box::new(oral))]);
    done(world, "registrar", move |work, actor| {
        let seen = run_dry(work, actor, draft, Some(&[autumn()]))?.seen;
        let moved = Remedy::Move(RowId("moodle-project".into()));
        let remedies = [(BreakKind::RowGone, moved), (BreakKind::InfoForbidden, Remedy::Return)].into();
        publish_catalogue(
            work,
            actor,
            &PublishRequest { draft, terms: vec![autumn()], seen, remedies, reason: WHY.into() },
        )
    });
    minute(world);
    let thrown = begin(1);
    done(world, "registrar", move |work, actor| discard_draft(work, actor, thrown));
    minute(world);
    let draft = begin(2);
    let table = done(world, "registrar", move |work, actor| open_draft(work, actor, draft)).catalogue;
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
    runtime().block_on(import_catalogue(&world.app, world.claim("registrar"), incoming)).unwrap();
}

/// Creates daily notifications and sends emails until the window for choosing has closed.
pub(crate) fn letters_of_the_term(world: &World) {
    post(world, "2026-09-15 10:00");
    done(world, "aliya", |work, actor| {
        let until = work.now;
        read_all(work, actor, until)
    });
    round(world, "2026-09-16 08:00");
    done(world, "registrar", |work, actor| remind(work, actor, Some(org("MATH"))));
    post(world, "2026-09-16 08:30");
    for time in ["2026-09-29 08:00", "2026-10-02 08:00", "2026-10-05 08:00"] {
        round(world, time);
    }
}

/// Processes the mail queue: one email is delayed, one sent, one given up; the others have no result yet.
fn post(world: &World, time: &str) {
    world.clock.set(time);
    let fates = [Delivery::Later("450 busy".into()), Delivery::Sent, Delivery::Never("550 no such user".into())];
    let task = move |work: &mut UnitOfWork<'_, '_>| {
        for (letter, fate) in take(work, "node")?.iter().zip(&fates) {
            record_delivery(work, letter.id, letter.tries, fate)?;
        }
        Ok(())
    };
    world.app.write_now(task).unwrap();
}

/// Makes requests to extend the deadline: one that is endorsed and waits, one that is declined, one that is granted.
fn requests(world: &World) {
    world.clock.set("2026-10-02 10:00");
    let ask = |who: &str, class: &'static str| {
        done(world, who, move |work, actor| ask_for_extension(work, actor, &[offering(class)], WHY));
        world.clock.pass(chrono::TimeDelta::minutes(1));
    };
    let waiting = || world.app.read_now(|work| Ok(store::extension_requests::waiting(work.tx)?[0].id)).unwrap();
    ask("saule", "MAT-1");
    let id = waiting();
    done(world, "registrar", move |work, actor| decline_requests(work, actor, &[id], WHY));
    ask("saule", "MAT-1");
    let (id, until) = (waiting(), "2026-10-03".parse().ok());
    done(world, "registrar", move |work, actor| grant_requests(work, actor, &[id], until));
    ask("aliya", "PYT-8");
    let id = waiting();
    done(world, "head", move |work, actor| endorse_requests(work, actor, &[id]));
}

/// Adds another deadline extension, an order (a decree), and a saved filter.
pub(crate) fn last_days(world: &World) {
    requests(world);
    world.clock.set("2026-10-05 10:00");
    for scope in [
        ExtensionScope::Department(org("CS")),
        ExtensionScope::Department(org("MATH")),
        ExtensionScope::Offering(offering("ANA-1")),
    ] {
        let until = "2026-10-08".parse().ok();
        done(world, "registrar", move |work, actor| {
            extend_deadline(work, actor, NewDeadlineExtension { term: autumn(), scope, until, reason: WHY })
        });
    }
    done(world, "registrar", |work, actor| {
        let opened = deadline_extensions_of(work, actor, autumn())?;
        let math =
            opened.iter().find(|one| one.deadline_extension.scope == ExtensionScope::Department(org("MATH"))).unwrap();
        end_deadline_extension(work, actor, autumn(), math.deadline_extension.id)
    });
    for unit in [Some(org("CS")), None] {
        let place = ScopeQuery { term: None, org: unit };
        done(world, "registrar", move |work, actor| {
            let seen = orders_of(work, actor, &place)?.draft.fingerprint;
            issue_order(work, actor, &place, seen)
        });
    }
    for (who, name) in [("registrar", "Қайтарылғандар"), ("head", "Кафедра")] {
        done(world, who, move |work, actor| {
            save_filter(work, actor, &ScopeQuery::default(), name, |_| "state=returned".to_owned())
        });
    }
    done(world, "registrar", |work, actor| remind(work, actor, None));
    post(world, "2026-10-05 10:30");
}

/// Stores a web form for a person who has to sign in again, and uses a session.
pub(crate) fn last_minute(world: &World) {
    world.app.write_now(|work| checkpoint(work, "node")).unwrap();
    world.clock.set("2026-10-05 12:05");
    done(world, "aliya", |work, actor| {
        let form = RestoredForm { path: "/choices".into(), body: "row=moodle-essay&info=%D2%9A%20'x'".into() };
        restored_form::save(work, token(), actor.person, &form)
    });
    world.app.write_now(|work| set_password(work, "bolat", PASSWORD_HASH)).unwrap();
}
