//! The state of an HTML form on a page: empty, filled in, or rejected with the submitted values and
//! their errors.

use crate::error::{FieldError, Problem, WebError, status_of};
use crate::i18n::Texts;
use crate::page::page_with;
use app::failure::{Failure, Refusal};
use askama::Template;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::Response;

/// The values of an HTML form on a page, and the errors of its fields if the form was rejected.
///
/// The page with a rejected form has status 422, or 409 if data stored in the database has changed
/// since the form was shown. A program that asks for JSON gets the errors as
/// `application/problem+json`.
#[derive(Debug, Clone, Default)]
pub(crate) struct FormState<V> {
    /// The submitted values of an HTML form, or the initial values of a form that was not submitted
    /// yet.
    pub(crate) values: V,
    rejection: Option<Problem>,
}

/// An input field of an HTML form for a name in one of the three languages.
pub(crate) struct NameField<'v> {
    /// The attribute `name` of the HTML input field for a name in one language.
    pub(crate) field: &'static str,
    /// The language of the name that is typed into the input field: `kk`, `ru` or `en`.
    pub(crate) language: &'static str,
    pub(crate) value: &'v str,
}

impl<V> FormState<V> {
    /// Creates the state of an HTML form that was not submitted yet, from its initial values.
    pub(crate) fn new(values: V) -> Self {
        Self { values, rejection: None }
    }

    /// Creates the state of a rejected HTML form from the submitted values and the errors of its
    /// fields.
    pub(crate) fn rejected(values: V, status: StatusCode, code: &'static str, fields: Vec<FieldError>) -> Self {
        Self { values, rejection: Some(Problem { fields, ..Problem::new(status, code) }) }
    }

    /// Creates the state of a rejected HTML form whose error concerns the whole form, not a single
    /// field.
    pub(crate) fn with_problem(values: V, problem: Problem) -> Self {
        Self { values, rejection: Some(problem) }
    }

    /// Creates the state of an HTML form that was sent too soon after failed attempts to enter a
    /// password. The page has status 429 and shows the seconds to wait.
    pub(crate) fn too_many_attempts(values: V, seconds: i64, texts: Texts, fields: Vec<FieldError>) -> Self {
        let title = Some(texts.count("too-many-tries", seconds));
        let problem = Problem::new(StatusCode::TOO_MANY_REQUESTS, "too-many-tries");
        Self::with_problem(values, Problem { wait: Some(seconds), title, fields, ..problem })
    }

    /// Creates the state of a rejected HTML form with wrong fields. The error of the first wrong
    /// field is shown as the error of the whole form, too.
    pub(crate) fn rejected_fields(values: V, fields: Vec<FieldError>) -> Self {
        let code = fields.first().map_or("fields", |error| error.code);
        Self::rejected(values, StatusCode::UNPROCESSABLE_ENTITY, code, fields)
    }

    /// Creates the state of a rejected HTML form from pairs of a field name and an error code.
    pub(crate) fn with_errors(values: V, texts: Texts, errors: &[(&'static str, &'static str)]) -> Self {
        let fields = errors.iter().map(|&(field, code)| FieldError::new(field, code, texts)).collect();
        Self::rejected_fields(values, fields)
    }

    /// Creates the state of a rejected HTML form with one wrong field. The page shows the text
    /// `detail` beside the field, instead of the general text for the error code.
    pub(crate) fn with_error_text(values: V, field: &'static str, code: &'static str, detail: String) -> Self {
        let title = Some(detail.clone());
        let fields = vec![FieldError { field, anchor: field.to_owned(), code, label: String::new(), detail }];
        let problem = Problem { title, fields, ..Problem::new(StatusCode::UNPROCESSABLE_ENTITY, code) };
        Self { values, rejection: Some(problem) }
    }

    /// Creates the state of an HTML form whose values a use case (an application function) refused.
    /// The function `fields` gets the refusal, and returns the names of the wrong form fields, each
    /// with an error code.
    ///
    /// # Errors
    /// Returns the failure if the submitted values did not cause it.
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

    /// Creates the state of an HTML form that was refused, or for which data in the database has
    /// changed since the form was shown. The page shows the cause once, as the error of the whole
    /// form.
    ///
    /// # Errors
    /// Returns the failure unchanged if it is neither a refusal nor a change of the data in the
    /// database.
    pub(crate) fn refused_or_stale(values: V, failure: Failure) -> Result<Self, WebError> {
        match failure {
            Failure::Refused(_) | Failure::Stale(_) => {
                let rejection = Some(Problem::new(status_of(&failure), failure.code()));
                Ok(Self { values, rejection })
            }
            other => Err(other.into()),
        }
    }

    /// The error text of the form field with the given name; `None` if the field has no error.
    pub(crate) fn error(&self, field: &str) -> Option<&str> {
        let mut fields = self.rejection.iter().flat_map(|problem| &problem.fields);
        fields.find(|error| error.field == field).map(|error| error.detail.as_str())
    }

    /// Whether the form field with the given name has an error.
    pub(crate) fn has_error(&self, field: &str) -> bool {
        self.error(field).is_some()
    }

    /// The errors of all fields of an HTML form, in the sequence in which the use case (an
    /// application function) reported them.
    pub(crate) fn errors(&self) -> &[FieldError] {
        self.rejection.as_ref().map_or(&[], |problem| &problem.fields)
    }

    /// Whether an HTML form was submitted and rejected.
    pub(crate) fn is_rejected(&self) -> bool {
        self.rejection.is_some()
    }

    /// The error code that applies to a rejected HTML form as a whole; `None` if the form was not
    /// rejected.
    pub(crate) fn code(&self) -> Option<&'static str> {
        self.rejection.as_ref().map(|problem| problem.code)
    }

    /// The title that the page shows above a rejected HTML form; `None` if the title is the
    /// interface text for the error code.
    pub(crate) fn title(&self) -> Option<&str> {
        self.rejection.as_ref()?.title.as_deref()
    }

    /// Renders the page that contains an HTML form. The page has the status of the rejection, or
    /// 200 if the form was not rejected.
    pub(crate) fn respond(&self, page: &impl Template) -> Result<Response, WebError> {
        let Some(problem) = &self.rejection else { return page_with(StatusCode::OK, page) };
        let mut response = page_with(problem.status, page)?;
        if let Some(seconds) = problem.wait {
            response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(seconds));
        }
        Ok(problem.clone().attach_to(response))
    }
}
