//! The state of a web form as a page shows it: empty, filled in, or rejected with the submitted values and their
//! errors.

use crate::error::{FieldError, Problem, WebError, status_of};
use crate::i18n::Texts;
use crate::page::page_with;
use app::failure::{Failure, Refusal};
use askama::Template;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::Response;

/// The values of a web form, and the error of each field in the reader's language.
///
/// A rejected form is rendered with status 422, or 409 when the data has changed since the page was loaded. Programs
/// that ask for JSON get the same errors as `application/problem+json`.
#[derive(Debug, Clone, Default)]
pub(crate) struct FormState<V> {
    /// The submitted values of a web form, or the initial values of a form that was not submitted.
    pub(crate) values: V,
    rejection: Option<Problem>,
}

/// An input field of a web form for a name in one language.
pub(crate) struct NameField<'v> {
    /// The attribute `name` of the HTML input field.
    pub(crate) field: &'static str,
    /// The code of the language of a name's input field: `kk`, `ru` or `en`.
    pub(crate) language: &'static str,
    pub(crate) value: &'v str,
}

impl<V> FormState<V> {
    /// Creates the state of a web form with initial values that was not submitted yet.
    pub(crate) fn new(values: V) -> Self {
        Self { values, rejection: None }
    }

    /// Creates the state of a rejected web form with the errors of its fields.
    pub(crate) fn rejected(values: V, status: StatusCode, code: &'static str, fields: Vec<FieldError>) -> Self {
        Self { values, rejection: Some(Problem { fields, ..Problem::new(status, code) }) }
    }

    /// Creates the state of a rejected web form whose error belongs to the form as a whole and not to a field.
    pub(crate) fn with_problem(values: V, problem: Problem) -> Self {
        Self { values, rejection: Some(problem) }
    }

    /// Creates the state of a web form that was rejected because it came too soon after failed attempts: status 429 and
    /// the seconds to wait.
    pub(crate) fn too_many_attempts(values: V, seconds: i64, texts: Texts, fields: Vec<FieldError>) -> Self {
        let title = Some(texts.count("too-many-tries", seconds));
        let problem = Problem::new(StatusCode::TOO_MANY_REQUESTS, "too-many-tries");
        Self::with_problem(values, Problem { wait: Some(seconds), title, fields, ..problem })
    }

    /// Creates the state of a rejected web form with wrong fields; the first field's error is also the error of the
    /// form as a whole.
    pub(crate) fn rejected_fields(values: V, fields: Vec<FieldError>) -> Self {
        let code = fields.first().map_or("fields", |error| error.code);
        Self::rejected(values, StatusCode::UNPROCESSABLE_ENTITY, code, fields)
    }

    /// Creates the state of a rejected web form from pairs of a field name and an error code.
    pub(crate) fn with_errors(values: V, texts: Texts, errors: &[(&'static str, &'static str)]) -> Self {
        let fields = errors.iter().map(|&(field, code)| FieldError::new(field, code, texts)).collect();
        Self::rejected_fields(values, fields)
    }

    /// Creates the state of a rejected web form with one wrong field, whose error text says more than the text of the
    /// error code.
    pub(crate) fn with_error_text(values: V, field: &'static str, code: &'static str, detail: String) -> Self {
        let title = Some(detail.clone());
        let fields = vec![FieldError { field, anchor: field.to_owned(), code, detail }];
        let problem = Problem { title, fields, ..Problem::new(StatusCode::UNPROCESSABLE_ENTITY, code) };
        Self { values, rejection: Some(problem) }
    }

    /// Creates the state of a web form that a use case refused. The argument `fields` turns a refusal into pairs of a
    /// field name and an error code.
    ///
    /// # Errors
    /// Returns every failure that is not about the submitted values.
    pub(crate) fn refused(
        values: V,
        failure: Failure,
        texts: Texts,
        fields: impl Fn(&Refusal) -> Vec<(&'static str, &'static str)>,
    ) -> Result<Self, WebError> {
        match failure {
            Failure::Refused(refusal) => Ok(Self::with_errors(values, texts, &fields(&refusal))),
            other => Err(other.into()),
        }
    }

    /// Creates the state of a web form that was refused, or whose data has changed since the form was shown; the page
    /// shows the reason once, for the form as a whole.
    ///
    /// # Errors
    /// Returns every other failure.
    pub(crate) fn refused_or_stale(values: V, failure: Failure) -> Result<Self, WebError> {
        match failure {
            Failure::Refused(_) | Failure::Stale(_) => {
                let rejection = Some(Problem::new(status_of(&failure), failure.code()));
                Ok(Self { values, rejection })
            }
            other => Err(other.into()),
        }
    }

    /// The error text of the form field with this name; `None` if the field has no error.
    pub(crate) fn error(&self, field: &str) -> Option<&str> {
        let mut fields = self.rejection.iter().flat_map(|problem| &problem.fields);
        fields.find(|error| error.field == field).map(|error| error.detail.as_str())
    }

    /// Whether the form field with this name has an error.
    pub(crate) fn has_error(&self, field: &str) -> bool {
        self.error(field).is_some()
    }

    /// The errors of all fields of a web form, in the order in which they are reported.
    pub(crate) fn errors(&self) -> &[FieldError] {
        self.rejection.as_ref().map_or(&[], |problem| &problem.fields)
    }

    /// Whether a web form was submitted and rejected.
    pub(crate) fn is_rejected(&self) -> bool {
        self.rejection.is_some()
    }

    /// The error code of a rejected web form as a whole.
    pub(crate) fn code(&self) -> Option<&'static str> {
        self.rejection.as_ref().map(|problem| problem.code)
    }

    /// The error text of a rejected web form as a whole; `None` for the translated text of its error code.
    pub(crate) fn title(&self) -> Option<&str> {
        self.rejection.as_ref()?.title.as_deref()
    }

    /// Renders the page that contains a web form, with status 200 or the status of the rejection.
    pub(crate) fn respond(&self, page: &impl Template) -> Result<Response, WebError> {
        let Some(problem) = &self.rejection else { return page_with(StatusCode::OK, page) };
        let mut response = page_with(problem.status, page)?;
        if let Some(seconds) = problem.wait {
            response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(seconds));
        }
        Ok(problem.clone().attach_to(response))
    }
}
