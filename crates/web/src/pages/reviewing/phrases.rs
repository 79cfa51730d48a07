//! The page of phrases: frequent reasons for returning a choice, of the office and of the head of department.

use crate::error::WebError;
use crate::form_data::FormData;
use crate::form_state::{FormState, NameField};
use crate::i18n::Texts;
use crate::layout::Layout;
use crate::page::redirect;
use crate::query::{ActDone, Query};
use crate::routes;
use crate::session::{Loaded, Session};
use crate::signed_form::SignedForm;
use crate::state::AppState;
use app::reviewing::phrases::{NewPhrase, PhraseList, phrase_list, remove_phrase, save_phrase};
use askama::Template;
use askama_minify::template_minify;
use axum::extract::State;
use axum::response::Response;
use domain::id::PhraseId;
use domain::name::Name;
use domain::phrase::Phrase;
use serde::Deserialize;

#[template_minify(path = "reviewing/phrases.html")]
#[derive(Template)]
struct PhrasesPage {
    layout: Layout,
    t: Texts,
    list: PhraseList,
    form: FormState<NewPhrase>,
    note: Option<&'static str>,
}

/// The query parameters of the page of phrases.
#[derive(Default, Deserialize)]
pub(crate) struct PhrasesQuery {
    /// The id of the phrase that the form changes.
    edit: Option<String>,
}

/// The names of the fields of a phrase, in the order of the languages.
const FIELDS: [&str; 3] = ["kk", "ru", "en"];

impl PhrasesPage {
    /// The three fields of the form, one for each language.
    fn fields(&self) -> impl Iterator<Item = NameField<'_>> {
        let Name { kk, ru, en } = &self.form.values.text;
        FIELDS.into_iter().zip([kk, ru, en]).map(|(field, value)| NameField { field, language: field, value })
    }

    /// The id of the phrase that the form changes; empty if it adds one.
    fn replaces(&self) -> String {
        self.form.values.replaces.map(|id| id.to_string()).unwrap_or_default()
    }

    /// Whether the form is for a phrase of the office: the reader keeps only these, or selected it.
    fn is_for_office(&self) -> bool {
        self.form.values.is_office || !self.list.keeps_own
    }

    fn edit_link(&self, phrase: &Phrase) -> String {
        format!("{}?edit={}#phrase", routes::PHRASES, phrase.id)
    }
}

/// `GET /phrases?edit=…`: lists the phrases, with a form that adds or changes one.
pub(crate) async fn show(
    State(state): State<AppState>,
    session: Session,
    Query(query): Query<PhrasesQuery>,
    Query(done): Query<ActDone>,
) -> Result<Response, WebError> {
    let note = done.note(&[("saved", "phrase-saved"), ("removed", "phrase-removed")]);
    let Loaded { layout, data: list, .. } = session.read(&state, phrase_list).await?;
    let edited = query.edit.and_then(|id| id.parse::<PhraseId>().ok());
    let known = list.own.iter().chain(&list.office).find(|phrase| Some(phrase.id) == edited);
    let begun = known.map(|phrase| NewPhrase {
        is_office: phrase.owner.is_none(),
        text: phrase.text.clone(),
        replaces: Some(phrase.id),
    });
    respond(layout, list, FormState::new(begun.unwrap_or_default()), note)
}

/// `POST /phrases`: adds or changes a phrase.
pub(crate) async fn save(State(state): State<AppState>, form: SignedForm) -> Result<Response, WebError> {
    let new = new_phrase(&form.fields)?;
    let wanted = new.clone();
    match form.session.write(&state, move |work, actor| save_phrase(work, actor, &wanted)).await {
        Ok(()) => Ok(redirect(&routes::after_act(routes::PHRASES, "saved"))),
        Err(failure) => {
            let missing = FIELDS.into_iter().zip([&new.text.kk, &new.text.ru, &new.text.en]);
            let field = missing.into_iter().find(|(_, text)| text.trim().is_empty()).map_or("kk", |(field, _)| field);
            let refused =
                FormState::refused(new, failure, form.session.texts, |refusal| vec![(field, refusal.code())])?;
            let Loaded { layout, data: list, .. } = form.session.read(&state, phrase_list).await?;
            respond(layout.at(routes::PHRASES), list, refused, None)
        }
    }
}

/// `POST /phrases/removal`: stops offering a phrase.
pub(crate) async fn remove(State(state): State<AppState>, form: SignedForm) -> Result<Response, WebError> {
    let id: PhraseId = form.fields.id("phrase")?;
    form.session.write(&state, move |work, actor| remove_phrase(work, actor, id)).await?;
    Ok(redirect(&routes::after_act(routes::PHRASES, "removed")))
}

fn new_phrase(fields: &FormData) -> Result<NewPhrase, WebError> {
    let [kk, ru, en] = FIELDS.map(|field| fields.text(field));
    let replaces = fields.all("replaces").find(|id| !id.is_empty()).map(|_| fields.id("replaces")).transpose()?;
    Ok(NewPhrase { is_office: fields.get("owner") == "office", text: Name { kk, ru, en }, replaces })
}

fn respond(
    layout: Layout,
    list: PhraseList,
    form: FormState<NewPhrase>,
    note: Option<&'static str>,
) -> Result<Response, WebError> {
    let page = PhrasesPage { t: layout.t, layout, list, form, note };
    page.form.respond(&page)
}
