//! The HTML page of one offering: its choice and the state of the choice, the acts that the
//! signed-in person can perform, and the history of the choice.

use crate::choice_case::ChoiceCase;
use crate::choosing::withdraw_choices::AfterWithdrawal;
use crate::failure::Failure;
use crate::reason::{Reasons, reason_in_languages};
use crate::reviewing::phrases::phrases_offered;
use crate::staff::people::name_of;
use crate::term::form_exceptions::form_exception_of;
use crate::unit_of_work::UnitOfWork;
use chrono::{DateTime, Utc};
use domain::catalogue::picked::Picked;
use domain::catalogue::{Catalogue, RowId};
use domain::choice::{ChoiceAct, Stage};
use domain::digest::Digest;
use domain::history::Subject;
use domain::id::OfferingId;
use domain::name::Name;
use domain::offering::Offering;
use domain::person::{Actor, Role};
use domain::phrase::Phrase;
use domain::policy;
use domain::programme::Document;
use domain::report::ChoiceState;
use domain::term::Term;
use serde::Deserialize;
use std::sync::Arc;
use store::history::HistoryRecord;
use store::{documents, history};

/// The content of the HTML page of one offering.
#[derive(Debug, Clone)]
pub struct OfferingView {
    pub term: Term,
    pub offering: Offering,
    /// The name of the offering's responsible instructor; empty if the offering has no instructor.
    pub instructor: String,
    /// The state of the offering's choice, for example in review or approved.
    pub state: ChoiceState,
    pub picked: Option<Picked>,
    pub document: Option<Document>,
    /// The catalogue version under which the choice was made or, if no choice was made yet, the
    /// catalogue in force. The offering's page shows the instructions of this version.
    pub catalogue: Arc<Catalogue>,
    /// The decision by which the choice was approved or returned; `None` if the choice is neither
    /// approved nor returned.
    pub decision: Option<ShownDecision>,
    /// The reason that the instructor typed when asking that the approved choice be reopened;
    /// `None` if there is no undecided request.
    pub reopen_asked: Option<String>,
    /// The phrases that the form for returning the choice offers.
    pub phrases: Vec<Phrase>,
    /// The fingerprint (a hash) of the current version of the offering's choice.
    pub fingerprint: Option<Digest>,
    /// The exam format that the registrar has set centrally for the offering; `None` if no exam
    /// format is set.
    pub set: Option<CentralForm>,
    /// The catalogue in force; present only if the signed-in person is allowed to set an exam
    /// format centrally.
    pub in_force: Option<Arc<Catalogue>>,
    /// The acts that the signed-in person can perform now on the offering and its choice.
    pub may: AllowedActs,
    /// The history of the offering's choice, newest entry first.
    pub history: Vec<ChoiceEvent>,
}

/// An exam format that the registrar has set centrally for an offering, so that the instructor
/// cannot choose another format.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CentralForm {
    pub picked: Picked,
    pub reason: String,
    /// The name of the person who set the exam format centrally.
    pub by: String,
}

impl OfferingView {
    /// Returns the reason for which the offering's choice was returned; `None` if the choice is not
    /// returned.
    pub fn return_reason(&self) -> Option<&Name> {
        self.decision.as_ref()?.reason.as_ref()
    }
}

/// The decision by which a choice was approved or returned, as the offering's page shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ShownDecision {
    pub by: String,
    pub at: DateTime<Utc>,
    /// The reason for which the choice was returned; `None` if the choice was approved.
    pub reason: Option<Name>,
}

/// The acts that the signed-in person can perform now on an offering and its choice.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "independent permissions, each shown as one button")]
pub struct AllowedActs {
    /// Whether the signed-in person can make or change the choice now.
    pub edit: bool,
    /// The state of the choice after the signed-in person withdraws it from review; `None` if the
    /// person cannot withdraw it now.
    pub withdraw: Option<AfterWithdrawal>,
    /// Whether the signed-in person can approve or return the choice now.
    pub decide: bool,
    /// Whether the signed-in person can reopen the approved choice now.
    pub reopen: bool,
    /// Whether the signed-in person can undo the reopening of the choice.
    pub undo_reopen: bool,
    /// Whether the signed-in person can ask that the approved choice be reopened.
    pub ask_reopen: bool,
    /// Whether the signed-in person can extend the deadline for choosing for the offering.
    pub open_window: bool,
    /// Whether the signed-in person can set the exam format centrally, or record that the offering
    /// has no final exam.
    pub make_exception: bool,
}

/// One entry in the history of a choice, as the offering's page shows it.
#[derive(Debug, Clone)]
pub struct ChoiceEvent {
    pub at: DateTime<Utc>,
    pub by: String,
    /// The role in which the person performed the recorded act; `None` if no person acted.
    pub role: Option<Role>,
    /// The code of the recorded act, which is also the end of its translation key `act-…`.
    pub act: String,
    pub version: Option<i64>,
    /// The exam that the choice had after the recorded act; present only if the act sent the choice
    /// for review or moved it to another catalogue row.
    pub picked: Option<Picked>,
    /// The reason that was typed; empty in all languages if the recorded act has none.
    pub reason: Name,
    /// The names of the previous and the new responsible instructor, if the recorded act replaced
    /// the instructor. A name is empty if there was no instructor.
    pub replaced: Option<(String, String)>,
}

/// Builds the HTML page of an offering. Fails if the signed-in person is not allowed to see the
/// offering.
pub fn view_choice(work: &mut UnitOfWork<'_, '_>, actor: &Actor, id: OfferingId) -> Result<OfferingView, Failure> {
    let case = ChoiceCase::load(work, actor, id)?;
    let may = allowed_acts(&case, actor, work.now);
    let ChoiceCase { offering, window, stored, .. } = case;
    let current = stored.choice.current.as_ref();
    let catalogue = work.catalogue(current.map_or(window.term.catalogue, |current| current.catalogue))?;
    let document = match current {
        Some(current) => documents::find(work.tx, current.answer.document)?,
        None => None,
    };
    let set = match form_exception_of(work, &offering)? {
        Some(set) => {
            let in_force = work.catalogue(window.term.catalogue)?;
            let picked = Picked::of(&in_force, &set.row, &set.info);
            Some(CentralForm { picked, by: name_of(work, set.by)?, reason: set.reason })
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
        phrases: if may.decide { phrases_offered(work, actor)? } else { Vec::new() },
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

fn allowed_acts(case: &ChoiceCase, actor: &Actor, now: DateTime<Utc>) -> AllowedActs {
    let ChoiceCase { offering, window, stored, deciders } = case;
    let choice = &stored.choice;
    let stage = choice.current.as_ref().map(|current| &current.stage);
    let approved = matches!(stage, Some(Stage::Approved { .. }));
    let choosing = window.changing(choice.is_returned()).is_ok();
    let deciding = window.deciding().is_ok();
    let chooses = policy::chooser(actor, offering).is_ok();
    AllowedActs {
        edit: chooses && choosing && !approved,
        withdraw: AfterWithdrawal::expected(choice).filter(|_| chooses && choosing),
        decide: deciding
            && matches!(stage, Some(Stage::InReview))
            && policy::approver(actor, offering, deciders).is_ok(),
        reopen: deciding && approved && policy::reopener(actor, offering, deciders).is_ok(),
        undo_reopen: deciding && choice.can_undo(actor.person, ChoiceAct::Reopen, now),
        ask_reopen: deciding && approved && chooses,
        open_window: policy::extends_deadlines(actor).is_ok() && !window.term.is_closed,
        make_exception: policy::makes_exceptions(actor).is_ok() && !window.term.is_closed,
    }
}

fn decision(work: &mut UnitOfWork<'_, '_>, stage: Option<&Stage>) -> Result<Option<ShownDecision>, Failure> {
    let (by, at, reason) = match stage {
        Some(Stage::Approved { by, at, .. }) => (*by, *at, None),
        Some(Stage::Returned { by, at, reason, .. }) => (*by, *at, Some(reason_in_languages(work, reason, *by)?)),
        _ => return Ok(None),
    };
    Ok(Some(ShownDecision { by: name_of(work, by)?, at, reason }))
}

/// The details that the history stores about an act on a choice, as far as the page of an offering
/// shows them.
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
    let records = history::of_subject(work.tx, &Subject::Choice(id).to_string())?;
    let mut reasons = Reasons::default();
    records.into_iter().rev().map(|record| event(work, record, &mut reasons)).collect()
}

fn event(work: &mut UnitOfWork<'_, '_>, record: HistoryRecord, reasons: &mut Reasons) -> Result<ChoiceEvent, Failure> {
    let payload: ChoicePayload = serde_json::from_str(&record.line.payload).unwrap_or_default();
    let picked = match (payload.catalogue, payload.row) {
        (Some(version), Some(row)) => Some(Picked::of(&*work.catalogue(version)?, &row, &payload.info)),
        _ => None,
    };
    let reason = reasons.read(work, &payload.reason, record.line.actor)?;
    Ok(ChoiceEvent {
        at: record.line.at,
        by: record.actor_name,
        role: record.line.role,
        act: record.line.act,
        version: payload.version,
        picked,
        reason,
        replaced: payload.before.zip(payload.after),
    })
}
