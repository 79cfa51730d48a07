//! How far a faculty or the university has come, down to the instructor and the group; and the same as a file.

use crate::error::WebError;
use crate::form_data::FormData;
use crate::i18n::Texts;
use crate::layout::Layout;
use crate::pages::reports::progress_file::sheets;
use crate::pages::reports::report::{Report, ReportExtent, ReportTab, ScopeParams, file_name, tabs};
use crate::query::{ActDone, address};
use crate::routes;
use crate::session::Session;
use crate::state::AppState;
use app::app::UnitOfWork;
use app::failure::Failure;
use app::reports::export::Worksheet;
use app::reports::progress::{ProgressBoard, ProgressLink, ProgressQuery, ProgressUnit, Responsible, board};
use app::reports::report_scope::ScopeQuery;
use app::reports::saved_filters::{SavedFilter, views_of};
use app::staff::gaps::DepartmentGap;
use askama::Template;
use domain::id::PersonId;
use domain::limits::{GAPS_LISTED, SEARCH_TEXT_LIMIT};
use domain::policy;
use domain::progress_order::{Column, Sort};
use domain::report::ChoiceState as Stands;
use serde::Deserialize;

#[derive(Template)]
#[template(path = "reports/progress.html")]
pub(crate) struct ProgressPage {
    layout: Layout,
    t: Texts,
    tabs: Vec<ReportTab>,
    board: ProgressBoard,
    asked: ProgressQuery,
    views: Vec<SavedFilter>,
    /// The name that was typed for a view, and what is wrong with it.
    wrong: Option<(String, &'static str)>,
    note: Option<&'static str>,
    /// A view leads here whose unit, instructor or term is there no longer.
    is_gone: bool,
    may_remind: bool,
}

/// What the address asks for, as it was typed.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(crate) struct ProgressPageQuery {
    term: String,
    org: String,
    person: String,
    state: String,
    q: String,
    sort: String,
    dir: String,
    page: String,
    #[serde(flatten)]
    done: ActDone,
}

/// How an address names the groups that nobody teaches yet.
const VACANCY: &str = "vacancy";

impl ProgressPageQuery {
    /// What a form carries of the board's address.
    pub(crate) fn of(fields: &FormData) -> Self {
        let text = |name| fields.get(name).to_owned();
        let (term, org, person, state) = (text("term"), text("org"), text("person"), text("state"));
        Self { term, org, person, state, q: text("q"), sort: text("sort"), dir: text("dir"), ..Self::default() }
    }

    fn place(&self) -> ScopeParams {
        ScopeParams { term: self.term.clone(), org: self.org.clone() }
    }

    pub(crate) fn asked(&self, session: &Session) -> ProgressQuery {
        let instructor = match self.person.as_str() {
            VACANCY => Some(Responsible::Vacancy),
            id => id.parse().ok().map(|id: PersonId| Responsible::Person(id)),
        };
        let sort = Column::from_code(&self.sort).map(Sort::by);
        let sort = sort.map(|sort| match self.dir.as_str() {
            "asc" => Sort { is_descending: false, ..sort },
            "desc" => Sort { is_descending: true, ..sort },
            _ => sort,
        });
        ProgressQuery {
            place: self.place().asked(),
            instructor,
            state: Stands::from_code(&self.state),
            text: self.q.trim().chars().take(SEARCH_TEXT_LIMIT).collect(),
            sort,
            language: Some(session.texts.language),
            page: self.page.parse().unwrap_or(0).max(0),
            is_whole: false,
        }
    }
}

/// What the board is asked for, as an address says it. What could not be read is gone by now.
fn pairs(asked: &ProgressQuery) -> [(&'static str, String); 7] {
    let person = match asked.instructor {
        Some(Responsible::Vacancy) => VACANCY.to_owned(),
        Some(Responsible::Person(id)) => id.to_string(),
        None => String::new(),
    };
    [
        ("term", asked.place.term.clone().unwrap_or_default()),
        ("org", asked.place.org.map(|id| id.to_string()).unwrap_or_default()),
        ("person", person),
        ("state", asked.state.map(Stands::code).unwrap_or_default().to_owned()),
        ("q", asked.text.clone()),
        ("sort", asked.sort.map(|sort| sort.column.code()).unwrap_or_default().to_owned()),
        ("dir", asked.sort.map(Sort::direction).unwrap_or_default().to_owned()),
    ]
}

/// The board that is asked for the same, but for what is changed. The page of its list is not kept.
pub(crate) fn board_at(asked: &ProgressQuery, changed: &[(&str, &str)]) -> String {
    let own = pairs(asked);
    let kept = own.iter().filter(|(name, _)| changed.iter().all(|(other, _)| other != name));
    let kept = kept.map(|(name, value)| (*name, value.as_str()));
    address(routes::PROGRESS, &kept.chain(changed.iter().copied()).collect::<Vec<_>>())
}

fn link_to_view(view: &SavedFilter) -> String {
    format!("{}?{}", routes::PROGRESS, view.query)
}

/// `GET /progress?term=…&org=…&person=…&state=…&q=…&sort=…&dir=…&page=…`
impl Report for ProgressPage {
    type Query = ProgressPageQuery;

    async fn look(
        state: &AppState,
        session: &Session,
        wanted: ProgressPageQuery,
        extent: ReportExtent,
    ) -> Result<Self, WebError> {
        let link = board_at(&wanted.asked(session), &[]);
        match Self::read(state, session, wanted, extent).await {
            // What a view keeps may be gone: the board stands instead, with the form that removes the view.
            Err(Failure::NotFound) if extent == ReportExtent::Page => {
                let mut page = Self::read(state, session, ProgressPageQuery::default(), extent).await?;
                page.is_gone = page.views.iter().any(|view| link_to_view(view) == link);
                routes::PROGRESS.clone_into(&mut page.layout.path);
                if page.is_gone { Ok(page) } else { Err(Failure::NotFound.into()) }
            }
            found => Ok(found?),
        }
    }

    fn file_name(&self) -> String {
        file_name("progress", &self.board.scope)
    }

    fn sheets(&self) -> Vec<Worksheet> {
        sheets(self.t, &self.board)
    }
}

impl ProgressPage {
    async fn read(
        state: &AppState,
        session: &Session,
        wanted: ProgressPageQuery,
        extent: ReportExtent,
    ) -> Result<Self, Failure> {
        let asked = ProgressQuery { is_whole: extent == ReportExtent::Whole, ..wanted.asked(session) };
        let (actor, what) = (session.actor(), asked.clone());
        let task = move |work: &mut UnitOfWork<'_, '_>| Ok((board(work, &actor, &what)?, views_of(work, &actor)?));
        let (board, views) = state.app.read(task).await?;
        let asked = ProgressQuery { place: ScopeQuery { term: board.scope.kept_term(), ..asked.place }, ..asked };
        let tabs = tabs(session, &wanted.place(), routes::PROGRESS);
        let is_now = asked.place.term.is_none();
        let may_remind = policy::reminds(&session.signed.actor, board.scope.faculty()).is_ok() && is_now;
        let note = wanted.done.note(&[("saved", "view-saved"), ("removed", "view-removed")]);
        Ok(Self {
            t: session.texts,
            layout: Layout::of(session),
            tabs,
            board,
            asked,
            views,
            wrong: None,
            note,
            is_gone: false,
            may_remind,
        })
    }

    /// The same page after a view was not saved: what was typed, and what is wrong with it.
    pub(crate) fn refused(mut self, typed: String, code: &'static str) -> Self {
        self.layout.path = self.link(&[]);
        self.wrong = Some((typed, code));
        self
    }

    /// Something is asked for that a view could keep.
    fn may_save(&self) -> bool {
        self.wrong.is_some() || !self.hidden().is_empty()
    }

    fn is_on_screen(&self, view: &SavedFilter) -> bool {
        link_to_view(view) == self.link(&[])
    }

    fn is_gap_now(&self) -> bool {
        self.board.gaps.iter().any(|gap| gap.is_now)
    }

    fn first_gaps(&self) -> &[DepartmentGap] {
        self.board.gaps.get(..GAPS_LISTED).unwrap_or(&self.board.gaps)
    }

    fn link_to_department(&self, gap: &DepartmentGap) -> String {
        self.link(&[("org", &gap.department.id.to_string()), ("person", "")])
    }

    fn link_to_reminders(&self) -> String {
        format!("{}?org={}", routes::REMINDERS, self.org())
    }

    fn tiles(&self) -> [(&'static str, i64); 4] {
        let total = &self.board.total;
        [
            (Stands::Approved.code(), total.approved),
            (Stands::InReview.code(), total.in_review),
            (Stands::Returned.code(), total.returned),
            (Stands::NotChosen.code(), total.not_chosen),
        ]
    }

    fn is_picked(&self, code: &str) -> bool {
        self.asked.state.is_some_and(|state| state.code() == code)
    }

    /// A state that is picked already is let go.
    fn link_to_state(&self, code: &str) -> String {
        self.link(&[("state", if self.is_picked(code) { "" } else { code })])
    }

    fn link_to(&self, unit: &ProgressUnit) -> String {
        match unit.below {
            ProgressLink::Org(id) => self.link(&[("org", &id.to_string())]),
            ProgressLink::Instructor(Responsible::Vacancy) => self.link(&[("org", &self.org()), ("person", VACANCY)]),
            ProgressLink::Instructor(Responsible::Person(id)) => {
                self.link(&[("org", &self.org()), ("person", &id.to_string())])
            }
        }
    }

    /// One of the units above, or the top: without the instructor.
    fn link_above(&self, org: &str) -> String {
        self.link(&[("org", org), ("person", "")])
    }

    fn link_to_page(&self, page: i64) -> String {
        self.link(&[("page", if page == 0 { String::new() } else { page.to_string() }.as_str())])
    }

    /// By which column a table stands, and how.
    fn sort_of(&self, column: Column) -> Sort {
        let asked = self.asked.sort.filter(|sort| sort.column.is_of_groups() == column.is_of_groups());
        let usual = if column.is_of_groups() { Sort::by(Column::Discipline) } else { Sort::default() };
        asked.unwrap_or(usual)
    }

    fn link_to_sort(&self, code: &str) -> String {
        let Some(column) = Column::from_code(code) else { return String::new() };
        let sort = self.sort_of(column).after_a_click_on(column);
        self.link(&[("sort", code), ("dir", sort.direction())])
    }

    /// ` aria-sort="…"` on the column by which the table stands.
    fn sorted(&self, code: &str) -> &'static str {
        let sort = Column::from_code(code).map(|column| self.sort_of(column)).filter(|sort| sort.column.code() == code);
        match sort {
            Some(sort) if sort.is_descending => " aria-sort=\"descending\"",
            Some(_) => " aria-sort=\"ascending\"",
            None => "",
        }
    }

    /// Is this a place where lines would stand if there were any?
    fn is_list(&self) -> bool {
        self.board.scope.department().is_some() || self.is_narrowed()
    }

    /// Groups were asked for: they stand before the units.
    fn is_narrowed(&self) -> bool {
        self.asked.state.is_some() || !self.asked.text.is_empty()
    }

    fn org(&self) -> String {
        self.board.scope.unit.as_ref().map(|org| org.id.to_string()).unwrap_or_default()
    }

    fn name_of(&self, unit: &ProgressUnit) -> String {
        let name = self.t.name(&unit.name);
        if name.is_empty() { self.t.get("vacancy") } else { name.to_owned() }
    }

    fn name_of_instructor(&self) -> Option<String> {
        let (_, name) = self.board.instructor.as_ref()?;
        Some(if name.is_empty() { self.t.get("vacancy") } else { name.clone() })
    }

    /// Everything that the address keeps besides its page, for a form: name and value.
    fn hidden(&self) -> Vec<(&'static str, String)> {
        pairs(&self.asked).into_iter().filter(|(_, value)| !value.is_empty()).collect()
    }

    fn link(&self, changed: &[(&str, &str)]) -> String {
        board_at(&self.asked, changed)
    }
}
