//! Drafts: saved by themselves, or with the button where there is no script.

use crate::error::WebError;
use crate::form_data::SignedForm;
use crate::pages::choosing::choice_form::typed;
use crate::pages::choosing::choice_view::ChoiceFormErrors;
use crate::pages::choosing::choices::{retry, take_files};
use crate::routes;
use crate::state::AppState;
use app::choosing::open_choice::FilledChoice;
use app::choosing::save_draft::save_draft;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Redirect, Response};
use domain::catalogue::RowId;

/// `POST /drafts`: answers the script with one line, everybody else with the list.
pub(crate) async fn save(
    State(state): State<AppState>,
    headers: HeaderMap,
    form: SignedForm,
) -> Result<Response, WebError> {
    let SignedForm { session, mut fields, .. } = form;
    let (uploaded, files) = take_files(&state, &session, &mut fields).await?;
    if !files.is_empty() {
        let trouble = ChoiceFormErrors { files, ..ChoiceFormErrors::default() };
        return retry(&state, &session, fields, (&uploaded, StatusCode::UNPROCESSABLE_ENTITY, trouble)).await;
    }
    let mut typed = typed(&fields);
    typed.documents.extend(uploaded);
    let filled = FilledChoice {
        info: typed.infos.get(&typed.row).cloned().unwrap_or_default(),
        row: Some(typed.row).filter(|row| !row.is_empty()).map(RowId),
        documents: typed.documents,
        is_draft: true,
    };
    let (actor, ids, texts) = (session.actor(), fields.offerings()?, session.texts);
    let now = state.app.clock.now();
    let saved = state.app.write(move |work| save_draft(work, &actor, &ids, &filled)).await?;
    if headers.contains_key("x-partial") {
        // Nothing ticked, or only what is approved: nothing was saved, and nothing is claimed.
        if saved.is_empty() {
            return Ok("".into_response());
        }
        return Ok(texts.with("draft-saved-at", "time", texts.time(now)).into_response());
    }
    Ok(Redirect::to(&format!("{}?did=draft", routes::GROUPS)).into_response())
}
