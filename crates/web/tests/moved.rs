//! Tests that addresses of earlier releases answer with status 308, so that bookmarks and forms in open tabs still
//! work.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "tests")]

mod visitor;

use testkit::sample::org;
use visitor::Site;

/// Addresses of earlier releases with their current addresses.
const MOVED: &[(&str, &str)] = &[
    ("/copies?term=2026-autumn", "/reuse?term=2026-autumn"),
    ("/copies/drafts", "/reuse/drafts"),
    ("/kept", "/restored-form"),
    ("/inbox?page=2", "/notifications?page=2"),
    ("/inbox/read", "/notifications/read"),
    ("/views", "/saved-filters"),
    ("/views/7/removal", "/saved-filters/7/removal"),
    ("/openings", "/deadline-extensions"),
    ("/openings/ended", "/deadline-extensions/ended"),
    ("/special-cases?term=a&x=%D0%B0", "/exceptions?term=a&x=%D0%B0"),
    ("/set-forms", "/exceptions/forms"),
    ("/set-forms/ended", "/exceptions/forms/ended"),
    ("/set-forms/returns", "/exceptions/forms/returns"),
    ("/rules", "/catalogue/current"),
    ("/catalogue/drafts/a/mends", "/catalogue/drafts/a/fixes"),
    ("/catalogue/drafts/a/as", "/catalogue/drafts/a/preview"),
    ("/catalogue/drafts/a/as/b", "/catalogue/drafts/a/preview/b"),
];

#[test]
fn an_address_of_an_earlier_release_answers_308_to_get_and_post() {
    let site = Site::new();
    let mut registrar = site.signed_in("registrar");
    for &(old, new) in MOVED {
        let got = registrar.get(old);
        assert_eq!((got.status, got.location()), (308, new), "GET {old}");
        let posted = registrar.post(old, &[]);
        assert_eq!((posted.status, posted.location()), (308, new), "POST {old}");
    }
    for unknown in ["/views/7", "/views//removal", "/inbox/", "/inbox/read/1", "//inbox"] {
        assert_eq!(registrar.get(unknown).status, 404, "{unknown}");
    }
}

#[test]
fn the_form_of_an_open_tab_posts_to_the_old_address_and_does_what_it_says() {
    let site = Site::new();
    let mut registrar = site.signed_in("registrar");
    let unit = org("CS").to_string();
    registrar.get("/progress");
    let form = [("name", "CS"), ("org", unit.as_str()), ("state", "not-chosen")];
    let moved = registrar.post("/views", &form);
    assert_eq!(moved.status, 308);
    // Like a browser after status 308, the test repeats the POST at the new address.
    let saved = registrar.post(moved.location(), &form);
    assert_eq!(saved.status, 303);
    assert!(registrar.get("/progress").body.contains(">CS</a>"));
}

#[test]
fn a_post_from_another_origin_is_refused_at_an_old_address_too() {
    let site = Site::new();
    let mut registrar = site.signed_in("registrar");
    registrar.get("/progress");
    registrar.origin = Some("https://evil.example".to_owned());
    assert_eq!(registrar.post("/views", &[("name", "CS")]).status, 403);
}
