//! Who is late, and what is missing.

use crate::error::WebError;
use crate::i18n::Texts;
use crate::layout::Layout;
use crate::pages::reports::report::{Report, ReportExtent, ReportTab, ScopeParams, counted, file_name, head, tabs};
use crate::query::address;
use crate::routes;
use crate::session::Session;
use crate::state::AppState;
use app::reports::export::Worksheet;
use app::reports::late::{Lateness, lateness};
use app::reports::progress::{ProgressLink, ProgressUnit, Responsible};
use askama::Template;
use domain::report::Tally;

#[derive(Template)]
#[template(path = "reports/late.html")]
pub(crate) struct LatePage {
    layout: Layout,
    t: Texts,
    tabs: Vec<ReportTab>,
    place: ScopeParams,
    found: Lateness,
}

/// `GET /late?term=…&org=…`
impl Report for LatePage {
    type Query = ScopeParams;

    async fn look(state: &AppState, session: &Session, place: ScopeParams, _: ReportExtent) -> Result<Self, WebError> {
        let (actor, asked) = (session.actor(), place.asked());
        let found = state.app.read(move |work| lateness(work, &actor, &asked)).await?;
        Ok(Self {
            t: session.texts,
            layout: Layout::of(session),
            tabs: tabs(session, &place, routes::LATE),
            place,
            found,
        })
    }

    fn file_name(&self) -> String {
        file_name("late", &self.found.scope)
    }

    fn sheets(&self) -> Vec<Worksheet> {
        let first = if self.found.scope.department().is_some() { "instructor" } else { "department" };
        let row =
            |name, tally: &Tally| counted(name, [tally.not_chosen, tally.returned, tally.in_review, tally.total()]);
        vec![Worksheet {
            title: self.t.get("late"),
            head: head(self.t, &[first, "late-not-sent", "late-not-changed", "late-not-decided", "total"]),
            rows: self.found.units.iter().map(|unit| row(self.name_of(unit), &unit.tally)).collect(),
            foot: vec![row(self.t.get("total"), &self.found.total)],
        }]
    }
}

impl LatePage {
    /// A department opens its instructors here, an instructor the groups on the board.
    fn link_to(&self, unit: &ProgressUnit) -> String {
        let term = ("term", self.place.term.as_str());
        let department = self.found.scope.department().map(|org| org.id.to_string()).unwrap_or_default();
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
