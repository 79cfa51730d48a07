//! The form: for one group, all groups of a discipline, or any ticked ones.

use crate::error::{Problem, WebError};
use crate::form_data::{FormData, SignedForm};
use crate::layout::{Layout, page_with};
use crate::pages::choosing::choice_view::{ChoiceForm, ChoiceFormErrors, ChoiceFormPage};
use crate::pages::choosing::choices::{retry, take_files};
use crate::routes;
use crate::session::Session;
use crate::state::AppState;
use app::choosing::open_choice::{ChoiceFormData, ChoiceFormQuery, open_choice};
use app::failure::Failure;
use axum::extract::{RawQuery, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use domain::id::OfferingId;
use domain::narrowing::Narrowing;

/// `GET /choose?o=…&discipline=…&from=last&adopt=…&platform=&form=&type=`
pub(crate) async fn show(
    State(state): State<AppState>,
    session: Session,
    RawQuery(query): RawQuery,
) -> Result<Response, WebError> {
    let fields = FormData::parse(query.unwrap_or_default().as_bytes());
    let asked = ChoiceFormQuery {
        offerings: fields.offerings()?,
        discipline: fields.parsed("discipline")?.into_iter().next(),
        ticked: None,
        from_last: fields.get("from") == "last",
        rules: None,
        adopt: fields.parsed("adopt")?.into_iter().next(),
    };
    if asked.offerings.is_empty() && asked.discipline.is_none() {
        return Ok(Redirect::to(routes::GROUPS).into_response());
    }
    let sheet = open(&state, &session, asked).await?;
    let typed = ChoiceForm { narrowing: narrowing(&fields), ..begun(&sheet) };
    let mut page = ChoiceFormPage::new(Layout::of(&session), sheet, typed, &ChoiceFormErrors::default());
    page.note = (fields.has("sent")).then_some("sent-done");
    page_with(StatusCode::OK, &page)
}

/// `POST /choose`: the same form with everything typed, narrowed or in another language. Nothing is saved but files.
pub(crate) async fn narrow(State(state): State<AppState>, form: SignedForm) -> Result<Response, WebError> {
    let SignedForm { session, mut fields, .. } = form;
    // A file that is attached already goes into its dossier, so that nobody picks it twice.
    let (uploaded, files) = take_files(&state, &session, &mut fields).await?;
    let status = if files.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    retry(&state, &session, fields, (&uploaded, status, ChoiceFormErrors { files, ..ChoiceFormErrors::default() }))
        .await
}

/// Shows the form again with everything that was typed.
pub(crate) async fn again(
    state: &AppState,
    session: &Session,
    fields: &FormData,
    (status, trouble): (StatusCode, ChoiceFormErrors),
) -> Result<Response, WebError> {
    let shown: Vec<OfferingId> = fields.parsed("g")?;
    let ticked = fields.offerings()?;
    let offerings = if shown.is_empty() { ticked.clone() } else { shown };
    let sheet =
        open(state, session, ChoiceFormQuery { offerings, ticked: Some(ticked), ..ChoiceFormQuery::default() }).await?;
    let page = ChoiceFormPage::new(
        Layout { path: "/groups".to_owned(), ..Layout::of(session) },
        sheet,
        typed(fields),
        &trouble,
    );
    let answer = page_with(status, &page)?;
    Ok(match trouble.code() {
        Some(code) => Problem { fields: page.named_errors(), ..Problem::new(status, code) }.beside(answer),
        None => answer,
    })
}

async fn open(state: &AppState, session: &Session, asked: ChoiceFormQuery) -> Result<ChoiceFormData, Failure> {
    let actor = session.actor();
    state.app.read(move |work| open_choice(work, &actor, &asked)).await
}

/// What the form begins with.
fn begun(sheet: &ChoiceFormData) -> ChoiceForm {
    let row = sheet.filled.row.as_ref().map(|row| row.0.clone()).unwrap_or_default();
    let infos = [(row.clone(), sheet.filled.info.clone())].into_iter().collect();
    ChoiceForm { row, infos, documents: sheet.filled.documents.clone(), narrowing: Narrowing::default() }
}

/// What was typed.
pub(crate) fn typed(fields: &FormData) -> ChoiceForm {
    let documents = fields.beginning("doc_").filter_map(|(id, value)| Some((id.parse().ok()?, value.parse().ok()?)));
    ChoiceForm {
        row: fields.get("rule").to_owned(),
        infos: fields.beginning("info_").map(|(row, value)| (row.to_owned(), value.to_owned())).collect(),
        documents: documents.collect(),
        narrowing: if fields.has("show") { Narrowing::default() } else { narrowing(fields) },
    }
}

/// What is picked in the three fields.
pub(crate) fn narrowing(fields: &FormData) -> Narrowing {
    let picked = |name| Some(fields.get(name)).filter(|value| !value.is_empty()).map(str::to_owned);
    Narrowing { platform: picked("platform"), form: picked("form"), kind: picked("type") }
}
