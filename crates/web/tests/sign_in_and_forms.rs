//! Tests of the whole site without a network: visitors, forged forms, signing in, expired sessions, uploads, refusals.
#![allow(clippy::disallowed_methods, clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "tests")]

mod visitor;

use app::catalogue_refusal::CatalogueRefusal;
use app::failure::{Failure, Refusal, Stale};
use chrono::TimeDelta;
use domain::answer::AnswerError;
use domain::appointment::AppointmentError;
use domain::catalogue::edit::EditError;
use domain::choice::{ChoiceRefusal, Stage};
use domain::dry_run::BreakKind;
use domain::eligibility::GapReason;
use domain::extension_request::RequestRefusal;
use domain::limits::{INFO_LIMIT, PROGRAMME_SIZE_LIMIT, SESSION_ABSOLUTE_DAYS, SESSION_IDLE_HOURS};
use domain::name::Language;
use domain::password::PasswordError;
use domain::phrase::PhraseError;
use domain::policy::Denied;
use domain::programme::UploadError;
use domain::report::ChoiceState;
use domain::review::Warning;
use domain::roster::Difference;
use domain::roster::undo::ImportConflict;
use domain::saved_filter::SavedFilterError;
use domain::setup::SetupError;
use domain::term::TermError;
use testkit::sample::{discipline, offering};
use testkit::{Exam, World, files};
use visitor::{Site, Visitor};
use web::i18n::Texts;

const READING: &[&str] = &[
    "/",
    "/groups",
    "/queue",
    "/dossier",
    "/progress",
    "/progress/file.csv",
    "/late",
    "/platforms",
    "/comparison",
    "/changes",
    "/orders",
    "/orders/x",
    "/history",
    "/exams",
    "/notifications",
    "/terms",
    "/terms/new",
    "/catalogue/current",
    "/help",
    "/help/moodle",
    "/restored-form",
    "/choose?discipline=x",
    "/offerings/x",
    "/people",
    "/people/x",
    "/gaps",
    "/exceptions",
    "/extension-requests",
    "/phrases",
    "/password",
    "/settings",
    "/catalogue",
    "/catalogue/versions/1",
    "/catalogue/compare",
];
const ACTING: &[&str] = &[
    "/sign-out",
    "/choose",
    "/choices",
    "/choices/undo",
    "/choices/withdrawal",
    "/drafts",
    "/documents",
    "/approvals",
    "/approvals/undo",
    "/returns",
    "/returns/undo",
    "/reopenings",
    "/reopenings/undo",
    "/reopening-requests",
    "/notifications/read",
    "/settings",
    "/settings/sessions/ended",
    "/reminders",
    "/terms",
    "/orders",
    "/deadline-extensions",
    "/deadline-extensions/ended",
    "/extension-requests",
    "/extension-requests/endorsements",
    "/extension-requests/grants",
    "/extension-requests/refusals",
    "/phrases",
    "/phrases/removal",
    "/people/x/appointments",
    "/people/x/account",
    "/people/x/password",
    "/appointments/x",
    "/appointments/x/ended",
    "/password",
    "/exceptions/forms",
    "/exceptions/forms/ended",
    "/exceptions/forms/returns",
    "/offerings/x/exam",
    "/catalogue/drafts",
    "/catalogue/imports",
    "/catalogue/drafts/x/discarding",
    "/catalogue/drafts/x/switches",
    "/catalogue/drafts/x/rows/new",
    "/catalogue/drafts/x/fixes",
    "/catalogue/drafts/x/instructions/general",
    "/catalogue/drafts/x/videos",
    "/catalogue/drafts/x/publication",
];

#[test]
fn a_stranger_gets_nothing_but_the_door() {
    let site = Site::new();
    let mut stranger = site.stranger();
    for path in READING.iter().copied().chain(["/documents/x", "/videos/x.webm"]) {
        let answer = stranger.get(path);
        assert_eq!(answer.status, 303, "{path}");
        assert!(answer.location().starts_with("/sign-in"), "{path}");
    }
    for path in ACTING.iter().copied() {
        let answer = stranger.post(path, &[]);
        assert_eq!((answer.status, answer.location().starts_with("/sign-in")), (303, true), "{path}");
    }
    assert_eq!(stranger.get("/healthz").status, 200);
    assert_eq!(stranger.get("/readyz").status, 200);
    assert_eq!(stranger.get("/nowhere").status, 404);
    assert_eq!(stranger.get("/choices").status, 405);
}

#[test]
fn a_form_from_elsewhere_is_refused_before_anything_else() {
    let site = Site::new();
    let mut aliya = site.signed_in("aliya");
    for origin in [None, Some("https://elsewhere.example"), Some("null"), Some("http://test.example.evil")] {
        aliya.origin = origin.map(str::to_owned);
        for path in ACTING.iter().copied().chain(["/sign-in"]) {
            assert_eq!(aliya.post(path, &[]).status, 403, "{path} from {origin:?}");
        }
    }
    aliya.origin = Some("http://test.example".into());
    let answer = aliya.post_without_csrf("/choices", &[]);
    assert_eq!(answer.status, 403);
    assert_eq!(aliya.get("/groups").status, 200);
}

#[test]
fn every_answer_carries_the_headers() {
    let site = Site::new();
    let mut aliya = site.signed_in("aliya");
    for path in READING.iter().copied().chain(["/nowhere", "/healthz", "/sign-in"]) {
        let answer = aliya.get(path);
        let policy = answer.header("content-security-policy");
        assert!(policy.starts_with("default-src 'none'") && !policy.contains("unsafe"), "{path}: {policy}");
        assert_eq!(answer.header("x-content-type-options"), "nosniff");
        assert_eq!(answer.header("referrer-policy"), "same-origin");
        assert!(!answer.body.contains(" style=") && !answer.body.contains(" onclick="), "{path}");
    }
}

#[test]
fn an_unknown_name_and_a_wrong_password_get_the_same_answer_and_then_a_wait() {
    let site = Site::new();
    site.world.set_password("aliya", "correct horse");
    let mut visitor = site.stranger();
    let wrong = visitor.sign_in("aliya", "wrong");
    let unknown = visitor.sign_in("nobody-at-all", "wrong");
    assert_eq!((wrong.status, unknown.status), (401, 401));
    let plain = |body: &str| body.replace("aliya", "").replace("nobody-at-all", "");
    assert_eq!(plain(&wrong.body), plain(&unknown.body));
    for _ in 0..6 {
        visitor.sign_in("aliya", "wrong");
    }
    assert_eq!(visitor.sign_in("aliya", "correct horse").status, 429);
    site.world.clock.pass(TimeDelta::minutes(6));
    assert_eq!(visitor.sign_in("aliya", "correct horse").status, 303);
}

#[test]
fn signing_out_and_a_new_password_end_sessions() {
    let site = Site::new();
    let mut aliya = site.signed_in("aliya");
    let mut copy = aliya.clone();
    aliya.post("/sign-out", &[]);
    assert_eq!(copy.get("/groups").status, 303);
    let mut again = site.signed_in("aliya");
    assert_eq!(again.get("/groups").status, 200);
    site.world.set_password("aliya", "another one");
    assert_eq!(again.get("/groups").status, 303);
}

#[test]
fn a_session_ends_after_eight_idle_hours_and_after_seven_days() {
    let site = Site::new();
    let mut aliya = site.signed_in("aliya");
    for _ in 0..SESSION_ABSOLUTE_DAYS * 24 / (SESSION_IDLE_HOURS - 1) - 1 {
        site.world.clock.pass(TimeDelta::hours(SESSION_IDLE_HOURS - 1));
        assert_eq!(aliya.get("/groups").status, 200);
    }
    site.world.clock.pass(TimeDelta::hours(SESSION_IDLE_HOURS));
    assert_eq!(aliya.get("/groups").status, 303);
    let mut again = site.signed_in("aliya");
    site.world.clock.pass(TimeDelta::minutes(SESSION_IDLE_HOURS * 60 + 1));
    assert_eq!(again.get("/groups").status, 303);
}

#[test]
fn what_was_typed_when_the_session_ran_out_is_there_again_for_that_person_alone() {
    let site = Site::new();
    let (alg, g) = (offering("ALG-1").to_string(), offering("ALG-1").to_string());
    let form = [("o", alg.as_str()), ("g", g.as_str()), ("rule", "univer-oral"), ("info_univer-oral", "Jitsi")];
    let mut aliya = site.signed_in("aliya");
    site.world.clock.pass(TimeDelta::hours(SESSION_IDLE_HOURS + 1));
    let mut other = aliya.clone();
    let answer = aliya.post("/choices", &form);
    assert_eq!(answer.location(), "/sign-in?next=%2Frestored%2Dform");
    assert!(site.world.choice("ALG-1").current.is_none(), "nothing is carried out");

    site.world.set_password("bolat", "correct horse");
    other.sign_in("bolat", "correct horse");
    assert_eq!(other.get("/restored-form").location(), "/");

    let mut aliya = site.signed_in("aliya");
    site.world.clock.pass(TimeDelta::hours(SESSION_IDLE_HOURS + 1));
    aliya.post("/choices", &form);
    aliya.sign_in("aliya", "correct horse");
    let shown = aliya.get("/restored-form");
    assert_eq!(shown.status, 200);
    assert!(shown.body.contains("value=\"Jitsi\"") && shown.body.contains("value=\"univer-oral\" checked"));
    // The restored form can be opened again, for example in another language; after half an hour it is deleted.
    assert!(aliya.get("/restored-form").body.contains("value=\"Jitsi\""));
    site.world.clock.pass(TimeDelta::minutes(31));
    assert_eq!(aliya.get("/restored-form").location(), "/");
}

#[test]
fn a_form_with_passwords_is_never_stored() {
    let site = Site::new();
    let mut aliya = site.signed_in("aliya");
    let form = [("old", "correct horse"), ("new", "seven green trams"), ("again", "seven green trams")];
    let mut other_tab = aliya.clone();
    other_tab.sign_in("aliya", "correct horse");
    other_tab.csrf = aliya.csrf.clone();
    assert_eq!(other_tab.post("/password", &form).location(), "/password", "a page of an earlier session");
    assert_eq!(other_tab.get("/restored-form").location(), "/");
    site.world.clock.pass(TimeDelta::hours(SESSION_IDLE_HOURS + 1));
    let mut expired = site.signed_in("aliya");
    site.world.clock.pass(TimeDelta::hours(SESSION_IDLE_HOURS + 1));
    assert_eq!(expired.post("/password", &form).location(), "/sign-in?next=%2Fpassword");
    expired.sign_in("aliya", "correct horse");
    assert_eq!(expired.get("/restored-form").location(), "/");
    assert_eq!(aliya.sign_in("aliya", "correct horse").status, 303, "the password is still the old one");
}

#[test]
fn a_cookie_that_names_no_session_keeps_nothing() {
    let site = Site::new();
    let mut forger = site.stranger();
    forger.cookies.insert("emtihan".into(), "00".repeat(32));
    assert_eq!(forger.post("/choices", &[("rule", "x")]).location(), "/sign-in");
}

#[test]
fn nobody_is_led_away_from_this_site() {
    let site = Site::new();
    let mut visitor = site.stranger();
    assert_eq!(visitor.get("//evil.example/?lang=ru").location(), "/");
    site.world.set_password("aliya", "correct horse");
    for next in ["//evil.example", "https://evil.example", "/\\evil.example"] {
        let mut visitor = site.stranger();
        assert_eq!(visitor.sign_in_to("aliya", "correct horse", next).location(), "/", "{next}");
    }
    let mut visitor = site.stranger();
    assert_eq!(visitor.sign_in_to("aliya", "correct horse", "/catalogue/current").location(), "/catalogue/current");
}

#[test]
fn the_language_is_remembered_and_taken_over_at_the_sign_in() {
    let site = Site::new();
    let mut aliya = site.signed_in("aliya");
    assert!(aliya.get("/groups").body.contains("<html lang=\"kk\">"));
    assert_eq!(aliya.get("/groups?lang=ru&did=draft").location(), "/groups?did=draft");
    assert!(aliya.get("/groups").body.contains("<html lang=\"ru\">"));
    // A language chosen on the sign-in page is used after signing in and stored with the person.
    let mut at_the_door = site.stranger();
    at_the_door.get("/sign-in?lang=en");
    at_the_door.sign_in("aliya", "correct horse");
    assert!(at_the_door.get("/groups").body.contains("<html lang=\"en\">"));
    assert!(site.signed_in("aliya").get("/groups").body.contains("<html lang=\"en\">"));
    let mut english = site.stranger();
    english.accept_language = Some("de, en-GB;q=0.9, ru;q=0.5".into());
    assert!(english.get("/sign-in").body.contains("<html lang=\"en\">"));
}

/// Sends the choice form for the student group ALG-1 with a programme from the dossier of its discipline.
fn filled(site: &Site, visitor: &mut Visitor, rule: &str, extra: &[(&str, &str)]) -> visitor::Answer {
    let document = site.world.upload("aliya", "ALG", "ALG programme").to_string();
    let (id, doc) = (offering("ALG-1").to_string(), format!("doc_{}", discipline("ALG")));
    let mut form = vec![("o", id.as_str()), ("g", id.as_str()), ("rule", rule), (doc.as_str(), document.as_str())];
    form.extend(extra);
    visitor.post("/choices", &form)
}

#[test]
fn a_wrong_form_comes_back_with_everything_typed_and_words_beside_the_field() {
    let site = Site::new();
    let mut aliya = site.signed_in("aliya");
    let answer = filled(&site, &mut aliya, "univer-oral", &[("info_univer-oral", "  ")]);
    assert_eq!(answer.status, 422);
    assert!(answer.body.contains("data-error-summary") && answer.body.contains("aria-invalid=\"true\""));
    assert!(answer.body.contains("value=\"univer-oral\" checked"));
    let long = "ы".repeat(INFO_LIMIT + 1);
    let answer = filled(&site, &mut aliya, "univer-oral", &[("info_univer-oral", &long)]);
    assert!(answer.status == 422 && answer.body.contains(&long));
    // Additional information in the field of a catalogue row that is not selected is ignored.
    let answer = filled(&site, &mut aliya, "moodle-essay", &[("info_univer-oral", "Zoom")]);
    assert_eq!(answer.status, 303);
    assert_eq!(site.world.choice("ALG-1").current.unwrap().answer.info, "");
    let answer = filled(&site, &mut aliya, "moodle-test", &[("info_moodle-test", "Zoom")]);
    assert_eq!(answer.status, 422);
}

#[test]
fn a_change_meanwhile_is_409_with_both_versions_and_nothing_typed_is_lost() {
    let site = Site::new();
    let mut aliya = site.signed_in("aliya");
    filled(&site, &mut aliya, "moodle-essay", &[]);
    let seen = format!("v_{}", offering("ALG-1"));
    let answer = filled(&site, &mut aliya, "moodle-case", &[(seen.as_str(), "0")]);
    assert_eq!(answer.status, 409);
    assert!(answer.body.contains("value=\"moodle-case\" checked") && answer.body.contains("Эссе"));
    let answer = filled(&site, &mut aliya, "moodle-case", &[(seen.as_str(), "1")]);
    assert_eq!(answer.status, 303);
}

#[test]
fn a_stale_approval_shows_the_difference_and_approves_nothing() {
    let site = Site::new();
    let (mut aliya, mut head) = (site.signed_in("aliya"), site.signed_in("head"));
    filled(&site, &mut aliya, "moodle-essay", &[]);
    let seen = site.world.seen(&["ALG-1"])[0];
    let shown = format!("{}:{}", seen.offering, seen.fingerprint);
    let version = format!("v_{}", offering("ALG-1"));
    filled(&site, &mut aliya, "moodle-project", &[(version.as_str(), "1")]);
    let answer = head.post("/approvals", &[("seen", &shown)]);
    assert_eq!(answer.status, 409);
    assert!(answer.body.contains("Эссе") && answer.body.contains("Жоба"));
    assert_eq!(site.world.choice("ALG-1").current.unwrap().stage, Stage::InReview);
    assert_eq!(head.post("/approvals", &[("seen", "nonsense")]).status, 404);
    assert_eq!(head.post("/approvals", &[]).status, 422);
}

#[test]
fn files_are_judged_by_content_and_what_is_refused_is_not_kept() {
    let site = Site::new();
    let mut aliya = site.signed_in("aliya");
    let mut large = files::pdf("large");
    large.resize(usize::try_from(PROGRAMME_SIZE_LIMIT).unwrap() + 1, b' ');
    for (name, bytes, code) in [
        ("empty.pdf", Vec::new(), "file-empty"),
        ("text.pdf", b"just words".to_vec(), "file-wrong-kind"),
        ("cut.pdf", files::pdf("cut")[..60].to_vec(), "file-damaged"),
        ("large.pdf", large, "file-too-large"),
    ] {
        let answer = aliya.upload(discipline("ALG"), name, &bytes);
        assert_eq!(answer.status, 422, "{name}");
        assert!(answer.body.contains(&Texts::of(Language::Kk).code("refused", code)), "{name}");
    }
    let left = std::fs::read_dir(site.world.folder.path().join("documents")).unwrap();
    let vault: Vec<_> = left.map(|entry| entry.unwrap().file_name()).filter(|name| name != "incoming").collect();
    // The catalogue's video and its captions are the only files in the document vault.
    let documents = site.world.as_("aliya", |work, _| Ok(store_documents(work))).unwrap();
    assert_eq!((vault.len() <= 4, documents), (true, 0));
    let answer = aliya.upload(discipline("ALG"), "Бағдарлама \"1\".PDF", &files::pdf("good"));
    assert_eq!(answer.status, 200);
    assert!(answer.body.contains("Бағдарлама 1.pdf"));
    assert_eq!(aliya.upload(discipline("ANA"), "x.pdf", &files::pdf("good")).status, 404);
}

fn store_documents(work: &mut app::unit_of_work::UnitOfWork<'_, '_>) -> usize {
    store::documents::of_discipline(work.tx, discipline("ALG")).unwrap().len()
}

#[test]
fn a_document_is_an_attachment_in_a_sandbox_and_strangers_to_it_find_nothing() {
    let site = Site::new();
    let document = site.world.upload("aliya", "ALG", "Емтихан бағдарламасы");
    let (mut aliya, mut saule) = (site.signed_in("aliya"), site.signed_in("saule"));
    let answer = aliya.get(&format!("/documents/{document}"));
    assert_eq!(
        (answer.status, answer.header("content-security-policy")),
        (200, "default-src 'none'; base-uri 'none'; frame-ancestors 'none'; sandbox")
    );
    let disposition = answer.header("content-disposition");
    assert!(disposition.starts_with("attachment") && disposition.contains("UTF-8''%D0%95"), "{disposition}");
    let shown = aliya.get(&format!("/documents/{document}?view=1"));
    assert!(shown.header("content-disposition").starts_with("inline"));
    assert_eq!(saule.get(&format!("/documents/{document}")).status, 404);
    assert_eq!(saule.get(&format!("/offerings/{}", offering("ALG-1"))).status, 404);
    assert_eq!(saule.get(&format!("/choose?o={}", offering("ALG-1"))).status, 404);
}

#[test]
fn what_cannot_be_done_now_is_said_and_a_fault_gets_a_number() {
    let site = Site::new();
    let mut aliya = site.signed_in("aliya");
    std::fs::remove_dir_all(site.world.folder.path().join("documents")).unwrap();
    let answer = aliya.upload(discipline("ALG"), "x.pdf", &files::pdf("good"));
    assert_eq!((answer.status, answer.header("retry-after")), (503, "5"));
    assert_eq!(aliya.get("/readyz").status, 503);
    site.world.app.store.write_now(|tx| tx.change("DROP TABLE drafts", &[])).unwrap();
    let answer = aliya.get("/groups");
    assert_eq!(answer.status, 500);
    assert!(answer.body.contains("<code>") && !answer.body.contains("drafts"), "no inner words on the page");
}

#[test]
fn every_code_has_words_in_three_languages() {
    let mut codes: Vec<&str> = AnswerError::ALL.iter().map(|wrong| wrong.code()).collect();
    codes.extend(ChoiceRefusal::ALL.iter().map(|refused| refused.code()));
    codes.extend(Denied::ALL.iter().map(|denied| denied.code()));
    codes.extend(UploadError::ALL.iter().map(|unfit| unfit.code()));
    codes.extend(TermError::ALL.iter().map(|wrong| wrong.code()));
    codes.extend(AppointmentError::ALL.iter().map(|wrong| wrong.code()));
    codes.extend(SetupError::OWN.iter().map(|wrong| wrong.code()));
    codes.extend(PasswordError::ALL.iter().map(|wrong| wrong.code()));
    codes.extend([Stale::LastOfRole, Stale::AppointmentOver, Stale::NotAsSet].iter().map(Stale::code));
    codes.push(Refusal::DisciplineUnknown.code());
    codes.extend(PhraseError::ALL.iter().map(|wrong| wrong.code()));
    codes.extend(RequestRefusal::ALL.iter().map(|refused| refused.code()));
    codes.extend(EditError::ALL.iter().map(|wrong| wrong.code()));
    codes.extend(SavedFilterError::ALL.iter().map(|wrong| wrong.code()));
    codes.extend(CatalogueRefusal::ALL.iter().map(|wrong| wrong.code()));
    codes.extend([Stale::NotUniform, Stale::TermRuns, Stale::DryRunChanged, Stale::Lost].iter().map(Stale::code));
    codes.extend(ImportConflict::ALL.iter().map(|moved| moved.code()));
    codes.extend([Stale::NotUniform, Stale::TermRuns, Stale::OrderChanged, Stale::Lost].iter().map(Stale::code));
    codes.extend([Refusal::OrderEmpty, Refusal::TooManyLines].iter().map(Refusal::code));
    codes.extend([Failure::NotFound, Failure::NoTerm, Failure::Broken(String::new())].iter().map(Failure::code));
    for language in Language::ALL {
        let texts = Texts::of(language);
        for code in &codes {
            assert!(texts.has(&format!("refused-{code}")), "{code} in {}", language.code());
        }
        assert!(Warning::ALL.iter().all(|warning| texts.has(&format!("warn-{}", warning.code()))));
        assert!(GapReason::ALL.iter().all(|why| texts.has(&format!("gap-{}", why.code()))));
        assert!(BreakKind::ALL.iter().all(|how| texts.has(&format!("break-{}", how.code()))));
        assert!(ChoiceState::ALL.iter().all(|state| texts.has(&format!("stage-{}", state.code()))));
    }
    assert_eq!(Difference::default().new, 0);
}

#[test]
fn every_page_is_whole_in_three_languages() {
    let site = Site::new();
    let document = site.world.upload("aliya", "ALG", "ALG programme");
    site.world.send("aliya", &["ALG-1"], Exam { row: "univer-oral", info: "Zoom" }, document).unwrap();
    site.world.send("bolat", &["ALG-2"], Exam::row("moodle-essay"), document).unwrap();
    site.world.approve("head", &["ALG-2"]).unwrap();
    let (alg, both) = (offering("ALG-1"), format!("/choose?o={}&o={}", offering("ALG-1"), offering("PYT-1")));
    let view = format!("/offerings/{alg}");
    let person = format!("/people/{}", testkit::sample::person("aliya"));
    let autumn = format!("/terms/{}", domain::id::TermId::of(&["autumn"]));
    let pages = [
        (
            "aliya",
            vec![
                "/groups",
                "/dossier",
                "/catalogue/current",
                "/help",
                "/help/univer-oral",
                both.as_str(),
                view.as_str(),
            ],
        ),
        ("head", vec!["/queue", view.as_str()]),
        ("registrar", vec!["/progress", "/terms", "/terms/new", "/imports", autumn.as_str(), view.as_str()]),
        ("admin", vec!["/people", "/people?q=qa&role=head", person.as_str(), "/exceptions", "/password"]),
        ("dean", vec!["/gaps", "/progress"]),
        ("office", vec!["/progress", "/progress?state=in-review"]),
        ("student", vec!["/exams"]),
    ];
    for (who, paths) in pages {
        let mut visitor = site.signed_in(who);
        for language in Language::ALL {
            visitor.cookies.insert("lang".into(), language.code().into());
            for path in &paths {
                let answer = visitor.get(path);
                assert_eq!(answer.status, 200, "{who} {path}");
                visitor::is_whole(&answer.body, &format!("{who} {path} {}", language.code()));
            }
        }
    }
}

#[test]
fn the_shipped_words_are_read_without_a_complaint() {
    let world = World::sqlite();
    drop(world);
    for language in Language::ALL {
        let texts = Texts::of(language);
        assert_ne!(texts.get("brand"), "brand");
        assert!(!texts.with("deadline", "date", "x").contains('{'));
    }
}
