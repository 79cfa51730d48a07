//! Restored forms: if a person's session has expired while an HTML form was being filled in, the
//! submitted values are stored. After signing in, the same person sees the form with these values
//! and can send it again. The form has no effect before it is sent again.

use crate::error::WebError;
use crate::form_data::FormData;
use crate::i18n::Texts;
use crate::layout::Layout;
use crate::page::{page, redirect};
use crate::pages::choosing::choice_errors::ChoiceRejection;
use crate::pages::choosing::choice_form::show_again;
use crate::pages::choosing::choice_values::StoredFiles;
use crate::routes;
use crate::session::{Loaded, Session};
use crate::state::AppState;
use app::access::restored_form;
use askama::Template;
use askama_minify::template_minify;
use axum::extract::State;
use axum::response::Response;

#[template_minify(path = "access/restored_form.html")]
#[derive(Template)]
struct RestoredFormPage {
    layout: Layout,
    t: Texts,
    reason: String,
    back: &'static str,
}

/// `GET /restored-form`: shows the HTML form that was stored when the person's session expired,
/// with the submitted values.
pub(crate) async fn show(State(state): State<AppState>, session: Session) -> Result<Response, WebError> {
    let token = session.token();
    let Loaded { layout, data, .. } =
        session.read(&state, move |work, actor| restored_form::find(work, token, actor.person)).await?;
    let Some(form) = data else { return Ok(redirect(routes::START)) };
    let fields = FormData::parse(form.body.as_bytes());
    match form.path.as_str() {
        routes::CHOICES | routes::DRAFTS | routes::CHOOSE => {
            show_again(&state, &session, &fields, StoredFiles::new(), ChoiceRejection::Restored).await
        }
        path => {
            let decisions = [routes::APPROVALS, routes::RETURNS, routes::REOPENINGS];
            let is_decision = decisions.iter().any(|start| path.starts_with(start));
            let back = if is_decision { routes::QUEUE } else { routes::START };
            page(&RestoredFormPage { t: layout.t, layout, reason: fields.text("reason"), back })
        }
    }
}
