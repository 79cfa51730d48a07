//! Tests that the OneRoster reader accepts the roster of the demo university.

use super::super::read;
use std::path::Path;

#[test]
fn nothing_of_the_demo_roster_is_refused() {
    let reading = read(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../../demo/roster")).unwrap();
    assert_eq!((reading.refused, reading.warnings), (vec![], vec![]));
    assert!(!reading.roster.offerings.is_empty());
}
