//! Pages of instructions on holding an exam: general, for one platform, or for one catalogue row.

use crate::error::WebError;
use crate::i18n::Texts;
use crate::layout::Layout;
use crate::page::page;
use crate::pages::guide::instructions::{GuideView, guide_on};
use crate::routes;
use crate::session::{Loaded, Session};
use crate::state::AppState;
use app::catalogue::read_catalogue::rule_table;
use askama::Template;
use askama_minify::template_minify;
use axum::extract::{Path, State};
use axum::response::Response;
use domain::catalogue::Catalogue;

/// A topic of the exam instructions: the code of a platform or the id of a catalogue row, and a
/// title.
struct HelpTopic {
    code: String,
    title: String,
}

/// A platform, with those topics of the exam instructions that belong to its catalogue rows.
struct PlatformTopics {
    platform: HelpTopic,
    rows: Vec<HelpTopic>,
}

#[template_minify(path = "guide/help.html")]
#[derive(Template)]
struct HelpPage {
    layout: Layout,
    t: Texts,
    guide: GuideView,
    topics: Vec<PlatformTopics>,
}

/// `GET /help`: shows the general instructions on holding an exam.
pub(crate) async fn show(State(state): State<AppState>, session: Session) -> Result<Response, WebError> {
    on(&state, &session, "general").await
}

/// `GET /help/{topic}`: shows the instructions on holding an exam on one platform (by its code) or
/// by one catalogue row (by its id).
pub(crate) async fn topic(
    State(state): State<AppState>,
    session: Session,
    Path(topic): Path<String>,
) -> Result<Response, WebError> {
    on(&state, &session, &topic).await
}

async fn on(state: &AppState, session: &Session, topic: &str) -> Result<Response, WebError> {
    let Loaded { layout, data: catalogue, .. } = session.read(state, |work, _| rule_table(work)).await?;
    if catalogue.instructions_on(topic).is_none() {
        return Err(WebError::not_found());
    }
    let guide = guide_on(&catalogue, topic, layout.t, 0);
    let topics = topics(&catalogue, layout.t);
    page(&HelpPage { t: layout.t, layout, guide, topics })
}

fn topics(catalogue: &Catalogue, t: Texts) -> Vec<PlatformTopics> {
    let rows_of = |platform: &str| {
        let rows = catalogue.rows_on().filter(|row| row.platform == platform);
        rows.map(|row| HelpTopic { code: row.id.0.clone(), title: t.name(&row.title).to_owned() }).collect()
    };
    let topics = catalogue.platforms.iter().map(|platform| PlatformTopics {
        platform: HelpTopic { code: platform.code.clone(), title: t.name(&platform.name).to_owned() },
        rows: rows_of(&platform.code),
    });
    topics.collect()
}
