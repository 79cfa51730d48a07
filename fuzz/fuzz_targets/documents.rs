#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(init: fuzz::allow_caught_panics(), |input: &[u8]| fuzz::documents::read(input));
