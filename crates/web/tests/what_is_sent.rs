//! Tests that what an instructor sends is what the choice form shows: the three fields platform, format and type and the
//! selected row name one exam, or nothing is stored.
#![allow(clippy::disallowed_methods, clippy::unwrap_used, clippy::indexing_slicing, reason = "tests")]

mod visitor;

use domain::catalogue::{Catalogue, Row};
use domain::id::DocumentId;
use domain::name::Language;
use domain::narrowing::{Axis, Narrowing, values};
use testkit::sample::{discipline, offering};
use testkit::world::shipped_catalogue;
use visitor::{Answer, Site, Visitor};
use web::i18n::Texts;

/// An instructor of the sample university with one of their groups, and the rows that the group is offered.
struct Desk {
    site: Site,
    visitor: Visitor,
    group: &'static str,
    document: DocumentId,
    catalogue: Catalogue,
    faculty: &'static str,
}

impl Desk {
    fn of(who: &str, group: &'static str, faculty: &'static str) -> Self {
        let site = Site::new();
        let document = site.world.upload(who, &group[..3], "Programme");
        let visitor = site.signed_in(who);
        Self { site, visitor, group, document, catalogue: shipped_catalogue().catalogue, faculty }
    }

    /// A desk at which StartExam is offered.
    fn medicine() -> Self {
        Self::of("medina", "ANA-1", "MED")
    }

    fn other() -> Self {
        Self::of("aliya", "ALG-1", "FIT")
    }

    fn rows(&self) -> Vec<Row> {
        self.catalogue.rows.iter().filter(|row| row.is_offered_to(self.faculty)).cloned().collect()
    }

    /// Posts the choice form with these fields, as a browser without scripts would.
    fn post(&mut self, path: &str, fields: &Narrowing, rest: &[(&str, &str)]) -> Answer {
        let (id, document) = (offering(self.group).to_string(), self.document.to_string());
        let version = self.site.world.choice(self.group).version().to_string();
        let (seen, doc) = (format!("v_{id}"), format!("doc_{}", discipline(&self.group[..3])));
        let mut form = vec![("o", id.as_str()), ("g", &id), (&seen, &version), (&doc, &document)];
        form.extend(Axis::ALL.map(|axis| (axis.code(), fields.get(axis).unwrap_or_default())));
        form.extend(rest);
        self.visitor.post(path, &form)
    }

    /// The stored choice: row and additional information.
    fn stored(&self) -> Option<(String, String)> {
        let answer = self.site.world.choice(self.group).current?.answer;
        Some((answer.row.0, answer.info))
    }

    /// The row and the additional information of the stored draft.
    fn draft(&self, who: &'static str) -> Option<(Option<String>, String)> {
        let (id, person) = (offering(self.group), testkit::sample::person(who));
        let draft = self.site.world.app.read_now(move |work| Ok(store::drafts::find(work.tx, id, person)?)).unwrap()?;
        Some((draft.row.map(|row| row.0), draft.info))
    }

    fn speak(&mut self, language: Language) {
        self.visitor.cookies.insert("lang".into(), language.code().into());
    }

    /// The values of the three fields as the page writes them: «MOODLE ҚОЖ · ЖАЗБАША · Эссе».
    fn label(&self, fields: &Narrowing, language: Language) -> String {
        let name = |axis: Axis| {
            let code = fields.get(axis)?;
            let name = match axis {
                Axis::Platform => self.catalogue.platform(code),
                Axis::Form => self.catalogue.form(code),
                Axis::Kind if code == "none" => return Some(Texts::of(language).get("no-kind")),
                Axis::Kind => self.catalogue.kind(Some(code))?,
            };
            Some(name.exactly(language).to_owned())
        };
        Axis::ALL.into_iter().filter_map(name).collect::<Vec<_>>().join(" · ")
    }
}

fn listed(page: &str) -> Vec<String> {
    let inputs = page.split("<input").skip(1).map(|rest| rest.split('>').next().unwrap());
    let radios = inputs.filter(|tag| tag.contains("name=\"rule\"") && tag.contains("type=\"radio\""));
    radios.map(|tag| tag.split("value=\"").nth(1).unwrap().split('"').next().unwrap().to_owned()).collect()
}

fn ticked(page: &str) -> Vec<String> {
    let all = listed(page);
    all.into_iter().filter(|row| page.contains(&format!("value=\"{row}\" checked"))).collect()
}

/// The values of the three fields on a page.
fn shown(page: &str) -> Narrowing {
    Axis::ALL.into_iter().fold(Narrowing::default(), |fields, axis| {
        let field = page.split(&format!("id=\"n-{}\"", axis.code())).nth(1).unwrap().split("</select>").next().unwrap();
        let selected = field
            .split("<option value=\"")
            .find(|option| option.split('>').next().is_some_and(|tag| tag.ends_with(" selected")));
        fields.with(axis, selected.map(|option| option.split('"').next().unwrap()))
    })
}

/// All 6 × 6 × 10 states of the three fields.
fn states(catalogue: &Catalogue) -> Vec<Narrowing> {
    let mut states = vec![Narrowing::default()];
    for axis in Axis::ALL {
        let values = values(catalogue, axis);
        let filled = |state: &Narrowing| values.iter().map(|value| state.with(axis, Some(value))).collect::<Vec<_>>();
        states = states.iter().flat_map(|state| [vec![state.clone()], filled(state)].concat()).collect();
    }
    states
}

fn complete(catalogue: &Catalogue) -> Vec<Narrowing> {
    states(catalogue).into_iter().filter(Narrowing::is_complete).collect()
}

/// Sends every pair of three filled fields and another selected row, and saves it as a draft.
fn every_contradiction(mut desk: Desk, who: &'static str) -> usize {
    let mut pairs = 0;
    for row in desk.rows() {
        for other in desk.rows().into_iter().filter(|other| other.id != row.id) {
            let language = Language::ALL[pairs % 3];
            desk.speak(language);
            let fields = Narrowing::of(&row);
            let rest = [("rule", other.id.0.as_str()), ("info_univer-oral", "Zoom ә"), ("info_alt-cert", "edX ә")];
            let path = if pairs % 7 == 0 { "/drafts" } else { "/choices" };
            let answer = desk.post(path, &fields, &rest);
            assert_eq!(answer.status, 422, "{} {}", row.id, other.id);
            assert_eq!((desk.stored(), desk.draft(who)), (None, None), "{} {}", row.id, other.id);
            let error = answer.body.split("id=\"e-rule\"").nth(1).unwrap().split("</div>").next().unwrap();
            for named in [&fields, &Narrowing::of(&other)] {
                assert!(error.contains(&desk.label(named, language)), "{error} names {named:?}");
            }
            assert_eq!((shown(&answer.body), ticked(&answer.body)), (fields, vec![other.id.0.clone()]));
            assert!(answer.body.contains("value=\"Zoom ә\"") && answer.body.contains("value=\"edX ә\""));
            pairs += 1;
        }
    }
    pairs
}

#[test]
fn of_182_pairs_of_three_fields_and_another_row_none_is_stored_in_medicine() {
    assert_eq!(every_contradiction(Desk::medicine(), "medina"), 182);
}

#[test]
fn of_156_pairs_of_three_fields_and_another_row_none_is_stored_elsewhere() {
    assert_eq!(every_contradiction(Desk::other(), "aliya"), 156);
}

/// Sends all combinations of the three fields, with and without information, and without a selected row.
fn every_filling(mut desk: Desk) -> (usize, usize) {
    let (mut sent, mut stored) = (0, 0);
    for fields in complete(&desk.catalogue) {
        for info in ["", "MS Teams"] {
            let row = desk.catalogue.rows.iter().find(|row| fields.admits(row)).cloned();
            let id = row.as_ref().map_or("univer-oral", |row| row.id.0.as_str());
            let is_valid = row
                .as_ref()
                .is_some_and(|row| row.is_offered_to(desk.faculty) && row.info.is_some() != info.is_empty());
            let before = desk.stored();
            let answer = desk.post("/choices", &fields, &[(&format!("info_{id}"), info)]);
            assert_eq!(answer.status, if is_valid { 303 } else { 422 }, "{fields:?} {info}");
            let expected = if is_valid { Some((id.to_owned(), info.to_owned())) } else { before };
            assert_eq!(desk.stored(), expected, "{fields:?} {info}");
            sent += 1;
            stored += usize::from(is_valid);
            if !is_valid {
                assert_eq!(shown(&answer.body), fields, "what was filled in is still there");
            }
        }
    }
    (sent, stored)
}

#[test]
fn of_450_fillings_14_are_valid_in_medicine_and_are_stored_as_sent() {
    assert_eq!(every_filling(Desk::medicine()), (450, 14));
}

#[test]
fn of_450_fillings_13_are_valid_elsewhere_and_are_stored_as_sent() {
    assert_eq!(every_filling(Desk::other()), (450, 13));
}

#[test]
fn each_of_the_360_states_of_filling_in_narrows_the_list_and_is_a_choice_only_if_complete() {
    let mut desk = Desk::other();
    let language = Language::En;
    desk.speak(language);
    let t = Texts::of(language);
    let all = states(&desk.catalogue);
    assert_eq!(all.len(), 360);
    for fields in all {
        let fitting: Vec<String> =
            desk.rows().iter().filter(|row| fields.admits(row)).map(|row| row.id.0.clone()).collect();
        let page = desk.post("/choose", &fields, &[]);
        assert_eq!(page.status, 200);
        assert_eq!(listed(&page.body), fitting, "{fields:?}");
        let expected = if fitting.len() == 1 && !fields.is_empty() { fitting.clone() } else { Vec::new() };
        assert_eq!((ticked(&page.body), shown(&page.body)), (expected, fields.clone()));
        if fields.is_complete() {
            continue;
        }
        let answer = desk.post("/choices", &fields, &[]);
        assert_eq!((answer.status, desk.stored()), (422, None), "{fields:?}");
        assert_eq!((shown(&answer.body), ticked(&answer.body)), (fields.clone(), Vec::new()));
        let error = answer.body.split("id=\"e-rule\"").nth(1).unwrap().split("</div>").next().unwrap();
        let is_possible = desk.catalogue.rows.iter().any(|row| fields.admits(row));
        if is_possible && !fields.is_empty() {
            for axis in Axis::ALL {
                let is_named = error.contains(&t.code("field", axis.code()));
                assert_eq!(is_named, fields.get(axis).is_none(), "{error} names what is missing");
            }
        } else if !is_possible {
            assert!(error.contains(&desk.label(&fields, language)), "{error} names {fields:?}");
        }
    }
}

#[test]
fn a_selected_row_is_stored_exactly_if_no_field_says_otherwise() {
    let mut desk = Desk::other();
    let row = desk.rows().into_iter().find(|row| row.id.0 == "moodle-case").unwrap();
    for fields in states(&desk.catalogue) {
        let before = desk.stored();
        let answer = desk.post("/choices", &fields, &[("rule", "moodle-case")]);
        let is_agreed = fields.admits(&row);
        assert_eq!(answer.status, if is_agreed { 303 } else { 422 }, "{fields:?}");
        let expected = if is_agreed { Some(("moodle-case".to_owned(), String::new())) } else { before };
        assert_eq!(desk.stored(), expected, "{fields:?}");
    }
}

#[test]
fn a_returned_choice_is_not_sent_again_in_place_of_what_the_fields_say() {
    let mut desk = Desk::other();
    desk.post("/choices", &Narrowing::default(), &[("rule", "moodle-case")]);
    let seen = desk.site.world.seen(&["ALG-1"]);
    let back = move |work: &mut app::unit_of_work::UnitOfWork<'_, '_>, actor: &domain::person::Actor| {
        app::reviewing::return_choices::return_choices(work, actor, &seen, "Эссе болсын")
    };
    desk.site.world.as_("head", back).unwrap();
    let page = desk.visitor.get(&format!("/choose?o={}", offering("ALG-1")));
    assert_eq!((ticked(&page.body), listed(&page.body).len()), (vec!["moodle-case".to_owned()], 13));
    let essay = Narrowing::of(&desk.rows().into_iter().find(|row| row.id.0 == "moodle-essay").unwrap());
    let version = desk.site.world.choice("ALG-1").version();
    let answer = desk.post("/choices", &essay, &[("rule", "moodle-case")]);
    assert_eq!((answer.status, desk.site.world.choice("ALG-1").version()), (422, version));
    // The page shows both, so that either can be changed: here the row.
    assert_eq!(listed(&answer.body).len(), 13);
    assert_eq!(desk.post("/choices", &essay, &[("rule", "moodle-essay")]).status, 303);
    assert_eq!(desk.stored().unwrap().0, "moodle-essay");
}

#[test]
fn three_fields_are_the_choice_of_all_selected_groups_or_of_none() {
    let site = Site::new();
    let document = site.world.upload("aliya", "PYT", "Programme").to_string();
    let mut aliya = site.signed_in("aliya");
    let (one, two) = (offering("PYT-1").to_string(), offering("PYT-2").to_string());
    let doc = format!("doc_{}", discipline("PYT"));
    let mut send = |path: &str, fields: [&str; 3], rule: &str| {
        let [platform, form, kind] = fields;
        let form = [
            ("o", one.as_str()),
            ("o", &two),
            ("g", &one),
            ("g", &two),
            (&doc, &document),
            ("platform", platform),
            ("form", form),
            ("type", kind),
            ("rule", rule),
        ];
        aliya.post(path, &form).status
    };
    let stored =
        || ["PYT-1", "PYT-2"].map(|group| site.world.choice(group).current.map(|current| current.answer.row.0));
    let essay = ["moodle", "written", "essay"];
    for (fields, rule) in [
        (essay, "moodle-case"),
        (["moodle", "", "essay"], "moodle-case"),
        (["moodle", "written", ""], ""),
        (["univer", "written", "essay"], ""),
        (["startexam", "test", "none"], ""),
    ] {
        assert_eq!(send("/choices", fields, rule), 422, "{fields:?} {rule}");
        assert_eq!(stored(), [None, None]);
    }
    assert_eq!(send("/drafts", essay, "moodle-case"), 422);
    assert_eq!(send("/choices", essay, ""), 303);
    assert_eq!(stored(), [Some("moodle-essay".to_owned()), Some("moodle-essay".to_owned())]);
}

#[test]
fn a_draft_contains_what_the_form_shows_or_says_what_it_leaves_out() {
    let mut desk = Desk::other();
    let fields = |codes: [Option<&str>; 3]| {
        Axis::ALL.into_iter().zip(codes).fold(Narrowing::default(), |all, (axis, code)| all.with(axis, code))
    };
    let oral = fields([Some("univer"), Some("oral"), Some("none")]);
    let draft = |row: Option<&str>, info: &str| Some((row.map(str::to_owned), info.to_owned()));
    let info = ("info_univer-oral", "Zoom");
    // Three fields name the row of the draft, and the information typed for this row belongs to it.
    let answer = desk.post("/drafts", &oral, &[info]);
    assert_eq!((answer.status, answer.location()), (303, "/groups?did=draft"));
    assert_eq!(desk.draft("aliya"), draft(Some("univer-oral"), "Zoom"));
    // What can never be one exam is refused, and the draft stays as it was.
    for (wrong, rule) in [
        (oral.clone(), "moodle-test"),
        (fields([Some("moodle"), None, None]), "univer-oral"),
        (fields([Some("moodle"), Some("oral"), Some("none")]), ""),
        (fields([Some("startexam"), Some("test"), Some("none")]), ""),
        (Narrowing::default(), "startexam-test"),
        (Narrowing::default(), "moodle-poem"),
    ] {
        let answer = desk.post("/drafts", &wrong, &[("rule", rule), info]);
        assert_eq!(answer.status, 422, "{wrong:?} {rule}");
        assert_eq!(desk.draft("aliya"), draft(Some("univer-oral"), "Zoom"));
    }
    // An incomplete exam is left out, and the page says so.
    let answer = desk.post("/drafts", &fields([Some("moodle"), Some("written"), None]), &[info]);
    assert_eq!((answer.status, answer.location()), (303, "/groups?did=draft-without-exam"));
    assert_eq!(desk.draft("aliya"), draft(None, ""));
    let said = desk.visitor.get("/groups?did=draft-without-exam").body;
    assert!(said.contains(&Texts::of(Language::Kk).get("draft-saved-without-exam")));
}

#[test]
fn information_typed_for_a_row_that_is_not_listed_at_present_is_kept() {
    let mut desk = Desk::other();
    let typed = [("rule", "univer-oral"), ("info_univer-oral", "Webex & «ә»"), ("info_alt-cert", "Stepik")];
    let moodle = Narrowing { platform: Some("moodle".into()), ..Narrowing::default() };
    let page = desk.post("/choose", &moodle, &typed);
    assert!(!listed(&page.body).contains(&"univer-oral".to_owned()));
    for kept in ["name=\"info_univer-oral\" value=\"Webex &#38; «ә»\"", "name=\"info_alt-cert\" value=\"Stepik\""] {
        assert_eq!(page.body.matches(kept).count(), 1, "{kept}");
    }
    visitor::is_whole(&page.body, "the narrowed form");
}

#[test]
fn a_returned_choice_is_sent_again_unchanged_only_with_a_tick() {
    let mut desk = Desk::other();
    let case = [("rule", "moodle-case")];
    assert_eq!(desk.post("/choices", &Narrowing::default(), &case).status, 303);
    let seen = desk.site.world.seen(&["ALG-1"]);
    let back = move |work: &mut app::unit_of_work::UnitOfWork<'_, '_>, actor: &domain::person::Actor| {
        app::reviewing::return_choices::return_choices(work, actor, &seen, "Файл ескі")
    };
    desk.site.world.as_("head", back).unwrap();
    let answer = desk.post("/choices", &Narrowing::default(), &case);
    let t = Texts::of(Language::Kk);
    assert!(answer.status == 422 && answer.body.contains(&t.get("refused-returned-unchanged")), "{}", answer.status);
    assert!(answer.body.contains("name=\"again\"") && answer.body.contains(&t.get("send-unchanged")));
    assert_eq!(desk.site.world.choice("ALG-1").version(), 1);
    assert_eq!(desk.post("/choices", &Narrowing::default(), &[case[0], ("again", "1")]).status, 303);
    assert_eq!(desk.site.world.choice("ALG-1").version(), 2);
}

#[test]
fn a_choice_that_was_approved_meanwhile_is_shown_beside_what_was_typed() {
    let mut desk = Desk::other();
    desk.post("/choices", &Narrowing::default(), &[("rule", "moodle-case")]);
    desk.site.world.approve("head", &["ALG-1"]).unwrap();
    let answer =
        desk.post("/choices", &Narrowing::default(), &[("rule", "univer-oral"), ("info_univer-oral", "Webex ә")]);
    assert_eq!(answer.status, 409);
    let typed = "UNIVER АЖ · АУЫЗША · «Webex ә»";
    assert!(answer.body.contains(&format!("<strong>{typed}</strong>")), "{}", answer.body);
    assert!(
        answer.body.contains("action=\"/reopening-requests\"") && answer.body.contains(&format!(">{typed}</textarea>"))
    );
    assert!(!answer.body.contains(&Texts::of(Language::Kk).get("conflict-help")), "sending again would be refused");
}

#[test]
fn a_conflict_with_ones_own_other_window_says_so() {
    let mut desk = Desk::other();
    desk.post("/choices", &Narrowing::default(), &[("rule", "moodle-case")]);
    let (id, document) = (offering("ALG-1").to_string(), desk.document.to_string());
    let doc = format!("doc_{}", discipline("ALG"));
    let old = format!("v_{id}");
    let form = [("o", id.as_str()), ("g", &id), (&old, "0"), (&doc, &document), ("rule", "moodle-essay")];
    let answer = desk.visitor.post("/choices", &form);
    let t = Texts::of(Language::Kk);
    let heading = t.with("choice-changed-by-you", "time", "");
    assert!(answer.status == 409 && answer.body.contains(heading.trim()), "{}", answer.status);
    assert!(!answer.body.contains(&t.get("refused-choice-changed")));
}

/// Several platforms of online courses are one text, which the page shows as ticks and a field for others.
#[test]
fn several_suggestions_are_sent_as_one_text_and_shown_as_ticks() {
    let mut desk = Desk::other();
    let ticks = ["Coursera", "edX", "Qazaq MOOC"].map(|value| ("info_alt-cert", value));
    let answer = desk.post("/choices", &Narrowing::default(), &[&[("rule", "alt-cert")][..], &ticks[..]].concat());
    assert_eq!(answer.status, 303);
    assert_eq!(desk.stored(), Some(("alt-cert".into(), "Coursera, edX, Qazaq MOOC".into())));
    let page = desk.visitor.get(&format!("/choose?o={}", offering("ALG-1"))).body;
    let is_ticked = |value: &str| page.contains(&format!("name=\"info_alt-cert\" value=\"{value}\" checked"));
    assert_eq!(["Coursera", "Stepik", "edX"].map(is_ticked), [true, false, true]);
    assert!(page.contains("name=\"info_alt-cert\" value=\"Qazaq MOOC\""));
    visitor::is_whole(&page, "the form");
    // Nothing named is no information, and the limit counts the whole text.
    let none = [("rule", "alt-cert"), ("info_alt-cert", ""), ("info_alt-cert", " ")];
    assert_eq!(desk.post("/choices", &Narrowing::default(), &none).status, 422);
    let long = "ә".repeat(domain::limits::INFO_LIMIT - 4);
    let too_long = [("rule", "alt-cert"), ("info_alt-cert", "edX"), ("info_alt-cert", long.as_str())];
    assert_eq!(desk.post("/choices", &Narrowing::default(), &too_long).status, 422);
}

#[test]
fn every_way_of_uploading_a_file_gives_the_same_answer() {
    let mut desk = Desk::other();
    let (id, t) = (offering("ALG-1").to_string(), Texts::of(Language::Kk));
    let bytes = testkit::files::good_programme(&desk.site.world.discipline("ALG"), "Бағдарлама");
    let field = format!("file_{}", discipline("ALG"));
    let long = format!("{}.pdf", "ә".repeat(domain::limits::PROGRAMME_NAME_LIMIT));
    let form = [("o", id.as_str()), ("g", &id), ("rule", "moodle-case")];
    let too_long = t.get("refused-file-name-too-long");
    for path in ["/choices", "/drafts", "/choose"] {
        let answer = desk.visitor.post_multipart(path, &form, &[(&field, &long, &bytes)]);
        assert!(answer.status == 422 && answer.body.contains(&too_long), "{path}: {}", answer.status);
    }
    let dossier = discipline("ALG").to_string();
    let upload = |desk: &mut Desk, name: &str| {
        desk.visitor.post_multipart("/documents", &[("discipline", &dossier)], &[("file", name, &bytes)])
    };
    let answer = upload(&mut desk, &long);
    assert!(answer.status == 422 && answer.body.contains(&too_long), "{}", answer.status);
    assert!(answer.body.contains(&format!("aria-describedby=\"e-{}\"", discipline("ALG"))), "beside its field");
    assert_eq!(upload(&mut desk, "Жаңа.pdf").location(), "/dossier?did=uploaded");

    // The same bytes under another name: the form says which document it has selected, and so does the list.
    let there = t.with("file-was-there", "name", "Жаңа.pdf");
    let again = [(field.as_str(), "Басқа.pdf", bytes.as_slice())];
    let answer = desk.visitor.post_multipart("/choose", &form, &again);
    assert!(answer.body.contains(&there), "{}", answer.body);
    let incomplete = [("o", id.as_str()), ("g", &id)];
    let answer = desk.visitor.post_multipart("/choices", &incomplete, &again);
    assert!(answer.status == 422 && answer.body.contains(&there), "{}", answer.status);
    let answer = desk.visitor.post_multipart("/choices", &form, &again);
    assert_eq!((answer.status, answer.location().ends_with("&file=known")), (303, true), "{}", answer.location());
    let (list, known) = (answer.location().to_owned(), t.get("file-was-there-already"));
    assert!(desk.visitor.get(&list).body.contains(&known));
    assert_eq!(upload(&mut desk, "Басқа.pdf").location(), "/dossier?did=was-there");
    // A file of a form that was refused is in the dossier, and the form says so.
    let new = testkit::files::good_programme(&desk.site.world.discipline("ALG"), "Тағы бір");
    let answer = desk.visitor.post_multipart("/choices", &incomplete, &[(&field, "Тағы.pdf", &new)]);
    assert!(answer.status == 422 && answer.body.contains(&t.get("file-uploaded")), "{}", answer.status);
}

#[test]
fn a_draft_of_an_older_window_is_shown_as_such() {
    let mut desk = Desk::other();
    let t = Texts::of(Language::Kk);
    desk.post("/choices", &Narrowing::default(), &[("rule", "moodle-case")]);
    let (id, document) = (offering("ALG-1").to_string(), desk.document.to_string());
    let (doc, version) = (format!("doc_{}", discipline("ALG")), format!("v_{id}"));
    let form = [("o", id.as_str()), ("g", &id), (&version, "0"), (&doc, &document), ("rule", "moodle-essay")];
    assert_eq!(desk.visitor.post("/drafts", &form).location(), "/groups?did=draft-outdated");
    assert!(desk.visitor.get("/groups?did=draft-outdated").body.contains(&t.get("draft-outdated")));
    let page = desk.visitor.get(&format!("/choose?o={id}")).body;
    assert_eq!(ticked(&page), ["moodle-case"]);
    assert!(page.contains(&t.get("open-older-draft")) && page.contains("from=draft"));
    assert_eq!(ticked(&desk.visitor.get(&format!("/choose?o={id}&from=draft")).body), ["moodle-essay"]);
}

#[test]
fn what_was_sent_is_withdrawn_entirely() {
    let mut desk = Desk::other();
    let t = Texts::of(Language::Kk);
    for row in ["moodle-case", "moodle-essay"] {
        assert_eq!(desk.post("/choices", &Narrowing::default(), &[("rule", row)]).status, 303);
    }
    let page = desk.visitor.get(&format!("/offerings/{}", offering("ALG-1"))).body;
    assert!(page.contains("action=\"/choices/withdrawal\"") && page.contains(&t.get("withdraw-hint")));
    let id = offering("ALG-1").to_string();
    let answer = desk.visitor.post("/choices/withdrawal", &[("o", &id)]);
    assert_eq!(answer.location(), "/groups?did=withdrawn");
    assert_eq!((desk.stored(), desk.draft("aliya")), (None, Some((Some("moodle-essay".into()), String::new()))));
    assert_eq!(desk.visitor.post("/choices/withdrawal", &[("o", &id)]).status, 409);
    // Undoing the last sending says which choice is in review again.
    for row in ["moodle-case", "moodle-essay"] {
        desk.post("/choices", &Narrowing::default(), &[("rule", row)]);
    }
    assert_eq!(desk.visitor.post("/choices/undo", &[("o", &id)]).location(), "/groups?did=withdrawn-to-earlier");
    assert_eq!(desk.stored().unwrap().0, "moodle-case");
}
