//! The parts that all reports share: showing a report as a page and as a file, reading academic
//! term and unit from the address, and tabs that link to the other reports.

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

/// The part of a long list that a report loads: one page for the browser, or everything for a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ReportExtent {
    /// The report loads one page of a long list, to be shown in the browser.
    Page,
    /// The report loads the whole list for a file, up to the maximum number of lines in a file.
    Whole,
}

/// The extent (one page or the whole list) and the interface language in which a report is loaded.
#[derive(Debug, Clone, Copy)]
pub(crate) struct ReportOptions {
    pub(crate) extent: ReportExtent,
    /// The interface language. A report sorts faculties and departments by their names in this
    /// language.
    pub(crate) language: Language,
}

/// A report: a web page, and a file (CSV or XLSX) whose cells are computed from the data of the
/// page.
pub(crate) trait Report: Template + Sized + Send + 'static {
    /// The query parameters in the address of the report.
    type Query: DeserializeOwned + Default + Send + Sync + 'static;
    /// The data that the report loads from the database. Both the report's web page and its file
    /// are built from this data.
    type Data: Send + 'static;

    /// Loads the data from which the report's web page and file are built.
    ///
    /// # Errors
    /// Returns the failures of the use case that loads the data, for example a missing permission.
    fn read(
        work: &mut UnitOfWork<'_, '_>,
        actor: &Actor,
        query: &Self::Query,
        options: ReportOptions,
    ) -> Result<Self::Data, Failure>;

    /// Builds the web page of the report from the loaded data.
    fn build(query: &Self::Query, loaded: Loaded<Self::Data>) -> Self;

    /// The name of the report's file, without its extension.
    fn file_name(&self) -> String;

    /// The content of the report as tables. An XLSX file contains all tables, a CSV file only the
    /// first one.
    fn sheets(&self) -> Vec<Worksheet>;
}

/// Loads a report in one database transaction and builds its web page.
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

/// `…/file.csv` and `…/file.xlsx`: exports a report as a file. The part of the address before
/// `/file` is the address of the report's web page.
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

/// The column headings of a report's table, from the keys of their texts.
pub(crate) fn head(texts: Texts, keys: &[&str]) -> Vec<String> {
    keys.iter().map(|key| texts.get(key)).collect()
}

/// The keys of the column headings for an exam in a report: platform, exam format, type and
/// additional information.
pub(crate) const EXAM: [&str; 4] = ["field-platform", "field-form", "field-type", "field-info"];

/// The cells of a report that describe an exam: platform, exam format, type and additional
/// information. The cells are empty if nothing was chosen.
pub(crate) fn exam(texts: Texts, picked: Option<&Picked>) -> [Cell; 4] {
    let Some(picked) = picked else { return [const { Cell::Empty }; 4] };
    let kind = picked.kind.as_ref().map(|kind| texts.name(kind)).unwrap_or_default();
    [texts.name(&picked.platform).into(), texts.name(&picked.form).into(), kind.into(), picked.info.as_str().into()]
}

/// The cells of one table row in a report: a name, and the numbers that belong to the name.
pub(crate) fn counted(name: String, counts: impl IntoIterator<Item = i64>) -> Vec<Cell> {
    std::iter::once(Cell::Text(name)).chain(counts.into_iter().map(Cell::Number)).collect()
}

/// The academic term and the faculty or department in the address of a report.
#[derive(Debug, Clone, Default, Deserialize)]
pub(crate) struct ScopeParams {
    /// The code of the academic term that the report covers; empty for the current term.
    #[serde(default)]
    pub(crate) term: String,
    /// The id of the faculty or department to which the report is limited; empty if the report
    /// covers the whole university.
    #[serde(default)]
    pub(crate) org: String,
}

impl ScopeParams {
    /// Converts the submitted academic term and unit for the use case that loads the report. An
    /// empty term becomes the current term, and a unit that cannot be parsed becomes the whole
    /// university.
    pub(crate) fn scope_query(&self) -> ScopeQuery {
        let term = Some(self.term.trim()).filter(|term| !term.is_empty()).map(str::to_owned);
        ScopeQuery { term, org: self.org.parse().ok() }
    }

    /// The academic term and the faculty or department as query parameters of a report's address.
    pub(crate) fn pairs(&self) -> [(&str, &str); 2] {
        [("term", self.term.trim()), ("org", self.org.as_str())]
    }
}

/// A tab at the top of a report that links to another report, for example from the progress board
/// to the late choices.
pub(crate) struct ReportTab {
    /// The address of the linked report. The linked report covers the same academic term and unit
    /// as the report that is being shown.
    pub(crate) href: String,
    pub(crate) key: &'static str,
    pub(crate) is_current: bool,
}

/// The tabs that link to all reports that the signed-in person is allowed to open. A linked report
/// covers the same academic term and unit as the report that is being shown.
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

/// The name of a report's file, without its extension. The name consists of the report, the code of
/// the unit, and the code of the academic term.
pub(crate) fn file_name(report: &str, scope: &ReportScope) -> String {
    let unit = scope.unit.as_ref().map(|org| format!("-{}", org.code)).unwrap_or_default();
    format!("{report}{unit}-{}", scope.term.code)
}
