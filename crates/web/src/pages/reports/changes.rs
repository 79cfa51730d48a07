//! What changed since a day.

use crate::error::WebError;
use crate::i18n::Texts;
use crate::layout::Layout;
use crate::pages::reports::report::{EXAM, Report, ReportExtent, ReportTab, ScopeParams, exam, file_name, head, tabs};
use crate::routes;
use crate::session::Session;
use crate::state::AppState;
use app::reports::changes::{Changes, ExamChange, changes_since};
use app::reports::export::{Cell, Worksheet};
use askama::Template;
use serde::Deserialize;

#[derive(Template)]
#[template(path = "reports/changes.html")]
pub(crate) struct ChangesPage {
    layout: Layout,
    t: Texts,
    tabs: Vec<ReportTab>,
    found: Changes,
}

/// What the address asks for.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(crate) struct ChangesQuery {
    term: String,
    org: String,
    since: String,
}

/// `GET /changes?since=…&term=…&org=…`
impl Report for ChangesPage {
    type Query = ChangesQuery;

    async fn look(
        state: &AppState,
        session: &Session,
        wanted: ChangesQuery,
        _: ReportExtent,
    ) -> Result<Self, WebError> {
        let place = ScopeParams { term: wanted.term, org: wanted.org };
        let (actor, asked, since) = (session.actor(), place.asked(), wanted.since.parse().ok());
        let found = state.app.read(move |work| changes_since(work, &actor, &asked, since)).await?;
        Ok(Self { t: session.texts, layout: Layout::of(session), tabs: tabs(session, &place, routes::CHANGES), found })
    }

    fn file_name(&self) -> String {
        format!("{}-{}", file_name("changes", &self.found.scope), self.found.since)
    }

    fn sheets(&self) -> Vec<Worksheet> {
        let t = self.t;
        let [platform, form, kind, info] = EXAM;
        let keys = ["discipline-code", "discipline", "group", platform, form, kind, info];
        let keys = [keys.as_slice(), &["what-happened", "open-reason", "who", "when"]].concat();
        let too_many = self.found.has_more.then(|| vec![t.get("changes-too-many").into()]);
        vec![Worksheet {
            title: t.get("changes"),
            head: head(t, &keys),
            rows: self.found.lines.iter().map(|line| row(t, line)).collect(),
            foot: too_many.into_iter().collect(),
        }]
    }
}

fn row(texts: Texts, line: &ExamChange) -> Vec<Cell> {
    let ExamChange { offering, kind, picked, last: (at, by), reason } = line;
    let mut cells: Vec<Cell> = vec![
        offering.discipline.code.as_str().into(),
        texts.name(&offering.discipline.name).into(),
        offering.group.as_str().into(),
    ];
    cells.extend(exam(texts, Some(picked)));
    cells.extend([texts.code("change", kind.code()).into(), reason.as_str().into(), by.as_str().into()]);
    cells.push(Cell::Moment(texts.wall(*at)));
    cells
}
