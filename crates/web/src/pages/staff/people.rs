//! The page for searching people by name, role and unit.

use crate::error::WebError;
use crate::i18n::Texts;
use crate::layout::Layout;
use crate::page::page;
use crate::query::{Query, address};
use crate::routes;
use crate::session::{Loaded, Session};
use crate::state::AppState;
use app::staff::people::{PeopleList, PeopleSearch, find_people};
use askama::Template;
use askama_minify::template_minify;
use axum::extract::State;
use axum::response::Response;
use domain::id::OrgId;
use domain::limits::SEARCH_TEXT_LIMIT;
use domain::person::Role;
use serde::Deserialize;

#[template_minify(path = "staff/people.html")]
#[derive(Template)]
struct PeoplePage {
    layout: Layout,
    t: Texts,
    list: PeopleList,
    text: String,
    role: Option<Role>,
    unit: Option<OrgId>,
    /// Whether the page shows a later part of the list of people, not the beginning of the list.
    is_later: bool,
}

impl PeoplePage {
    fn roles(&self) -> [&'static str; 9] {
        Role::ALL.map(Role::code)
    }

    fn is_role(&self, code: &str) -> bool {
        self.role.is_some_and(|role| role.code() == code)
    }

    /// The address of the next part of the list of people; `None` if the shown part is the last
    /// one.
    fn next(&self) -> Option<String> {
        let (last, _) = self.list.people.last().filter(|_| self.list.has_more)?;
        Some(self.link(&last.id.to_string()))
    }

    fn beginning(&self) -> String {
        self.link("")
    }

    /// The address of the part of the list of people that begins after a certain person, whose id
    /// is given.
    fn link(&self, after: &str) -> String {
        let role = self.role.map(Role::code).unwrap_or_default();
        let unit = self.unit.map(|id| id.to_string()).unwrap_or_default();
        address(routes::PEOPLE, &[("q", self.text.as_str()), ("role", role), ("unit", unit.as_str()), ("after", after)])
    }
}

/// The submitted query of the search for people: name, role, unit, and the last person of the
/// previous part of the list.
#[derive(Default, Deserialize)]
pub(crate) struct PeopleQuery {
    q: Option<String>,
    role: Option<String>,
    unit: Option<String>,
    after: Option<String>,
}

/// `GET /people?q=…&role=…&unit=…&after=…`: searches people by name, role and unit.
pub(crate) async fn list(
    State(state): State<AppState>,
    session: Session,
    Query(query): Query<PeopleQuery>,
) -> Result<Response, WebError> {
    let text: String = query.q.unwrap_or_default().chars().take(SEARCH_TEXT_LIMIT).collect();
    let role = query.role.as_deref().and_then(Role::from_code);
    let after = query.after.and_then(|id| id.parse().ok());
    let unit = query.unit.and_then(|id| id.parse().ok());
    let search = PeopleSearch { text: text.clone(), role, unit, after };
    let loaded = session.read(&state, move |work, actor| find_people(work, actor, &search)).await?;
    let Loaded { layout, data: list, .. } = loaded;
    page(&PeoplePage { t: layout.t, layout, list, text, role, unit, is_later: after.is_some() })
}
