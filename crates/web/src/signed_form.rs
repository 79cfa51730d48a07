//! Submitted HTML forms of signed-in people. Before a form is accepted, the sender's session is
//! looked up, and the CSRF value of the form is compared with that of the session.
//!
//! Visitors without a session are refused before the request body is read. The permissions of the
//! sender are checked later, in the database transaction of the use case ([`Session::write`]).

use crate::error::WebError;
use crate::form_data::{FormData, unreadable_body};
use crate::routes;
use crate::session::{Session, Visitor, visitor};
use crate::state::AppState;
use crate::uploads::{self, SentFile, file_limit};
use app::access::restored_form::{self, RestoredForm};
use app::access::session::SignedIn;
use app::failure::Failure;
use axum::body::to_bytes;
use axum::extract::multipart::{Field, MultipartError};
use axum::extract::{FromRequest, Multipart, Request};
use axum::http::{StatusCode, header};
use domain::digest::Digest;
use domain::limits::{FORM_FILES_LIMIT, FORM_PARTS_LIMIT, FORM_SIZE_LIMIT, RESTORED_FORM_SIZE_LIMIT};
use domain::visible_text::visible_line;

/// A submitted HTML form of a signed-in person. The form's CSRF value was checked.
pub(crate) struct SignedForm {
    pub(crate) session: Session,
    /// The person who sent the HTML form, as looked up before the request body was read.
    pub(crate) sender: SignedIn,
    pub(crate) fields: FormData,
}

impl FromRequest<AppState> for SignedForm {
    type Rejection = WebError;

    async fn from_request(request: Request, state: &AppState) -> Result<Self, WebError> {
        let (parts, body) = request.into_parts();
        let visitor = visitor(state, &parts).await?;
        let request = Request::from_parts(parts, body);
        match visitor {
            Visitor::SignedIn(sender, session) => {
                let path = request.uri().path().to_owned();
                if sender.must_change_password && path != routes::PASSWORD {
                    return Err(Failure::PasswordChangeRequired.into());
                }
                let fields = read(request, state, &session.csrf, file_limit(&path)).await?;
                if fields.get("csrf") == session.csrf {
                    return Ok(Self { session, sender: *sender, fields });
                }
                Err(restore_after_new_sign_in(state, &session, path, &fields).await?)
            }
            Visitor::Expired(token) => Err(restore_after_sign_in(request, state, token).await?),
            Visitor::Stranger => Err(WebError::SignInFirst { next: None }),
        }
    }
}

/// Stores a submitted HTML form whose page was opened in an earlier session of the sender, and
/// redirects to a page that shows the submitted values.
///
/// The act of the form is not carried out, because the form's CSRF value belongs to the earlier
/// session. The header `Origin` of the request shows that the form comes from this site.
async fn restore_after_new_sign_in(
    state: &AppState,
    session: &Session,
    path: String,
    fields: &FormData,
) -> Result<WebError, WebError> {
    if !fields.has("csrf") {
        return Ok(WebError::csrf());
    }
    if has_passwords(&path) {
        return Ok(WebError::Redirect(routes::PASSWORD));
    }
    let pairs = fields.pairs.iter().filter(|(name, _)| name != "csrf");
    let body = form_urlencoded::Serializer::new(String::new()).extend_pairs(pairs).finish();
    if body.len() > RESTORED_FORM_SIZE_LIMIT {
        return Ok(WebError::csrf());
    }
    let (token, form) = (session.token(), RestoredForm { path, body });
    session.write(state, move |work, actor| restored_form::save(work, token, actor.person, &form)).await?;
    Ok(WebError::Redirect(routes::RESTORED_FORM))
}

/// Stores the submitted HTML form of a person whose session has expired, and asks the person to
/// sign in. Files that were sent with the form are not stored.
async fn restore_after_sign_in(request: Request, state: &AppState, token: Digest) -> Result<WebError, WebError> {
    let path = request.uri().path().to_owned();
    if has_passwords(&path) {
        return Ok(WebError::SignInFirst { next: Some(routes::PASSWORD) });
    }
    let Some(body) = urlencoded_body(request, state).await else { return Ok(WebError::SignInFirst { next: None }) };
    let form = RestoredForm { path, body };
    restored_form::save_for_expired(&state.app, token, form).await?;
    Ok(WebError::SignInFirst { next: Some(routes::RESTORED_FORM) })
}

/// Whether the form with this address contains passwords. The database stores passwords only as
/// hashes, so such a form is never stored and has to be filled in again.
fn has_passwords(path: &str) -> bool {
    path == routes::PASSWORD
}

/// Reads the fields and files of a submitted HTML form, either URL-encoded or multipart. Files are
/// accepted only after a field `csrf` with the right value.
async fn read(request: Request, state: &AppState, csrf: &str, file_limit: u64) -> Result<FormData, WebError> {
    if is_multipart(&request) {
        let multipart = Multipart::from_request(request, state).await.map_err(|_| WebError::bad_form())?;
        return read_parts(multipart, state, csrf, file_limit).await;
    }
    let body = to_bytes(request.into_body(), FORM_SIZE_LIMIT).await.map_err(|error| unreadable_body(&error))?;
    Ok(FormData::parse(&body))
}

async fn read_parts(
    mut multipart: Multipart,
    state: &AppState,
    csrf: &str,
    file_limit: u64,
) -> Result<FormData, WebError> {
    let mut fields = FormData::default();
    let (mut bytes_left, mut parts) = (FORM_SIZE_LIMIT, 0);
    while let Some(part) = multipart.next_field().await.map_err(|error| unreadable_part(&error))? {
        parts += 1;
        let field = part.name().unwrap_or_default().to_owned();
        match part.file_name().map(str::to_owned) {
            Some(name) if name.is_empty() => {}
            Some(_) if fields.get("csrf") != csrf => {}
            Some(name) => {
                let content = uploads::receive(part, state, file_limit).await?;
                // Browsers replace each quotation mark in the name of an uploaded file by `%22`.
                // Here the quotation marks are restored.
                let name = visible_line(&name.replace("%22", "\""));
                fields.files.push(SentFile { field, name, content });
            }
            None => {
                let value = text_of(part, &mut bytes_left).await?;
                fields.add(field, &value);
            }
        }
        if parts > FORM_PARTS_LIMIT || fields.files.len() > FORM_FILES_LIMIT {
            return Err(WebError::status(StatusCode::PAYLOAD_TOO_LARGE));
        }
    }
    Ok(fields)
}

/// Reads the text of one field of a multipart form. The length of the text is subtracted from
/// `bytes_left`, the number of bytes that all remaining fields of the form can have.
async fn text_of(mut part: Field<'_>, bytes_left: &mut usize) -> Result<String, WebError> {
    let too_large = || WebError::status(StatusCode::PAYLOAD_TOO_LARGE);
    let mut text = Vec::new();
    while let Some(chunk) = part.chunk().await.map_err(|error| unreadable_part(&error))? {
        *bytes_left = bytes_left.checked_sub(chunk.len()).ok_or_else(too_large)?;
        text.extend(&chunk);
    }
    Ok(String::from_utf8_lossy(&text).into_owned())
}

/// The error for a field of a multipart form that cannot be read because the field is too large or
/// malformed.
fn unreadable_part(error: &MultipartError) -> WebError {
    let is_too_large = error.status() == StatusCode::PAYLOAD_TOO_LARGE;
    if is_too_large { WebError::status(StatusCode::PAYLOAD_TOO_LARGE) } else { WebError::bad_form() }
}

/// The fields of a submitted HTML form as a URL-encoded text without files; `None` if the text
/// would be longer than the limit for stored forms.
async fn urlencoded_body(request: Request, state: &AppState) -> Option<String> {
    if is_multipart(&request) {
        let mut multipart = Multipart::from_request(request, state).await.ok()?;
        let mut pairs = Vec::new();
        let mut bytes_left = RESTORED_FORM_SIZE_LIMIT;
        while let Some(part) = multipart.next_field().await.ok()? {
            if part.file_name().is_none() && pairs.len() < FORM_PARTS_LIMIT {
                let name = part.name().unwrap_or_default().to_owned();
                let value = text_of(part, &mut bytes_left).await.ok()?;
                pairs.push((name, value));
            }
        }
        return Some(form_urlencoded::Serializer::new(String::new()).extend_pairs(pairs).finish());
    }
    let body = to_bytes(request.into_body(), RESTORED_FORM_SIZE_LIMIT).await.ok()?;
    String::from_utf8(body.into()).ok()
}

/// Whether the body of a request is an HTML form with files (`multipart/form-data`).
pub(crate) fn is_multipart(request: &Request) -> bool {
    let kind = request.headers().get(header::CONTENT_TYPE);
    kind.is_some_and(|kind| kind.as_bytes().starts_with(b"multipart/form-data"))
}
