//! Parameters in the path of a request, such as the id of a record. A parameter that cannot be
//! parsed is answered with 404. A visitor without a session has to sign in first, even if the
//! parameter is wrong.

use crate::cookies::{SESSION, cookie};
use crate::error::WebError;
use axum::extract::{FromRequestParts, Path};
use axum::http::request::Parts;
use serde::de::DeserializeOwned;

/// Extracts the parameters from the path of a request: a single id, or a struct with one field per
/// parameter.
pub(crate) struct PathParams<T>(pub(crate) T);

impl<T: DeserializeOwned + Send, S: Send + Sync> FromRequestParts<S> for PathParams<T> {
    type Rejection = WebError;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, WebError> {
        let read = Path::<T>::from_request_parts(parts, state).await;
        match read {
            Ok(Path(parameters)) => Ok(Self(parameters)),
            Err(_) if cookie(&parts.headers, SESSION).is_none() => Err(WebError::SignInFirst { next: None }),
            Err(_) => Err(WebError::not_found()),
        }
    }
}
