//! Pages of approved exams: the exams of a signed-in student, and, if the installation allows it,
//! the exams of any group for everyone.

use crate::error::WebError;
use crate::i18n::Texts;
use crate::layout::Layout;
use crate::markdown;
use crate::notification_text::{ExamDifference, differences};
use crate::page::page;
use crate::query::Query;
use crate::routes;
use crate::session::{Loaded, Session};
use crate::state::AppState;
use app::student::student_exams::{ApprovedExam, StudentExams, exams_of_group, student_exams};
use askama::Template;
use askama_minify::template_minify;
use axum::extract::{OriginalUri, State};
use axum::response::Response;
use domain::limits::STUDENT_GROUP_LIMIT;
use serde::Deserialize;
use std::sync::Arc;

#[template_minify(path = "student/exams.html")]
#[derive(Template)]
struct ExamsPage {
    layout: Layout,
    t: Texts,
    exams: StudentExams,
    /// The group whose exams a visitor asked for; `None` on the page of a signed-in student.
    group: Option<String>,
}

/// `GET /exams`: shows the approved exams of the signed-in student.
pub(crate) async fn show(State(state): State<AppState>, session: Session) -> Result<Response, WebError> {
    let Loaded { layout, data: exams, .. } = session.read(&state, student_exams).await?;
    page(&ExamsPage { t: layout.t, layout, exams, group: None })
}

#[derive(Default, Deserialize)]
pub(crate) struct PublicExamsQuery {
    group: Option<String>,
}

/// `GET /public/exams?group=…`: shows the approved exams of a group to everyone, if the
/// configuration of the installation allows it.
pub(crate) async fn of_group(
    State(state): State<AppState>,
    texts: Texts,
    OriginalUri(uri): OriginalUri,
    Query(asked): Query<PublicExamsQuery>,
) -> Result<Response, WebError> {
    if !state.settings.public_exams {
        return Err(WebError::not_found());
    }
    let group: String = asked.group.unwrap_or_default().trim().chars().take(STUDENT_GROUP_LIMIT).collect();
    let wanted = group.clone();
    let exams = state.app.read(move |work| exams_of_group(work, &wanted)).await?;
    let path = uri.path_and_query().map_or(routes::PUBLIC_EXAMS, |path| path.as_str());
    page(&ExamsPage { t: texts, layout: Layout::of_visitor(texts, String::new(), path), exams, group: Some(group) })
}

impl ExamsPage {
    fn title(&self) -> String {
        self.t.get(if self.group.is_some() { "public-exams" } else { "nav-exams" })
    }

    /// The title of the page of approved exams. If a visitor asked for a group, the title contains
    /// the name of the group.
    fn heading(&self) -> String {
        match self.group.as_deref() {
            None | Some("") => self.title(),
            Some(group) => format!("{}: {group}", self.title()),
        }
    }

    /// Whether the page shows the approved exams of a group to the public, not those of a signed-in
    /// student.
    fn is_public(&self) -> bool {
        self.group.is_some()
    }

    /// The key of the text that the page shows if it has no approved exams to list. The key is
    /// `None` if the page lists exams, or if a visitor has not yet asked for the exams of a group.
    fn empty_key(&self) -> Option<&'static str> {
        if !self.exams.exams.is_empty() {
            return None;
        }
        match self.group.as_deref() {
            None => Some("exams-empty"),
            Some("") => None,
            Some(_) => Some("public-exams-none"),
        }
    }

    /// The label above the additional information of an exam: the label in the catalogue row, or a
    /// general one.
    fn info_label(&self, approved: &ApprovedExam) -> String {
        let label = approved.picked.info_label.as_ref().map(|label| self.t.name(label).to_owned());
        label.unwrap_or_else(|| self.t.get("field-info"))
    }

    /// The section of an approved exam's instructions that is written for students, as HTML.
    fn guide(&self, approved: &ApprovedExam) -> Option<Arc<str>> {
        let text = self.t.name(approved.instructions.as_ref()?);
        markdown::section(text, "students").map(|section| markdown::html(section, 2))
    }

    fn changes(&self, approved: &ApprovedExam) -> Vec<ExamDifference> {
        let changed = approved.changed.as_ref();
        changed.map(|(before, now)| differences(self.t, before, now)).unwrap_or_default()
    }
}
