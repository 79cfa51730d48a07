//! The report on the load of the exam platforms: numbers of exams and students by platform and exam
//! format.

use crate::i18n::Texts;
use crate::layout::Layout;
use crate::pages::reports::report::{Report, ReportOptions, ReportTab, ScopeParams, file_name, head, tabs};
use crate::routes;
use crate::session::Loaded;
use app::failure::Failure;
use app::reports::export::{Cell, Worksheet};
use app::reports::platforms::{PlatformForm, Platforms, platforms};
use app::unit_of_work::UnitOfWork;
use askama::Template;
use askama_minify::template_minify;
use domain::id::OrgId;
use domain::name::{Language, Name, sort_key};
use domain::person::Actor;
use domain::workload::ExamLoad;
use serde::Deserialize;

#[template_minify(path = "reports/platforms.html")]
#[derive(Template)]
pub(crate) struct PlatformsPage {
    layout: Layout,
    t: Texts,
    tabs: Vec<ReportTab>,
    platforms: Platforms,
}

/// A platform with its exam formats, as one section of the report on the load of the platforms (the
/// numbers of exams and students).
struct PlatformSection {
    name: Name,
    forms: Vec<PlatformForm>,
}

/// The query of the report on the load of the platforms: academic term, faculty or department, and
/// whether only approved choices are counted. The report that compares two academic terms has the
/// same query, with the code of the second term in `with`.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(crate) struct PlatformsQuery {
    term: String,
    org: String,
    what: String,
    pub(crate) with: String,
}

impl PlatformsQuery {
    pub(crate) fn scope(&self) -> ScopeParams {
        ScopeParams { term: self.term.clone(), org: self.org.clone() }
    }
}

/// `GET /platforms?term=…&org=…&what=approved`: reports the numbers of exams and students on each
/// platform.
impl Report for PlatformsPage {
    type Query = PlatformsQuery;
    type Data = Platforms;

    fn read(
        work: &mut UnitOfWork<'_, '_>,
        actor: &Actor,
        query: &PlatformsQuery,
        _: ReportOptions,
    ) -> Result<Platforms, Failure> {
        platforms(work, actor, &query.scope().scope_query(), query.what == "approved")
    }

    fn build(query: &PlatformsQuery, loaded: Loaded<Platforms>) -> Self {
        let Loaded { layout, signed_in, data: platforms } = loaded;
        let tabs = tabs(&signed_in.actor, &query.scope(), routes::PLATFORMS);
        Self { t: layout.t, layout, tabs, platforms }
    }

    fn file_name(&self) -> String {
        file_name("platforms", &self.platforms.scope)
    }

    fn sheets(&self) -> Vec<Worksheet> {
        vec![self.by_language(), self.by_faculty()]
    }
}

impl PlatformsPage {
    /// The key of the text which says whether the report counts all choices or only approved
    /// choices.
    fn counted_key(&self) -> &'static str {
        if self.platforms.is_approved_only { "only-approved" } else { "all-chosen" }
    }

    /// The languages of instruction that occur in the report on the load of the platforms. Each
    /// language has its own columns in the report.
    fn languages(&self) -> Vec<Language> {
        self.platforms.by_language.columns()
    }

    fn name_of_language(&self, language: &Language) -> String {
        self.t.code("taught-in", language.code())
    }

    fn name_of_platform(&self, (_, code): &(usize, String)) -> &str {
        self.t.name(self.platforms.labels.platform(code))
    }

    fn name_of_form(&self, kind: &PlatformForm) -> &str {
        self.t.name(self.platforms.labels.form(&kind.form.1))
    }

    fn sections(&self) -> Vec<PlatformSection> {
        let mut sections: Vec<PlatformSection> = Vec::new();
        let mut last = None;
        for form in self.platforms.by_language.rows() {
            if last.as_ref() != Some(&form.platform) {
                let name = self.platforms.labels.platform(&form.platform.1).clone();
                sections.push(PlatformSection { name, forms: Vec::new() });
                last = Some(form.platform.clone());
            }
            if let Some(section) = sections.last_mut() {
                section.forms.push(form);
            }
        }
        sections
    }

    /// The ids of the faculties in the report on the load of the platforms, sorted by the name of
    /// the faculty.
    fn faculties(&self) -> Vec<OrgId> {
        let mut faculties = self.platforms.by_faculty.rows();
        faculties.sort_by_cached_key(|id| sort_key(&self.faculty(id)));
        faculties
    }

    fn by_language(&self) -> Worksheet {
        let (t, table, labels) = (self.t, &self.platforms.by_language, &self.platforms.labels);
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
        let (t, table) = (self.t, &self.platforms.by_faculty);
        let platforms = table.columns();
        let names = platforms.iter().map(|(_, code)| t.name(self.platforms.labels.platform(code)).to_owned());
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

    /// The column headings of a table with numbers of exams and students. For each name in `names`
    /// (of a language or a platform) and for the total, there is one column for exams and one for
    /// students.
    fn pairs(&self, names: impl Iterator<Item = String>) -> Vec<String> {
        let counts = head(self.t, &["exams-number", "students"]);
        let named = |name: String| counts.iter().map(move |count| format!("{name} · {count}")).collect::<Vec<_>>();
        names.chain([self.t.get("total")]).flat_map(named).collect()
    }

    fn load_of(&self, section: &PlatformSection) -> ExamLoad {
        let mut total = ExamLoad::default();
        for form in &section.forms {
            total += self.platforms.by_language.row(form);
        }
        total
    }

    fn faculty(&self, id: &OrgId) -> String {
        self.platforms.scope.find(*id).map(|org| self.t.name(&org.name).to_owned()).unwrap_or_default()
    }
}

fn cells(weights: impl Iterator<Item = ExamLoad>) -> impl Iterator<Item = Cell> {
    weights.flat_map(|weight| [weight.exams, weight.students]).map(Cell::Number)
}
