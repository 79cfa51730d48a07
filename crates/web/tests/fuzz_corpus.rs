//! Sends every request of `fuzz/corpus` to the site, as the fuzz targets do. Inputs that once failed
//! are among the requests.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::print_stdout,
    clippy::disallowed_methods,
    unreachable_pub,
    reason = "tests"
)]

#[path = "../../../fuzz/src/cookies.rs"]
mod cookies;
#[path = "../../../fuzz/src/corpus.rs"]
mod corpus;
#[path = "../../../fuzz/src/forms.rs"]
mod forms;
#[path = "../../../fuzz/src/site.rs"]
mod site;

use corpus::each;
use site::Site;

#[test]
fn every_form_of_the_corpus_is_answered() {
    let mut site = Site::new(false);
    each("forms", |input| forms::send(input, &mut site));
}

#[test]
fn every_request_with_cookies_of_the_corpus_is_answered() {
    let mut site = Site::new(true);
    each("cookies", |input| cookies::send(input, &mut site));
}
