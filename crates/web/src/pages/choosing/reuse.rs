//! Reusing last term's choices («Өткен семестрден көшіру»): proposals, sent or saved as drafts exactly as shown.

use crate::error::WebError;
use crate::form_data::FormData;
use crate::form_state::FormState;
use crate::i18n::Texts;
use crate::layout::Layout;
use crate::page::redirect;
use crate::routes;
use crate::session::{Loaded, Session};
use crate::signed_form::SignedForm;
use crate::state::AppState;
use app::choosing::reuse_last_term::{
    Proposal, ReuseProposals, ShownProposal, draft_reused, reuse_last_term, send_reused,
};
use app::failure::Failure;
use askama::Template;
use axum::extract::State;
use axum::response::Response;
use domain::id::OfferingId;
use domain::term::Term;

/// The ticked groups; `None` before anything was submitted.
type TickedForm = FormState<Option<Vec<OfferingId>>>;

#[derive(Template)]
#[template(path = "choosing/reuse.html")]
struct ReusePage {
    layout: Layout,
    t: Texts,
    term: Term,
    clean: Vec<Proposal>,
    changed: Vec<Proposal>,
    form: TickedForm,
}

impl ReusePage {
    /// At first everything that did not change is ticked; the rest is looked at first.
    fn is_ticked(&self, proposal: &Proposal) -> bool {
        let at_first = proposal.is_clean();
        proposal.can_be_sent()
            && self.form.values.as_ref().map_or(at_first, |ticked| ticked.contains(&proposal.offering.id))
    }

    fn is_empty(&self) -> bool {
        self.clean.is_empty() && self.changed.is_empty()
    }

    fn is_any_sendable(&self) -> bool {
        self.clean.iter().chain(&self.changed).any(Proposal::can_be_sent)
    }

    /// The two parts of the page: key of the heading, proposals.
    fn parts(&self) -> [(&'static str, &[Proposal]); 2] {
        [("reuse-unchanged", self.clean.as_slice()), ("reuse-changed", self.changed.as_slice())]
    }
}

/// `GET /reuse`
pub(crate) async fn show(State(state): State<AppState>, session: Session) -> Result<Response, WebError> {
    show_again(&state, &session, FormState::default()).await
}

/// `POST /reuse`: sends the ticked proposals exactly as they were shown, or none of them.
pub(crate) async fn send(State(state): State<AppState>, form: SignedForm) -> Result<Response, WebError> {
    let ticked = ticked(&form.fields)?;
    let shown = ticked.clone();
    let sent = form.session.write(&state, move |work, actor| {
        let outcome = send_reused(work, actor, &shown)?;
        let is_unchanged = outcome.sent.is_empty();
        Ok(if is_unchanged { routes::after_act(routes::GROUPS, "unchanged") } else { routes::groups_after(work.now) })
    });
    answer(&state, &form.session, &ticked, sent.await).await
}

/// `POST /reuse/drafts`
pub(crate) async fn draft(State(state): State<AppState>, form: SignedForm) -> Result<Response, WebError> {
    let ticked = ticked(&form.fields)?;
    let shown = ticked.clone();
    let saved = form.session.write(&state, move |work, actor| draft_reused(work, actor, &shown)).await;
    let next = saved.map(|()| routes::after_act(routes::GROUPS, "draft"));
    answer(&state, &form.session, &ticked, next).await
}

/// The ticked proposals as they were shown: `offering:fingerprint`.
fn ticked(fields: &FormData) -> Result<Vec<ShownProposal>, WebError> {
    let read = |value: &str| {
        let (offering, fingerprint) = value.split_once(':')?;
        Some(ShownProposal { offering: offering.parse().ok()?, fingerprint: fingerprint.parse().ok()? })
    };
    let all: Option<Vec<ShownProposal>> = fields.all("p").map(read).collect();
    all.ok_or_else(|| Failure::NotFound.into())
}

/// The next page, or this one from what is stored now, with the same groups ticked.
async fn answer(
    state: &AppState,
    session: &Session,
    ticked: &[ShownProposal],
    done: Result<String, Failure>,
) -> Result<Response, WebError> {
    match done {
        Ok(next) => Ok(redirect(&next)),
        Err(failure) => {
            let ids = ticked.iter().map(|shown| shown.offering).collect();
            show_again(state, session, FormState::refused_or_stale(Some(ids), failure)?).await
        }
    }
}

async fn show_again(state: &AppState, session: &Session, form: TickedForm) -> Result<Response, WebError> {
    let Loaded { layout, data, .. } = session.read(state, reuse_last_term).await?;
    let ReuseProposals { term, proposals } = data;
    let (clean, changed) = proposals.into_iter().partition(Proposal::is_clean);
    let layout = layout.at(routes::REUSE);
    let page = ReusePage { t: layout.t, layout, term, clean, changed, form };
    page.form.respond(&page)
}
