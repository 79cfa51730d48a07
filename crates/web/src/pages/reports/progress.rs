//! The progress board: numbers of choices by state, from the university down to faculty,
//! department, instructor and group. The board can be exported as a file.

use crate::error::WebError;
use crate::form_state::FormState;
use crate::i18n::Texts;
use crate::layout::Layout;
use crate::pager::Pager;
use crate::pages::reports::progress_export::sheets;
use crate::pages::reports::progress_figures::{self, Chart};
use crate::pages::reports::progress_query::{ProgressPageQuery, SavedFilterForm, VACANCY, board_at, pairs};
use crate::pages::reports::report::{Report, ReportExtent, ReportOptions, ReportTab, file_name, load, tabs};
use crate::routes;
use crate::session::{Loaded, Session};
use crate::state::AppState;
use app::failure::Failure;
use app::reports::export::Worksheet;
use app::reports::progress::{ProgressBoard, ProgressLink, ProgressQuery, ProgressUnit, Responsible, board};
use app::reports::saved_filters::{SavedFilter, filters_of};
use app::staff::gaps::DepartmentGap;
use app::unit_of_work::UnitOfWork;
use askama::Template;
use askama_minify::template_minify;
use axum::response::Response;
use domain::limits::{GAPS_LISTED, PROGRESS_PAGE_SIZE};
use domain::person::Actor;
use domain::policy;
use domain::progress_order::{Column, Sort};
use domain::report::ChoiceState;

#[template_minify(path = "reports/progress.html")]
#[derive(Template)]
pub(crate) struct ProgressPage {
    layout: Layout,
    t: Texts,
    tabs: Vec<ReportTab>,
    board: ProgressBoard,
    /// The result pages of the list of groups.
    pager: Pager,
    query: ProgressQuery,
    saved_filters: Vec<SavedFilter>,
    form: FormState<SavedFilterForm>,
    note: Option<&'static str>,
    /// Whether the person opened a saved filter whose unit, instructor or term no longer exists.
    is_gone: bool,
    may_remind: bool,
}

/// The data from which the progress board is built.
pub(crate) struct ProgressData {
    board: ProgressBoard,
    query: ProgressQuery,
    saved_filters: Vec<SavedFilter>,
    is_gone: bool,
}

fn link_to_filter(filter: &SavedFilter) -> String {
    format!("{}?{}", routes::PROGRESS, filter.query)
}

/// `GET /progress?term=…&org=…&person=…&state=…&q=…&sort=…&dir=…&page=…`: shows the progress board.
impl Report for ProgressPage {
    type Query = ProgressPageQuery;
    type Data = ProgressData;

    fn read(
        work: &mut UnitOfWork<'_, '_>,
        actor: &Actor,
        query: &ProgressPageQuery,
        options: ReportOptions,
    ) -> Result<ProgressData, Failure> {
        let is_whole = options.extent == ReportExtent::Whole;
        let query = ProgressQuery { is_whole, ..query.progress_query(options.language) };
        match read_board(work, actor, &query) {
            // A saved filter can name a unit that no longer exists. Then the progress board is
            // shown without filters, so that the person can remove the saved filter.
            Err(Failure::NotFound) if !is_whole => {
                let link = board_at(&query, &[]);
                let whole_board = ProgressPageQuery::default().progress_query(options.language);
                let data = read_board(work, actor, &whole_board)?;
                let is_gone = data.saved_filters.iter().any(|filter| link_to_filter(filter) == link);
                if is_gone { Ok(ProgressData { is_gone, ..data }) } else { Err(Failure::NotFound) }
            }
            data => data,
        }
    }

    fn build(query: &ProgressPageQuery, loaded: Loaded<ProgressData>) -> Self {
        let default = ProgressPageQuery::default();
        let Loaded { layout, signed_in, data } = loaded;
        let (query, layout) = if data.is_gone { (&default, layout.at(routes::PROGRESS)) } else { (query, layout) };
        let ProgressData { board, query: mut progress_query, saved_filters, is_gone } = data;
        progress_query.place.term = board.scope.kept_term();
        let is_current_term = progress_query.place.term.is_none();
        Self {
            t: layout.t,
            layout,
            tabs: tabs(&signed_in.actor, &query.scope(), routes::PROGRESS),
            may_remind: policy::reminds(&signed_in.actor, board.scope.faculty()).is_ok() && is_current_term,
            pager: Pager::new(board.page, PROGRESS_PAGE_SIZE, board.listed),
            board,
            query: progress_query,
            saved_filters,
            form: FormState::default(),
            note: query.done.note(&[("saved", "filter-saved"), ("removed", "filter-deleted")]),
            is_gone,
        }
    }

    fn file_name(&self) -> String {
        file_name("progress", &self.board.scope)
    }

    fn sheets(&self) -> Vec<Worksheet> {
        sheets(self.t, &self.board)
    }
}

fn read_board(work: &mut UnitOfWork<'_, '_>, actor: &Actor, query: &ProgressQuery) -> Result<ProgressData, Failure> {
    let (board, saved_filters) = (board(work, actor, query)?, filters_of(work, actor)?);
    Ok(ProgressData { board, query: query.clone(), saved_filters, is_gone: false })
}

/// Shows the progress board again with the errors of the form that saves its filters.
pub(crate) async fn show_again(
    state: &AppState,
    session: &Session,
    query: ProgressPageQuery,
    form: FormState<SavedFilterForm>,
) -> Result<Response, WebError> {
    let mut page: ProgressPage = load(state, session, query, ReportExtent::Page).await?;
    page.layout.path = page.link(&[]);
    page.form = form;
    page.form.respond(&page)
}

impl ProgressPage {
    /// Whether filters are selected on the progress board that can be saved under a name.
    fn may_save(&self) -> bool {
        self.form.is_rejected() || !self.hidden().is_empty()
    }

    fn link_to_filter(&self, filter: &SavedFilter) -> String {
        link_to_filter(filter)
    }

    fn is_on_screen(&self, filter: &SavedFilter) -> bool {
        link_to_filter(filter) == self.link(&[])
    }

    /// The heading of the progress board: the name of the instructor or unit, or a general title.
    fn heading(&self) -> String {
        let unit = || self.board.scope.path.last().map(|org| self.t.name(&org.name).to_owned());
        self.name_of_instructor().or_else(unit).unwrap_or_else(|| self.t.get("nav-progress"))
    }

    /// The key of the warning that no one can approve choices in some departments, now or later.
    fn gaps_key(&self) -> &'static str {
        if self.board.gaps.iter().any(|gap| gap.is_now) { "nobody-decides" } else { "nobody-will-decide" }
    }

    fn first_gaps(&self) -> &[DepartmentGap] {
        self.board.gaps.get(..GAPS_LISTED).unwrap_or(&self.board.gaps)
    }

    fn has_more_gaps(&self) -> bool {
        self.board.gaps.len() > GAPS_LISTED
    }

    fn link_to_department(&self, gap: &DepartmentGap) -> String {
        self.link(&[("org", &gap.department.id.to_string()), ("person", "")])
    }

    fn link_to_reminders(&self) -> String {
        format!("{}?org={}", routes::REMINDERS, self.org())
    }

    /// The curve of the days; `None` if the board shows no figures or there is nothing to draw.
    fn chart(&self) -> Option<Chart> {
        Chart::new(self.board.figures.as_ref()?, &self.board.scope.term, self.board.total.total())
    }

    fn tiles(&self) -> [ChoiceState; 4] {
        [ChoiceState::Approved, ChoiceState::InReview, ChoiceState::Returned, ChoiceState::NotChosen]
    }

    fn is_picked(&self, state: &ChoiceState) -> bool {
        self.query.state == Some(*state)
    }

    /// The address of the progress board with one state selected, or deselected if it was selected.
    fn link_to_state(&self, state: &ChoiceState) -> String {
        self.link(&[("state", if self.is_picked(state) { "" } else { state.code() })])
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

    /// The board's address for a unit above the shown one, or for the university if `org` is empty.
    fn link_above(&self, org: &str) -> String {
        self.link(&[("org", org), ("person", "")])
    }

    fn link_to_page(&self, page: usize) -> String {
        self.link(&[("page", if page == 1 { String::new() } else { page.to_string() }.as_str())])
    }

    /// The key of the caption above the table of units (such as faculties) on the progress board.
    fn units_key(&self) -> &'static str {
        if self.board.scope.department().is_some() { "instructors" } else { "nav-progress" }
    }

    /// The key of the word for a unit on the progress board: faculty, department or instructor.
    fn unit_key(&self) -> &'static str {
        match self.board.scope.department() {
            _ if self.board.scope.path.is_empty() => "faculty",
            Some(_) => "instructor",
            None => "department",
        }
    }

    /// The order in which the table with this column, of units or of groups, is sorted.
    fn sort_of(&self, column: Column) -> Sort {
        let chosen = self.query.sort.filter(|sort| sort.column.is_of_groups() == column.is_of_groups());
        let default = if column.is_of_groups() { Sort::by(Column::Discipline) } else { Sort::default() };
        chosen.unwrap_or(default)
    }

    fn link_to_sort(&self, code: &str) -> String {
        let Some(column) = Column::from_code(code) else { return String::new() };
        let sort = self.sort_of(column).after_a_click_on(column);
        self.link(&[("sort", code), ("dir", sort.direction())])
    }

    /// The value of the HTML attribute `aria-sort` of a table column: the direction in which the
    /// table is sorted by this column; empty if the table is sorted by another column.
    fn sorted(&self, code: &str) -> &'static str {
        let sort = Column::from_code(code).map(|column| self.sort_of(column)).filter(|sort| sort.column.code() == code);
        sort.map_or("", |sort| if sort.is_descending { "descending" } else { "ascending" })
    }

    /// Whether the progress board contains the list of groups, even if the list is empty.
    fn is_list(&self) -> bool {
        self.board.scope.department().is_some() || self.is_narrowed()
    }

    /// Whether the list of groups on the progress board is limited to a state or a search text.
    /// Then the table of groups comes before the table of units (such as faculties).
    fn is_narrowed(&self) -> bool {
        self.query.state.is_some() || !self.query.text.is_empty()
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

    /// The filters of the progress board that are not empty, for hidden form fields.
    fn hidden(&self) -> Vec<(&'static str, String)> {
        pairs(&self.query).into_iter().filter(|(_, value)| !value.is_empty()).collect()
    }

    /// The filters that the search form of the board sends in hidden fields: all but term and text.
    fn kept_by_search(&self) -> Vec<(&'static str, String)> {
        self.hidden().into_iter().filter(|(name, _)| !["term", "q"].contains(name)).collect()
    }

    fn link(&self, changed: &[(&str, &str)]) -> String {
        board_at(&self.query, changed)
    }
}
