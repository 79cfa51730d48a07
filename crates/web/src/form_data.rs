//! The fields of a submitted HTML form, in the order in which they were sent, and the files sent
//! with the form.

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

/// The fields and files of a submitted HTML form.
#[derive(Default)]
pub(crate) struct FormData {
    pub(crate) pairs: Vec<(String, String)>,
    /// The files sent with an HTML form. File fields in which the user selected no file are left
    /// out.
    pub(crate) files: Vec<SentFile>,
}

impl FormData {
    /// Parses the URL-encoded body of a request into form fields.
    pub(crate) fn parse(body: &[u8]) -> Self {
        let pairs = form_urlencoded::parse(body).map(|(name, value)| (name.into_owned(), without_nul(&value)));
        Self { pairs: pairs.collect(), files: Vec::new() }
    }

    /// The first submitted value of a form field; empty when the field was not sent.
    pub(crate) fn get(&self, name: &str) -> &str {
        self.pairs.iter().find(|(known, _)| known == name).map_or("", |(_, value)| value)
    }

    /// Reads a form field whose value is yes (`1`) or no (`0`). Any other value is the error 400.
    pub(crate) fn yes_or_no(&self, name: &str) -> Result<bool, WebError> {
        match self.get(name) {
            "1" => Ok(true),
            "0" => Ok(false),
            _ => Err(WebError::bad_form()),
        }
    }

    /// Replaces all submitted values of a form field by one value.
    pub(crate) fn set(&mut self, name: &str, value: &str) {
        self.pairs.retain(|(known, _)| known != name);
        self.pairs.push((name.to_owned(), value.to_owned()));
    }

    /// Whether a form field was sent with the HTML form, even with an empty value.
    pub(crate) fn has(&self, name: &str) -> bool {
        self.pairs.iter().any(|(known, _)| known == name)
    }

    /// All submitted values of the form fields with the given name, in the order in which they were
    /// sent.
    pub(crate) fn all<'s>(&'s self, name: &'s str) -> impl Iterator<Item = &'s str> {
        self.pairs.iter().filter(move |(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// The names and values of all form fields whose names begin with `prefix`. This beginning is
    /// removed from the returned names.
    pub(crate) fn beginning<'s>(&'s self, prefix: &'s str) -> impl Iterator<Item = (&'s str, &'s str)> {
        self.pairs.iter().filter_map(move |(name, value)| Some((name.strip_prefix(prefix)?, value.as_str())))
    }

    /// Parses the value of a form field as the id of a record. A value that cannot be parsed is
    /// answered with 404.
    pub(crate) fn id<T: FromStr>(&self, name: &str) -> Result<T, WebError> {
        self.get(name).parse().map_err(|_| Failure::NotFound.into())
    }

    /// The submitted value of a form field as an owned string; empty when the field was not sent.
    pub(crate) fn text(&self, name: &str) -> String {
        self.get(name).to_owned()
    }

    /// The submitted value of a form field without white space around it.
    pub(crate) fn trimmed(&self, name: &str) -> String {
        self.get(name).trim().to_owned()
    }

    /// Parses all submitted values of a form field as ids of records. A value that cannot be parsed
    /// is answered with 404.
    pub(crate) fn parsed<T: FromStr>(&self, name: &str) -> Result<Vec<T>, WebError> {
        let read = |value: &str| value.parse().map_err(|_| WebError::from(Failure::NotFound));
        self.all(name).map(read).collect()
    }

    /// The ids of the offerings (a discipline taught to one group) that are ticked in an HTML form,
    /// sorted and without duplicates. The form field is called `o`.
    pub(crate) fn offerings(&self) -> Result<Vec<OfferingId>, WebError> {
        let mut ids: Vec<OfferingId> = self.parsed("o")?;
        ids.sort();
        ids.dedup();
        Ok(ids)
    }
}

/// Reads the HTML form of a visitor who is not signed in. The form has no files and at most
/// `FORM_SIGN_IN_SIZE_LIMIT` bytes.
pub(crate) async fn read_small_form(request: Request) -> Result<FormData, WebError> {
    let body = to_bytes(request.into_body(), FORM_SIGN_IN_SIZE_LIMIT).await.map_err(|error| unreadable_body(&error))?;
    Ok(FormData::parse(&body))
}

/// The error for a request body that cannot be read to its end because it is too large, cut off or
/// too slow.
pub(crate) fn unreadable_body(error: &axum::Error) -> WebError {
    let is_too_large = error.source().is_some_and(|source| source.is::<LengthLimitError>());
    if is_too_large { WebError::status(StatusCode::PAYLOAD_TOO_LARGE) } else { WebError::bad_form() }
}

/// Removes NUL characters from a submitted text, because PostgreSQL cannot store them.
pub(crate) fn without_nul(text: &str) -> String {
    text.replace('\0', "")
}
