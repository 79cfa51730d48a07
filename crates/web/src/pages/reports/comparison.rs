//! The report that compares the choices of two academic terms.

use crate::i18n::Texts;
use crate::layout::Layout;
use crate::pages::reports::platforms::PlatformsQuery;
use crate::pages::reports::report::{Report, ReportOptions, ReportTab, counted, file_name, head, tabs};
use crate::routes;
use crate::session::Loaded;
use app::failure::Failure;
use app::reports::export::{Cell, Worksheet};
use app::reports::platforms::{Comparison, PlatformForm, compare};
use app::unit_of_work::UnitOfWork;
use askama::Template;
use askama_minify::template_minify;
use domain::id::OrgId;
use domain::name::sort_key;
use domain::person::Actor;
use domain::report::{ChoiceState, Tally};
use domain::workload::ExamLoad;

/// A name, such as that of a platform, with two numbers of choices: one for each of the two
/// academic terms that are compared.
struct ComparedCount {
    name: String,
    now: i64,
    then: i64,
}

#[template_minify(path = "reports/comparison.html")]
#[derive(Template)]
pub(crate) struct ComparisonPage {
    layout: Layout,
    t: Texts,
    tabs: Vec<ReportTab>,
    comparison: Comparison,
}

/// `GET /comparison?term=…&with=…&org=…`: compares the choices of two academic terms.
impl Report for ComparisonPage {
    type Query = PlatformsQuery;
    type Data = Comparison;

    fn read(
        work: &mut UnitOfWork<'_, '_>,
        actor: &Actor,
        query: &PlatformsQuery,
        _: ReportOptions,
    ) -> Result<Comparison, Failure> {
        let with = Some(query.with.trim()).filter(|with| !with.is_empty());
        compare(work, actor, &query.scope().scope_query(), with)
    }

    fn build(query: &PlatformsQuery, loaded: Loaded<Comparison>) -> Self {
        let Loaded { layout, signed_in, data: comparison } = loaded;
        let tabs = tabs(&signed_in.actor, &query.scope(), routes::COMPARISON);
        Self { t: layout.t, layout, tabs, comparison }
    }

    fn file_name(&self) -> String {
        format!("{}-{}", file_name("comparison", &self.comparison.scope), self.comparison.other.code)
    }

    /// On the web page, the report that compares two academic terms has three tables: by state, by
    /// platform and exam format, and by faculty. The exported file contains the rows of all three
    /// in one table. The first column of this table names the table of the web page to which a row
    /// belongs.
    fn sheets(&self) -> Vec<Worksheet> {
        let t = self.t;
        let row = |section, count: ComparedCount| -> Vec<Cell> {
            let ComparedCount { name, now, then } = count;
            std::iter::once(t.get(section).into()).chain(counted(name, [then, now, now - then])).collect()
        };
        let states = self.states().map(|count| row("by-state", count));
        let kinds = self.kinds().into_iter().map(|count| row("by-platform-and-form", count));
        let faculties = self.faculties().into_iter().map(|count| row("approved-by-faculty", count));
        let terms = [&self.comparison.other.name, &self.comparison.scope.term.name].map(|name| t.name(name).to_owned());
        vec![Worksheet {
            title: t.get("comparison"),
            head: [head(t, &["section", "compared"]), terms.to_vec(), head(t, &["difference"])].concat(),
            rows: states.into_iter().chain(kinds).chain(faculties).collect(),
            foot: vec![row("by-state", self.total())],
        }]
    }
}

impl ComparisonPage {
    fn states(&self) -> [ComparedCount; 4] {
        let (now, then) = &self.comparison.tallies;
        let states = [ChoiceState::Approved, ChoiceState::InReview, ChoiceState::Returned, ChoiceState::NotChosen];
        let name = |state: ChoiceState| self.t.code("stage", state.code());
        states.map(|state| ComparedCount { name: name(state), now: now.of(state), then: then.of(state) })
    }

    /// The number of all choices, whatever their state, in each of the two academic terms that are
    /// compared.
    fn total(&self) -> ComparedCount {
        let (now, then) = &self.comparison.tallies;
        ComparedCount { name: self.t.get("total"), now: now.total(), then: then.total() }
    }

    fn kinds(&self) -> Vec<ComparedCount> {
        let kinds = self.comparison.kinds.iter();
        let count = |(kind, now, then): &(_, ExamLoad, ExamLoad)| ComparedCount {
            name: self.kind(kind),
            now: now.exams,
            then: then.exams,
        };
        kinds.map(count).collect()
    }

    /// The numbers of approved choices of each faculty in the two academic terms that are compared.
    /// The faculties are sorted by name.
    fn faculties(&self) -> Vec<ComparedCount> {
        let faculties = self.comparison.faculties.iter();
        let count = |(id, now, then): &(_, Tally, Tally)| ComparedCount {
            name: self.faculty(id),
            now: now.approved,
            then: then.approved,
        };
        let mut counts: Vec<ComparedCount> = faculties.map(count).collect();
        counts.sort_by_cached_key(|count| sort_key(&count.name));
        counts
    }

    fn faculty(&self, id: &OrgId) -> String {
        self.comparison.scope.find(*id).map(|org| self.t.name(&org.name).to_owned()).unwrap_or_default()
    }

    fn kind(&self, kind: &PlatformForm) -> String {
        let (t, labels) = (self.t, &self.comparison.labels);
        format!("{} · {}", t.name(labels.platform(&kind.platform.1)), t.name(labels.form(&kind.form.1)))
    }

    /// The difference between two numbers of choices, written with its sign: `+12`, `−3`, `0`.
    fn difference(&self, now: &i64, then: &i64) -> String {
        match now - then {
            0 => "0".to_owned(),
            more @ 1.. => format!("+{}", self.t.number(more)),
            less => format!("\u{2212}{}", self.t.number(-less)),
        }
    }
}
