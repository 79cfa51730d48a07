//! Tests of the pages of people over HTTP: a person's page, appointments, one-time passwords, and changing one's own
//! password.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "tests")]

mod visitor;

use chrono::TimeDelta;
use testkit::sample::{offering, org, person};
use visitor::{Site, Visitor, is_whole};

const OLD: &str = "correct horse";

fn page_of(who: &str) -> String {
    format!("/people/{}", person(who))
}

fn change(visitor: &mut Visitor, old: &str, new: &str, again: &str) -> (u16, String) {
    visitor.get("/password");
    let answer = visitor.post("/password", &[("old", old), ("new", new), ("again", again)]);
    (answer.status, answer.location().to_owned() + &answer.body)
}

#[test]
fn a_one_time_password_is_shown_once_and_opens_nothing_but_its_own_change() {
    let site = Site::new();
    let (mut registrar, mut before) = (site.signed_in("registrar"), site.signed_in("aliya"));
    registrar.get(&page_of("aliya"));
    let given = registrar.post(&format!("{}/password", page_of("aliya")), &[]);
    assert_eq!(given.status, 200);
    let password = given.body.split("<code class=\"secret\">").nth(1).unwrap().split('<').next().unwrap().to_owned();
    assert!(password.len() == 14 && !registrar.get(&page_of("aliya")).body.contains(&password));
    assert_eq!(before.get("/groups").location(), "/sign-in?next=%2Fgroups");
    let mut aliya = site.stranger();
    assert_eq!(aliya.sign_in("aliya", OLD).status, 401);
    assert_eq!(aliya.sign_in("aliya", &password).status, 303);
    for path in ["/", "/groups", "/people", "/choose?discipline=00000000-0000-0000-0000-000000000001"] {
        assert_eq!((aliya.get(path).status, aliya.get(path).location()), (303, "/password"), "{path}");
    }
    aliya.get("/password");
    assert_eq!(aliya.post("/choices", &[("o", &offering("ALG-1").to_string())]).location(), "/password");
    assert_eq!(change(&mut aliya, &password, &password, &password).0, 422);
    let (status, to) = change(&mut aliya, &password, "new long enough", "new long enough");
    assert_eq!((status, to.as_str()), (303, "/"));
    assert_eq!(aliya.get("/groups").status, 200);
    assert_eq!(site.stranger().sign_in("aliya", "new long enough").status, 303);
}

#[test]
fn everybody_changes_the_own_password_and_the_other_sessions_end() {
    let site = Site::new();
    let (mut here, mut elsewhere) = (site.signed_in("student"), site.stranger());
    assert_eq!(elsewhere.sign_in("student", OLD).status, 303);
    for (old, new, again, field) in [
        (OLD, "short", "short", "e-new"),
        (OLD, OLD, OLD, "e-new"),
        (OLD, "new long enough", "new long enoughh", "e-again"),
        ("not the old one", "new long enough", "new long enough", "e-old"),
    ] {
        let (status, body) = change(&mut here, old, new, again);
        assert_eq!(status, 422);
        assert!(body.contains(&format!("id=\"{field}\"")) && !body.contains("new long enough"), "{field}");
        is_whole(&body, field);
    }
    assert_eq!(change(&mut here, OLD, "new long enough", "new long enough").0, 303);
    assert_eq!((here.get("/exams").status, elsewhere.get("/exams").status), (200, 303));
    // Wrong old passwords are counted like wrong passwords at sign-in.
    let mut status = 0;
    for _ in 0..12 {
        status = change(&mut here, "guess", "another long one", "another long one").0;
    }
    assert_eq!(status, 429);
    site.world.clock.pass(TimeDelta::minutes(10));
    assert_eq!(change(&mut here, "new long enough", "another long one", "another long one").0, 303);
}

#[test]
fn what_is_wrong_with_an_appointment_is_said_beside_its_field_and_what_was_typed_stays() {
    let site = Site::new();
    let mut registrar = site.signed_in("registrar");
    registrar.get(&page_of("aliya"));
    let to = format!("{}/appointments", page_of("aliya"));
    let unit = org("CS").to_string();
    let acting = [("role", "acting-head"), ("org", unit.as_str()), ("from", "2026-09-20"), ("order", "№ 8-к")];
    let wrong = registrar.post(&to, &acting);
    assert_eq!(wrong.status, 422);
    assert!(wrong.body.contains("id=\"e-until-new\"") && wrong.body.contains("value=\"№ 8-к\""), "{}", wrong.body);
    is_whole(&wrong.body, "an appointment without its last day");
    let unread = registrar.post(&to, &[("role", ""), ("from", "soon")]);
    assert!(unread.status == 422 && unread.body.contains("id=\"e-until-new\""));
    let nothing = registrar.post(&to, &[]);
    assert!(nothing.body.contains("id=\"e-role-new\"") && nothing.body.contains("id=\"e-org-new\""));
    let fields: Vec<_> = acting.into_iter().chain([("until", "2026-09-27")]).collect();
    assert_eq!(registrar.post(&to, &fields).location(), format!("{}?did=appointed", page_of("aliya")));
    let shown = registrar.get(&page_of("aliya")).body;
    assert!(shown.contains("№ 8-к"));
    let mut forms = shown.split("action=\"/appointments/").skip(1);
    let id = forms.find(|part| part.contains("value=\"№ 8-к\"")).unwrap();
    let id = id.split('"').next().unwrap();
    let late = registrar
        .post(&format!("/appointments/{id}"), &[("from", "2026-09-20"), ("until", "2026-09-10"), ("order", "№ 9")]);
    assert!(late.status == 422 && late.body.contains(&format!("id=\"e-until-{id}\"")), "{}", late.body);
    assert_eq!(registrar.post(&format!("/appointments/{id}/ended"), &[]).status, 303);
    assert_eq!(registrar.post(&format!("/appointments/{id}/ended"), &[]).status, 409);
    assert_eq!(registrar.post("/appointments/x", &[]).status, 404);
}

#[test]
fn an_empty_field_of_the_office_is_named_beside_the_field() {
    let site = Site::new();
    let mut registrar = site.signed_in("registrar");
    registrar.get("/exceptions");
    let exception = registrar.post("/exceptions/forms", &[("code", " "), ("row", "univer-test"), ("reason", "Бұйрық")]);
    assert!(exception.status == 422 && exception.body.contains("Пән кодын енгізіңіз"), "{}", exception.body);
    let term = registrar.post("/terms", &[("code", "spring"), ("starts", "2027-01-18")]);
    assert!(term.status == 422 && !term.body.contains("id=\"e-starts\""), "{}", term.body);
    for day in ["ends", "choose_from", "choose_until", "approve_until"] {
        let link = format!("<a href=\"#{day}\">");
        let text = term.body.split(&link).nth(1).and_then(|rest| rest.split("</a>").next()).unwrap();
        assert!(text.ends_with(": Күнін көрсетіңіз") && term.body.matches(text).count() == 1, "{day}: {text}");
        assert!(term.body.contains(&format!("id=\"e-{day}\">Күнін көрсетіңіз<")), "{}", term.body);
    }
    let autumn = domain::id::TermId::of(&["autumn"]).to_string();
    let fields = [("term", autumn.as_str()), ("department", ""), ("until", "2026-12-30"), ("reason", "Ауырды")];
    let extension = registrar.post("/deadline-extensions", &fields);
    assert!(extension.status == 422 && extension.body.contains("id=\"e-department\""), "{}", extension.body);
    assert!(extension.body.contains("Ауырды"));
}

#[test]
fn a_form_that_is_set_centrally_is_read_only_in_the_instructors_form() {
    let site = Site::new();
    let (mut registrar, mut aliya) = (site.signed_in("registrar"), site.signed_in("aliya"));
    registrar.get("/exceptions");
    let wrong = registrar.post("/exceptions/forms", &[("code", "NONE"), ("row", "univer-test"), ("reason", "Бұйрық")]);
    assert!(wrong.status == 422 && wrong.body.contains("id=\"e-code\"") && wrong.body.contains("value=\"NONE\""));
    let id = offering("ALG-1").to_string();
    let by_group = [("offering", id.as_str()), ("scope", "discipline"), ("row", "univer-oral"), ("reason", "Бұйрық")];
    let wrong = registrar.post("/exceptions/forms", &by_group);
    assert!(wrong.status == 422 && wrong.body.contains("id=\"e-info\""), "{}", wrong.body);
    is_whole(&wrong.body, "a form to be set without its information");
    let set: Vec<_> = by_group.into_iter().chain([("info", "Zoom")]).collect();
    assert_eq!(registrar.post("/exceptions/forms", &set).location(), "/exceptions?term=autumn&did=set");
    let form = aliya.get(&format!("/choose?o={id}"));
    is_whole(&form.body, "a form that is set centrally");
    assert!(form.body.contains("name=\"rule\" value=\"univer-oral\"") && !form.body.contains("type=\"radio\""));
    let version = format!("v_{id}");
    let other = [("o", id.as_str()), ("g", id.as_str()), (version.as_str(), "0"), ("rule", "moodle-essay")];
    let refused = aliya.post("/choices", &other);
    assert_eq!(refused.status, 422);
    assert!(refused.body.contains("value=\"univer-oral\""), "{}", refused.body);
    let view = registrar.get(&format!("/offerings/{id}"));
    is_whole(&view.body, "an offering whose form is set centrally");
    let silent = registrar.post(&format!("/offerings/{id}/exam"), &[("has_exam", "0"), ("reason", " ")]);
    assert!(silent.status == 422 && silent.body.contains("id=\"exam-reason-e\""));
    let left_out = registrar.post(&format!("/offerings/{id}/exam"), &[("has_exam", "0"), ("reason", "Сынақ")]);
    assert_eq!(left_out.location(), "/exceptions?term=autumn&did=left-out");
    assert_eq!(aliya.get(&format!("/offerings/{id}")).status, 404);
    assert!(registrar.get("/exceptions").body.contains("ALG-1"));
}

#[test]
fn a_form_set_for_a_term_that_is_prepared_is_listed_there_and_ended_there() {
    let site = Site::new();
    // Spring is the current term of the test university; autumn is being prepared.
    site.world.clock.set("2026-03-02 09:00");
    let mut registrar = site.signed_in("registrar");
    let id = offering("ALG-1").to_string();
    let view = registrar.get(&format!("/offerings/{id}"));
    assert!(view.body.contains("name=\"term\" value=\"autumn\""));
    let form = [("term", "autumn"), ("offering", id.as_str()), ("scope", "offering"), ("row", "univer-test")];
    let silent = registrar.post("/exceptions/forms", &form);
    // The form is shown again for the submitted term, with errors beside its fields, in every language.
    assert!(silent.status == 422 && silent.body.contains("value=\"autumn\" selected"), "{}", silent.body);
    assert!(silent.body.contains("href=\"/exceptions?term=autumn&#38;lang=ru\""), "{}", silent.body);
    is_whole(&silent.body, "a form to be set in a term that is prepared");
    let set: Vec<_> = form.into_iter().chain([("reason", "Бұйрық")]).collect();
    let done = registrar.post("/exceptions/forms", &set);
    assert_eq!(done.location(), "/exceptions?term=autumn&did=set");
    let listed = registrar.get(done.location()).body;
    is_whole(&listed, "special cases of a term that is prepared");
    assert!(listed.contains("role=\"status\"") && listed.contains("ALG-1"), "{listed}");
    let now = registrar.get("/exceptions").body;
    assert!(!now.contains("ALG-1") && now.contains("<option value=\"\" selected>"), "{now}");
    // A discipline's code refers to the discipline in the selected term.
    let by_code = [("term", "autumn"), ("code", "PYT"), ("row", "univer-test"), ("reason", "Бұйрық")];
    assert_eq!(registrar.post("/exceptions/forms", &by_code).location(), "/exceptions?term=autumn&did=set");
    let hidden = |name: &str| {
        let (_, article) = listed.split_once("action=\"/exceptions/forms/ended\"").unwrap();
        let (_, value) = article.split_once(&format!("name=\"{name}\" value=\"")).unwrap();
        value.split('"').next().unwrap().to_owned()
    };
    let (term, set) = (hidden("term"), hidden("set"));
    let ended = registrar.post("/exceptions/forms/ended", &[("term", term.as_str()), ("set", set.as_str())]);
    assert_eq!(ended.location(), "/exceptions?term=autumn&did=unset");
    let after = registrar.get(ended.location()).body;
    assert!(!after.contains("ALG-1") && after.contains("PYT"), "{after}");
    let left_out = registrar.post(&format!("/offerings/{id}/exam"), &[("has_exam", "0"), ("reason", "Сынақ")]);
    assert_eq!(left_out.location(), "/exceptions?term=autumn&did=left-out");
    assert!(registrar.get(left_out.location()).body.contains("ALG-1"));
    assert_eq!(registrar.get("/exceptions?term=never").status, 404);
}
