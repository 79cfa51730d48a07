//! Tests of the compression of pages over HTTP: the coding that a browser gets, and that the content stays the same.
#![allow(clippy::disallowed_methods, clippy::unwrap_used, reason = "tests")]

mod visitor;

use visitor::{Answer, Site, Visitor};

fn page_in(visitor: &mut Visitor, accept_encoding: &str) -> Answer {
    visitor.accept_encoding = Some(accept_encoding.to_owned());
    visitor.get("/help")
}

#[test]
fn a_browser_gets_the_coding_that_it_accepts() {
    let mut visitor = Site::new().signed_in("aliya");
    let mut coding = |accepted| page_in(&mut visitor, accepted).header("content-encoding").to_owned();
    assert_eq!(coding("gzip, deflate, br, zstd"), "zstd");
    assert_eq!(coding("gzip, deflate, br"), "br");
    assert_eq!(coding("gzip, br, zstd;q=0"), "br");
    assert_eq!(coding("gzip"), "gzip");
    assert_eq!(coding("identity"), "");
}

#[test]
fn a_page_in_zstandard_is_the_same_page_and_says_on_what_it_depends() {
    let mut visitor = Site::new().signed_in("aliya");
    let (plain, small) = (page_in(&mut visitor, "identity"), page_in(&mut visitor, "zstd"));
    assert_eq!(small.header("vary"), "accept-encoding");
    assert!(small.bytes.len() * 2 < plain.bytes.len());
    let page = zstd::bulk::decompress(&small.bytes, plain.bytes.len()).unwrap();
    assert_eq!(String::from_utf8(page).unwrap(), plain.body);
}
