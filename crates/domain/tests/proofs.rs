//! Tests that each check of the catalogue detects the fault for which it was written.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, missing_docs, reason = "tests")]

use domain::catalogue::Catalogue;
use domain::proofs::faults;
use testkit::world::shipped_catalogue;

fn codes_after(damage: impl Fn(&mut Catalogue)) -> Vec<&'static str> {
    let mut catalogue = shipped_catalogue().catalogue;
    damage(&mut catalogue);
    let mut codes: Vec<_> = faults(&catalogue).iter().map(|fault| fault.code).collect();
    codes.dedup();
    codes
}

#[test]
fn every_damage_is_named() {
    assert_eq!(codes_after(|_| ()), [""; 0]);
    assert_eq!(codes_after(|known| known.rows[4].id = known.rows[3].id.clone())[0], "duplicate-id");
    assert_eq!(codes_after(|known| known.rows[5].kind = known.rows[4].kind.clone())[0], "duplicate-row");
    assert_eq!(codes_after(|known| known.rows[4].kind = None)[0], "contradiction");
    assert_eq!(codes_after(|known| known.rows[4].number = 6), ["duplicate-number"]);
    assert_eq!(codes_after(|known| known.rows[0].id.0 = "Bad Id".into())[0], "bad-id");
    assert_eq!(codes_after(|known| known.rows[0].platform = "paper".into())[0], "unknown-platform");
    assert_eq!(codes_after(|known| known.rows[2].form = "sung".into())[0], "unknown-form");
    assert_eq!(codes_after(|known| known.rows[4].kind = Some("poem".into()))[0], "unknown-type");
    assert_eq!(codes_after(|known| drop(known.rows.remove(13))), ["dead-end"]);
    assert_eq!(codes_after(|known| known.rows[3].title.ru.clear()), ["language-missing"]);
    assert_eq!(codes_after(|known| known.platforms[0].name.en.clear()), ["language-missing"]);
    assert_eq!(codes_after(|known| known.rows[3].info.as_mut().unwrap().prompt.kk.clear()), ["language-missing"]);
    assert_eq!(codes_after(|known| known.rows[13].offered.as_mut().unwrap().faculties.clear()), ["offered-to-nobody"]);
    assert_eq!(codes_after(|known| drop(known.instructions.remove("moodle"))), ["instructions-missing"]);
    assert_eq!(codes_after(|known| known.rows[0].parts = 0), ["bad-number"]);
    assert_eq!(codes_after(|known| known.platforms[0].link = Some("https://moodle.uni.example/login".into())), [""; 0]);
    for link in ["http://moodle.uni.example", "javascript:alert(1)", "https://", "https:///x", "https://a b"] {
        assert_eq!(codes_after(|known| known.platforms[0].link = Some(link.into())), ["bad-link"], "{link}");
    }
    assert_eq!(codes_after(|known| known.rows.clear())[0], "no-rows");
}

#[test]
fn a_fault_names_the_rows_that_it_concerns() {
    let mut catalogue = shipped_catalogue().catalogue;
    catalogue.rows[5].kind = catalogue.rows[4].kind.clone();
    let found = faults(&catalogue);
    let rows: Vec<_> = found[0].rows.iter().map(|row| row.0.as_str()).collect();
    assert_eq!(rows, ["moodle-project", "moodle-case"]);
}
