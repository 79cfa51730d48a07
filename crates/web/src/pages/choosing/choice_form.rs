//! Handlers that show the choice form: for one group, for all groups of a discipline, or for any
//! selected groups.

use crate::error::WebError;
use crate::form_data::FormData;
use crate::layout::Layout;
use crate::page::redirect;
use crate::pages::choosing::choice_errors::{ChoiceRejection, RejectedFile};
use crate::pages::choosing::choice_values::{ChoiceForm, StoredFiles, narrowing};
use crate::pages::choosing::choice_view::ChoiceFormPage;
use crate::routes;
use crate::session::{Loaded, Session};
use crate::signed_form::SignedForm;
use crate::state::AppState;
use app::choosing::open_choice::{ChoiceFormQuery, open_choice};
use app::failure::Failure;
use app::programmes::upload_programme::upload_programme;
use axum::extract::{RawQuery, State};
use axum::response::Response;
use domain::id::{DisciplineId, OfferingId};

/// `GET /choose?o=…&discipline=…&from=last|draft&adopt=…&platform=&form=&type=`: shows the choice form
/// for one or more groups. The form can be filled in with last term's choice or with the choice of
/// another group.
pub(crate) async fn show(
    State(state): State<AppState>,
    session: Session,
    RawQuery(query): RawQuery,
) -> Result<Response, WebError> {
    let fields = FormData::parse(query.unwrap_or_default().as_bytes());
    let query = ChoiceFormQuery {
        offerings: fields.offerings()?,
        discipline: fields.parsed("discipline")?.into_iter().next(),
        ticked: None,
        from_last: fields.get("from") == "last",
        from_draft: fields.get("from") == "draft",
        rules: None,
        adopt: fields.parsed("adopt")?.into_iter().next(),
    };
    if query.offerings.is_empty() && query.discipline.is_none() {
        return Ok(redirect(routes::GROUPS));
    }
    let Loaded { layout, data, .. } = session.read(&state, move |work, actor| open_choice(work, actor, &query)).await?;
    let typed = ChoiceForm { narrowing: narrowing(&fields), ..ChoiceForm::begun(&data) };
    let mut page = ChoiceFormPage::new(layout, data, typed, &ChoiceRejection::Narrowed);
    page.note = fields.has("sent").then_some("sent-done");
    page.is_file_known = fields.get("file") == routes::KNOWN_FILE;
    page.form.respond(&page)
}

/// `POST /choose`: shows the choice form again with the submitted values, after the catalogue rows
/// were filtered or the interface language was changed. Nothing is stored except files sent with
/// the form.
pub(crate) async fn narrow(State(state): State<AppState>, mut form: SignedForm) -> Result<Response, WebError> {
    let SentFiles { stored, rejected } = store_files(&state, &mut form).await?;
    let rejection = if rejected.is_empty() { ChoiceRejection::Narrowed } else { ChoiceRejection::Files(rejected) };
    show_again(&state, &form.session, &form.fields, stored, rejection).await
}

/// Shows the choice form again with the submitted values, the results of the files that were sent with it,
/// and the errors.
pub(crate) async fn show_again(
    state: &AppState,
    session: &Session,
    fields: &FormData,
    uploads: StoredFiles,
    rejection: ChoiceRejection,
) -> Result<Response, WebError> {
    let typed = ChoiceForm { uploads, ..ChoiceForm::of(fields)? };
    let shown: Vec<OfferingId> = fields.parsed("g")?;
    let offerings = if shown.is_empty() { typed.offerings.clone() } else { shown };
    let ticked = Some(typed.offerings.clone());
    let query = ChoiceFormQuery { offerings, ticked, ..ChoiceFormQuery::default() };
    let Loaded { layout, data, .. } = session.read(state, move |work, actor| open_choice(work, actor, &query)).await?;
    let layout: Layout = layout.at(routes::GROUPS);
    let page = ChoiceFormPage::new(layout, data, typed, &rejection);
    page.form.respond(&page)
}

/// The files that were sent with the choice form.
pub(crate) struct SentFiles {
    pub(crate) stored: StoredFiles,
    pub(crate) rejected: Vec<RejectedFile>,
}

/// Adds the files sent with the choice form to the dossiers (collections of documents) of their
/// disciplines. Each added file is also selected as the exam programme, so that the sender does not
/// have to select it again.
pub(crate) async fn store_files(state: &AppState, form: &mut SignedForm) -> Result<SentFiles, WebError> {
    let (mut stored_files, mut rejected) = (StoredFiles::new(), Vec::new());
    for file in std::mem::take(&mut form.fields.files) {
        let Some(discipline) = file.field.strip_prefix("file_").and_then(|id| id.parse::<DisciplineId>().ok()) else {
            continue;
        };
        let stored = match file.content {
            Ok(incoming) => upload_programme(&state.app, form.session.claim(), discipline, file.name, incoming).await,
            Err(unfit) => Err(unfit.into()),
        };
        match stored {
            Ok(stored) => {
                form.fields.set(&format!("doc_{discipline}"), &stored.document.id.to_string());
                stored_files.insert(discipline, stored);
            }
            Err(Failure::Refused(refusal)) => rejected.push(RejectedFile { discipline, code: refusal.code() }),
            Err(other) => return Err(other.into()),
        }
    }
    Ok(SentFiles { stored: stored_files, rejected })
}
