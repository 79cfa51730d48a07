//! The start page of an instructor: the list of the groups that the instructor teaches.

use crate::error::WebError;
use crate::i18n::Texts;
use crate::layout::Layout;
use crate::markdown;
use crate::menu::home_path;
use crate::page::{page, redirect};
use crate::query::{ActDone, Query};
use crate::routes;
use crate::session::{Loaded, Session};
use crate::state::AppState;
use app::choosing::my_offerings::{GroupLine, MyOfferings, my_offerings};
use app::choosing::reuse_last_term::{Proposal, proposals};
use app::term::terms::is_term_missing;
use askama::Template;
use askama_minify::template_minify;
use axum::extract::State;
use axum::response::Response;
use chrono::DateTime;
use domain::id::OfferingId;
use domain::limits::DAYS_LEFT;
use domain::report::ChoiceState;
use domain::term::WindowClosed;
use serde::Deserialize;
use std::sync::Arc;

#[template_minify(path = "choosing/groups.html")]
#[derive(Template)]
struct GroupsPage {
    layout: Layout,
    t: Texts,
    my: MyOfferings,
    proposals: Vec<Proposal>,
    guide: Arc<str>,
    note: Option<&'static str>,
    /// The key of a warning about a draft that was just saved or not saved; `None` if there is none.
    warning: Option<&'static str>,
    /// Whether a file that was just sent was already in the dossier.
    is_file_known: bool,
}

/// Proposals to reuse the same exam and programme for groups of one discipline.
struct AlikeProposals<'p> {
    first: &'p Proposal,
    groups: Vec<&'p str>,
}

impl GroupsPage {
    fn can_undo(&self) -> bool {
        self.my.just_sent.iter().all(|line| line.may_undo)
    }

    /// Whether the deadline is over and the reader has groups for which to ask for an extension.
    fn may_ask_for_extension(&self) -> bool {
        self.my.window == Err(WindowClosed::Over) && self.my.lines().any(GroupLine::is_late)
    }

    /// Whether the list of groups contains groups without an instructor, for which the head of
    /// department chooses.
    fn has_vacancies(&self) -> bool {
        self.my.lines().any(|line| line.offering.responsible.is_none())
    }

    fn is_any_open(&self) -> bool {
        self.my.lines().any(|line| line.is_open())
    }

    /// The proposal to reuse last term's choice for the offering (a discipline taught to one group)
    /// with this id; `None` if there is no proposal.
    fn proposed(&self, id: &OfferingId) -> Option<&Proposal> {
        self.proposals.iter().find(|proposal| proposal.offering.id == *id)
    }

    /// The proposals to reuse a choice of last term without changes, because nothing that affects
    /// the choice has changed since.
    fn clean(&self) -> Vec<&Proposal> {
        self.proposals.iter().filter(|proposal| proposal.is_clean()).collect()
    }

    /// The proposals of [`Self::clean`] by discipline, exam and programme.
    fn alike(&self) -> Vec<AlikeProposals<'_>> {
        let mut all: Vec<AlikeProposals<'_>> = Vec::new();
        for proposal in self.clean() {
            let is_alike = |known: &&mut AlikeProposals<'_>| {
                known.first.offering.discipline.id == proposal.offering.discipline.id
                    && known.first.answer == proposal.answer
            };
            match all.iter_mut().find(is_alike) {
                Some(known) => known.groups.push(&proposal.offering.group),
                None => all.push(AlikeProposals { first: proposal, groups: vec![&proposal.offering.group] }),
            }
        }
        all
    }

    /// Whether at most three days remain until the deadline for choosing.
    fn is_soon(&self) -> bool {
        self.my.days_left.is_some_and(|days| days <= DAYS_LEFT)
    }

    /// Whether a draft of a choice exists for a group in addition to a choice that was already
    /// sent.
    fn has_hidden_draft(&self, line: &GroupLine) -> bool {
        line.has_draft && line.state != ChoiceState::Draft
    }

    /// The key of the text on the button that opens the choice form of a group: "choose", "edit" or
    /// "fix".
    fn act_key(&self, line: &GroupLine) -> &'static str {
        match line.state {
            ChoiceState::Returned => "fix",
            ChoiceState::NotChosen => "choose",
            ChoiceState::Draft | ChoiceState::InReview | ChoiceState::Approved => "edit",
        }
    }

    /// The key of the text on the link to the next group that needs a choice.
    fn next_group_key(&self, line: &GroupLine) -> &'static str {
        if line.state == ChoiceState::Returned { "next-returned-group" } else { "next-open-group" }
    }
}

#[derive(Default, Deserialize)]
pub(crate) struct GroupsQuery {
    /// The time, in milliseconds since 1970, at which choices were just sent for review. The page
    /// of the instructor's groups lists these choices and offers to undo the sending.
    sent: Option<i64>,
    /// [`routes::KNOWN_FILE`] if a file that was sent with the choice form was already in the dossier.
    file: Option<String>,
}

/// `GET /`: redirects to the start page, which depends on the roles of the signed-in person.
pub(crate) async fn start(State(state): State<AppState>, session: Session) -> Result<Response, WebError> {
    let Loaded { signed_in, data: opens_terms, .. } = session.read(&state, is_term_missing).await?;
    Ok(redirect(if opens_terms { routes::TERMS } else { home_path(&signed_in.actor) }))
}

/// `GET /groups`: lists the groups of the signed-in instructor and their choices.
pub(crate) async fn show(
    State(state): State<AppState>,
    session: Session,
    Query(query): Query<GroupsQuery>,
    Query(done): Query<ActDone>,
) -> Result<Response, WebError> {
    let is_file_known = query.file.as_deref() == Some(routes::KNOWN_FILE);
    let sent = query.sent.and_then(DateTime::from_timestamp_millis);
    let loaded = session.read(&state, move |work, actor| {
        let my = my_offerings(work, actor, sent)?;
        Ok((proposals(work, &my)?, my))
    });
    let Loaded { layout, data: (proposals, my), .. } = loaded.await?;
    let general = my.catalogue.instructions_on("general").map(|text| layout.t.name(text)).unwrap_or_default();
    let guide = markdown::html(markdown::body(general), 0);
    let note = done.note(&[
        ("draft", "draft-saved"),
        ("draft-without-exam", "draft-saved-without-exam"),
        ("withdrawn", "withdrawn"),
        ("withdrawn-to-earlier", "withdrawn-to-earlier"),
        ("withdrawn-to-returned", "withdrawn-to-returned"),
        ("withdrawn-several", "withdrawn-several"),
        ("unchanged", "nothing-changed"),
    ]);
    let warning = done.note(&[("draft-not-saved", "draft-not-saved-approved"), ("draft-outdated", "draft-outdated")]);
    page(&GroupsPage { guide, note, warning, is_file_known, my, proposals, t: layout.t, layout })
}
