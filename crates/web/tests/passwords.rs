//! Tests of new passwords over HTTP: those that are guessed first are refused beside their field, in every language.
#![allow(clippy::disallowed_methods, clippy::unwrap_used, clippy::indexing_slicing, reason = "tests")]

mod visitor;

use domain::name::Language;
use testkit::World;
use testkit::sample::org;
use visitor::{Site, is_whole};
use web::i18n::Texts;

const OLD: &str = "correct horse";

/// Gives the sample university a name.
fn name_university(world: &World) {
    let named = world.app.write_now(|work| {
        let mut unit = store::orgs::all(work.tx)?.into_iter().find(|unit| unit.id == org("UNI")).unwrap();
        unit.name.ru = "Университет «Қыран»".into();
        unit.code = "KyranU".into();
        Ok(store::orgs::put(work.tx, &unit)?)
    });
    named.unwrap();
}

#[test]
fn a_password_that_is_guessed_first_is_refused_with_its_reason_in_every_language() {
    let site = Site::new();
    name_university(&site.world);
    let mut aliya = site.signed_in("aliya");
    for (new, code) in [
        ("12345678", "password-too-short"),
        ("password", "password-too-short"),
        ("        ", "password-too-short"),
        ("student1", "password-too-short"),
        ("nine char", "password-too-short"),
        ("          ", "password-repetitive"),
        ("ааааааааааа", "password-repetitive"),
        ("1234567890", "password-sequence"),
        ("йцукенгшщз", "password-sequence"),
        ("Aliya-20262027", "password-username"),
        ("ЕМТИХАН 2026", "password-product"),
        ("emtihan-emtihan!", "password-product"),
        ("emtihan2026!", "password-product"),
        ("kyranu20262026", "password-university"),
        ("университет «ҚЫРАН» 1", "password-university"),
        ("password123", "password-common"),
        ("ＰＡＳＳＷＯＲＤ１２３", "password-common"),
        ("Iloveyou123!", "password-common"),
        ("student12345", "password-common"),
    ] {
        for language in Language::ALL {
            aliya.cookies.insert("lang".into(), language.code().into());
            aliya.get("/password");
            let answer = aliya.post("/password", &[("old", OLD), ("new", new), ("again", new)]);
            assert_eq!(answer.status, 422, "{new}");
            let (_, error) = answer.body.split_once("id=\"e-new\">").unwrap_or_else(|| panic!("{new}"));
            let text = Texts::of(language).code("refused", code);
            assert!(error.starts_with(&text) && !answer.body.contains(&format!("value=\"{new}\"")), "{new}: {error}");
            is_whole(&answer.body, new);
        }
    }
    aliya.get("/password");
    let words = "қыран таудан ұшады";
    assert_eq!(aliya.post("/password", &[("old", OLD), ("new", words), ("again", words)]).status, 303);
}

#[test]
fn a_short_password_of_an_earlier_release_still_opens() {
    let site = Site::new();
    site.world.set_password("aliya", "password");
    let mut aliya = site.stranger();
    assert_eq!(aliya.sign_in("aliya", "password").status, 303);
    assert_eq!(aliya.get("/groups").status, 200);
}
