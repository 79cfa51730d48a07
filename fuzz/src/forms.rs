//! Sends forms to the site: URL-encoded or in several parts with files. The word `CSRF` in a form
//! stands for the value that the person's forms have to contain.

use crate::site::{SentRequest, Site};

/// The paths whose forms end the session of the person, so that later forms would not be read.
const ENDS_SESSION: [&str; 3] = ["/sign-out", "/password", "/settings/sessions"];

/// Sends a form as a signed-in person or as a visitor, and checks that the site does not answer with
/// an error of its own.
pub fn send(input: &[u8], site: &mut Site) {
    let Some(sent) = SentRequest::of(input) else { return };
    if ENDS_SESSION.iter().any(|path| sent.path.starts_with(path)) {
        return;
    }
    let (body, cookie) = match site.person(sent.person) {
        Some(person) => (with_csrf(sent.body, &person.csrf), vec![site.session_cookie(&person.token)]),
        None => (sent.body.to_vec(), Vec::new()),
    };
    let Some(answer) = site.send(&sent, &cookie, body) else { return };
    assert_ne!(answer.status, 500, "{}", String::from_utf8_lossy(&answer.body));
}

fn with_csrf(body: &[u8], csrf: &str) -> Vec<u8> {
    const WORD: &[u8] = b"CSRF";
    match body.windows(WORD.len()).position(|text| text == WORD) {
        Some(place) => {
            let (before, rest) = body.split_at(place);
            [before, csrf.as_bytes(), rest.get(WORD.len()..).unwrap_or_default()].concat()
        }
        None => body.to_vec(),
    }
}
