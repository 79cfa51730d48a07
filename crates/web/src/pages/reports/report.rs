//! The parts that all reports share: a web page and a file with the same content, unit and term of an address, tabs.

use crate::error::WebError;
use crate::i18n::Texts;
use crate::page::page;
use crate::pages::reports::export;
use crate::path_params::PathParams;
use crate::query::{Query, address};
use crate::routes;
use crate::session::{Loaded, Session};
use crate::state::AppState;
use app::failure::Failure;
use app::reports::export::{Cell, Worksheet};
use app::reports::report_scope::{ReportScope, ScopeQuery};
use app::unit_of_work::UnitOfWork;
use askama::Template;
use axum::extract::State;
use axum::response::Response;
use domain::catalogue::picked::Picked;
use domain::name::Language;
use domain::person::Actor;
use domain::policy;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use std::sync::Arc;

/// The part of a long list that a report loads: one page or everything.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ReportExtent {
    /// Extent of a report: one page of a long list.
    Page,
    /// Extent of a report: the whole list, up to the limit of a file.
    Whole,
}

/// The extent and the language in which a report is loaded.
#[derive(Debug, Clone, Copy)]
pub(crate) struct ReportOptions {
    pub(crate) extent: ReportExtent,
    /// The language by whose names a report sorts units.
    pub(crate) language: Language,
}

/// A report: a web page, and a file whose cells come from the same struct as the page.
pub(crate) trait Report: Template + Sized + Send + 'static {
    /// The query parameters of the report's address.
    type Query: DeserializeOwned + Default + Send + Sync + 'static;
    /// The data that the report's use case returns.
    type Data: Send + 'static;

    /// Loads the report's data.
    ///
    /// # Errors
    /// Returns the failures of the use case.
    fn read(
        work: &mut UnitOfWork<'_, '_>,
        actor: &Actor,
        query: &Self::Query,
        options: ReportOptions,
    ) -> Result<Self::Data, Failure>;

    /// Builds the report's web page from the loaded data.
    fn build(query: &Self::Query, loaded: Loaded<Self::Data>) -> Self;

    /// The name of the report's exported file, without its extension.
    fn file_name(&self) -> String;

    /// The content of the report as tables. A CSV file contains only the first table.
    fn sheets(&self) -> Vec<Worksheet>;
}

/// Loads a report in one transaction and builds its web page.
pub(crate) async fn load<R: Report>(
    state: &AppState,
    session: &Session,
    query: R::Query,
    extent: ReportExtent,
) -> Result<R, WebError> {
    let options = ReportOptions { extent, language: session.texts.language };
    let query = Arc::new(query);
    let asked = Arc::clone(&query);
    let loaded = session.read(state, move |work, actor| R::read(work, actor, &asked, options)).await?;
    Ok(R::build(&query, loaded))
}

/// Shows a report as a web page.
pub(crate) async fn show<R: Report>(
    State(state): State<AppState>,
    session: Session,
    Query(query): Query<R::Query>,
) -> Result<Response, WebError> {
    page(&load::<R>(&state, &session, query, ReportExtent::Page).await?)
}

/// `…/file.csv` and `…/file.xlsx`: exports the report at the same address as a file.
pub(crate) async fn file<R: Report>(
    State(state): State<AppState>,
    session: Session,
    PathParams(end): PathParams<String>,
    Query(query): Query<R::Query>,
) -> Result<Response, WebError> {
    let kind = export::kind_of(&end)?;
    let report = load::<R>(&state, &session, query, ReportExtent::Whole).await?;
    let name = report.file_name();
    export::file(kind, &name, move || report.sheets()).await
}

/// The headings of a report's table columns, from the keys of their texts.
pub(crate) fn head(texts: Texts, keys: &[&str]) -> Vec<String> {
    keys.iter().map(|key| texts.get(key)).collect()
}

/// The keys of the headings of a report's columns for an exam: platform, exam form, type, information.
pub(crate) const EXAM: [&str; 4] = ["field-platform", "field-form", "field-type", "field-info"];

/// The cells of a report's columns for an exam; empty cells if there is no choice.
pub(crate) fn exam(texts: Texts, picked: Option<&Picked>) -> [Cell; 4] {
    let Some(picked) = picked else { return [const { Cell::Empty }; 4] };
    let kind = picked.kind.as_ref().map(|kind| texts.name(kind)).unwrap_or_default();
    [texts.name(&picked.platform).into(), texts.name(&picked.form).into(), kind.into(), picked.info.as_str().into()]
}

/// The cells of a table row in a report: a name and its counts.
pub(crate) fn counted(name: String, counts: impl IntoIterator<Item = i64>) -> Vec<Cell> {
    std::iter::once(Cell::Text(name)).chain(counts.into_iter().map(Cell::Number)).collect()
}

/// The unit and the term in the address of a report.
#[derive(Debug, Clone, Default, Deserialize)]
pub(crate) struct ScopeParams {
    /// The term's code; empty for the current term.
    #[serde(default)]
    pub(crate) term: String,
    /// The unit's id; empty for the whole university.
    #[serde(default)]
    pub(crate) org: String,
}

impl ScopeParams {
    /// The scope of a report for the use case: the whole university if the unit cannot be parsed, the current term if
    /// its code is empty.
    pub(crate) fn scope_query(&self) -> ScopeQuery {
        let term = Some(self.term.trim()).filter(|term| !term.is_empty()).map(str::to_owned);
        ScopeQuery { term, org: self.org.parse().ok() }
    }

    /// The unit and the term as query parameters of a report's address.
    pub(crate) fn pairs(&self) -> [(&str, &str); 2] {
        [("term", self.term.trim()), ("org", self.org.as_str())]
    }
}

/// A tab that links to a report.
pub(crate) struct ReportTab {
    /// The report's address for the same unit and term.
    pub(crate) href: String,
    pub(crate) key: &'static str,
    pub(crate) is_current: bool,
}

/// The tabs of all reports that the reader may open, for the same unit and term.
pub(crate) fn tabs(actor: &Actor, scope: &ScopeParams, current: &str) -> Vec<ReportTab> {
    let all = [
        (routes::PROGRESS, "nav-progress", true),
        (routes::LATE, "late", true),
        (routes::PLATFORMS, "platforms", true),
        (routes::COMPARISON, "comparison", true),
        (routes::UNIFORMITY, "uniformity-link", true),
        (routes::CHANGES, "changes", true),
        (routes::ORDERS, "orders", true),
        (routes::HISTORY, "history-search", policy::searches_history(actor).is_ok()),
    ];
    let tab = |(path, key, _)| ReportTab { href: address(path, &scope.pairs()), key, is_current: path == current };
    all.into_iter().filter(|(_, _, is_shown)| *is_shown).map(tab).collect()
}

/// The name of a report's exported file, without extension: the report, the unit, the term.
pub(crate) fn file_name(report: &str, scope: &ReportScope) -> String {
    let unit = scope.unit.as_ref().map(|org| format!("-{}", org.code)).unwrap_or_default();
    format!("{report}{unit}-{}", scope.term.code)
}
