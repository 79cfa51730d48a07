//! The query of an address. What cannot be read in it is passed over: an address that was copied wrongly still opens its page.

use crate::state::AppState;
use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use std::convert::Infallible;

/// The parameters of an address besides its path.
pub(crate) struct Query<T>(pub(crate) T);

impl<T: DeserializeOwned + Default> FromRequestParts<AppState> for Query<T> {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _door: &AppState) -> Result<Self, Infallible> {
        let read = axum::extract::Query::try_from_uri(&parts.uri);
        Ok(Self(read.map(|asked| asked.0).unwrap_or_default()))
    }
}

/// The act that was just done, from the parameter `did` of the address that it redirected to.
#[derive(Default, Deserialize)]
pub(crate) struct ActDone {
    did: Option<String>,
}

impl ActDone {
    /// Was it this?
    pub(crate) fn is(&self, what: &str) -> bool {
        self.did.as_deref() == Some(what)
    }

    /// The text that says so, among those of a page: word of the address, key of the text.
    pub(crate) fn note(&self, texts: &[(&str, &'static str)]) -> Option<&'static str> {
        texts.iter().find(|(what, _)| self.is(what)).map(|(_, key)| *key)
    }
}

/// A path with what it asks for; what is empty is left out.
pub(crate) fn address(path: &str, pairs: &[(&str, &str)]) -> String {
    let mut query = form_urlencoded::Serializer::new(String::new());
    query.extend_pairs(pairs.iter().filter(|(_, value)| !value.is_empty()));
    let query = query.finish();
    if query.is_empty() { path.to_owned() } else { format!("{path}?{query}") }
}
