//! Parameters of a request's path, such as ids. A parameter that cannot be parsed is answered with 404; a visitor
//! without a session has to sign in first, as on every other page.

use crate::error::WebError;
use crate::session::{SESSION, cookie};
use axum::extract::{FromRequestParts, Path};
use axum::http::request::Parts;
use serde::de::DeserializeOwned;

/// Extracts the parameters of a request's path: an id, or a struct with a field for each parameter.
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
