#![no_main]

use domain::roster::Roster;
use libfuzzer_sys::fuzz_target;
use std::sync::LazyLock;

static STORED: LazyLock<Roster> = LazyLock::new(testkit::sample::roster);

fuzz_target!(init: fuzz::allow_caught_panics(), |input: &[u8]| fuzz::group_sheets::read(input, &STORED));
