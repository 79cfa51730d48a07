//! «Тексеруге жіберу», and taking it back.

use crate::error::WebError;
use crate::form_data::{FormData, SignedForm};
use crate::pages::choosing::choice_form::{again, typed};
use crate::pages::choosing::choice_view::ChoiceFormErrors;
use crate::routes;
use crate::session::Session;
use crate::state::AppState;
use app::app::UnitOfWork;
use app::choosing::my_offerings::my_offerings;
use app::choosing::send_choices::{ChoiceSubmission, SendOutcome, send_choices, undo_send};
use app::failure::{Failure, Refusal, Stale};
use app::programmes::upload_programme::upload_programme;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use chrono::{DateTime, Utc};
use domain::catalogue::RowId;
use domain::choice::ChoiceRefusal;
use domain::id::{DisciplineId, DocumentId, OfferingId};
use domain::person::Actor;
use std::collections::BTreeMap;

/// `POST /choices`
pub(crate) async fn send(State(state): State<AppState>, form: SignedForm) -> Result<Response, WebError> {
    let SignedForm { session, mut fields, .. } = form;
    let (uploaded, files) = take_files(&state, &session, &mut fields).await?;
    let sending = sending(&fields, &uploaded)?;
    let seen: BTreeMap<OfferingId, i64> = sending.offerings.iter().copied().collect();
    let goes_on = fields.get("then") == "next";
    if !files.is_empty() {
        let trouble = ChoiceFormErrors { files, ..ChoiceFormErrors::default() };
        return retry(&state, &session, fields, (&uploaded, StatusCode::UNPROCESSABLE_ENTITY, trouble)).await;
    }
    let actor = session.actor();
    let task = move |work: &mut UnitOfWork<'_, '_>| {
        let outcome = send_choices(work, &actor, &sending)?;
        Ok((outcome, work.now, if goes_on { next_open(work, &actor)? } else { None }))
    };
    let (status, trouble) = match state.app.write(task).await {
        Ok(done) => return Ok(Redirect::to(&after(&done)).into_response()),
        Err(Failure::Refused(Refusal::Fields(faults))) => {
            (StatusCode::UNPROCESSABLE_ENTITY, ChoiceFormErrors { faults, ..ChoiceFormErrors::default() })
        }
        Err(Failure::Stale(stale)) => (
            StatusCode::CONFLICT,
            ChoiceFormErrors { stale: Some((code_of(stale), seen)), ..ChoiceFormErrors::default() },
        ),
        Err(other) => return Err(other.into()),
    };
    retry(&state, &session, fields, (&uploaded, status, trouble)).await
}

/// `POST /choices/undo`
pub(crate) async fn undo(State(state): State<AppState>, form: SignedForm) -> Result<Response, WebError> {
    let (actor, ids) = (form.session.actor(), form.fields.offerings()?);
    state.app.write(move |work| undo_send(work, &actor, &ids)).await?;
    Ok(Redirect::to(&format!("{}?did=unsent", routes::GROUPS)).into_response())
}

fn code_of(stale: Stale) -> &'static str {
    match stale {
        Stale::Lost => ChoiceRefusal::ChangedSinceShown.code(),
        other => other.code(),
    }
}

fn next_open(work: &mut UnitOfWork<'_, '_>, actor: &Actor) -> Result<Option<OfferingId>, Failure> {
    Ok(my_offerings(work, actor, None)?.next_open().map(|line| line.offering.id))
}

fn after((outcome, at, next): &(SendOutcome, DateTime<Utc>, Option<OfferingId>)) -> String {
    match next {
        Some(next) => format!("{}&sent=1", routes::choose(*next)),
        None if outcome.sent.is_empty() => format!("{}?did=unchanged", routes::GROUPS),
        None => routes::groups_after(*at),
    }
}

pub(crate) type UploadedDocuments = BTreeMap<DisciplineId, DocumentId>;

/// Files that came with the form go into their dossiers first, so that nobody picks one twice.
pub(crate) async fn take_files(
    state: &AppState,
    session: &Session,
    fields: &mut FormData,
) -> Result<(UploadedDocuments, Vec<(DisciplineId, &'static str)>), WebError> {
    let (mut uploaded, mut refused) = (UploadedDocuments::new(), Vec::new());
    for file in fields.files.drain(..) {
        let Some(discipline) = file.field.strip_prefix("file_").and_then(|id| id.parse().ok()) else { continue };
        let taken = match file.content {
            Ok(incoming) => upload_programme(&state.app, &session.signed.actor, discipline, file.name, incoming).await,
            Err(unfit) => Err(unfit.into()),
        };
        match taken {
            Ok(document) => drop(uploaded.insert(discipline, document.document.id)),
            Err(Failure::Refused(refusal)) => refused.push((discipline, refusal.code())),
            Err(other) => return Err(other.into()),
        }
    }
    Ok((uploaded, refused))
}

fn sending(fields: &FormData, uploaded: &UploadedDocuments) -> Result<ChoiceSubmission, WebError> {
    let typed = typed(fields);
    let mut documents = typed.documents;
    documents.extend(uploaded);
    let version = |id: &OfferingId| fields.get(&format!("v_{id}")).parse().unwrap_or(0);
    Ok(ChoiceSubmission {
        offerings: fields.offerings()?.into_iter().map(|id| (id, version(&id))).collect(),
        info: typed.infos.get(&typed.row).cloned().unwrap_or_default(),
        row: RowId(typed.row),
        documents,
    })
}

/// Shows the form again, with the files that were taken picked.
pub(crate) async fn retry(
    state: &AppState,
    session: &Session,
    mut fields: FormData,
    (uploaded, status, trouble): (&UploadedDocuments, StatusCode, ChoiceFormErrors),
) -> Result<Response, WebError> {
    for (discipline, document) in uploaded {
        fields.set(&format!("doc_{discipline}"), &document.to_string());
    }
    again(state, session, &fields, (status, trouble)).await
}
