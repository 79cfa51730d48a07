//! The fields of a form, in order, and the files that were sent with it.

use crate::error::WebError;
use crate::uploads::SentFile;
use app::failure::Failure;
use axum::body::to_bytes;
use axum::extract::Request;
use axum::http::StatusCode;
use domain::id::OfferingId;
use domain::limits::FORM_SIGN_IN_SIZE_LIMIT;
use http_body_util::LengthLimitError;
use std::error::Error;
use std::str::FromStr;

/// The fields of a form.
#[derive(Default)]
pub(crate) struct FormData {
    pub(crate) pairs: Vec<(String, String)>,
    /// Files that were really chosen.
    pub(crate) files: Vec<SentFile>,
}

impl FormData {
    /// The fields of an urlencoded text.
    pub(crate) fn parse(body: &[u8]) -> Self {
        let pairs = form_urlencoded::parse(body).map(|(name, value)| (name.into_owned(), without_nul(&value)));
        Self { pairs: pairs.collect(), files: Vec::new() }
    }

    /// The first value of a field; empty when it was not sent.
    pub(crate) fn get(&self, name: &str) -> &str {
        self.pairs.iter().find(|(known, _)| known == name).map_or("", |(_, value)| value)
    }

    /// Yes (`1`) or no (`0`); anything else is no form of ours.
    pub(crate) fn yes_or_no(&self, name: &str) -> Result<bool, WebError> {
        match self.get(name) {
            "1" => Ok(true),
            "0" => Ok(false),
            _ => Err(WebError::bad_form()),
        }
    }

    /// Puts another value in place of a field's.
    pub(crate) fn set(&mut self, name: &str, value: &str) {
        self.pairs.retain(|(known, _)| known != name);
        self.pairs.push((name.to_owned(), value.to_owned()));
    }

    /// Was the field sent at all?
    pub(crate) fn has(&self, name: &str) -> bool {
        self.pairs.iter().any(|(known, _)| known == name)
    }

    /// All values of a field.
    pub(crate) fn all<'s>(&'s self, name: &'s str) -> impl Iterator<Item = &'s str> {
        self.pairs.iter().filter(move |(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// All fields whose name begins like this, without that beginning.
    pub(crate) fn beginning<'s>(&'s self, prefix: &'s str) -> impl Iterator<Item = (&'s str, &'s str)> {
        self.pairs.iter().filter_map(move |(name, value)| Some((name.strip_prefix(prefix)?, value.as_str())))
    }

    /// The value of a field that names something: an id. What cannot be read is not found.
    pub(crate) fn id<T: FromStr>(&self, name: &str) -> Result<T, WebError> {
        self.get(name).parse().map_err(|_| Failure::NotFound.into())
    }

    /// A copy of a field's value.
    pub(crate) fn text(&self, name: &str) -> String {
        self.get(name).to_owned()
    }

    /// A field's value without white space around it.
    pub(crate) fn trimmed(&self, name: &str) -> String {
        self.get(name).trim().to_owned()
    }

    /// All values of a field as ids; what cannot be read is not found.
    pub(crate) fn parsed<T: FromStr>(&self, name: &str) -> Result<Vec<T>, WebError> {
        let read = |value: &str| value.parse().map_err(|_| WebError::from(Failure::NotFound));
        self.all(name).map(read).collect()
    }

    /// The ticked offerings.
    pub(crate) fn offerings(&self) -> Result<Vec<OfferingId>, WebError> {
        let mut ids: Vec<OfferingId> = self.parsed("o")?;
        ids.sort();
        ids.dedup();
        Ok(ids)
    }
}

/// Reads a small form without files: that of a visitor who is not signed in.
pub(crate) async fn read_small_form(request: Request) -> Result<FormData, WebError> {
    let body = to_bytes(request.into_body(), FORM_SIGN_IN_SIZE_LIMIT).await.map_err(|error| unreadable_body(&error))?;
    Ok(FormData::parse(&body))
}

/// The error of a body that cannot be read to its end: too large, cut off, or too slow.
pub(crate) fn unreadable_body(error: &axum::Error) -> WebError {
    let is_too_large = error.source().is_some_and(|source| source.is::<LengthLimitError>());
    if is_too_large { WebError::status(StatusCode::PAYLOAD_TOO_LARGE) } else { WebError::bad_form() }
}

/// A text without NUL, which PostgreSQL cannot store and nobody types.
pub(crate) fn without_nul(text: &str) -> String {
    text.replace('\0', "")
}
