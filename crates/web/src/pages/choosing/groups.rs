//! The instructor's start page: the list of their groups.

use crate::error::WebError;
use crate::i18n::Texts;
use crate::layout::{Layout, home_of, page};
use crate::markdown;
use crate::middleware::add_cookie;
use crate::query::{ActDone, Query};
use crate::routes;
use crate::session::{Session, cookie, set_cookie};
use crate::state::AppState;
use app::choosing::my_offerings::{MyOfferings, my_offerings};
use app::choosing::reuse_last_term::{Proposal, proposals};
use app::term::terms::waits_for_a_term;
use app::unit_of_work::UnitOfWork;
use askama::Template;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::{Redirect, Response};
use chrono::DateTime;
use domain::id::OfferingId;
use serde::Deserialize;

/// Remembers that the general instructions were opened once.
const GUIDE: &str = "guide";

#[derive(Template)]
#[template(path = "choosing/groups.html")]
struct GroupsPage {
    layout: Layout,
    t: Texts,
    my: MyOfferings,
    proposals: Vec<Proposal>,
    guide: String,
    guide_seen: bool,
    note: Option<&'static str>,
}

impl GroupsPage {
    fn can_undo(&self) -> bool {
        self.my.just_sent.iter().all(|line| line.may_undo)
    }

    /// Groups without an instructor, for which a head chooses.
    fn has_vacancies(&self) -> bool {
        self.my.lines().any(|line| line.offering.responsible.is_none())
    }

    fn is_any_open(&self) -> bool {
        self.my.lines().any(|line| line.is_open())
    }

    /// What last term's choice proposes for a group.
    fn proposed(&self, id: &OfferingId) -> Option<&Proposal> {
        self.proposals.iter().find(|proposal| proposal.offering.id == *id)
    }

    /// The proposals in which nothing changed.
    fn clean(&self) -> Vec<&Proposal> {
        self.proposals.iter().filter(|proposal| proposal.is_clean()).collect()
    }

    /// Three days or fewer are left.
    fn is_soon(&self) -> bool {
        self.my.days_left.is_some_and(|days| days <= 3)
    }
}

#[derive(Default, Deserialize)]
pub(crate) struct GroupsQuery {
    /// When the batch was sent that the banner names, in milliseconds.
    sent: Option<i64>,
}

/// `GET /`
pub(crate) async fn home(State(state): State<AppState>, session: Session) -> Result<Redirect, WebError> {
    let actor = session.actor();
    let opens_terms = state.app.read(move |work| waits_for_a_term(work, &actor)).await?;
    Ok(Redirect::to(if opens_terms { routes::TERMS } else { home_of(&session) }))
}

/// `GET /groups`
pub(crate) async fn show(
    State(state): State<AppState>,
    session: Session,
    Query(asked): Query<GroupsQuery>,
    Query(done): Query<ActDone>,
    headers: HeaderMap,
) -> Result<Response, WebError> {
    let (actor, sent) = (session.actor(), asked.sent.and_then(DateTime::from_timestamp_millis));
    let task = move |work: &mut UnitOfWork<'_, '_>| {
        let my = my_offerings(work, &actor, sent)?;
        Ok((proposals(work, &my)?, my))
    };
    let (proposals, my) = state.app.read(task).await?;
    let layout = Layout::of(&session);
    let general = my.catalogue.instructions_on("general").map(|text| layout.t.name(text)).unwrap_or_default();
    let guide = markdown::html(markdown::body(general), 0);
    let guide_seen = cookie(&headers, GUIDE).is_some();
    let note = done.note(&[("draft", "draft-saved"), ("unsent", "undone"), ("unchanged", "nothing-changed")]);
    let mut response = page(&GroupsPage { guide, guide_seen, note, my, proposals, t: layout.t, layout })?;
    add_cookie(&mut response, &set_cookie(&state, GUIDE, "seen", Some(31_536_000)));
    Ok(response)
}
