//! How far a faculty or the university has come.

use crate::door::Door;
use crate::frame::{Frame, page};
use crate::oops::Oops;
use crate::query::Query;
use crate::routes;
use crate::seat::Seat;
use app::gaps::DepartmentGap;
use app::progress::{Asked, Board, board};
use askama::Template;
use axum::extract::State;
use axum::response::Response;
use domain::policy;
use domain::report::State as Stands;
use domain::roster::{Org, OrgKind};
use serde::Deserialize;

#[derive(Template)]
#[template(path = "progress.html")]
struct ProgressPage {
    f: Frame,
    board: Board,
    asked: Asked,
    may_remind: bool,
}

#[derive(Default, Deserialize)]
pub(crate) struct Wanted {
    org: Option<String>,
    state: Option<String>,
    q: Option<String>,
    page: Option<i64>,
}

/// `GET /progress?org=…&state=…&q=…&page=…`
pub(crate) async fn show(State(door): State<Door>, seat: Seat, Query(wanted): Query<Wanted>) -> Result<Response, Oops> {
    let asked = Asked {
        org: wanted.org.and_then(|id| id.parse().ok()),
        state: wanted.state.as_deref().and_then(Stands::from_code),
        text: wanted.q.unwrap_or_default().chars().take(100).collect(),
        page: wanted.page.unwrap_or(0).max(0),
    };
    let (actor, what) = (seat.actor(), asked.clone());
    let board = door.app.read(move |desk| board(desk, &actor, &what)).await?;
    let faculty = board.path.iter().find(|org| org.kind == OrgKind::Faculty).map(|org| org.id);
    let may_remind = policy::reminds(&seat.signed.actor, faculty).is_ok() && !board.term.is_closed;
    page(&ProgressPage { f: Frame::of(&seat), board, asked, may_remind })
}

/// How many gaps the board names; the rest stands on a page of its own.
const GAPS_SHOWN: usize = 5;

impl ProgressPage {
    fn is_gap_now(&self) -> bool {
        self.board.gaps.iter().any(|gap| gap.is_now)
    }

    fn first_gaps(&self) -> &[DepartmentGap] {
        self.board.gaps.get(..GAPS_SHOWN).unwrap_or(&self.board.gaps)
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
        let state = if self.is_picked(code) { "" } else { code };
        self.link(self.org(), state, 0)
    }

    fn link_to_org(&self, org: &Org) -> String {
        self.link(org.id.to_string(), self.state(), 0)
    }

    fn link_to_reminders(&self) -> String {
        format!("{}?org={}", routes::REMINDERS, self.org())
    }

    fn link_to_page(&self, page: i64) -> String {
        self.link(self.org(), self.state(), page)
    }

    /// Is this a place where lines would stand if there were any?
    fn is_list(&self) -> bool {
        let is_department = self.board.path.last().is_some_and(|org| org.kind == OrgKind::Department);
        let is_narrowed = self.asked.state.is_some() || !self.asked.text.trim().is_empty();
        is_department || is_narrowed
    }

    fn org(&self) -> String {
        self.board.path.last().map(|org| org.id.to_string()).unwrap_or_default()
    }

    fn state(&self) -> &'static str {
        self.asked.state.map(Stands::code).unwrap_or_default()
    }

    fn link(&self, org: impl AsRef<str>, state: &str, page: i64) -> String {
        let page = if page == 0 { String::new() } else { page.to_string() };
        let pairs = [("org", org.as_ref()), ("state", state), ("q", self.asked.text.trim()), ("page", page.as_str())];
        let mut query = form_urlencoded::Serializer::new(String::new());
        query.extend_pairs(pairs.into_iter().filter(|(_, value)| !value.is_empty()));
        format!("{}?{}", routes::PROGRESS, query.finish())
    }
}
