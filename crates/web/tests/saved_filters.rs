//! Tests of saved filters of the progress board over HTTP: saving, the people who see a filter, and its links.
#![allow(clippy::disallowed_methods, clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "tests")]

mod visitor;

use app::roster::import_roster::{ImportOptions, import_roster};
use domain::limits::SAVED_FILTER_NAME_LIMIT;
use testkit::sample::{org, person, roster};
use visitor::Site;

/// The address of the saved filter with this name, from the links of the progress board.
fn view_link(page: &str, name: &str) -> Option<String> {
    let (before, _) = page.split_once(&format!(">{name}</a>"))?;
    let (_, link) = before.rsplit_once("href=\"")?;
    Some(link.split('"').next()?.replace("&#38;", "&"))
}

fn removal_of(page: &str, name: &str) -> String {
    let (before, _) = page.split_once(&format!("<span>{name}</span>")).unwrap();
    let (_, action) = before.rsplit_once("action=\"").unwrap();
    action.split('"').next().unwrap().to_owned()
}

#[test]
fn a_view_keeps_what_the_board_is_asked_for_and_nothing_else_and_leads_nowhere_else() {
    let site = Site::new();
    let mut registrar = site.signed_in("registrar");
    let unit = org("CS").to_string();
    assert!(!registrar.get("/progress").body.contains("action=\"/saved-filters\""), "there is nothing to save");
    let page = registrar.get(&format!("/progress?org={unit}&state=not-chosen&page=1"));
    assert!(page.body.contains("action=\"/saved-filters\"") && page.body.contains(" aria-describedby=\"h-name\">"));
    let form = [
        ("name", "Осталось <CS>"),
        ("org", unit.as_str()),
        ("state", "not-chosen"),
        ("q", "ALG & 1"),
        ("sort", "sideways"),
        ("person", "//evil.example"),
        ("next", "https://evil.example"),
        ("query", "//evil.example"),
        ("page", "7"),
    ];
    let saved = registrar.post("/saved-filters", &form);
    let kept = format!("/progress?org={unit}&state=not-chosen&q=ALG+%26+1");
    assert_eq!((saved.status, saved.location()), (303, format!("{kept}&did=saved").as_str()));
    let page = registrar.get(saved.location());
    assert!(page.body.contains("role=\"status\""));
    visitor::is_whole(&page.body, "board with a view");
    let name = "Осталось &#60;CS&#62;";
    assert_eq!(view_link(&registrar.get("/progress").body, name), Some(kept.clone()));
    assert!(registrar.get(&kept).body.contains(&format!("aria-current=\"page\">{name}</a>")));
    // A filter that is saved under an existing name replaces the earlier one.
    registrar.post("/saved-filters", &[("name", " Осталось <CS> "), ("state", "returned")]);
    let page = registrar.get("/progress");
    assert_eq!(view_link(&page.body, name).unwrap(), "/progress?state=returned");
    assert_eq!(page.body.matches(&format!(">{name}</a>")).count(), 1);
    // Other people neither see a saved filter nor can remove it.
    let mut auditor = site.signed_in("auditor");
    assert_eq!(view_link(&auditor.get("/progress").body, name), None);
    let removal = removal_of(&page.body, name);
    assert_eq!(auditor.post(&removal, &[]).status, 404);
    let removed = registrar.post(&removal, &[("state", "approved")]);
    assert_eq!((removed.status, removed.location()), (303, "/progress?state=approved&did=removed"));
    assert_eq!(view_link(&registrar.get("/progress").body, name), None);
    assert_eq!(registrar.post(&removal, &[]).status, 404);
    assert_eq!(registrar.post("/saved-filters/x/removal", &[]).status, 404);
}

#[test]
fn a_view_that_is_not_saved_says_why_beside_the_field_and_what_was_typed_stays() {
    let site = Site::new();
    let mut head = site.signed_in("head");
    head.cookies.insert("lang".into(), "en".into());
    let (long, wide) = ("ә".repeat(SAVED_FILTER_NAME_LIMIT + 1), "\u{1f600}".repeat(100));
    for (form, texts) in [
        ([("name", " "), ("state", "returned")], "Enter a name for the filter"),
        ([("name", long.as_str()), ("state", "returned")], "The name is too long"),
        ([("name", "Late ones"), ("state", "x")], "There is nothing to save"),
        ([("name", "Late ones"), ("q", wide.as_str())], "the search text is too long"),
    ] {
        let answer = head.post("/saved-filters", &form);
        assert_eq!(answer.status, 422, "{texts}");
        let field = format!("value=\"{}\" aria-invalid=\"true\" aria-describedby=\"e-name h-name\"", form[0].1);
        assert!(answer.body.contains(&field) && answer.body.contains("<span class=\"hint\" id=\"h-name\">"), "{texts}");
        assert_eq!(answer.body.matches(texts).count(), 2, "in the summary and beside the field: {texts}");
        assert!(answer.body.contains("<details class=\"no-print\" open>"), "{texts}");
        visitor::is_whole(&answer.body, texts);
        // The rejected form still carries the filter's query, and the links to files are those of the progress board.
        let is_read = form[1].1 != "x";
        let kept = format!("type=\"hidden\" name=\"{}\" value=\"{}\"", form[1].0, form[1].1);
        assert_eq!(answer.body.contains(&kept), is_read, "{texts}");
        assert!(answer.body.contains("href=\"/progress/file.csv"), "{texts}");
        assert!(!head.get("/progress").body.contains("/removal\""), "{texts}");
    }
    for number in 1..=20 {
        assert_eq!(head.post("/saved-filters", &[("name", &number.to_string()), ("state", "returned")]).status, 303);
    }
    let refused = head.post("/saved-filters", &[("name", "21"), ("state", "returned")]);
    assert_eq!((refused.status, refused.body.matches("20 saved filters").count()), (422, 2));
    assert_eq!(head.post("/saved-filters", &[("name", "20"), ("state", "approved")]).status, 303);
    // A person cannot save a filter for a unit that they may not see.
    assert_eq!(head.post("/saved-filters", &[("name", "x"), ("org", &org("MED").to_string())]).status, 404);
    assert_eq!(head.post("/saved-filters", &[("name", "x"), ("term", "never")]).status, 404);
    assert_eq!(site.signed_in("aliya").post("/saved-filters", &[("name", "x"), ("state", "returned")]).status, 403);
}

#[test]
fn a_view_of_the_current_term_is_one_of_the_current_term_next_term_too() {
    let site = Site::new();
    site.world.clock.set("2026-03-02 09:00");
    let mut registrar = site.signed_in("registrar");
    // The search form has a select box of terms; the current term has an empty value.
    let page = registrar.get("/progress?term=spring&q=ALG").body;
    assert!(page.contains("<option value=\"\" selected>") && page.contains("<option value=\"autumn\">"), "{page}");
    assert!(!page.contains("name=\"term\" value=") && page.contains("href=\"/progress?q=ALG&#38;state=approved\""));
    assert!(page.contains("href=\"/reminders?org="), "who searches may remind as before");
    // The current term is not saved in a filter, even if the submitted form names the term.
    for (name, term) in [("Now", "spring"), ("Next", "autumn")] {
        assert_eq!(registrar.post("/saved-filters", &[("name", name), ("term", term), ("q", "ALG")]).status, 303);
    }
    assert_eq!(registrar.post("/saved-filters", &[("name", "Nothing"), ("term", "spring")]).status, 422);
    let page = registrar.get("/progress?term=spring&q=ALG").body;
    assert_eq!(view_link(&page, "Now").unwrap(), "/progress?q=ALG");
    assert_eq!(view_link(&page, "Next").unwrap(), "/progress?term=autumn&q=ALG");
    assert!(page.contains("aria-current=\"page\">Now</a>"));
    // Half a year later the same saved filter applies to autumn, which is then the current term.
    site.world.clock.set("2026-09-15 09:00");
    let page = site.signed_in("registrar").get("/progress?q=ALG").body;
    assert!(page.contains("aria-current=\"page\">Now</a>") && page.contains("<option value=\"spring\">"));
}

#[test]
fn a_view_whose_place_is_gone_says_so_and_can_be_removed() {
    let site = Site::new();
    let mut registrar = site.signed_in("registrar");
    let (unit, whose) = (org("CS").to_string(), person("aliya").to_string());
    registrar.get("/progress?state=approved");
    let form = [("name", "Aliya"), ("org", unit.as_str()), ("person", whose.as_str())];
    assert_eq!(registrar.post("/saved-filters", &form).status, 303);
    let link = view_link(&registrar.get("/progress").body, "Aliya").unwrap();
    assert!(!registrar.get(&link).body.contains("note warn\" role=\"status\""));
    // A roster import leaves the groups of the instructor Aliya without a responsible instructor.
    site.world
        .app
        .write_now(|work| {
            let mut all = roster();
            for one in all.offerings.iter_mut().filter(|one| one.responsible == Some(person("aliya"))) {
                one.responsible = None;
            }
            import_roster(work, &all, &ImportOptions::default())
        })
        .unwrap();
    let page = registrar.get(&link);
    assert!(page.status == 200 && page.body.contains("note warn\" role=\"status\""), "{}", page.body);
    assert!(
        page.body.contains("<details class=\"no-print\" open>") && page.body.contains("href=\"/progress/file.csv\"")
    );
    visitor::is_whole(&page.body, "a view whose place is gone");
    assert_eq!(registrar.get(&link.replace("/progress", "/progress/file.csv")).status, 404);
    // The address of a saved filter with another query is still answered with 404, and so is the filter's own address
    // after the filter was removed.
    assert_eq!(registrar.get(&format!("{link}&state=approved")).status, 404);
    assert_eq!(registrar.post(&removal_of(&page.body, "Aliya"), &[]).location(), "/progress?did=removed");
    assert_eq!(registrar.get(&link).status, 404);
}
