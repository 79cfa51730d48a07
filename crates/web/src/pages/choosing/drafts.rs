//! Drafts of choices. The page's script saves a draft while the instructor types; without the
//! script, a button of the choice form saves it.

use crate::error::WebError;
use crate::i18n::Texts;
use crate::page::redirect;
use crate::pages::choosing::choice_errors::ChoiceRejection;
use crate::pages::choosing::choice_form::{SentFiles, show_again, store_files};
use crate::pages::choosing::choice_values::ChoiceForm;
use crate::routes;
use crate::signed_form::SignedForm;
use crate::state::AppState;
use app::choosing::save_draft::{DraftOutcome, DraftSubmission, save_draft};
use app::failure::{Failure, Fault, Refusal};
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};

/// `POST /drafts`: saves a draft of a choice. If the page's script sent the request, the response
/// is a line of text with the time of saving, which the script shows. A browser without the script
/// is redirected to the list of groups, or gets the choice form again if the draft was refused.
pub(crate) async fn save(
    State(state): State<AppState>,
    headers: HeaderMap,
    mut form: SignedForm,
) -> Result<Response, WebError> {
    let SentFiles { stored, rejected } = store_files(&state, &mut form).await?;
    if !rejected.is_empty() {
        return show_again(&state, &form.session, &form.fields, stored, ChoiceRejection::Files(rejected)).await;
    }
    let typed = ChoiceForm::of(&form.fields)?;
    let offerings = typed.versions_of_offerings();
    let draft = DraftSubmission { exam: typed.exam(), documents: typed.documents };
    let is_without_exam = draft.exam.is_begun();
    let is_for_groups = !offerings.is_empty();
    let saved =
        form.session.write(&state, move |work, actor| Ok((save_draft(work, actor, &offerings, &draft)?, work.now)));
    let (is_partial, t) = (headers.contains_key("x-partial"), form.session.texts);
    match saved.await {
        Ok((outcome, _)) if !is_partial => {
            Ok(redirect(&routes::after_act(routes::GROUPS, act_done(outcome, is_without_exam))))
        }
        // The page's script shows the response in the line that says when the draft was saved. If no group
        // is selected, there is nothing to save, and the line stays empty.
        Ok(_) if !is_for_groups => Ok("".into_response()),
        Ok((DraftOutcome { is_saved: false, is_approved: true, .. }, _)) => {
            Ok(t.get("draft-not-saved-approved").into_response())
        }
        Ok((DraftOutcome { is_outdated: true, .. }, _)) => Ok(t.get("draft-outdated").into_response()),
        Ok((_, at)) => {
            let key = if is_without_exam { "draft-saved-without-exam-at" } else { "draft-saved-at" };
            Ok(t.with(key, "time", t.time(at)).into_response())
        }
        Err(Failure::Refused(Refusal::Fields(faults))) if is_partial => Ok(refused(&faults, t)),
        Err(Failure::Refused(Refusal::Fields(faults))) => {
            show_again(&state, &form.session, &form.fields, stored, ChoiceRejection::Fields(faults)).await
        }
        Err(other) => Err(other.into()),
    }
}

/// The code of the message that confirms a saved draft on the list of groups.
fn act_done(outcome: DraftOutcome, is_without_exam: bool) -> &'static str {
    match outcome {
        DraftOutcome { is_saved: false, is_approved: true, .. } => "draft-not-saved",
        DraftOutcome { is_outdated: true, .. } => "draft-outdated",
        _ if is_without_exam => "draft-without-exam",
        _ => "draft",
    }
}

/// The answer to the page's script if a draft was refused: one line of text with the reasons.
fn refused(faults: &[Fault], t: Texts) -> Response {
    let reasons: Vec<String> = faults.iter().map(|fault| t.code("refused", fault.wrong.code())).collect();
    (StatusCode::UNPROCESSABLE_ENTITY, t.with("draft-not-saved", "why", reasons.join(" "))).into_response()
}
