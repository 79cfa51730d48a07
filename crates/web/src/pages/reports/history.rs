//! Searching the history.

use crate::error::WebError;
use crate::i18n::Texts;
use crate::layout::Layout;
use crate::pages::reports::report::{Report, ReportExtent, ReportTab, ScopeParams, head, tabs};
use crate::query::address;
use crate::routes;
use crate::session::Session;
use crate::state::AppState;
use app::history::search_history::{
    ACTS, HistoryCursor, HistoryItem, HistoryQuery, HistoryResults, HistorySubject, search_history,
};
use app::reports::export::{Cell, Worksheet};
use askama::Template;
use chrono::DateTime;
use domain::limits::SEARCH_TEXT_LIMIT;
use serde::Deserialize;

#[derive(Template)]
#[template(path = "reports/history.html")]
pub(crate) struct HistoryPage {
    layout: Layout,
    t: Texts,
    tabs: Vec<ReportTab>,
    wanted: HistoryPageQuery,
    found: HistoryResults,
}

/// What the address asks for.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(crate) struct HistoryPageQuery {
    who: String,
    act: String,
    from: String,
    until: String,
    before: String,
}

/// `GET /history?who=…&act=…&from=…&until=…&before=…`
impl Report for HistoryPage {
    type Query = HistoryPageQuery;

    async fn look(
        state: &AppState,
        session: &Session,
        wanted: HistoryPageQuery,
        extent: ReportExtent,
    ) -> Result<Self, WebError> {
        let asked = HistoryQuery {
            who: wanted.who.trim().chars().take(SEARCH_TEXT_LIMIT).collect(),
            act: ACTS.iter().find(|act| **act == wanted.act).map(|act| (*act).to_owned()).unwrap_or_default(),
            from: wanted.from.parse().ok(),
            until: wanted.until.parse().ok(),
            before: read_mark(&wanted.before),
            is_whole: extent == ReportExtent::Whole,
        };
        let actor = session.actor();
        let found = state.app.read(move |work| search_history(work, &actor, &asked)).await?;
        Ok(Self {
            t: session.texts,
            layout: Layout::of(session),
            tabs: tabs(session, &ScopeParams::default(), routes::HISTORY),
            wanted,
            found,
        })
    }

    fn file_name(&self) -> String {
        "history".to_owned()
    }

    fn sheets(&self) -> Vec<Worksheet> {
        let t = self.t;
        let cut = self.found.next.as_ref().map(|_| vec![t.count("history-cut", self.found.lines.len()).into()]);
        vec![Worksheet {
            title: t.get("history-search"),
            head: head(t, &["when", "who", "role", "what-happened", "open-reason", "about"]),
            rows: self.found.lines.iter().map(|line| self.row(line)).collect(),
            foot: cut.into_iter().collect(),
        }]
    }
}

/// A place in the history in an address: milliseconds, line and chain.
fn read_mark(text: &str) -> Option<HistoryCursor> {
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
        vec![at, who.into(), role.into(), self.act(line).into(), line.reason.as_str().into(), about.into()]
    }

    fn next(&self) -> Option<String> {
        let HistoryCursor { at, subject, sequence } = self.found.next.as_ref()?;
        let before = format!("{}.{sequence}.{subject}", at.timestamp_millis());
        let HistoryPageQuery { who, act, from, until, .. } = &self.wanted;
        let pairs = [("who", who.as_str()), ("act", act), ("from", from), ("until", until), ("before", &before)];
        Some(address(routes::HISTORY, &pairs))
    }
}
