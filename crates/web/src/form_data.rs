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
use domain::visible_text::{visible_line, visible_text};
use http_body_util::LengthLimitError;
use std::error::Error;
use std::str::FromStr;

/// The form fields with a password. A password is compared character by character, so nothing may
/// be dropped from it.
const PASSWORD_FIELDS: [&str; 4] = ["password", "old", "new", "again"];

/// The form fields of several lines. In all other fields, a line break becomes a space.
const MULTI_LINE_FIELDS: [&str; 5] = ["reason", "suggestions", "text_kk", "text_ru", "text_en"];

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
        let mut fields = Self::default();
        for (name, value) in form_urlencoded::parse(body) {
            fields.add(name.into_owned(), &value);
        }
        fields
    }

    /// Adds a form field with the text that was typed into it. Invisible characters are dropped,
    /// except from passwords.
    pub(crate) fn add(&mut self, name: String, typed: &str) {
        let value = if PASSWORD_FIELDS.contains(&name.as_str()) {
            typed.to_owned()
        } else if MULTI_LINE_FIELDS.contains(&name.as_str()) {
            visible_text(typed)
        } else {
            visible_line(typed)
        };
        self.pairs.push((name, value));
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

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "tests")]

    use super::*;
    use std::path::{Path, PathBuf};

    fn templates(folder: &Path) -> Vec<PathBuf> {
        let entries = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
        entries.flat_map(|path| if path.is_dir() { templates(&path) } else { vec![path] }).collect()
    }

    /// The names of the form fields that the templates create after each occurrence of `start`. Names that a template
    /// computes are left out.
    fn names(start: &str, is_name: impl Fn(&str) -> Option<&str>) -> Vec<String> {
        let all = templates(&Path::new(env!("CARGO_MANIFEST_DIR")).join("templates"));
        let sources = all.iter().map(|path| std::fs::read_to_string(path).unwrap());
        let found = sources.flat_map(|source| {
            let parts = source.split(start).skip(1).filter_map(&is_name);
            parts.filter(|name| !name.contains('{')).map(str::to_owned).collect::<Vec<_>>()
        });
        found.collect()
    }

    fn attribute(tag: &str) -> Option<&str> {
        tag.split('>').next()?.split(" name=\"").nth(1)?.split('"').next()
    }

    fn argument(call: &str) -> Option<&str> {
        call.split(')').next()?.split('"').nth(1)
    }

    fn password_input(call: &str) -> Option<&str> {
        call.split("%}").next().filter(|call| call.contains(", \"password\""))?.split('"').nth(1)
    }

    #[test]
    fn every_field_of_several_lines_keeps_its_line_breaks() {
        let fields = [names("<textarea", attribute), names("forms::textarea(", argument)].concat();
        assert!(fields.len() > 5, "{fields:?}");
        assert!(fields.iter().all(|name| MULTI_LINE_FIELDS.contains(&name.as_str())), "{fields:?}");
        let mut form = FormData::default();
        for name in MULTI_LINE_FIELDS {
            form.add(name.to_owned(), "a\u{200b}\r\n\u{7}\tb");
            assert_eq!(form.get(name), "a\n\tb");
        }
        form.add("name".to_owned(), "a\u{200b}\r\n\u{7}b");
        assert_eq!(form.get("name"), "a b");
    }

    #[test]
    fn nothing_is_dropped_from_a_password() {
        let fields = [names("forms::password(", argument), names("forms::input(", password_input)].concat();
        assert!(fields.len() > 5, "{fields:?}");
        assert!(fields.iter().all(|name| PASSWORD_FIELDS.contains(&name.as_str())), "{fields:?}");
        let mut form = FormData::default();
        for name in PASSWORD_FIELDS {
            form.add(name.to_owned(), " a\u{200b}\u{0}и\u{306}\t");
            assert_eq!(form.get(name), " a\u{200b}\u{0}и\u{306}\t");
        }
    }
}
