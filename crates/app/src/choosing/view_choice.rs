//! One offering on a page of its own: what is chosen, where it stands, what may be done, and everything that happened.

use crate::app::UnitOfWork;
use crate::failure::Failure;
use crate::reviewing::decide::deciders;
use crate::staff::people::name_of;
use crate::term::form_exceptions::form_exception_of;
use crate::window::{OfferingWindow, window_of};
use chrono::{DateTime, Utc};
use domain::catalogue::picked::Picked;
use domain::catalogue::{Catalogue, RowId};
use domain::choice::{Choice, ChoiceAct, Stage};
use domain::digest::Digest;
use domain::id::OfferingId;
use domain::offering::Offering;
use domain::person::{Actor, Role};
use domain::policy;
use domain::programme::Document;
use domain::report::ChoiceState;
use domain::term::Term;
use serde::Deserialize;
use std::sync::Arc;
use store::history::HistoryRecord;
use store::{choices, documents, history, offerings};

/// Everything on the page.
#[derive(Debug, Clone)]
pub struct OfferingView {
    /// The term.
    pub term: Term,
    /// The offering.
    pub offering: Offering,
    /// The responsible instructor; empty for a vacancy.
    pub instructor: String,
    /// Where it stands.
    pub state: ChoiceState,
    /// What is chosen.
    pub picked: Option<Picked>,
    /// Its programme.
    pub document: Option<Document>,
    /// The catalogue under which it was chosen, for its instructions.
    pub catalogue: Arc<Catalogue>,
    /// Who decided, when, and why it came back.
    pub decision: Option<ShownDecision>,
    /// The instructor asks to reopen it, for this reason.
    pub reopen_asked: Option<String>,
    /// What was shown.
    pub fingerprint: Option<Digest>,
    /// The form that is set centrally: what, why and by whom.
    pub set: Option<(Picked, String, String)>,
    /// The rule table in force, where the reader may set a form centrally.
    pub in_force: Option<Arc<Catalogue>>,
    /// What the reader may do.
    pub may: AllowedActs,
    /// What happened, newest first.
    pub history: Vec<ChoiceEvent>,
}

/// A decision, as people read it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ShownDecision {
    /// Who.
    pub by: String,
    /// When.
    pub at: DateTime<Utc>,
    /// Why it came back; empty for an approval.
    pub reason: String,
}

/// What the reader may do now.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "independent permissions, each shown as one button")]
pub struct AllowedActs {
    /// Choose or change.
    pub edit: bool,
    /// Take back what was sent.
    pub undo_send: bool,
    /// Approve or return.
    pub decide: bool,
    /// Open an approved one again.
    pub reopen: bool,
    /// Take the reopening back.
    pub undo_reopen: bool,
    /// Ask for it to be opened again.
    pub ask_reopen: bool,
    /// Open it outside the window.
    pub open_window: bool,
    /// Set its form centrally, or say that it has no final exam.
    pub make_exception: bool,
}

/// One line of history, as people read it.
#[derive(Debug, Clone)]
pub struct ChoiceEvent {
    /// When.
    pub at: DateTime<Utc>,
    /// Who.
    pub by: String,
    /// In which role.
    pub role: Option<Role>,
    /// What: the second half of the translation key `act-…`.
    pub act: String,
    /// Which version.
    pub version: Option<i64>,
    /// What was sent.
    pub picked: Option<Picked>,
    /// Why.
    pub reason: String,
    /// Who answered for it before and who does since; empty for a vacancy.
    pub replaced: Option<(String, String)>,
}

/// Shows an offering to somebody who may see it.
pub fn view_choice(work: &mut UnitOfWork<'_, '_>, actor: &Actor, id: OfferingId) -> Result<OfferingView, Failure> {
    let found = offerings::find(work.tx, id)?.filter(|offering| policy::sees(actor, offering));
    let offering = found.ok_or(Failure::NotFound)?;
    let window = window_of(work, &offering)?;
    let stored = choices::find(work.tx, id)?;
    let current = stored.choice.current.as_ref();
    let catalogue = work.catalogue(current.map_or(window.term.catalogue, |current| current.catalogue))?;
    let deciders = deciders(work, &offering, &stored)?;
    let may = may(work, actor, (&offering, &window), &stored.choice, &deciders);
    let document = match current {
        Some(current) => documents::find(work.tx, current.answer.document)?,
        None => None,
    };
    let set = match form_exception_of(work, &offering)? {
        Some(set) => {
            let in_force = work.catalogue(window.term.catalogue)?;
            Some((Picked::of(&in_force, &set.row, &set.info), set.reason, name_of(work, set.by)?))
        }
        None => None,
    };
    let in_force = if may.make_exception { Some(work.catalogue(window.term.catalogue)?) } else { None };
    Ok(OfferingView {
        set,
        in_force,
        state: ChoiceState::of(current.map(|current| &current.stage), false),
        picked: current.map(|current| Picked::of(&catalogue, &current.answer.row, &current.answer.info)),
        decision: decision(work, current.map(|current| &current.stage))?,
        instructor: match offering.responsible {
            Some(person) => name_of(work, person)?,
            None => String::new(),
        },
        fingerprint: stored.choice.fingerprint(),
        history: events(work, id)?,
        reopen_asked: stored.choice.reopening_asked().map(str::to_owned),
        document,
        catalogue,
        may,
        term: window.term,
        offering,
    })
}

fn may(
    work: &UnitOfWork<'_, '_>,
    actor: &Actor,
    (offering, window): (&Offering, &OfferingWindow),
    choice: &Choice,
    deciders: &policy::Deciders,
) -> AllowedActs {
    let stage = choice.current.as_ref().map(|current| &current.stage);
    let approved = matches!(stage, Some(Stage::Approved { .. }));
    let choosing = window.changing(choice.is_returned()).is_ok();
    let deciding = window.deciding().is_ok();
    let chooses = policy::chooser(actor, offering).is_ok();
    AllowedActs {
        edit: chooses && choosing && !approved,
        undo_send: choosing && choice.can_undo(actor.person, ChoiceAct::Send, work.now),
        decide: deciding
            && matches!(stage, Some(Stage::InReview))
            && policy::approver(actor, offering, deciders).is_ok(),
        reopen: deciding && approved && policy::reopener(actor, offering, deciders).is_ok(),
        undo_reopen: deciding && choice.can_undo(actor.person, ChoiceAct::Reopen, work.now),
        ask_reopen: deciding && approved && chooses,
        open_window: policy::opens_windows(actor).is_ok() && !window.term.is_closed,
        make_exception: policy::makes_exceptions(actor).is_ok() && !window.term.is_closed,
    }
}

fn decision(work: &mut UnitOfWork<'_, '_>, stage: Option<&Stage>) -> Result<Option<ShownDecision>, Failure> {
    let (by, at, reason) = match stage {
        Some(Stage::Approved { by, at, .. }) => (*by, *at, String::new()),
        Some(Stage::Returned { by, at, reason, .. }) => (*by, *at, reason.clone()),
        _ => return Ok(None),
    };
    Ok(Some(ShownDecision { by: name_of(work, by)?, at, reason }))
}

/// What the payload of a line may hold.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct ChoicePayload {
    version: Option<i64>,
    catalogue: Option<i64>,
    row: Option<RowId>,
    info: String,
    reason: String,
    before: Option<String>,
    after: Option<String>,
}

fn events(work: &mut UnitOfWork<'_, '_>, id: OfferingId) -> Result<Vec<ChoiceEvent>, Failure> {
    let told = history::of_subject(work.tx, &format!("choice:{id}"))?;
    told.into_iter().rev().map(|told| event(work, told)).collect()
}

fn event(work: &mut UnitOfWork<'_, '_>, told: HistoryRecord) -> Result<ChoiceEvent, Failure> {
    let payload: ChoicePayload = serde_json::from_str(&told.line.payload).unwrap_or_default();
    let picked = match (payload.catalogue, payload.row) {
        (Some(version), Some(row)) => Some(Picked::of(&*work.catalogue(version)?, &row, &payload.info)),
        _ => None,
    };
    Ok(ChoiceEvent {
        at: told.line.at,
        by: told.actor_name,
        role: told.line.role,
        act: told.line.act,
        version: payload.version,
        picked,
        reason: payload.reason,
        replaced: payload.before.zip(payload.after),
    })
}
