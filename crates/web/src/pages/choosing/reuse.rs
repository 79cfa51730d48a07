//! «Өткен семестрден көшіру»: what last term's choices propose, sent or kept as drafts exactly as shown.

use crate::error::{Problem, WebError, status_of};
use crate::form_data::{FormData, SignedForm};
use crate::i18n::Texts;
use crate::layout::{Layout, page_with};
use crate::routes;
use crate::session::Session;
use crate::state::AppState;
use app::choosing::reuse_last_term::{Proposal, ShownProposal, draft_reused, reuse_last_term, send_reused};
use app::failure::Failure;
use app::unit_of_work::UnitOfWork;
use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use domain::id::OfferingId;
use domain::term::Term;

#[derive(Template)]
#[template(path = "choosing/reuse.html")]
struct ReusePage {
    layout: Layout,
    t: Texts,
    term: Term,
    clean: Vec<Proposal>,
    look: Vec<Proposal>,
    /// What was ticked, where somebody has ticked already.
    ticked: Option<Vec<OfferingId>>,
    wrong: Option<&'static str>,
}

impl ReusePage {
    /// At first everything that did not change is ticked; the rest is looked at first.
    fn is_ticked(&self, proposal: &Proposal) -> bool {
        let at_first = proposal.is_clean();
        proposal.can_be_sent() && self.ticked.as_ref().map_or(at_first, |ticked| ticked.contains(&proposal.offering.id))
    }

    fn is_empty(&self) -> bool {
        self.clean.is_empty() && self.look.is_empty()
    }

    fn is_any_sendable(&self) -> bool {
        self.clean.iter().chain(&self.look).any(Proposal::can_be_sent)
    }

    /// The two parts of the page: key of the heading, proposals.
    fn parts(&self) -> [(&'static str, &[Proposal]); 2] {
        [("reuse-unchanged", self.clean.as_slice()), ("reuse-changed", self.look.as_slice())]
    }
}

/// `GET /copies`
pub(crate) async fn show(State(state): State<AppState>, session: Session) -> Result<Response, WebError> {
    shown(&state, &session, None, (StatusCode::OK, None)).await
}

/// `POST /copies`
pub(crate) async fn send(State(state): State<AppState>, form: SignedForm) -> Result<Response, WebError> {
    let (actor, ticked) = (form.session.actor(), ticked(&form.fields)?);
    let ask = ticked.clone();
    let task = move |work: &mut UnitOfWork<'_, '_>| Ok((send_reused(work, &actor, &ask)?, work.now));
    match state.app.write(task).await {
        Ok((outcome, _)) if outcome.sent.is_empty() => {
            Ok(Redirect::to(&format!("{}?did=unchanged", routes::GROUPS)).into_response())
        }
        Ok((_, at)) => Ok(Redirect::to(&routes::groups_after(at)).into_response()),
        Err(failure) => refused(&state, &form.session, &ticked, failure).await,
    }
}

/// `POST /copies/drafts`
pub(crate) async fn draft(State(state): State<AppState>, form: SignedForm) -> Result<Response, WebError> {
    let (actor, ticked) = (form.session.actor(), ticked(&form.fields)?);
    let ask = ticked.clone();
    match state.app.write(move |work| draft_reused(work, &actor, &ask)).await {
        Ok(()) => Ok(Redirect::to(&format!("{}?did=draft", routes::GROUPS)).into_response()),
        Err(failure) => refused(&state, &form.session, &ticked, failure).await,
    }
}

/// What was ticked, with what was shown: `offering:fingerprint`.
fn ticked(fields: &FormData) -> Result<Vec<ShownProposal>, WebError> {
    let read = |value: &str| {
        let (offering, fingerprint) = value.split_once(':')?;
        Some((offering.parse().ok()?, fingerprint.parse().ok()?))
    };
    let all: Option<Vec<ShownProposal>> = fields.all("p").map(read).collect();
    all.ok_or_else(|| Failure::NotFound.into())
}

/// The page again, from what is there now, with the same groups ticked.
async fn refused(
    state: &AppState,
    session: &Session,
    ticked: &[ShownProposal],
    failure: Failure,
) -> Result<Response, WebError> {
    if !matches!(failure, Failure::Refused(_) | Failure::Stale(_)) {
        return Err(failure.into());
    }
    let (status, code) = (status_of(&failure), failure.code());
    let ids = ticked.iter().map(|(id, _)| *id).collect();
    let answer = shown(state, session, Some(ids), (status, Some(code))).await?;
    Ok(Problem::new(status, code).beside(answer))
}

async fn shown(
    state: &AppState,
    session: &Session,
    ticked: Option<Vec<OfferingId>>,
    (status, wrong): (StatusCode, Option<&'static str>),
) -> Result<Response, WebError> {
    let actor = session.actor();
    let (term, all) = state.app.read(move |work| reuse_last_term(work, &actor)).await?;
    let (clean, look) = all.into_iter().partition(Proposal::is_clean);
    let layout = Layout { path: routes::COPIES.to_owned(), ..Layout::of(session) };
    page_with(status, &ReusePage { t: layout.t, layout, term, clean, look, ticked, wrong })
}
