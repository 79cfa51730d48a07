//! The fields of a submitted web form, in their order, and the files that were sent with the form.

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

/// The fields and files of a submitted web form.
#[derive(Default)]
pub(crate) struct FormData {
    pub(crate) pairs: Vec<(String, String)>,
    /// The uploaded files of a web form; file fields without a file are left out.
    pub(crate) files: Vec<SentFile>,
}

impl FormData {
    /// Parses a URL-encoded request body into form fields.
    pub(crate) fn parse(body: &[u8]) -> Self {
        let pairs = form_urlencoded::parse(body).map(|(name, value)| (name.into_owned(), without_nul(&value)));
        Self { pairs: pairs.collect(), files: Vec::new() }
    }

    /// The first value of a form field; empty when the field was not sent.
    pub(crate) fn get(&self, name: &str) -> &str {
        self.pairs.iter().find(|(known, _)| known == name).map_or("", |(_, value)| value)
    }

    /// Reads a form field as yes (`1`) or no (`0`); any other value is answered with the error `bad_form`.
    pub(crate) fn yes_or_no(&self, name: &str) -> Result<bool, WebError> {
        match self.get(name) {
            "1" => Ok(true),
            "0" => Ok(false),
            _ => Err(WebError::bad_form()),
        }
    }

    /// Replaces all values of a form field by one value.
    pub(crate) fn set(&mut self, name: &str, value: &str) {
        self.pairs.retain(|(known, _)| known != name);
        self.pairs.push((name.to_owned(), value.to_owned()));
    }

    /// Whether a form field was sent, even if it is empty.
    pub(crate) fn has(&self, name: &str) -> bool {
        self.pairs.iter().any(|(known, _)| known == name)
    }

    /// The values of every form field with this name, in their order in the form.
    pub(crate) fn all<'s>(&'s self, name: &'s str) -> impl Iterator<Item = &'s str> {
        self.pairs.iter().filter(move |(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// The names and values of all form fields whose names begin with `prefix`; the names are returned without it.
    pub(crate) fn beginning<'s>(&'s self, prefix: &'s str) -> impl Iterator<Item = (&'s str, &'s str)> {
        self.pairs.iter().filter_map(move |(name, value)| Some((name.strip_prefix(prefix)?, value.as_str())))
    }

    /// Parses the value of a form field as an id. A value that cannot be parsed is answered with 404.
    pub(crate) fn id<T: FromStr>(&self, name: &str) -> Result<T, WebError> {
        self.get(name).parse().map_err(|_| Failure::NotFound.into())
    }

    /// The value of a form field as an owned string.
    pub(crate) fn text(&self, name: &str) -> String {
        self.get(name).to_owned()
    }

    /// The value of a form field without surrounding white space.
    pub(crate) fn trimmed(&self, name: &str) -> String {
        self.get(name).trim().to_owned()
    }

    /// Parses all values of a form field as ids. A value that cannot be parsed is answered with 404.
    pub(crate) fn parsed<T: FromStr>(&self, name: &str) -> Result<Vec<T>, WebError> {
        let read = |value: &str| value.parse().map_err(|_| WebError::from(Failure::NotFound));
        self.all(name).map(read).collect()
    }

    /// The offerings (courses taught to student groups) that are ticked in the web form (field `o`), sorted and without
    /// duplicates.
    pub(crate) fn offerings(&self) -> Result<Vec<OfferingId>, WebError> {
        let mut ids: Vec<OfferingId> = self.parsed("o")?;
        ids.sort();
        ids.dedup();
        Ok(ids)
    }
}

/// Reads the web form of a visitor who is not signed in: at most `FORM_SIGN_IN_SIZE_LIMIT` bytes, no files.
pub(crate) async fn read_small_form(request: Request) -> Result<FormData, WebError> {
    let body = to_bytes(request.into_body(), FORM_SIGN_IN_SIZE_LIMIT).await.map_err(|error| unreadable_body(&error))?;
    Ok(FormData::parse(&body))
}

/// The error for a request body that cannot be read to its end: too large, cut off, or too slow.
pub(crate) fn unreadable_body(error: &axum::Error) -> WebError {
    let is_too_large = error.source().is_some_and(|source| source.is::<LengthLimitError>());
    if is_too_large { WebError::status(StatusCode::PAYLOAD_TOO_LARGE) } else { WebError::bad_form() }
}

/// Removes NUL characters, which PostgreSQL cannot store, from a submitted text.
pub(crate) fn without_nul(text: &str) -> String {
    text.replace('\0', "")
}
