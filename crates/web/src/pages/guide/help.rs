//! Instructions: general, per platform and per row.

use crate::error::WebError;
use crate::i18n::Texts;
use crate::layout::{Layout, page};
use crate::pages::choosing::choice_view::{GuideView, guide_on};
use crate::session::Session;
use crate::state::AppState;
use app::catalogue::read_catalogue::rule_table;
use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use domain::catalogue::Catalogue;

type HelpTopic = (String, String);

#[derive(Template)]
#[template(path = "guide/help.html")]
struct HelpPage {
    layout: Layout,
    t: Texts,
    guide: GuideView,
    topics: Vec<(HelpTopic, Vec<HelpTopic>)>,
}

/// `GET /help`
pub(crate) async fn show(State(state): State<AppState>, session: Session) -> Result<Response, WebError> {
    on(&state, &session, "general").await
}

/// `GET /help/{topic}`: a platform's code or a row's id.
pub(crate) async fn topic(
    State(state): State<AppState>,
    session: Session,
    Path(topic): Path<String>,
) -> Result<Response, WebError> {
    on(&state, &session, &topic).await
}

async fn on(state: &AppState, session: &Session, topic: &str) -> Result<Response, WebError> {
    let catalogue = state.app.read(rule_table).await?;
    if catalogue.instructions_on(topic).is_none() {
        return Err(WebError::status(StatusCode::NOT_FOUND));
    }
    let guide = guide_on(&catalogue, topic, session.texts, 0);
    let topics = topics(&catalogue, session.texts);
    page(&HelpPage { t: session.texts, layout: Layout::of(session), guide, topics })
}

fn topics(catalogue: &Catalogue, t: Texts) -> Vec<(HelpTopic, Vec<HelpTopic>)> {
    let rows_of = |platform: &str| {
        let rows = catalogue.rows_on().filter(|row| row.platform == platform);
        rows.map(|row| (row.id.0.clone(), t.name(&row.title).to_owned())).collect()
    };
    let platforms = catalogue.platforms.iter();
    platforms.map(|known| ((known.code.clone(), t.name(&known.name).to_owned()), rows_of(&known.code))).collect()
}
