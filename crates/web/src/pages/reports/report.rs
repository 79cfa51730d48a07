//! What all reports share: a page and a file of what is on it, the unit and term that an address names, the tabs.

use crate::error::WebError;
use crate::i18n::Texts;
use crate::layout::page;
use crate::pages::reports::export;
use crate::query::{Query, address};
use crate::routes;
use crate::session::Session;
use crate::state::AppState;
use app::reports::export::{Cell, Worksheet};
use app::reports::report_scope::{ReportScope, ScopeQuery};
use askama::Template;
use axum::extract::{Path, State};
use axum::response::Response;
use domain::catalogue::picked::Picked;
use serde::Deserialize;
use serde::de::DeserializeOwned;

/// How much of a list is looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ReportExtent {
    /// One page.
    Page,
    /// All that a file may hold.
    Whole,
}

/// A report: a page, and a file whose cells come from the same page struct as the template's.
pub(crate) trait Report: Template + Sized + Send + 'static {
    /// What an address asks for.
    type Query: DeserializeOwned + Default + Send;

    /// Asks the use case.
    fn look(
        state: &AppState,
        session: &Session,
        wanted: Self::Query,
        extent: ReportExtent,
    ) -> impl Future<Output = Result<Self, WebError>> + Send;

    /// The name of its file, without the end.
    fn file_name(&self) -> String;

    /// What is on the page, as tables. The first one alone is the CSV.
    fn sheets(&self) -> Vec<Worksheet>;
}

/// The page of a report.
pub(crate) async fn show<R: Report>(
    State(state): State<AppState>,
    session: Session,
    Query(wanted): Query<R::Query>,
) -> Result<Response, WebError> {
    page(&R::look(&state, &session, wanted, ReportExtent::Page).await?)
}

/// `…/file.csv` and `…/file.xlsx`: what the page at the same address shows.
pub(crate) async fn file<R: Report>(
    State(state): State<AppState>,
    session: Session,
    Path(end): Path<String>,
    Query(wanted): Query<R::Query>,
) -> Result<Response, WebError> {
    let kind = export::kind_of(&end)?;
    let report = R::look(&state, &session, wanted, ReportExtent::Whole).await?;
    let name = report.file_name();
    export::file(kind, &name, move || report.sheets()).await
}

/// The columns of a table, by the keys of their names.
pub(crate) fn head(texts: Texts, keys: &[&str]) -> Vec<String> {
    keys.iter().map(|key| texts.get(key)).collect()
}

/// The keys of the four fields of an exam.
pub(crate) const EXAM: [&str; 4] = ["field-platform", "field-form", "field-type", "field-info"];

/// The four fields of an exam.
pub(crate) fn exam(texts: Texts, picked: Option<&Picked>) -> [Cell; 4] {
    let Some(picked) = picked else { return [const { Cell::Empty }; 4] };
    let kind = picked.kind.as_ref().map(|kind| texts.name(kind)).unwrap_or_default();
    [texts.name(&picked.platform).into(), texts.name(&picked.form).into(), kind.into(), picked.info.as_str().into()]
}

/// A name with its counts.
pub(crate) fn counted(name: String, counts: impl IntoIterator<Item = i64>) -> Vec<Cell> {
    std::iter::once(Cell::Text(name)).chain(counts.into_iter().map(Cell::Number)).collect()
}

/// The unit and the term in an address.
#[derive(Debug, Clone, Default, Deserialize)]
pub(crate) struct ScopeParams {
    /// The term's code.
    #[serde(default)]
    pub(crate) term: String,
    /// The unit's id.
    #[serde(default)]
    pub(crate) org: String,
}

impl ScopeParams {
    /// What a use case is asked for. What cannot be read is the top, in the current term.
    pub(crate) fn asked(&self) -> ScopeQuery {
        let term = Some(self.term.trim()).filter(|term| !term.is_empty()).map(str::to_owned);
        ScopeQuery { term, org: self.org.parse().ok() }
    }

    /// The pairs of an address that keep the place.
    pub(crate) fn pairs(&self) -> [(&str, &str); 2] {
        [("term", self.term.trim()), ("org", self.org.as_str())]
    }
}

/// One of the reports.
pub(crate) struct ReportTab {
    /// Where it leads, keeping unit and term.
    pub(crate) href: String,
    /// The key of its text.
    pub(crate) key: &'static str,
    /// It is this page.
    pub(crate) is_current: bool,
}

/// All reports that the reader may open, about the same unit and term.
pub(crate) fn tabs(session: &Session, place: &ScopeParams, current: &str) -> Vec<ReportTab> {
    let all = [
        (routes::PROGRESS, "nav-progress", true),
        (routes::LATE, "late", true),
        (routes::PLATFORMS, "platforms", true),
        (routes::COMPARISON, "comparison", true),
        (routes::UNIFORMITY, "uniformity-link", true),
        (routes::CHANGES, "changes", true),
        (routes::ORDERS, "orders", true),
        (routes::HISTORY, "history-search", session.signed.actor.reads_all()),
    ];
    let tab = |(path, key, _)| ReportTab { href: address(path, &place.pairs()), key, is_current: path == current };
    all.into_iter().filter(|(_, _, is_shown)| *is_shown).map(tab).collect()
}

/// A name of a file: the report, the unit, the term.
pub(crate) fn file_name(report: &str, scope: &ReportScope) -> String {
    let unit = scope.unit.as_ref().map(|org| format!("-{}", org.code)).unwrap_or_default();
    format!("{report}{unit}-{}", scope.term.code)
}
