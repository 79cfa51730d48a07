//! Sends choices for review («Тексеруге жіберу»). One choice form can apply to several student
//! groups; the choice is sent for all of them or for none.

use crate::choice_case::ChoiceCase;
use crate::choosing::faults::Faults;
use crate::failure::{Failure, Refusal, Stale};
use crate::term::form_exceptions::form_exception_of;
use crate::unit_of_work::UnitOfWork;
use domain::answer::{Answer, AnswerError, clean_info};
use domain::choice::{SendResult, Submission};
use domain::digest::Digest;
use domain::exam_entry::ExamEntry;
use domain::history::{Act, SentVersion};
use domain::id::{DisciplineId, DocumentId, OfferingId};
use domain::offering::Offering;
use domain::person::Actor;
use domain::policy;
use std::collections::BTreeMap;
use store::choices::{self, StoredChoice};
use store::{documents, drafts};

/// A choice that an instructor submits for review, with the offerings (a discipline taught to one
/// group) to which the choice applies.
#[derive(Debug, Clone)]
pub struct ChoiceSubmission {
    /// The offerings to which the choice applies. The number beside each offering is the version
    /// number of the stored choice that the choice form showed for it; 0 if there was no stored
    /// choice.
    pub offerings: Vec<(OfferingId, i64)>,
    /// The exam that the instructor filled in: three fields, selected catalogue row, additional
    /// information.
    pub exam: ExamEntry,
    /// The selected programme document for each discipline, by the id of the discipline.
    pub documents: BTreeMap<DisciplineId, DocumentId>,
    /// Whether a choice that was returned for changes may be sent again without any.
    pub may_repeat_returned: bool,
}

/// The result of sending a choice for review.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SendOutcome {
    /// The offerings (a discipline taught to one group) whose choice was sent: each choice has a
    /// new version, which now waits for review.
    pub sent: Vec<OfferingId>,
    /// The offerings (a discipline taught to one group) for which nothing was sent, because a
    /// choice with the same content was already waiting for review.
    pub unchanged: Vec<OfferingId>,
}

/// Sends a choice for review for all offerings that `sending` lists. If the choice cannot be sent
/// for one of them, it is sent for none.
pub fn send_choices(
    work: &mut UnitOfWork<'_, '_>,
    actor: &Actor,
    sending: &ChoiceSubmission,
) -> Result<SendOutcome, Failure> {
    if sending.offerings.is_empty() {
        return Err(Refusal::field(AnswerError::GroupsMissing).into());
    }
    let mut checked = Vec::new();
    let mut faults = Faults::default();
    for &(id, seen) in &sending.offerings {
        let ChoiceCase { offering, stored, .. } = ChoiceCase::load_to_choose(work, actor, id)?;
        match check(work, &offering, sending)? {
            Ok((answer, ..)) if !sending.may_repeat_returned && stored.choice.was_returned_with(&answer) => {
                faults.add(&offering, vec![AnswerError::ReturnedUnchanged]);
            }
            Ok((answer, document_sha, catalogue)) => {
                checked.push((offering, Submission { answer, document_sha, catalogue, seen }));
            }
            Err(wrong) => faults.add(&offering, wrong),
        }
    }
    faults.refuse(sending.offerings.len())?;
    let mut outcome = SendOutcome::default();
    for (offering, submission) in checked {
        send_one(work, actor, &offering, submission, &mut outcome)?;
    }
    Ok(outcome)
}

type CheckedAnswer = Result<(Answer, Digest, i64), Vec<AnswerError>>;

fn check(
    work: &mut UnitOfWork<'_, '_>,
    offering: &Offering,
    sending: &ChoiceSubmission,
) -> Result<CheckedAnswer, Failure> {
    let version = work.term(offering.term)?.catalogue;
    let catalogue = work.catalogue(version)?;
    let set = form_exception_of(work, offering)?;
    let (exam, mut wrong) = match sending.exam.row(&catalogue) {
        Ok(row) => {
            let info = clean_info(sending.exam.info(Some(&row.id)));
            let mut wrong = catalogue.check(&row.id, &info, &offering.faculty_code).err().unwrap_or_default();
            wrong.extend(set.and_then(|set| set.check(&row.id, &info).err()));
            (Some((row.id.clone(), info)), wrong)
        }
        Err(wrong) => (None, wrong),
    };
    let picked = sending.documents.get(&offering.discipline.id).copied();
    let document = match picked {
        Some(id) => documents::find(work.tx, id)?.filter(|found| found.discipline == offering.discipline.id),
        None => None,
    };
    match (document, exam, picked) {
        (Some(found), Some((row, info)), _) if wrong.is_empty() => {
            return Ok(Ok((Answer { row, info, document: found.id }, found.sha256, version)));
        }
        (Some(_), ..) => {}
        (None, _, Some(_)) => wrong.push(AnswerError::ProgrammeElsewhere),
        (None, _, None) => wrong.push(AnswerError::ProgrammeMissing),
    }
    Ok(Err(wrong))
}

fn send_one(
    work: &mut UnitOfWork<'_, '_>,
    actor: &Actor,
    offering: &Offering,
    submission: Submission,
    outcome: &mut SendOutcome,
) -> Result<(), Failure> {
    let mut stored: StoredChoice = choices::find(work.tx, offering.id)?;
    let from = stored.choice.version();
    let chooser = policy::chooser(actor, offering)?;
    let sent = stored.choice.send(chooser, submission, work.now).map_err(Stale::choice(offering.id))?;
    drafts::remove(work.tx, offering.id, actor.person)?;
    if sent == SendResult::Unchanged {
        outcome.unchanged.push(offering.id);
        return Ok(());
    }
    choices::save(work.tx, &stored)?;
    if let Some(current) = &stored.choice.current {
        choices::add_version(work.tx, offering.id, current)?;
        work.record_choice(actor, offering, &Act::ChoiceSent { sent: SentVersion::of(from, current) })?;
    }
    outcome.sent.push(offering.id);
    Ok(())
}
