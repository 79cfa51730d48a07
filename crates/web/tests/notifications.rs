//! Tests of notifications over HTTP and as emails: the inbox, its settings, reminders, and the public page of approved
//! exams.
#![allow(clippy::disallowed_methods, clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "tests")]

mod visitor;

use app::reviewing::return_choices::return_choices;
use domain::id::{NotificationId, PersonId};
use domain::name::{Language, Name};
use domain::notification::{
    ExamSummary, Notification, NotificationContent, NotificationGroup, NotificationKind, NotificationSubject,
};
use testkit::Exam;
use testkit::sample::{offering, org};
use visitor::{Site, is_whole};
use web::email::email_text;
use web::i18n::Texts;

fn returned(site: &Site) {
    let document = site.world.upload("aliya", "ALG", "ALG programme");
    site.world.send("aliya", &["ALG-1"], Exam::row("moodle-essay"), document).unwrap();
    let seen = site.world.seen(&["ALG-1"]);
    site.world.as_("head", move |work, actor| return_choices(work, actor, &seen, "No <b>instructions</b>")).unwrap();
}

#[test]
fn the_header_counts_what_is_unread_and_the_inbox_says_what_it_is() {
    let site = Site::new();
    returned(&site);
    let mut aliya = site.signed_in("aliya");
    for language in ["kk", "ru", "en"] {
        aliya.get(&format!("/notifications?lang={language}"));
        let page = aliya.get("/notifications").body;
        is_whole(&page, language);
        let (open, close) = if language == "en" { ('“', '”') } else { ('«', '»') };
        assert!(page.contains(&format!("{open}No &#60;b&#62;instructions&#60;/b&#62;{close} – ")), "{page}");
        assert!(page.contains(&format!("href=\"/offerings/{}\"", offering("ALG-1"))));
    }
    assert!(aliya.get("/groups").body.contains("<b><span aria-hidden=\"true\">1</span>"));
    let until = site.world.clock.now().timestamp_millis().to_string();
    assert_eq!(aliya.post("/notifications/read", &[("until", &until)]).location(), "/notifications");
    assert!(!aliya.get("/groups").body.contains("<b><span aria-hidden"));
    assert_eq!(aliya.post("/notifications/read", &[("n", "nonsense")]).status, 404);
}

#[test]
fn settings_keep_what_is_wished_and_pass_over_nonsense() {
    let site = Site::new();
    let mut aliya = site.signed_in("aliya");
    let page = aliya.get("/settings").body;
    is_whole(&page, "settings");
    assert!(page.contains("aliya@uni.example"));
    let preferences = [("wish-approved", "off"), ("wish-returned", "sometimes"), ("wish-x", "off")];
    assert_eq!(aliya.post("/settings", &preferences).location(), "/settings?did=saved");
    let page = aliya.get("/settings?did=saved").body;
    assert_eq!(page.matches("<option value=\"off\" selected>").count(), 1);
    assert!(page.contains("role=\"status\""));
    is_whole(&site.signed_in("auditor").get("/settings").body, "nothing to wish");
}

#[test]
fn the_office_sees_the_letter_in_each_ones_language_before_it_leaves() {
    let site = Site::new();
    let id = PersonId::of(&["saule"]);
    site.world.app.write_now(move |work| speak_russian(work, id)).unwrap();
    let mut office = site.signed_in("office");
    let path = format!("/reminders?org={}", org("MATH"));
    assert!(office.get("/progress").body.contains("href=\"/reminders?org="));
    let page = office.get(&path).body;
    is_whole(&page, "reminders");
    let w = Texts::of(Language::Ru);
    assert!(page.contains(&w.get("notification-reminder")) && page.contains("lang=\"ru\""), "{page}");
    let done = office.post("/reminders", &[("org", &org("MATH").to_string())]);
    assert_eq!(done.location(), format!("{path}&done=1"));
    let after = office.get(&path).body;
    is_whole(&after, "reminded");
    assert!(!after.contains("<details>"));
    assert_eq!(site.signed_in("head").get("/reminders").status, 403);
    assert!(!site.signed_in("head").get("/progress").body.contains("/reminders"));
}

fn speak_russian(work: &mut app::unit_of_work::UnitOfWork<'_, '_>, id: PersonId) -> Result<(), app::failure::Failure> {
    let actor = domain::person::Actor { person: id, short_name: String::new(), appointments: Vec::new() };
    app::access::session::choose_language(work, &actor, Language::Ru)
}

#[test]
fn anybody_reads_a_groups_approved_exams_only_where_the_settings_say_so() {
    let closed = Site::new();
    assert_eq!(closed.stranger().get("/public/exams?group=ALG-1").status, 404);
    let site = Site::with(true);
    returned(&site);
    let document = site.world.upload("aliya", "ALG", "ALG programme");
    site.world.send("aliya", &["ALG-1"], Exam { row: "univer-oral", info: "BigBlueButton" }, document).unwrap();
    let mut stranger = site.stranger();
    let before = stranger.get("/public/exams?group=ALG-1");
    assert_eq!((before.status, before.body.contains("<article")), (200, false));
    site.world.approve("head", &["ALG-1"]).unwrap();
    let after = stranger.get("/public/exams?group=alg-1").body;
    is_whole(&after, "public exams");
    assert!(after.contains("<article") && after.contains("BigBlueButton"));
    assert!(!after.contains("/documents/") && !after.contains("Сынақ-student"));
    is_whole(&stranger.get("/public/exams").body, "no group");
    let page = site.signed_in("student").get("/exams").body;
    is_whole(&page, "exams");
    assert!(page.contains("<details class=\"guide\">"), "what students do stands beside the exam");
}

fn group(kind: NotificationKind) -> NotificationGroup {
    let name = |text: &str| Name { kk: format!("{text} қ"), ru: format!("{text} р"), en: format!("{text} e") };
    let exam = |platform: &str| ExamSummary { platform: name(platform), form: name("Form"), ..ExamSummary::default() };
    let subject =
        |group: &str| NotificationSubject { discipline: name("Algorithms"), group: group.into(), offering: None };
    let about = NotificationContent {
        offerings: vec![subject("CS-1"), subject("CS-2")],
        total: 14,
        by: "Head H.".into(),
        reason: "Why\nnot".into(),
        reason_in: None,
        before: Some(exam("Old")),
        now: Some(exam("New")),
        until: "2026-10-01".parse().ok(),
        unit: (!kind.names_exam()).then(|| name("Unit")),
    };
    let (id, person, at) = (NotificationId::of(&["x"]), PersonId::of(&["x"]), "2026-09-15T04:00:00Z".parse().unwrap());
    NotificationGroup { notification: Notification { id, person, kind, about, at, read_at: None }, ids: vec![id] }
}

#[test]
fn every_letter_is_whole_in_every_language() {
    for language in Language::ALL {
        for kind in NotificationKind::ALL {
            let said = email_text(Texts::of(language), "Somebody", &[group(kind)], "https://exams.example");
            let all = format!("{}\n{}", said.subject, said.body);
            let place = format!("{kind:?} in {language:?}: {all}");
            assert!(!said.subject.contains('\n') && said.subject.chars().count() <= 150, "{place}");
            for leak in ["notice-", "mail-", "{$", "{ $", "wish-", "nobody-decides"] {
                assert!(!all.contains(leak), "{place}");
            }
            assert!(all.contains("https://exams.example/"), "{place}");
        }
        let digest = email_text(
            Texts::of(language),
            "Somebody",
            &[group(NotificationKind::Approved), group(NotificationKind::Changed)],
            "https://x",
        );
        assert!(digest.subject.contains('2') && digest.body.contains("Old") && digest.body.contains("New"));
    }
}
