//! Drafts: saved by themselves, or with the button where there is no script.

use crate::door::Door;
use crate::fields::Posted;
use crate::oops::Oops;
use crate::pages::choose::typed;
use crate::routes;
use app::open_choice::Filled;
use app::save_draft::save_draft;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::{IntoResponse, Redirect, Response};
use domain::catalogue::RowId;

/// `POST /drafts`: answers the script with one line, everybody else with the list.
pub(crate) async fn save(State(door): State<Door>, headers: HeaderMap, posted: Posted) -> Result<Response, Oops> {
    let typed = typed(&posted.fields);
    let filled = Filled {
        info: typed.infos.get(&typed.row).cloned().unwrap_or_default(),
        row: Some(typed.row).filter(|row| !row.is_empty()).map(RowId),
        documents: typed.documents,
        is_draft: true,
    };
    let (actor, ids, words) = (posted.seat.actor(), posted.fields.offerings()?, posted.seat.words);
    let now = door.app.clock.now();
    door.app.write(move |desk| save_draft(desk, &actor, &ids, &filled)).await?;
    if headers.contains_key("x-partial") {
        return Ok(words.with("draft-saved-at", "time", words.time(now)).into_response());
    }
    Ok(Redirect::to(&format!("{}?did=draft", routes::GROUPS)).into_response())
}
