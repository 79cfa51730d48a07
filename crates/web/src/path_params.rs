//! Parameters of a path: ids and the like. A parameter that cannot be read is a page that does not exist.

use crate::error::WebError;
use axum::extract::{FromRequestParts, Path};
use axum::http::request::Parts;
use serde::de::DeserializeOwned;

/// The parameters of a path: an id, or a struct with a field for each parameter.
pub(crate) struct PathParams<T>(pub(crate) T);

impl<T: DeserializeOwned + Send, S: Send + Sync> FromRequestParts<S> for PathParams<T> {
    type Rejection = WebError;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, WebError> {
        let read = Path::<T>::from_request_parts(parts, state).await;
        read.map(|Path(parameters)| Self(parameters)).map_err(|_| WebError::not_found())
    }
}
