//! The address of the progress board: parses its query parameters, and builds links to the board.

use crate::form_data::FormData;
use crate::pages::reports::report::ScopeParams;
use crate::query::{ActDone, address, page_number};
use crate::routes;
use app::reports::progress::{ProgressQuery, Responsible};
use domain::id::PersonId;
use domain::name::Language;
use domain::progress_order::{Column, Sort};
use domain::report::ChoiceState;
use serde::Deserialize;

/// The value of the progress board's query parameter `person` that selects groups without an
/// instructor.
pub(crate) const VACANCY: &str = "vacancy";

/// The submitted query of the progress board: academic term, faculty or department, instructor,
/// state of the choice, search text, sort order, and page number of the list of groups.
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
    /// The act after which the browser was redirected to the progress board, for example saving a
    /// filter.
    #[serde(flatten)]
    pub(crate) done: ActDone,
}

/// The form that saves the filters of the progress board under a name.
#[derive(Debug, Clone, Default)]
pub(crate) struct SavedFilterForm {
    pub(crate) name: String,
}

impl ProgressPageQuery {
    /// Reads the query of the progress board from the hidden fields of a submitted form.
    pub(crate) fn of(fields: &FormData) -> Self {
        let text = |name| fields.text(name);
        let (term, org, person, state) = (text("term"), text("org"), text("person"), text("state"));
        Self { term, org, person, state, q: text("q"), sort: text("sort"), dir: text("dir"), ..Self::default() }
    }

    /// The academic term and the faculty or department in the query of the progress board.
    pub(crate) fn scope(&self) -> ScopeParams {
        ScopeParams { term: self.term.clone(), org: self.org.clone() }
    }

    /// Converts the submitted query of the progress board for the use case that loads the board. A
    /// value that cannot be parsed is ignored.
    pub(crate) fn progress_query(&self, language: Language) -> ProgressQuery {
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
            place: self.scope().scope_query(),
            instructor,
            state: ChoiceState::from_code(&self.state),
            text: self.q.trim().chars().take(domain::limits::SEARCH_TEXT_LIMIT).collect(),
            sort,
            language: Some(language),
            page: page_number(&self.page),
            is_whole: false,
        }
    }
}

/// The query parameters of the progress board's address, except the page number of the list of
/// groups.
pub(crate) fn pairs(query: &ProgressQuery) -> [(&'static str, String); 7] {
    let person = match query.instructor {
        Some(Responsible::Vacancy) => VACANCY.to_owned(),
        Some(Responsible::Person(id)) => id.to_string(),
        None => String::new(),
    };
    [
        ("term", query.place.term.clone().unwrap_or_default()),
        ("org", query.place.org.map(|id| id.to_string()).unwrap_or_default()),
        ("person", person),
        ("state", query.state.map(ChoiceState::code).unwrap_or_default().to_owned()),
        ("q", query.text.clone()),
        ("sort", query.sort.map(|sort| sort.column.code()).unwrap_or_default().to_owned()),
        ("dir", query.sort.map(Sort::direction).unwrap_or_default().to_owned()),
    ]
}

/// The address of the progress board with some query parameters changed. The page number of the
/// list of groups is left out, so that the list begins at its first page.
pub(crate) fn board_at(query: &ProgressQuery, changed: &[(&str, &str)]) -> String {
    let own = pairs(query);
    let unchanged = own.iter().filter(|(name, _)| changed.iter().all(|(other, _)| other != name));
    let unchanged = unchanged.map(|(name, value)| (*name, value.as_str()));
    address(routes::PROGRESS, &unchanged.chain(changed.iter().copied()).collect::<Vec<_>>())
}
