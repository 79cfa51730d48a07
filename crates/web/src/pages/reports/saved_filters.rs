//! Saved filters: selections on the progress board, such as a faculty and a state, that a person
//! saves under a name.

use crate::error::WebError;
use crate::form_state::FormState;
use crate::page::redirect;
use crate::pages::reports::progress::show_again;
use crate::pages::reports::progress_query::{ProgressPageQuery, SavedFilterForm, board_at};
use crate::path_params::PathParams;
use crate::signed_form::SignedForm;
use crate::state::AppState;
use app::reports::progress::ProgressQuery;
use app::reports::report_scope::ScopeQuery;
use app::reports::saved_filters::{remove_filter, save_filter};
use axum::extract::State;
use axum::response::Response;
use domain::id::SavedFilterId;

/// `POST /saved-filters`: saves the filters that are selected on the progress board under the name
/// that the person typed. A filter whose value cannot be parsed is not saved.
pub(crate) async fn save(State(state): State<AppState>, form: SignedForm) -> Result<Response, WebError> {
    let texts = form.session.texts;
    let page_query = ProgressPageQuery::of(&form.fields);
    let (query, name) = (page_query.progress_query(texts.language), form.fields.text("name"));
    let (values, saved) = (SavedFilterForm { name: name.clone() }, query.clone());
    let address_of = |query: &ProgressQuery, place: &ScopeQuery| {
        let link = board_at(&ProgressQuery { place: place.clone(), ..query.clone() }, &[]);
        link.split_once('?').map(|(_, query)| query.to_owned()).unwrap_or_default()
    };
    let done = form.session.write(&state, move |work, actor| {
        save_filter(work, actor, &saved.place, &name, |place| address_of(&saved, place))
    });
    match done.await {
        Ok(()) => Ok(redirect(&board_at(&query, &[("did", "saved")]))),
        Err(failure) => {
            let form_state = FormState::refused(values, failure, texts, |refusal| vec![("name", refusal.code())])?;
            show_again(&state, &form.session, page_query, form_state).await
        }
    }
}

/// `POST /saved-filters/{id}/removal`: removes a saved filter of the progress board.
pub(crate) async fn remove(
    State(state): State<AppState>,
    PathParams(id): PathParams<SavedFilterId>,
    form: SignedForm,
) -> Result<Response, WebError> {
    let query = ProgressPageQuery::of(&form.fields).progress_query(form.session.texts.language);
    form.session.write(&state, move |work, actor| remove_filter(work, actor, id)).await?;
    Ok(redirect(&board_at(&query, &[("did", "removed")])))
}
