//! Tests that the site says truly what it cannot do: without its database, without the file of a document, and when a
//! draft is not saved.
#![allow(clippy::unwrap_used, reason = "tests")]

mod visitor;

use testkit::Exam;
use testkit::sample::offering;
use visitor::Site;

#[test]
fn a_database_that_was_removed_makes_the_site_not_ready_and_refuses_changes() {
    let site = Site::new();
    let mut aliya = site.signed_in("aliya");
    assert_eq!(aliya.get("/readyz").status, 200);
    site.world.changes_outside_program();
    std::fs::remove_file(site.world.folder.path().join("test.db")).unwrap();
    assert_eq!(aliya.get("/readyz").status, 503);
    aliya.get("/groups");
    let group = offering("ALG-1").to_string();
    assert_eq!(aliya.post("/drafts", &[("g", &group), ("o", &group), ("rule", "moodle-essay")]).status, 503);
}

#[test]
fn a_document_without_its_file_is_neither_served_nor_approved() {
    let site = Site::new();
    let document = site.world.upload("aliya", "ALG", "ALG programme");
    site.world.send("aliya", &["ALG-1"], Exam::row("moodle-essay"), document).unwrap();
    let mut head = site.signed_in("head");
    let (address, queue) = (format!("/documents/{document}"), head.get("/queue").body);
    let seen = queue.split("name=\"seen\" value=\"").nth(1).and_then(|rest| rest.split('"').next()).unwrap();
    assert_eq!(head.get(&address).status, 200);
    let file = site.world.app.vault.path(&site.world.choice("ALG-1").current.unwrap().document_sha.0);
    std::fs::remove_file(file).unwrap();
    assert_eq!(head.get(&address).status, 409);
    assert_eq!(head.post("/approvals", &[("seen", seen)]).status, 409);
    assert!(site.world.approve("head", &["ALG-1"]).is_err());
}

#[test]
fn a_draft_of_an_approved_choice_is_not_said_to_be_saved() {
    let site = Site::new();
    let document = site.world.upload("aliya", "ALG", "ALG programme");
    site.world.send("aliya", &["ALG-1"], Exam::row("moodle-essay"), document).unwrap();
    site.world.approve("head", &["ALG-1"]).unwrap();
    let mut aliya = site.signed_in("aliya");
    aliya.get("/groups");
    let group = offering("ALG-1").to_string();
    let saved = aliya.post("/drafts", &[("g", &group), ("o", &group), ("rule", "moodle-project")]);
    assert_eq!((saved.status, saved.location()), (303, "/groups?did=draft-not-saved"));
}
