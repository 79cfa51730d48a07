//! Tests that the OneRoster reader ends with a roster or an error, whatever bytes a file contains.

use super::{Sample, read_zip};
use proptest::collection::vec;
use proptest::prelude::*;

/// Generates random bytes that resemble a OneRoster file, so that the reader does not refuse them
/// at the first check.
fn scraps() -> impl Strategy<Value = Vec<u8>> {
    let scrap = prop_oneof![
        Just(b",".to_vec()),
        Just(b"\n".to_vec()),
        Just(b"\"".to_vec()),
        Just(b";".to_vec()),
        Just(b"\r\n".to_vec()),
        Just(b"\xef\xbb\xbf".to_vec()),
        Just("ә".into()),
        "uni|f-it|d-inf|alg|aliya|st1|c1|autumn|teacher|student|true|2026-09-01|-1|=x".prop_map(String::into_bytes),
        vec(any::<u8>(), 0..4),
    ];
    vec(scrap, 0..60).prop_map(|scraps| scraps.concat())
}

fn any_file() -> impl Strategy<Value = &'static str> {
    proptest::sample::select(Sample::new().0.into_keys().collect::<Vec<_>>())
}

proptest! {
    #[test]
    fn any_bytes_in_any_file(file in any_file(), bytes in vec(any::<u8>(), 0..400)) {
        let _ = Sample::new().with(file, bytes).try_read();
    }

    #[test]
    fn any_bytes_after_a_right_header(file in any_file(), bytes in scraps()) {
        let mut content = Sample::new().0[file].clone();
        content.extend_from_slice(&bytes);
        if let Ok(reading) = Sample::new().with(file, content).try_read() {
            prop_assert!(reading.refused.iter().all(|bad| bad.line > 1 && bad.value.chars().count() <= 101));
            prop_assert!(reading.roster.orgs.is_sorted_by_key(|org| org.kind));
        }
    }

    #[test]
    fn any_byte_of_a_roster_may_be_another(file in any_file(), place in any::<proptest::sample::Index>(), byte: u8) {
        let mut content = Sample::new().0[file].clone();
        let place = place.index(content.len());
        content[place] = byte;
        let _ = Sample::new().with(file, content).try_read();
    }

    #[test]
    fn any_bytes_of_a_zip_may_be_others(places in vec((any::<proptest::sample::Index>(), any::<u8>()), 1..6), end: f64) {
        let mut zip = Sample::new().zipped("");
        for (place, byte) in places {
            let place = place.index(zip.len());
            zip[place] = byte;
        }
        if end.abs() < 1.0 {
            zip.truncate(zip.len() / 2);
        }
        let _ = read_zip(&zip);
    }
}
