//! Tests of the preview of a programme document: its frame policy, the remarks of the checks, and the people who may
//! see the document.
#![allow(clippy::unwrap_used, reason = "tests")]

mod visitor;

use testkit::sample_documents::{Layout, Sheet, docx, pdf};
use visitor::Site;

const HALF: [&str; 3] = [
    "Алгоритмдер",
    "Емтиханға енетін тақырыптар: сұрыптау, іздеу, графтар, хештеу, бағалау және т. б.",
    "Әдебиет: оқулықтар мен есептер жинағы, дәріс жазбалары, қосымша мақалалар",
];

#[test]
fn only_the_page_of_a_pdf_may_frame_and_only_what_is_ours() {
    let site = Site::new();
    let paper = site.world.upload_bytes("aliya", "ALG", "ALG.pdf", &pdf(&HALF, Layout::Lines));
    let sheet = site.world.upload_bytes("aliya", "ALG", "ALG.docx", &docx(&HALF, Sheet::Plain, ""));
    let mut aliya = site.signed_in("aliya");
    let shown = aliya.get(&format!("/documents/{paper}/preview"));
    assert!(shown.header("content-security-policy").ends_with("; frame-src 'self'"));
    assert!(shown.body.contains(&format!("<iframe class=\"paper\" src=\"/documents/{paper}?view=1\"")));
    let framed = aliya.get(&format!("/documents/{paper}?view=1"));
    assert_eq!(framed.header("content-security-policy"), "base-uri 'none'; object-src 'none'; frame-ancestors 'self'");
    assert_eq!(framed.header("x-frame-options"), "SAMEORIGIN");
    let told = aliya.get(&format!("/documents/{sheet}/preview"));
    assert!(!told.header("content-security-policy").contains("frame-src") && !told.body.contains("<iframe"));
    assert!(told.body.contains("Емтиханға енетін тақырыптар"));
}

#[test]
fn remarks_stand_beside_the_file_and_strangers_find_nothing() {
    let site = Site::new();
    let document = site.world.upload_bytes("aliya", "ALG", "ALG.docx", &docx(&HALF, Sheet::Plain, ""));
    let path = format!("/documents/{document}/preview");
    let mut aliya = site.signed_in("aliya");
    for page in [path.as_str(), "/dossier", "/choose?discipline=x"] {
        let page = page.replace("discipline=x", &format!("discipline={}", testkit::sample::discipline("ALG")));
        let answer = aliya.get(&page);
        assert!(answer.status == 200 && answer.body.contains("class=\"remarks\""), "{page}");
    }
    assert_eq!(site.signed_in("saule").get(&path).status, 404);
    assert_eq!(site.signed_in("student").get(&path).status, 404);
    assert_eq!(site.stranger().get(&path).status, 303);
    assert_eq!(aliya.get("/documents/nonsense/preview").status, 404);
}

#[test]
fn an_upload_says_what_is_missing_in_its_answer() {
    let site = Site::new();
    let mut aliya = site.signed_in("aliya");
    let answer = aliya.upload(testkit::sample::discipline("ALG"), "scan.pdf", &pdf(&HALF, Layout::Scan));
    assert_eq!(answer.status, 200);
    assert!(
        answer.body.contains("class=\"remarks\"") && answer.body.contains(" checked"),
        "taken, picked, remarked on"
    );
}
