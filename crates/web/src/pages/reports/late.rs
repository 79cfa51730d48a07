//! The report of departments and instructors that have missed the deadline for choosing.

use crate::i18n::Texts;
use crate::layout::Layout;
use crate::pages::reports::report::{Report, ReportOptions, ReportTab, ScopeParams, counted, file_name, head, tabs};
use crate::query::address;
use crate::routes;
use crate::session::Loaded;
use app::failure::Failure;
use app::reports::export::Worksheet;
use app::reports::late::{Lateness, lateness};
use app::reports::progress::{ProgressLink, ProgressUnit, Responsible};
use app::unit_of_work::UnitOfWork;
use askama::Template;
use askama_minify::template_minify;
use domain::person::Actor;
use domain::report::Tally;

#[template_minify(path = "reports/late.html")]
#[derive(Template)]
pub(crate) struct LatePage {
    layout: Layout,
    t: Texts,
    tabs: Vec<ReportTab>,
    scope: ScopeParams,
    lateness: Lateness,
}

/// `GET /late?term=…&org=…`: reports the departments and instructors that have missed the deadline
/// for choosing.
impl Report for LatePage {
    type Query = ScopeParams;
    type Data = Lateness;

    fn read(
        work: &mut UnitOfWork<'_, '_>,
        actor: &Actor,
        query: &ScopeParams,
        _: ReportOptions,
    ) -> Result<Lateness, Failure> {
        lateness(work, actor, &query.scope_query())
    }

    fn build(query: &ScopeParams, loaded: Loaded<Lateness>) -> Self {
        let Loaded { layout, signed_in, data: lateness } = loaded;
        let tabs = tabs(&signed_in.actor, query, routes::LATE);
        Self { t: layout.t, layout, tabs, scope: query.clone(), lateness }
    }

    fn file_name(&self) -> String {
        file_name("late", &self.lateness.scope)
    }

    fn sheets(&self) -> Vec<Worksheet> {
        let row =
            |name, tally: &Tally| counted(name, [tally.not_chosen, tally.returned, tally.in_review, tally.total()]);
        let keys = [self.first_column(), "late-not-sent", "late-not-changed", "late-not-decided", "total"];
        vec![Worksheet {
            title: self.t.get("late"),
            head: head(self.t, &keys),
            rows: self.lateness.units.iter().map(|unit| row(self.name_of(unit), &unit.tally)).collect(),
            foot: vec![row(self.t.get("total"), &self.lateness.total)],
        }]
    }
}

impl LatePage {
    /// The key of the heading above the first column in the report of missed deadlines. The report
    /// of one department lists instructors; every other report lists departments.
    fn first_column(&self) -> &'static str {
        if self.lateness.scope.department().is_some() { "instructor" } else { "department" }
    }

    /// The address to which a table row in the report of missed deadlines links. A department links
    /// to the report of its instructors, and an instructor links to the instructor's groups on the
    /// progress board.
    fn link_to(&self, unit: &ProgressUnit) -> String {
        let term = ("term", self.scope.term.as_str());
        let department = self.lateness.scope.department().map(|org| org.id.to_string()).unwrap_or_default();
        match unit.below {
            ProgressLink::Org(id) => address(routes::LATE, &[term, ("org", &id.to_string())]),
            ProgressLink::Instructor(whose) => {
                let person = match whose {
                    Responsible::Vacancy => "vacancy".to_owned(),
                    Responsible::Person(id) => id.to_string(),
                };
                address(routes::PROGRESS, &[term, ("org", &department), ("person", &person), ("sort", "state")])
            }
        }
    }

    fn name_of(&self, unit: &ProgressUnit) -> String {
        let name = self.t.name(&unit.name);
        if name.is_empty() { self.t.get("vacancy") } else { name.to_owned() }
    }
}
