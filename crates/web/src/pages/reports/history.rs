//! The page for searching the history, the record of all acts with their persons and times.

use crate::i18n::Texts;
use crate::layout::Layout;
use crate::pages::reports::report::{Report, ReportExtent, ReportOptions, ReportTab, ScopeParams, head, tabs};
use crate::query::{address, day};
use crate::routes;
use crate::session::Loaded;
use app::failure::Failure;
use app::history::search_history::{
    ACTS, HistoryCursor, HistoryItem, HistoryQuery, HistoryResults, HistorySubject, search_history,
};
use app::reports::export::{Cell, Worksheet};
use app::unit_of_work::UnitOfWork;
use askama::Template;
use askama_minify::template_minify;
use chrono::DateTime;
use domain::limits::SEARCH_TEXT_LIMIT;
use domain::person::Actor;
use serde::Deserialize;

#[template_minify(path = "reports/history.html")]
#[derive(Template)]
pub(crate) struct HistoryPage {
    layout: Layout,
    t: Texts,
    tabs: Vec<ReportTab>,
    query: HistoryPageQuery,
    results: HistoryResults,
}

/// The submitted query of the search in the history: person, act, dates, and the history entry at
/// which the result page begins.
#[derive(Clone, Default, Deserialize)]
#[serde(default)]
pub(crate) struct HistoryPageQuery {
    who: String,
    act: String,
    from: String,
    until: String,
    before: String,
}

impl HistoryPageQuery {
    fn history_query(&self, extent: ReportExtent) -> HistoryQuery {
        HistoryQuery {
            who: self.who.trim().chars().take(SEARCH_TEXT_LIMIT).collect(),
            act: ACTS.iter().find(|act| **act == self.act).map(|act| (*act).to_owned()).unwrap_or_default(),
            from: day(&self.from),
            until: day(&self.until),
            before: read_cursor(&self.before),
            is_whole: extent == ReportExtent::Whole,
        }
    }
}

/// `GET /history?who=…&act=…&from=…&until=…&before=…`: searches the history of all acts.
impl Report for HistoryPage {
    type Query = HistoryPageQuery;
    type Data = HistoryResults;

    fn read(
        work: &mut UnitOfWork<'_, '_>,
        actor: &Actor,
        query: &HistoryPageQuery,
        options: ReportOptions,
    ) -> Result<HistoryResults, Failure> {
        search_history(work, actor, &query.history_query(options.extent))
    }

    fn build(query: &HistoryPageQuery, loaded: Loaded<HistoryResults>) -> Self {
        let Loaded { layout, signed_in, data: results } = loaded;
        let tabs = tabs(&signed_in.actor, &ScopeParams::default(), routes::HISTORY);
        Self { t: layout.t, layout, tabs, query: query.clone(), results }
    }

    fn file_name(&self) -> String {
        "history".to_owned()
    }

    fn sheets(&self) -> Vec<Worksheet> {
        let t = self.t;
        let cut = self.results.next.as_ref().map(|_| vec![t.count("history-cut", self.results.lines.len()).into()]);
        vec![Worksheet {
            title: t.get("history-search"),
            head: head(t, &["when", "who", "role", "what-happened", "open-reason", "about"]),
            rows: self.results.lines.iter().map(|line| self.row(line)).collect(),
            foot: cut.into_iter().collect(),
        }]
    }
}

/// Parses the position in the history at which the next page of search results begins. The text
/// consists of a time in milliseconds, the number of a history entry, and the name of the hash
/// chain that contains the entry.
fn read_cursor(text: &str) -> Option<HistoryCursor> {
    let mut parts = text.splitn(3, '.');
    let at = DateTime::from_timestamp_millis(parts.next()?.parse().ok()?)?;
    let sequence = parts.next()?.parse().ok()?;
    let subject: String = parts.next()?.chars().filter(|letter| *letter != '\0').take(SEARCH_TEXT_LIMIT).collect();
    Some(HistoryCursor { at, subject, sequence })
}

impl HistoryPage {
    fn acts(&self) -> &'static [&'static str] {
        ACTS
    }

    fn is_act_searched(&self, act: &str) -> bool {
        self.query.act == act
    }

    fn act(&self, line: &HistoryItem) -> String {
        let (key, act) = (format!("act-{}", line.told.line.act), &line.told.line.act);
        if self.t.has(&key) { self.t.get(&key) } else { act.clone() }
    }

    fn row(&self, line: &HistoryItem) -> Vec<Cell> {
        let (t, told) = (self.t, &line.told);
        let who = if told.actor_name.is_empty() { t.get("the-program") } else { told.actor_name.clone() };
        let role = told.line.role.map(|role| t.code("role", role.code())).unwrap_or_default();
        let about = match &line.about {
            HistorySubject::Offering(offering) => format!("{}, {}", t.name(&offering.discipline.name), offering.group),
            HistorySubject::Person(name) => name.clone(),
            HistorySubject::Discipline(name) | HistorySubject::Term(name) => t.name(name).to_owned(),
            HistorySubject::Order(fingerprint) => format!("{} {fingerprint}", t.get("orders")),
            HistorySubject::Whole => String::new(),
        };
        let at = Cell::Moment(t.wall(told.line.at));
        vec![at, who.into(), role.into(), self.act(line).into(), self.t.name(&line.reason).into(), about.into()]
    }

    fn next(&self) -> Option<String> {
        let HistoryCursor { at, subject, sequence } = self.results.next.as_ref()?;
        let before = format!("{}.{sequence}.{subject}", at.timestamp_millis());
        let HistoryPageQuery { who, act, from, until, .. } = &self.query;
        let pairs = [("who", who.as_str()), ("act", act), ("from", from), ("until", until), ("before", &before)];
        Some(address(routes::HISTORY, &pairs))
    }
}
