//! What a student reads, and where the university allows it, what anybody reads of a group.

use crate::error::Oops;
use crate::i18n::Words;
use crate::layout::{Frame, page};
use crate::markdown;
use crate::notification_text::differences;
use crate::query::Query;
use crate::session::Seat;
use crate::state::Door;
use app::student::student_exams::{Approved, Passport, exams_of_group, passport};
use askama::Template;
use axum::extract::{OriginalUri, State};
use axum::http::StatusCode;
use axum::response::Response;
use serde::Deserialize;

/// A group's name holds at most this many characters.
const GROUP_LIMIT: usize = 60;

#[derive(Template)]
#[template(path = "student/exams.html")]
struct ExamsPage {
    f: Frame,
    passport: Passport,
    /// The group that a stranger asked for; nothing on a student's own page.
    group: Option<String>,
}

/// `GET /exams`
pub(crate) async fn show(State(door): State<Door>, seat: Seat) -> Result<Response, Oops> {
    let actor = seat.actor();
    let passport = door.app.read(move |desk| passport(desk, &actor)).await?;
    page(&ExamsPage { f: Frame::of(&seat), passport, group: None })
}

#[derive(Default, Deserialize)]
pub(crate) struct Asked {
    group: Option<String>,
}

/// `GET /public/exams?group=…`, for anybody, where the settings say so.
pub(crate) async fn of_group(
    State(door): State<Door>,
    words: Words,
    OriginalUri(uri): OriginalUri,
    Query(asked): Query<Asked>,
) -> Result<Response, Oops> {
    if !door.settings.public_exams {
        return Err(Oops::status(StatusCode::NOT_FOUND));
    }
    let group: String = asked.group.unwrap_or_default().trim().chars().take(GROUP_LIMIT).collect();
    let wanted = group.clone();
    let passport = door.app.read(move |desk| exams_of_group(desk, &wanted)).await?;
    let path = uri.path_and_query().map_or("/public/exams", |path| path.as_str());
    page(&ExamsPage { f: Frame::of_stranger(words, String::new(), path), passport, group: Some(group) })
}

impl ExamsPage {
    fn title(&self) -> String {
        self.f.w.t(if self.group.is_some() { "public-exams" } else { "nav-exams" })
    }

    /// What students do, from the instructions of the row.
    fn guide(&self, approved: &Approved) -> Option<String> {
        let text = self.f.w.name(approved.instructions.as_ref()?);
        markdown::section(text, "students").map(|section| markdown::html(section, 2))
    }

    fn changes(&self, approved: &Approved) -> Vec<(String, String)> {
        let changed = approved.changed.as_ref();
        changed.map(|(before, now)| differences(self.f.w, before, now)).unwrap_or_default()
    }
}
