//! The report on uniformity: the parallel groups for which different exams were chosen. Parallel
//! groups are student groups that are taught the same discipline in the same faculty, in the same
//! language and at the same level.

use crate::i18n::Texts;
use crate::layout::Layout;
use crate::pages::reports::report::{EXAM, Report, ReportOptions, ReportTab, ScopeParams, exam, file_name, head, tabs};
use crate::query::address;
use crate::routes;
use crate::session::Loaded;
use app::failure::Failure;
use app::reports::export::{Cell, Worksheet};
use app::reports::uniformity_report::{UniformityReport, uniformity_report};
use app::reviewing::uniformity::{AgreeingGroup, Conflict, Member};
use app::unit_of_work::UnitOfWork;
use askama::Template;
use askama_minify::template_minify;
use domain::person::Actor;
use domain::roster::Org;

#[template_minify(path = "reports/uniformity.html")]
#[derive(Template)]
pub(crate) struct UniformityPage {
    layout: Layout,
    t: Texts,
    tabs: Vec<ReportTab>,
    scope: ScopeParams,
    report: UniformityReport,
}

/// `GET /uniformity?term=…&org=…`: reports the disciplines in which different exams were chosen for
/// parallel groups (student groups taught the same discipline).
impl Report for UniformityPage {
    type Query = ScopeParams;
    type Data = UniformityReport;

    fn read(
        work: &mut UnitOfWork<'_, '_>,
        actor: &Actor,
        query: &ScopeParams,
        _: ReportOptions,
    ) -> Result<UniformityReport, Failure> {
        uniformity_report(work, actor, &query.scope_query())
    }

    fn build(query: &ScopeParams, loaded: Loaded<UniformityReport>) -> Self {
        let Loaded { layout, signed_in, data: report } = loaded;
        let tabs = tabs(&signed_in.actor, query, routes::UNIFORMITY);
        Self { t: layout.t, layout, tabs, scope: query.clone(), report }
    }

    fn file_name(&self) -> String {
        file_name("uniformity", &self.report.scope)
    }

    fn sheets(&self) -> Vec<Worksheet> {
        let [platform, form, kind, info] = EXAM;
        let keys = ["unit", "discipline-code", "discipline", "taught-in", "level", platform, form, kind, info];
        let keys = [keys.as_slice(), &["group", "instructor", "state"]].concat();
        let rows = self.report.units.iter().flat_map(|(org, all)| all.iter().map(move |one| (org, one)));
        vec![Worksheet {
            title: self.t.get("uniformity-report"),
            head: head(self.t, &keys),
            rows: rows.flat_map(|(org, conflict)| self.rows(org, conflict)).collect(),
            ..Worksheet::default()
        }]
    }
}

impl UniformityPage {
    fn total(&self) -> usize {
        self.report.units.iter().map(|(_, conflicts)| conflicts.len()).sum()
    }

    /// Whether the names of units are links in the report on uniformity, which lists parallel
    /// groups with different exams. Each link opens this report for one unit (a faculty or
    /// department). If the report shows only one unit, there are no links.
    fn has_links(&self) -> bool {
        self.report.units.len() > 1
    }

    fn link_to(&self, org: &Org) -> String {
        address(routes::UNIFORMITY, &[("term", self.scope.term.as_str()), ("org", &org.id.to_string())])
    }

    /// The table rows of an exported file, one per group, that describe parallel groups (student
    /// groups taught the same discipline) for which different exams were chosen.
    fn rows(&self, org: &Org, conflict: &Conflict) -> Vec<Vec<Cell>> {
        let t = self.t;
        let what: [Cell; 5] = [
            t.name(&org.name).into(),
            conflict.discipline.code.as_str().into(),
            t.name(&conflict.discipline.name).into(),
            t.code("taught-in", conflict.language.code()).into(),
            t.code("level", conflict.level.code()).into(),
        ];
        let members = conflict.parties.iter().flat_map(|party| party.members.iter().map(move |one| (party, one)));
        let row = |(party, member): (&AgreeingGroup, &Member)| {
            let who = if member.instructor.is_empty() { t.get("vacancy") } else { member.instructor.clone() };
            let who: [Cell; 3] =
                [member.group.as_str().into(), who.into(), t.code("stage", member.state.code()).into()];
            what.iter().cloned().chain(exam(t, Some(&party.picked))).chain(who).collect()
        };
        members.map(row).collect()
    }
}
