//! A form as it was sent: fields in order, and files on their way into the vault. Every form of somebody who is signed in
//! passes through [`SignedForm`], and so through the check that it came from our own page.

use crate::error::WebError;
use crate::pages::access::sign_in::address;
use crate::routes;
use crate::session::{Session, Visitor, visitor};
use crate::state::AppState;
use app::access::restored_form;
use app::access::restored_form::RestoredForm;
use app::app::Incoming;
use app::failure::Failure;
use axum::body::to_bytes;
use axum::extract::multipart::{Field, MultipartError};
use axum::extract::{FromRequest, Multipart, Request};
use axum::http::{StatusCode, header};
use domain::digest::Digest;
use domain::id::OfferingId;
use domain::limits::{
    FORM_FILES_LIMIT, FORM_PARTS_LIMIT, FORM_SIGN_IN_SIZE_LIMIT, FORM_SIZE_LIMIT, PROGRAMME_SIZE_LIMIT,
    RESTORED_FORM_SIZE_LIMIT, ROSTER_FILE_SIZE_LIMIT,
};
use domain::person::Person;
use domain::programme::UploadError;
use http_body_util::LengthLimitError;
use std::error::Error;
use std::str::FromStr;

/// A file that was sent with a form.
pub(crate) struct SentFile {
    /// The field's name.
    pub(crate) field: String,
    /// The file's name.
    pub(crate) name: String,
    /// Its bytes, or why there are none.
    pub(crate) content: Result<Incoming, UploadError>,
}

/// The fields of a form.
#[derive(Default)]
pub(crate) struct FormData {
    pairs: Vec<(String, String)>,
    /// Files that were really chosen.
    pub(crate) files: Vec<SentFile>,
}

/// A form of somebody who is signed in.
pub(crate) struct SignedForm {
    /// Who sent it.
    pub(crate) session: Session,
    /// What.
    pub(crate) fields: FormData,
    /// From which address, as attempts are counted.
    pub(crate) address: String,
}

impl FormData {
    /// The fields of an urlencoded text.
    pub(crate) fn parse(body: &[u8]) -> Self {
        let pairs = form_urlencoded::parse(body).map(|(name, value)| (name.into_owned(), plain(&value)));
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

    /// All values of a field as something; what cannot be read is not found.
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

impl FromRequest<AppState> for SignedForm {
    type Rejection = WebError;

    async fn from_request(request: Request, state: &AppState) -> Result<Self, WebError> {
        let (parts, body) = request.into_parts();
        let who = visitor(state, &parts).await?;
        let request = Request::from_parts(parts, body);
        let address = address(state, &request);
        match who {
            Visitor::Seated(session) => {
                let path = request.uri().path().to_owned();
                session.may_go_on(&path)?;
                let room = (session.csrf.as_str(), file_limit(&path));
                let fields = read(request, state, room).await?;
                if fields.get("csrf") == session.csrf {
                    return Ok(Self { session: *session, fields, address });
                }
                Err(show_again(state, &session, path, &fields).await?)
            }
            Visitor::Expired(token, person) => Err(keep(request, state, token, person).await?),
            Visitor::Stranger => Err(WebError::sign_in("/")),
        }
    }
}

/// The form of a page that was opened before its reader signed in anew: it comes from here (its Origin was checked), but
/// is not carried out. What was typed is shown again.
async fn show_again(
    state: &AppState,
    session: &Session,
    path: String,
    fields: &FormData,
) -> Result<WebError, WebError> {
    if !fields.has("csrf") {
        return Ok(WebError::csrf());
    }
    let pairs = fields.pairs.iter().filter(|(name, _)| name != "csrf");
    let body = form_urlencoded::Serializer::new(String::new()).extend_pairs(pairs).finish();
    if body.len() > RESTORED_FORM_SIZE_LIMIT {
        return Ok(WebError::csrf());
    }
    let (token, person, form) = (session.signed.token, session.signed.person.id, RestoredForm { path, body });
    state.app.write(move |work| restored_form::keep(work, token, person, &form)).await?;
    Ok(WebError::go_to("/kept"))
}

/// Reads the small form of somebody at the door: no files, no multipart.
pub(crate) async fn read_at_the_door(request: Request) -> Result<FormData, WebError> {
    let body = to_bytes(request.into_body(), FORM_SIGN_IN_SIZE_LIMIT).await.map_err(|error| unread(&error))?;
    Ok(FormData::parse(&body))
}

/// Reads a form of whatever kind. Files are taken only after the right `csrf`.
async fn read(request: Request, state: &AppState, room: (&str, u64)) -> Result<FormData, WebError> {
    if is_multipart(&request) {
        let multipart = Multipart::from_request(request, state).await.map_err(|_| WebError::bad_form())?;
        return read_parts(multipart, state, room).await;
    }
    let body = to_bytes(request.into_body(), FORM_SIZE_LIMIT).await.map_err(|error| unread(&error))?;
    Ok(FormData::parse(&body))
}

/// The largest file that is taken here: a roster is larger than a programme.
fn file_limit(path: &str) -> u64 {
    if path == routes::IMPORTS { ROSTER_FILE_SIZE_LIMIT } else { PROGRAMME_SIZE_LIMIT }
}

fn too_large() -> WebError {
    WebError::status(StatusCode::PAYLOAD_TOO_LARGE)
}

/// A form that cannot be read to its end: too large, cut off, or too slow.
fn unread(error: &axum::Error) -> WebError {
    let is_too_large = error.source().is_some_and(|source| source.is::<LengthLimitError>());
    if is_too_large { too_large() } else { WebError::bad_form() }
}

/// A part that cannot be read: too large, or not a form.
fn unreadable(error: &MultipartError) -> WebError {
    if error.status() == StatusCode::PAYLOAD_TOO_LARGE { too_large() } else { WebError::bad_form() }
}

/// No database keeps NUL in a text, and nobody types it.
fn plain(text: &str) -> String {
    text.replace('\0', "")
}

async fn read_parts(
    mut multipart: Multipart,
    state: &AppState,
    (csrf, limit): (&str, u64),
) -> Result<FormData, WebError> {
    let mut fields = FormData::default();
    let (mut room, mut parts) = (FORM_SIZE_LIMIT, 0);
    while let Some(part) = multipart.next_field().await.map_err(|error| unreadable(&error))? {
        parts += 1;
        let field = part.name().unwrap_or_default().to_owned();
        match part.file_name().map(str::to_owned) {
            Some(name) if name.is_empty() => {}
            Some(_) if fields.get("csrf") != csrf => {}
            Some(name) => {
                let content = receive(part, (state, limit)).await?;
                // Browsers write a quotation mark in a file name like this.
                let name = plain(&name.replace("%22", "\""));
                fields.files.push(SentFile { field, name, content });
            }
            None => {
                let value = short_text(part, &mut room).await?;
                fields.pairs.push((field, plain(&value)));
            }
        }
        if parts > FORM_PARTS_LIMIT || fields.files.len() > FORM_FILES_LIMIT {
            return Err(too_large());
        }
    }
    Ok(fields)
}

/// The text of a part, as long as there is room for it.
async fn short_text(mut part: Field<'_>, room: &mut usize) -> Result<String, WebError> {
    let mut text = Vec::new();
    while let Some(chunk) = part.chunk().await.map_err(|error| unreadable(&error))? {
        *room = room.checked_sub(chunk.len()).ok_or_else(too_large)?;
        text.extend(&chunk);
    }
    Ok(String::from_utf8_lossy(&text).into_owned())
}

/// Streams a file into the vault's antechamber. A file that is too large is read to its end and not kept.
async fn receive(
    mut part: Field<'_>,
    (state, limit): (&AppState, u64),
) -> Result<Result<Incoming, UploadError>, WebError> {
    let mut incoming = Some(state.app.vault.begin(limit).map_err(Failure::from)?);
    loop {
        match part.chunk().await {
            Err(_) => return Ok(Err(UploadError::CutOff)),
            Ok(None) => return Ok(incoming.ok_or(UploadError::TooLarge)),
            Ok(Some(chunk)) => {
                let Some(mut file) = incoming.take() else { continue };
                let task = move || file.write(&chunk).map(|()| file);
                let written = tokio::task::spawn_blocking(task).await.map_err(|error| WebError::broken(&error))?;
                incoming = match written.map_err(Failure::from) {
                    Ok(file) => Some(file),
                    Err(Failure::Refused(_)) => None,
                    Err(other) => return Err(other.into()),
                };
            }
        }
    }
}

/// Keeps what was typed when the session had run out, and sends its owner to the door. Files are not kept.
async fn keep(request: Request, state: &AppState, token: Digest, person: Person) -> Result<WebError, WebError> {
    let path = request.uri().path().to_owned();
    let Some(body) = plain_body(request, state).await else { return Ok(WebError::sign_in("/")) };
    let form = RestoredForm { path, body };
    state.app.write(move |work| restored_form::keep(work, token, person.id, &form)).await?;
    Ok(WebError::sign_in("/kept"))
}

/// The fields of a form, urlencoded, if they are few enough to be kept.
async fn plain_body(request: Request, state: &AppState) -> Option<String> {
    if is_multipart(&request) {
        let mut multipart = Multipart::from_request(request, state).await.ok()?;
        let mut pairs = Vec::new();
        let mut room = RESTORED_FORM_SIZE_LIMIT;
        while let Some(part) = multipart.next_field().await.ok()? {
            if part.file_name().is_none() && pairs.len() < FORM_PARTS_LIMIT {
                let name = part.name().unwrap_or_default().to_owned();
                let value = short_text(part, &mut room).await.ok()?;
                pairs.push((name, value));
            }
        }
        return Some(form_urlencoded::Serializer::new(String::new()).extend_pairs(pairs).finish());
    }
    let body = to_bytes(request.into_body(), RESTORED_FORM_SIZE_LIMIT).await.ok()?;
    String::from_utf8(body.into()).ok()
}

fn is_multipart(request: &Request) -> bool {
    let kind = request.headers().get(header::CONTENT_TYPE);
    kind.is_some_and(|kind| kind.as_bytes().starts_with(b"multipart/form-data"))
}
