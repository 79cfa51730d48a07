//! Tests over HTTP that invisible characters are dropped from everything that is typed and from the names of uploaded
//! files, but not from passwords.
#![allow(clippy::disallowed_methods, clippy::unwrap_used, clippy::indexing_slicing, reason = "tests")]

mod visitor;

use domain::choice::Stage;
use domain::id::TermId;
use testkit::files;
use testkit::sample::{discipline, offering, person};
use visitor::{Answer, Site, Visitor};

/// Texts that look empty, or say nothing.
const SAYS_NOTHING: [&str; 16] = [
    "\u{200b}",
    "\u{3164}",
    "\u{2800}",
    "\u{ad}",
    "\u{fe0f}",
    "\u{115f}\u{1160}",
    "\u{202e}",
    "\u{2066}\u{2069}",
    "\u{e0041}",
    "\u{feff}",
    "\u{0}\u{7}",
    "\u{a0}",
    ".",
    "-",
    "…",
    "\u{200b}.\u{200b}",
];

/// Sends the choice form for ALG-1 with an oral exam, in one of the two encodings of a form.
fn oral(visitor: &mut Visitor, path: &str, document: &str, typed: &str, is_multipart: bool) -> Answer {
    let (id, doc) = (offering("ALG-1").to_string(), format!("doc_{}", discipline("ALG")));
    let form = [("o", id.as_str()), ("g", &id), (&doc, document), ("rule", "univer-oral"), ("info_univer-oral", typed)];
    if is_multipart { visitor.post_multipart(path, &form, &[]) } else { visitor.post(path, &form) }
}

#[test]
fn information_that_nobody_can_read_is_missing() {
    let site = Site::new();
    let document = site.world.upload("aliya", "ALG", "ALG programme").to_string();
    let mut aliya = site.signed_in("aliya");
    for typed in SAYS_NOTHING {
        for is_multipart in [false, true] {
            let answer = oral(&mut aliya, "/choices", &document, typed, is_multipart);
            assert_eq!(answer.status, 422, "{typed:?}");
            assert!(answer.body.contains("id=\"e-univer-oral\""), "{typed:?}: the error is beside the field");
            assert!(site.world.choice("ALG-1").current.is_none());
        }
    }
}

#[test]
fn information_is_stored_as_it_is_read() {
    let site = Site::new();
    let document = site.world.upload("aliya", "ALG", "ALG programme").to_string();
    let mut aliya = site.signed_in("aliya");
    let draft = || {
        let read = |work: &mut app::unit_of_work::UnitOfWork<'_, '_>| {
            Ok(store::drafts::find(work.tx, offering("ALG-1"), person("aliya"))?)
        };
        site.world.app.read_now(read).unwrap().map(|draft| draft.info)
    };
    for (typed, stored) in [
        ("Z\u{200b}o\u{202e}om\u{fe0f}", "Zoom"),
        ("\u{2067}MS Teams\u{2069}\u{e0001}", "MS Teams"),
        ("BigBlue\u{ad}Button \u{3164}", "BigBlueButton"),
        ("Веби\u{306}\u{7}екс\u{0}", "Вебйекс"),
        ("бір\r\nекі\u{2028}үш", "бір екі үш"),
    ] {
        for is_multipart in [false, true] {
            assert_eq!(oral(&mut aliya, "/drafts", &document, typed, is_multipart).status, 303);
            assert_eq!(draft().as_deref(), Some(stored), "{typed:?}");
        }
    }
    let answer = oral(&mut aliya, "/choices", &document, "Z\u{200b}oom \u{202e}ә", false);
    assert_eq!(answer.status, 303);
    assert_eq!(site.world.choice("ALG-1").current.unwrap().answer.info, "Zoom ә");
}

#[test]
fn a_reason_that_looks_empty_is_missing_and_a_readable_one_keeps_its_lines() {
    let site = Site::new();
    let document = site.world.upload("aliya", "ALG", "ALG programme");
    site.world.send("aliya", &["ALG-1"], testkit::Exam::row("moodle-essay"), document).unwrap();
    let seen = site.world.seen(&["ALG-1"])[0];
    let shown = format!("{}:{}", seen.offering, seen.fingerprint);
    let mut head = site.signed_in("head");
    for typed in ["\u{200b}", "\u{3164}\u{2800}", "\u{202e} \u{e0041}"] {
        assert_eq!(head.post("/returns", &[("seen", &shown), ("reason", typed)]).status, 422, "{typed:?}");
    }
    let typed = "Бағдарлама\u{202e}ны\r\nжаңартыңыз\u{200b}";
    assert_eq!(head.post("/returns", &[("seen", &shown), ("reason", typed)]).status, 303);
    let Stage::Returned { reason, .. } = site.world.choice("ALG-1").current.unwrap().stage else {
        panic!("not returned")
    };
    assert_eq!(reason, "Бағдарламаны\nжаңартыңыз");
}

#[test]
fn an_uploaded_file_is_called_what_its_name_looks_like() {
    let site = Site::new();
    let mut aliya = site.signed_in("aliya");
    let names = || {
        let read = |work: &mut app::unit_of_work::UnitOfWork<'_, '_>| {
            Ok(store::documents::of_discipline(work.tx, discipline("ALG"))?)
        };
        site.world.app.read_now(read).unwrap().into_iter().map(|document| document.name).collect::<Vec<_>>()
    };
    let id = offering("ALG-1").to_string();
    let field = format!("file_{}", discipline("ALG"));
    for (given, stored) in [
        ("a\u{202e}fdp.exe.pdf", "afdp.exe.pdf"),
        ("Бағдар\u{ad}лама\u{200b} 1.p\u{200d}df", "Бағдарлама 1.pdf"),
        ("и\u{306}од.pdf", "йод.pdf"),
        ("\u{2066}x\u{2069}\u{e0041}\u{fe0f}.pdf", "x.pdf"),
        ("\u{3164}\u{2800}.pdf", "programme.pdf"),
    ] {
        assert_eq!(aliya.upload(discipline("ALG"), given, &files::pdf(stored)).status, 200);
        assert!(names().contains(&stored.to_owned()), "{:?} has {stored}", names());
        let (again, other) = (given.replace(".p", "2.p"), stored.replace(".pdf", "2.pdf"));
        let form = [("o", id.as_str()), ("g", &id)];
        let sent = aliya.post_multipart("/drafts", &form, &[(&field, &again, &files::pdf(&other))]);
        assert_eq!(sent.status, 303);
        assert!(names().contains(&other) || stored == "programme.pdf", "{:?} has {other}", names());
    }
    assert!(names().iter().all(|name| *name == domain::visible_text::visible_line(name)));
}

#[test]
fn names_are_stored_and_found_without_what_cannot_be_seen() {
    let site = Site::new();
    let mut registrar = site.signed_in("registrar");
    let term = [
        ("code", "2027\u{200b}-spring"),
        ("name_kk", "Кө\u{202e}ктем\u{feff}"),
        ("name_ru", "Весна\nбудет"),
        ("name_en", "\u{2066}Spring"),
        ("starts", "2027-01-18"),
        ("ends", "2027-05-10"),
        ("choose_from", "2027-01-18"),
        ("choose_until", "2027-02-18"),
        ("approve_until", "2027-02-25"),
        ("catalogue", "1"),
        ("uniformity", "shown"),
    ];
    let answer = registrar.post("/terms", &term);
    assert_eq!(answer.status, 303, "{}", answer.body);
    let terms = site.world.app.read_now(|work| Ok(store::terms::all(work.tx)?)).unwrap();
    let spring = terms.into_iter().find(|term| term.code == "2027-spring").unwrap();
    assert_ne!(spring.id, TermId::of(&["spring"]));
    assert_eq!([spring.name.kk, spring.name.ru, spring.name.en], ["Көктем", "Весна будет", "Spring"]);
    // Nothing is left of a name that looks empty.
    let empty: Vec<_> =
        term.iter().map(|&(name, value)| (name, if name == "name_kk" { "\u{3164}" } else { value })).collect();
    assert_eq!(registrar.post("/terms", &empty).status, 422);
    assert_eq!(registrar.post("/saved-filters", &[("name", "\u{200b}\u{2800}"), ("state", "returned")]).status, 422);
    // What is searched for need not be typed without them either.
    for found in ["/people?q=ali%E2%80%8Bya", "/people?q=%E2%80%AEaliya"] {
        assert!(
            registrar.get(found).body.contains("aliya@uni.example")
                || registrar.get(found).body.contains("Сынақ-aliya")
        );
    }
}

#[test]
fn a_password_is_taken_as_it_is_typed() {
    let site = Site::new();
    let (old, new) = ("co\u{200b}rrect ho\u{ad}rse", "и\u{306} staple\u{202e} battery");
    site.world.set_password("aliya", old);
    let mut aliya = site.stranger();
    assert_eq!(aliya.sign_in("aliya", "correct horse").status, 401);
    assert_eq!(aliya.sign_in("\u{202e}aliya\u{200b}", old).status, 303, "a username has no invisible characters");
    aliya.get("/password");
    let changed = aliya.post("/password", &[("old", old), ("new", new), ("again", new)]);
    assert!(changed.status < 400, "{}", changed.status);
    assert_eq!(site.stranger().sign_in("aliya", "й staple battery").status, 401);
    assert_eq!(site.stranger().sign_in("aliya", new).status, 303);
}
