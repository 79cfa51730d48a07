//! Gives all cookies of a site with TLS the prefix `__Host-`. Browsers accept such a cookie only from
//! the site itself, through TLS and for all its paths, so that neither another host of the same
//! domain nor a page without TLS can set it.

use crate::state::AppState;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, header};
use axum::middleware::Next;
use axum::response::Response;

/// The prefix of the names of cookies (RFC 6265bis, section 4.1.3.2).
const PREFIX: &str = "__Host-";

/// Middleware that adds the prefix to the cookies that handlers set and removes it from the cookies
/// that browsers send, if the site is reached through TLS. Handlers see names without the prefix,
/// and no cookies that were sent without it.
pub(crate) async fn host_cookies(State(state): State<AppState>, mut request: Request, next: Next) -> Response {
    if !state.settings.is_secure {
        return next.run(request).await;
    }
    replace_all(request.headers_mut(), &header::COOKIE, known_to_handlers);
    let mut response = next.run(request).await;
    replace_all(response.headers_mut(), &header::SET_COOKIE, |line| Some(format!("{PREFIX}{line}")));
    response
}

/// Replaces each value of a header. A value for which there is no replacement is removed.
fn replace_all(headers: &mut HeaderMap, name: &HeaderName, replacement: impl Fn(&str) -> Option<String>) {
    let lines = headers.get_all(name).iter().filter_map(|value| value.to_str().ok());
    let replaced: Vec<HeaderValue> = lines.filter_map(|line| HeaderValue::from_str(&replacement(line)?).ok()).collect();
    headers.remove(name);
    for value in replaced {
        headers.append(name, value);
    }
}

/// The cookies in one line of the header `Cookie` that have the prefix, without the prefix.
fn known_to_handlers(line: &str) -> Option<String> {
    let pairs: Vec<&str> = line.split(';').filter_map(|pair| pair.trim().strip_prefix(PREFIX)).collect();
    (!pairs.is_empty()).then(|| pairs.join("; "))
}
