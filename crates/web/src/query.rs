//! Query parameters in the address of a request. Values that cannot be parsed are ignored, so that
//! a damaged address still opens its page.

use crate::state::AppState;
use axum::extract::FromRequestParts;
use axum::http::Uri;
use axum::http::request::Parts;
use chrono::{Datelike, NaiveDate};
use domain::visible_text::visible_line;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use std::convert::Infallible;

/// Extracts the query parameters from the address of a request. If the parameters cannot be parsed,
/// the default values are used.
pub(crate) struct Query<T>(pub(crate) T);

impl<T: DeserializeOwned + Default> FromRequestParts<AppState> for Query<T> {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _door: &AppState) -> Result<Self, Infallible> {
        let read = axum::extract::Query::try_from_uri(&without_invisible(&parts.uri));
        Ok(Self(read.map(|asked| asked.0).unwrap_or_default()))
    }
}

/// The query parameters of an address without invisible characters, as an address.
fn without_invisible(uri: &Uri) -> Uri {
    let pairs = form_urlencoded::parse(uri.query().unwrap_or_default().as_bytes());
    let visible = pairs.map(|(name, value)| (name, visible_line(&value)));
    let query = form_urlencoded::Serializer::new(String::new()).extend_pairs(visible).finish();
    format!("/?{query}").parse().unwrap_or_default()
}

/// The act that the signed-in person has just carried out, such as saving a form. The redirect
/// after the act names the act in the parameter `did`, so that the next page can confirm the act.
#[derive(Default, Deserialize)]
pub(crate) struct ActDone {
    did: Option<String>,
}

impl ActDone {
    /// Whether the signed-in person has just carried out the act with the given code.
    pub(crate) fn is(&self, what: &str) -> bool {
        self.did.as_deref() == Some(what)
    }

    /// The key of the message that confirms the act which the signed-in person has just carried
    /// out; `None` if there was no such act. The parameter `texts` lists the acts that the page can
    /// confirm: the code of each act, and the key of its message.
    pub(crate) fn note(&self, texts: &[(&str, &'static str)]) -> Option<&'static str> {
        texts.iter().find(|(what, _)| self.is(what)).map(|(_, key)| *key)
    }
}

/// Parses a day from the address. `None` for a day that no record can have and no database can store.
pub(crate) fn day(text: &str) -> Option<NaiveDate> {
    text.parse().ok().filter(|day: &NaiveDate| (1..=9_999).contains(&day.year()))
}

/// Parses a page number from the address. A number that is too large is the last page, other texts are the
/// first one.
pub(crate) fn page_number(text: &str) -> usize {
    let is_number = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    text.parse().unwrap_or(if is_number { usize::MAX } else { 1 })
}

/// Builds an address from a path and the query parameters that are not empty.
pub(crate) fn address(path: &str, pairs: &[(&str, &str)]) -> String {
    let mut query = form_urlencoded::Serializer::new(String::new());
    query.extend_pairs(pairs.iter().filter(|(_, value)| !value.is_empty()));
    let query = query.finish();
    if query.is_empty() { path.to_owned() } else { format!("{path}?{query}") }
}
