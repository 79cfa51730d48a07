//! Sends requests with generated cookies, headers, paths and query parameters to the site. The word
//! `TOKEN` in a header stands for the token of the person's session.

use crate::site::{SentRequest, Site};
use axum::http::header;

/// Sends a request without a body. Checks that the site does not answer with an error of its own,
/// and that every cookie which it sets has the prefix of cookies that only the site itself can set.
pub fn send(input: &[u8], site: &mut Site) {
    let Some(mut sent) = SentRequest::of(input) else { return };
    if !matches!(sent.method, "GET" | "HEAD") {
        return;
    }
    let token = site.person(sent.person).map_or("", |person| &person.token);
    let headers: Vec<String> = sent.headers.iter().map(|(_, value)| value.replace("TOKEN", token)).collect();
    for ((_, value), replaced) in sent.headers.iter_mut().zip(&headers) {
        *value = replaced;
    }
    let Some(answer) = site.send(&sent, &[], Vec::new()) else { return };
    assert_ne!(answer.status, 500, "{}", String::from_utf8_lossy(&answer.body));
    for cookie in answer.headers.get_all(header::SET_COOKIE) {
        let cookie = cookie.to_str().expect("a cookie that browsers read");
        assert!(cookie.starts_with("__Host-") && cookie.contains("; Secure"), "{cookie}");
    }
}
