//! The cookies of the site: their names, and reading and setting them.

use crate::state::AppState;
use axum::http::{HeaderMap, HeaderValue, header};
use axum::response::Response;

/// The name of the browser cookie that contains the token of the session.
pub(crate) const SESSION: &str = "emtihan";
/// The name of the browser cookie by which the browser is recognised at the next sign-in.
pub(crate) const DEVICE: &str = "device";
/// The name of the browser cookie that contains the interface language that the visitor chose.
pub(crate) const LANGUAGE: &str = "lang";
/// The name of the cookie which marks that a visitor chose the interface language before signing
/// in. After the sign-in, the chosen language is stored in the person's record.
pub(crate) const LANGUAGE_CHOSEN: &str = "lang-chosen";
/// The name of the cookie from which the CSRF value of the sign-in form is derived, because a
/// visitor has no session yet.
pub(crate) const SIGN_IN_TOKEN: &str = "doorstep";

/// The value of the cookie with the given name in the headers of a request.
pub(crate) fn cookie<'h>(headers: &'h HeaderMap, name: &str) -> Option<&'h str> {
    let cookies = headers.get_all(header::COOKIE).iter().filter_map(|value| value.to_str().ok());
    let mut pairs = cookies.flat_map(|line| line.split(';')).filter_map(|pair| pair.trim().split_once('='));
    pairs.find(|(known, _)| *known == name).map(|(_, value)| value)
}

/// Builds the value of a `Set-Cookie` header. The browser stores the cookie for the given number of
/// seconds, or until it is closed if `seconds` is `None`. The value 0 deletes the cookie.
pub(crate) fn set_cookie(state: &AppState, name: &str, value: &str, seconds: Option<u32>) -> String {
    let age = seconds.map(|seconds| format!("; Max-Age={seconds}")).unwrap_or_default();
    let secure = if state.settings.is_secure { "; Secure" } else { "" };
    format!("{name}={value}; Path=/; HttpOnly; SameSite=Lax{age}{secure}")
}

/// Adds a `Set-Cookie` header to an HTTP response.
pub(crate) fn add_cookie(response: &mut Response, line: &str) {
    if let Ok(value) = HeaderValue::from_str(line) {
        response.headers_mut().append(header::SET_COOKIE, value);
    }
}
