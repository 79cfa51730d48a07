//! Deadline extensions: after the term's deadline for choosing, a department or an offering can
//! still choose until a later day.

use crate::error::WebError;
use crate::form_state::FormState;
use crate::page::redirect;
use crate::pages::term::deadline_extension_form::DeadlineExtensionForm;
use crate::pages::term::terms;
use crate::routes;
use crate::signed_form::SignedForm;
use crate::state::AppState;
use app::failure::Refusal;
use app::term::deadline_extensions::{NewDeadlineExtension, end_deadline_extension, extend_deadline};
use axum::extract::State;
use axum::response::Response;
use domain::id::{DeadlineExtensionId, TermId};
use domain::term::ExtensionScope;

/// `POST /deadline-extensions`: extends the deadline for choosing of a department or an offering.
pub(crate) async fn extend(State(state): State<AppState>, form: SignedForm) -> Result<Response, WebError> {
    let term: TermId = form.fields.id("term")?;
    let typed = DeadlineExtensionForm::of(&form.fields);
    if typed.names_nobody() {
        let rejected = FormState::with_errors(typed, form.session.texts, &[("department", "department-missing")]);
        return terms::show_with_extension(&state, &form.session, term, rejected).await;
    }
    let (scope, until, reason) = (typed.scope()?, typed.until.parse().ok(), typed.reason.clone());
    let extended = form
        .session
        .write(&state, move |work, actor| {
            extend_deadline(work, actor, NewDeadlineExtension { term, scope, until, reason: &reason })
        })
        .await;
    match (extended, scope) {
        (Ok(()), ExtensionScope::Offering(id)) => Ok(redirect(&routes::after_act(&routes::offering(id), "opened"))),
        (Ok(()), ExtensionScope::Department(_)) => Ok(redirect(&routes::after_act(&routes::term(term), "opened"))),
        (Err(failure), _) => {
            let extension = FormState::refused(typed, failure, form.session.texts, |refusal| {
                let field = if matches!(refusal, Refusal::DayMissing) { "until" } else { "reason" };
                vec![(field, refusal.code())]
            })?;
            terms::show_with_extension(&state, &form.session, term, extension).await
        }
    }
}

/// `POST /deadline-extensions/ended`: ends a deadline extension before its last day.
pub(crate) async fn end(State(state): State<AppState>, form: SignedForm) -> Result<Response, WebError> {
    let (term, id): (TermId, DeadlineExtensionId) = (form.fields.id("term")?, form.fields.id("opening")?);
    form.session.write(&state, move |work, actor| end_deadline_extension(work, actor, term, id)).await?;
    Ok(redirect(&routes::after_act(&routes::term(term), "ended")))
}
