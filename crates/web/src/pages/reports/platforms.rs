//! What the platforms will have to carry, and two terms side by side.

use crate::error::WebError;
use crate::i18n::Texts;
use crate::layout::Layout;
use crate::pages::reports::report::{Report, ReportExtent, ReportTab, ScopeParams, counted, file_name, head, tabs};
use crate::routes;
use crate::session::Session;
use crate::state::AppState;
use app::reports::export::{Cell, Worksheet};
use app::reports::platforms::{Comparison, PlatformForm, Platforms, compare, platforms};
use askama::Template;
use domain::id::OrgId;
use domain::name::{Name, sort_key};
use domain::report::{ChoiceState as Stands, Tally};
use domain::workload::ExamLoad;
use serde::Deserialize;

#[derive(Template)]
#[template(path = "reports/platforms.html")]
pub(crate) struct PlatformsPage {
    layout: Layout,
    t: Texts,
    tabs: Vec<ReportTab>,
    found: Platforms,
}

/// What the address asks for.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(crate) struct PlatformsQuery {
    term: String,
    org: String,
    what: String,
    with: String,
}

impl PlatformsQuery {
    fn place(&self) -> ScopeParams {
        ScopeParams { term: self.term.clone(), org: self.org.clone() }
    }
}

/// `GET /platforms?term=…&org=…&what=approved`
impl Report for PlatformsPage {
    type Query = PlatformsQuery;

    async fn look(
        state: &AppState,
        session: &Session,
        wanted: PlatformsQuery,
        _: ReportExtent,
    ) -> Result<Self, WebError> {
        let place = wanted.place();
        let (actor, asked, is_approved_only) = (session.actor(), place.asked(), wanted.what == "approved");
        let found = state.app.read(move |work| platforms(work, &actor, &asked, is_approved_only)).await?;
        Ok(Self {
            t: session.texts,
            layout: Layout::of(session),
            tabs: tabs(session, &place, routes::PLATFORMS),
            found,
        })
    }

    fn file_name(&self) -> String {
        file_name("platforms", &self.found.scope)
    }

    fn sheets(&self) -> Vec<Worksheet> {
        vec![self.by_language(), self.by_faculty()]
    }
}

impl PlatformsPage {
    /// The platforms, each with its forms.
    fn platforms(&self) -> Vec<(Name, Vec<PlatformForm>)> {
        let mut found: Vec<(Name, Vec<PlatformForm>)> = Vec::new();
        let mut before = None;
        for kind in self.found.by_language.rows() {
            if before.as_ref() != Some(&kind.platform) {
                found.push((self.found.labels.platform(&kind.platform.1).clone(), Vec::new()));
                before = Some(kind.platform.clone());
            }
            if let Some((_, kinds)) = found.last_mut() {
                kinds.push(kind);
            }
        }
        found
    }

    /// The faculties by name.
    fn faculties(&self) -> Vec<OrgId> {
        let mut found = self.found.by_faculty.rows();
        found.sort_by_key(|id| sort_key(&self.faculty(id)));
        found
    }

    fn by_language(&self) -> Worksheet {
        let (t, table, labels) = (self.t, &self.found.by_language, &self.found.labels);
        let languages = table.columns();
        let names = languages.iter().map(|language| t.code("taught-in", language.code()));
        let row = |kind: &PlatformForm| {
            let names = [labels.platform(&kind.platform.1), labels.form(&kind.form.1)].map(|name| t.name(name).into());
            let weights = languages.iter().map(|language| table.cell(kind, language)).chain([table.row(kind)]);
            names.into_iter().chain(cells(weights)).collect()
        };
        let totals = cells(languages.iter().map(|language| table.column(language)).chain([table.total()]));
        Worksheet {
            title: t.get("platforms"),
            head: head(t, &["field-platform", "field-form"]).into_iter().chain(self.pairs(names)).collect(),
            rows: table.rows().iter().map(row).collect(),
            foot: vec![[t.get("total").into(), Cell::Empty].into_iter().chain(totals).collect()],
        }
    }

    fn by_faculty(&self) -> Worksheet {
        let (t, table) = (self.t, &self.found.by_faculty);
        let platforms = table.columns();
        let names = platforms.iter().map(|(_, code)| t.name(self.found.labels.platform(code)).to_owned());
        let row = |id: &OrgId| {
            let weights = platforms.iter().map(|platform| table.cell(id, platform)).chain([table.row(id)]);
            std::iter::once(self.faculty(id).into()).chain(cells(weights)).collect()
        };
        let totals = cells(platforms.iter().map(|platform| table.column(platform)).chain([table.total()]));
        Worksheet {
            title: t.get("faculty"),
            head: head(t, &["faculty"]).into_iter().chain(self.pairs(names)).collect(),
            rows: self.faculties().iter().map(row).collect(),
            foot: vec![std::iter::once(t.get("total").into()).chain(totals).collect()],
        }
    }

    /// The names of two columns for each name and for the total: exams and students.
    fn pairs(&self, names: impl Iterator<Item = String>) -> Vec<String> {
        let counts = head(self.t, &["exams-number", "students"]);
        let named = |name: String| counts.iter().map(move |count| format!("{name} · {count}")).collect::<Vec<_>>();
        names.chain([self.t.get("total")]).flat_map(named).collect()
    }

    fn of_platform(&self, kinds: &[PlatformForm]) -> ExamLoad {
        let mut total = ExamLoad::default();
        for kind in kinds {
            total += self.found.by_language.row(kind);
        }
        total
    }

    fn faculty(&self, id: &OrgId) -> String {
        self.found.scope.find(*id).map(|org| self.t.name(&org.name).to_owned()).unwrap_or_default()
    }
}

fn cells(weights: impl Iterator<Item = ExamLoad>) -> impl Iterator<Item = Cell> {
    weights.flat_map(|weight| [weight.exams, weight.students]).map(Cell::Number)
}

#[derive(Template)]
#[template(path = "reports/comparison.html")]
pub(crate) struct ComparisonPage {
    layout: Layout,
    t: Texts,
    tabs: Vec<ReportTab>,
    found: Comparison,
}

/// `GET /comparison?term=…&with=…&org=…`
impl Report for ComparisonPage {
    type Query = PlatformsQuery;

    async fn look(
        state: &AppState,
        session: &Session,
        wanted: PlatformsQuery,
        _: ReportExtent,
    ) -> Result<Self, WebError> {
        let place = wanted.place();
        let (actor, asked, with) = (session.actor(), place.asked(), wanted.with.trim().to_owned());
        let with = Some(with).filter(|with| !with.is_empty());
        let found = state.app.read(move |work| compare(work, &actor, &asked, with.as_deref())).await?;
        Ok(Self {
            t: session.texts,
            layout: Layout::of(session),
            tabs: tabs(session, &place, routes::COMPARISON),
            found,
        })
    }

    fn file_name(&self) -> String {
        format!("{}-{}", file_name("comparison", &self.found.scope), self.found.other.code)
    }

    /// The three tables have the same columns, so they are one; the first column says which it was.
    fn sheets(&self) -> Vec<Worksheet> {
        let t = self.t;
        let row = |section, name: String, now, then| -> Vec<Cell> {
            std::iter::once(t.get(section).into()).chain(counted(name, [then, now, now - then])).collect()
        };
        let states = self.states().map(|(code, now, then)| row("by-state", t.code("stage", code), now, then));
        let kinds = self.found.kinds.iter();
        let kinds = kinds.map(|(kind, now, then)| row("by-platform-and-form", self.kind(kind), now.exams, then.exams));
        let faculties = self.faculties().into_iter();
        let faculties =
            faculties.map(|(id, now, then)| row("approved-by-faculty", self.faculty(&id), now.approved, then.approved));
        let terms = [&self.found.other.name, &self.found.scope.term.name].map(|name| t.name(name).to_owned());
        let (now, then) = &self.found.tallies;
        vec![Worksheet {
            title: t.get("comparison"),
            head: [head(t, &["section", "compared"]), terms.to_vec(), head(t, &["difference"])].concat(),
            rows: states.into_iter().chain(kinds).chain(faculties).collect(),
            foot: vec![row("by-state", t.get("total"), now.total(), then.total())],
        }]
    }
}

impl ComparisonPage {
    /// The faculties' counts, by name.
    fn faculties(&self) -> Vec<(OrgId, Tally, Tally)> {
        let mut found = self.found.faculties.clone();
        found.sort_by_key(|(id, ..)| sort_key(&self.faculty(id)));
        found
    }

    fn states(&self) -> [(&'static str, i64, i64); 4] {
        let (now, then) = &self.found.tallies;
        [Stands::Approved, Stands::InReview, Stands::Returned, Stands::NotChosen]
            .map(|state| (state.code(), now.of(state), then.of(state)))
    }

    fn faculty(&self, id: &OrgId) -> String {
        self.found.scope.find(*id).map(|org| self.t.name(&org.name).to_owned()).unwrap_or_default()
    }

    fn kind(&self, kind: &PlatformForm) -> String {
        let (t, labels) = (self.t, &self.found.labels);
        format!("{} · {}", t.name(labels.platform(&kind.platform.1)), t.name(labels.form(&kind.form.1)))
    }

    /// `+12`, `−3`, `0`.
    fn difference(&self, now: &i64, then: &i64) -> String {
        match now - then {
            0 => "0".to_owned(),
            more @ 1.. => format!("+{}", self.t.number(more)),
            less => format!("\u{2212}{}", self.t.number(-less)),
        }
    }
}
