//! The report of exams that have changed since a certain date.

use crate::i18n::Texts;
use crate::layout::Layout;
use crate::pages::reports::report::{EXAM, Report, ReportOptions, ReportTab, ScopeParams, exam, file_name, head, tabs};
use crate::query::day;
use crate::routes;
use crate::session::Loaded;
use app::failure::Failure;
use app::reports::changes::{Changes, ExamChange, changes_since};
use app::reports::export::{Cell, Worksheet};
use app::unit_of_work::UnitOfWork;
use askama::Template;
use askama_minify::template_minify;
use domain::person::Actor;
use serde::Deserialize;

#[template_minify(path = "reports/changes.html")]
#[derive(Template)]
pub(crate) struct ChangesPage {
    layout: Layout,
    t: Texts,
    tabs: Vec<ReportTab>,
    changes: Changes,
}

/// The query of the report of changed exams: academic term, faculty or department, and the date
/// from which changes are listed.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(crate) struct ChangesQuery {
    term: String,
    org: String,
    since: String,
}

impl ChangesQuery {
    fn scope(&self) -> ScopeParams {
        ScopeParams { term: self.term.clone(), org: self.org.clone() }
    }
}

/// `GET /changes?since=…&term=…&org=…`: reports the exams of an academic term that have changed
/// since the date `since`.
impl Report for ChangesPage {
    type Query = ChangesQuery;
    type Data = Changes;

    fn read(
        work: &mut UnitOfWork<'_, '_>,
        actor: &Actor,
        query: &ChangesQuery,
        _: ReportOptions,
    ) -> Result<Changes, Failure> {
        changes_since(work, actor, &query.scope().scope_query(), day(&query.since))
    }

    fn build(query: &ChangesQuery, loaded: Loaded<Changes>) -> Self {
        let Loaded { layout, signed_in, data: changes } = loaded;
        let tabs = tabs(&signed_in.actor, &query.scope(), routes::CHANGES);
        Self { t: layout.t, layout, tabs, changes }
    }

    fn file_name(&self) -> String {
        format!("{}-{}", file_name("changes", &self.changes.scope), self.changes.since)
    }

    fn sheets(&self) -> Vec<Worksheet> {
        let t = self.t;
        let [platform, form, kind, info] = EXAM;
        let keys = ["department", "discipline-code", "discipline", "group", platform, form, kind, info];
        let keys = [keys.as_slice(), &["what-happened", "open-reason", "who", "when"]].concat();
        let too_many = self.changes.has_more.then(|| vec![t.get("changes-too-many").into()]);
        vec![Worksheet {
            title: t.get("changes"),
            head: head(t, &keys),
            rows: self.changes.lines.iter().map(|line| self.row(line)).collect(),
            foot: too_many.into_iter().collect(),
        }]
    }
}

impl ChangesPage {
    /// Whether the exams are those of several departments.
    fn has_departments(&self) -> bool {
        self.changes.scope.department().is_none()
    }

    fn department(&self, line: &ExamChange) -> &str {
        self.changes.scope.find(line.offering.department).map_or("", |department| self.t.name(&department.name))
    }

    fn row(&self, line: &ExamChange) -> Vec<Cell> {
        let ExamChange { offering, kind, picked, last: (at, by), reason } = line;
        let t = self.t;
        let mut cells: Vec<Cell> = vec![
            self.department(line).into(),
            offering.discipline.code.as_str().into(),
            t.name(&offering.discipline.name).into(),
            offering.group.as_str().into(),
        ];
        cells.extend(exam(t, Some(picked)));
        cells.extend([t.code("change", kind.code()).into(), t.name(reason).into(), by.as_str().into()]);
        cells.push(Cell::Moment(t.wall(*at)));
        cells
    }
}
