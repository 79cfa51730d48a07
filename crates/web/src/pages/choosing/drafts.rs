//! Drafts of choices. The page's script saves a draft while the instructor types; without the
//! script, a button of the choice form saves it.

use crate::error::WebError;
use crate::page::redirect;
use crate::pages::choosing::choice_errors::ChoiceRejection;
use crate::pages::choosing::choice_form::{show_again, store_files};
use crate::pages::choosing::choice_values::ChoiceForm;
use crate::routes;
use crate::signed_form::SignedForm;
use crate::state::AppState;
use app::choosing::open_choice::FilledChoice;
use app::choosing::save_draft::save_draft;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::{IntoResponse, Response};
use domain::catalogue::RowId;

/// `POST /drafts`: saves a draft of a choice. If the page's script sent the request, the response
/// is a line of text with the time of saving, which the script shows. A browser without the script
/// is redirected to the list of groups.
pub(crate) async fn save(
    State(state): State<AppState>,
    headers: HeaderMap,
    mut form: SignedForm,
) -> Result<Response, WebError> {
    let rejected = store_files(&state, &mut form).await?;
    if !rejected.is_empty() {
        return show_again(&state, &form.session, &form.fields, ChoiceRejection::Files(rejected)).await;
    }
    let typed = ChoiceForm::of(&form.fields)?;
    let offerings = typed.offerings.clone();
    let filled = filled_choice(typed);
    let saved = form
        .session
        .write(&state, move |work, actor| Ok((save_draft(work, actor, &offerings, &filled)?.is_empty(), work.now)));
    let (is_nothing_saved, saved_at) = saved.await?;
    if !headers.contains_key("x-partial") {
        return Ok(redirect(&routes::after_act(routes::GROUPS, "draft")));
    }
    // No draft was saved, because no group was selected or all choices are already approved. The
    // page's script shows the response in the line that says when the draft was saved. An empty
    // response leaves this line empty.
    if is_nothing_saved {
        return Ok("".into_response());
    }
    let t = form.session.texts;
    Ok(t.with("draft-saved-at", "time", t.time(saved_at)).into_response())
}

fn filled_choice(form: ChoiceForm) -> FilledChoice {
    FilledChoice {
        info: form.info(),
        row: Some(form.row).filter(|row| !row.is_empty()).map(RowId),
        documents: form.documents,
        is_draft: true,
    }
}
