//! The page for reusing last term's choices («Өткен семестрден көшіру»). Each proposal is sent for
//! review or saved as a draft exactly as the page shows it.

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
use askama_minify::template_minify;
use axum::extract::State;
use axum::response::Response;
use domain::id::OfferingId;
use domain::term::Term;

/// The submitted form with proposals to reuse last term's choices: the offerings whose proposal is
/// ticked. `None` if the form was not submitted yet.
type TickedForm = FormState<Option<Vec<OfferingId>>>;

#[template_minify(path = "choosing/reuse.html")]
#[derive(Template)]
struct ReusePage {
    layout: Layout,
    t: Texts,
    term: Term,
    clean: Vec<Proposal>,
    changed: Vec<Proposal>,
    form: TickedForm,
}

/// A section of the page for reusing choices: a heading, and the proposals below the heading.
struct ReusePart<'p> {
    /// The key of the heading above a section with proposals to reuse choices.
    heading: &'static str,
    proposals: &'p [Proposal],
}

impl ReusePage {
    /// Whether a proposal to reuse a choice is ticked. At first, only proposals in which nothing
    /// has changed since last term are ticked, because the instructor has to look at the changed
    /// ones.
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

    /// The sections of the page for reusing choices: one for proposals in which nothing has changed
    /// since last term, and one for changed proposals. Empty sections are left out.
    fn parts(&self) -> impl Iterator<Item = ReusePart<'_>> {
        let clean = ReusePart { heading: "reuse-unchanged", proposals: &self.clean };
        let changed = ReusePart { heading: "reuse-changed", proposals: &self.changed };
        [clean, changed].into_iter().filter(|part| !part.proposals.is_empty())
    }
}

/// `GET /reuse`: proposes last term's choices for the groups of the current term.
pub(crate) async fn show(State(state): State<AppState>, session: Session) -> Result<Response, WebError> {
    show_again(&state, &session, FormState::default()).await
}

/// `POST /reuse`: sends the ticked proposals to reuse last term's choices for review, exactly as
/// they were shown. If one proposal is refused, none is sent.
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

/// `POST /reuse/drafts`: saves the ticked proposals to reuse last term's choices as drafts.
pub(crate) async fn draft(State(state): State<AppState>, form: SignedForm) -> Result<Response, WebError> {
    let ticked = ticked(&form.fields)?;
    let shown = ticked.clone();
    let saved = form.session.write(&state, move |work, actor| draft_reused(work, actor, &shown)).await;
    let next = saved.map(|()| routes::after_act(routes::GROUPS, "draft"));
    answer(&state, &form.session, &ticked, next).await
}

/// The ticked proposals to reuse choices, as the page showed them. Each form value is
/// `offering:fingerprint`, the offering's id and the hash of the proposed choice.
fn ticked(fields: &FormData) -> Result<Vec<ShownProposal>, WebError> {
    let read = |value: &str| {
        let (offering, fingerprint) = value.split_once(':')?;
        Some(ShownProposal { offering: offering.parse().ok()?, fingerprint: fingerprint.parse().ok()? })
    };
    let all: Option<Vec<ShownProposal>> = fields.all("p").map(read).collect();
    all.ok_or_else(|| Failure::NotFound.into())
}

/// Redirects after proposals to reuse choices were sent or saved. If this was refused, the current
/// proposals are shown with the cause of the refusal, and the submitted proposals are ticked.
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
