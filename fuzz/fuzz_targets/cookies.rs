#![no_main]

use fuzz::site::Site;
use libfuzzer_sys::fuzz_target;
use std::cell::RefCell;

thread_local! {
    static SITE: RefCell<Site> = RefCell::new(Site::new(true));
}

fuzz_target!(init: fuzz::allow_caught_panics(), |input: &[u8]| {
    SITE.with_borrow_mut(|site| fuzz::cookies::send(input, site));
});
