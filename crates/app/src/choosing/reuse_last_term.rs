//! Reuse of choices of earlier academic terms. For each student group without a choice, the
//! application proposes the most similar approved choice of an earlier term, and checks the
//! proposal against the current term's catalogue and programme documents.

use crate::choosing::my_offerings::{GroupLine, MyOfferings, my_offerings};
use crate::choosing::save_draft::{DraftSubmission, save_draft};
use crate::choosing::send_choices::{ChoiceSubmission, SendOutcome, send_choices};
use crate::failure::{Failure, Refusal, Stale};
use crate::unit_of_work::UnitOfWork;
use domain::answer::{Answer, AnswerError};
use domain::catalogue::picked::Picked;
use domain::choice::ChoiceRefusal;
use domain::digest::Digest;
use domain::exam_entry::ExamEntry;
use domain::id::OfferingId;
use domain::offering::Offering;
use domain::person::Actor;
use domain::programme::Document;
use domain::report::ChoiceState;
use domain::reuse::{EarlierChoice, ProposedProgramme, ReuseChange, changes, fingerprint, programme};
use domain::term::Term;
use store::{baselines, documents};

/// The proposal to reuse, for one student group, the approved choice of an earlier academic term.
#[derive(Debug, Clone)]
pub struct Proposal {
    pub offering: Offering,
    /// The choice that would be sent for review: catalogue row, additional information and
    /// programme document.
    pub answer: Answer,
    /// The exam that is proposed for reuse, with the names that the catalogue has for its platform,
    /// exam format and type.
    pub picked: Picked,
    pub document: Document,
    /// The changes since the earlier academic term that affect the proposal to reuse a choice, such
    /// as a changed catalogue row. The most important change comes first.
    pub changes: Vec<ReuseChange>,
    /// The fingerprint (a hash) of the proposed reuse, by which the server recognises whether the
    /// proposal has changed since the instructor saw it.
    pub fingerprint: Digest,
}

impl Proposal {
    /// Returns whether the proposal can be sent together with other proposals. This is so if
    /// nothing that affects the proposed choice has changed since the earlier academic term.
    pub fn is_clean(&self) -> bool {
        self.changes.is_empty()
    }

    /// Returns whether the catalogue in force accepts the proposed choice of the earlier academic
    /// term, so that the choice can be sent for review without edits.
    pub fn can_be_sent(&self) -> bool {
        !self.changes.iter().any(|change| change.is_refused())
    }
}

/// The proposals to reuse choices of earlier academic terms in the current term.
#[derive(Debug, Clone)]
pub struct ReuseProposals {
    pub term: Term,
    /// The proposals to reuse a choice, at most one for each student group that still needs a
    /// choice. They are sorted like the groups on the instructor's start page.
    pub proposals: Vec<Proposal>,
}

/// Proposes choices of earlier academic terms for those student groups of the signed-in person that
/// still need a choice. The proposals are sorted like the groups on the instructor's start page.
pub fn reuse_last_term(work: &mut UnitOfWork<'_, '_>, actor: &Actor) -> Result<ReuseProposals, Failure> {
    let my = my_offerings(work, actor, None)?;
    let proposals = proposals(work, &my)?;
    Ok(ReuseProposals { term: my.term, proposals })
}

/// Proposes choices of earlier academic terms for those student groups on an instructor's start
/// page that still need a choice.
pub fn proposals(work: &mut UnitOfWork<'_, '_>, my: &MyOfferings) -> Result<Vec<Proposal>, Failure> {
    let mut found = Vec::new();
    for block in &my.blocks {
        let wanting: Vec<&GroupLine> = block.lines.iter().filter(|line| wants(line)).collect();
        if wanting.is_empty() {
            continue;
        }
        let approved = baselines::approved_before(work.tx, block.discipline.id, my.term.starts)?;
        if approved.is_empty() {
            continue;
        }
        let dossier = documents::of_discipline(work.tx, block.discipline.id)?;
        for line in wanting {
            // If the registrar has set an exam format centrally for the student group, only an
            // earlier choice with exactly that format is proposed.
            let proposed = proposal(work, &my.term, &line.offering, &approved, &dossier)?;
            let is_as_set = |one: &Proposal| {
                line.set.as_ref().is_none_or(|set| (&set.row, &set.info) == (&one.answer.row, &one.answer.info))
            };
            found.extend(proposed.filter(is_as_set));
        }
    }
    Ok(found)
}

fn wants(line: &GroupLine) -> bool {
    line.is_open() && line.state == ChoiceState::NotChosen
}

fn proposal(
    work: &mut UnitOfWork<'_, '_>,
    term: &Term,
    offering: &Offering,
    approved: &[baselines::ApprovedBaseline],
    dossier: &[Document],
) -> Result<Option<Proposal>, Failure> {
    let last = baselines::closest(approved, offering.responsible, offering.language);
    let Some(last) = last else { return Ok(None) };
    let Some(ProposedProgramme { document, source }) = programme(dossier, term.id, &last.answer) else {
        return Ok(None);
    };
    let (then, in_force) = (work.catalogue(last.catalogue)?, work.catalogue(term.catalogue)?);
    let earlier = EarlierChoice { answer: &last.answer, catalogue: &then, responsible: last.responsible };
    let changes = changes(earlier, offering, &in_force, source);
    let answer = Answer { document: document.id, ..last.answer.clone() };
    // The names of platform, exam format and type come from the catalogue in force. If it no longer
    // contains the proposed catalogue row, they come from the catalogue version under which the row
    // was chosen in the earlier academic term.
    let labels = if in_force.row(&answer.row).is_some() { &in_force } else { &then };
    Ok(Some(Proposal {
        picked: Picked::of(labels, &answer.row, &answer.info),
        fingerprint: fingerprint(offering.id, &answer, term.catalogue, document.sha256),
        offering: offering.clone(),
        document: document.clone(),
        changes,
        answer,
    }))
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
/// A proposal to reuse a choice, as the web page showed it to the instructor: the offering for
/// which the choice is proposed, and the fingerprint (a hash) of the proposal.
pub struct ShownProposal {
    pub offering: OfferingId,
    /// The fingerprint (a hash) of the proposal that the web page showed. The proposal has another
    /// fingerprint if it has changed since then.
    pub fingerprint: Digest,
}

/// Sends the selected proposals to reuse choices for review. Sends either all of them, exactly as
/// the instructor's HTML page showed them, or none.
///
/// # Errors
/// HTTP 409 if a proposal has changed since the page showed it; HTTP 422 if no proposal is
/// selected.
pub fn send_reused(
    work: &mut UnitOfWork<'_, '_>,
    actor: &Actor,
    ticked: &[ShownProposal],
) -> Result<SendOutcome, Failure> {
    let mut all = SendOutcome::default();
    for proposal in as_shown(work, actor, ticked)? {
        let sending = ChoiceSubmission {
            offerings: vec![(proposal.offering.id, 0)],
            exam: ExamEntry::of_row(Some(proposal.answer.row), proposal.answer.info),
            documents: [(proposal.offering.discipline.id, proposal.document.id)].into_iter().collect(),
            may_repeat_returned: true,
        };
        let sent = send_choices(work, actor, &sending)?;
        all.sent.extend(sent.sent);
        all.unchanged.extend(sent.unchanged);
    }
    Ok(all)
}

/// Saves the selected proposals to reuse choices as drafts of choices.
pub fn draft_reused(work: &mut UnitOfWork<'_, '_>, actor: &Actor, ticked: &[ShownProposal]) -> Result<(), Failure> {
    for proposal in as_shown(work, actor, ticked)? {
        let draft = DraftSubmission {
            exam: ExamEntry::of_row(Some(proposal.answer.row), proposal.answer.info),
            documents: [(proposal.offering.discipline.id, proposal.document.id)].into_iter().collect(),
        };
        // A choice is only proposed for a group for which nothing is chosen.
        save_draft(work, actor, &[(proposal.offering.id, 0)], &draft)?;
    }
    Ok(())
}

/// Returns the selected proposals to reuse choices. Fails if a proposal has changed since the
/// instructor's HTML page showed it.
fn as_shown(work: &mut UnitOfWork<'_, '_>, actor: &Actor, ticked: &[ShownProposal]) -> Result<Vec<Proposal>, Failure> {
    if ticked.is_empty() {
        return Err(Refusal::field(AnswerError::GroupsMissing).into());
    }
    let my = my_offerings(work, actor, None)?;
    let mut known = proposals(work, &my)?;
    let mut found: Vec<Proposal> = Vec::new();
    for &ShownProposal { offering, fingerprint } in ticked {
        if my.lines().all(|line| line.offering.id != offering) {
            return Err(Failure::NotFound);
        }
        let same = |one: &Proposal| one.offering.id == offering && one.fingerprint == fingerprint && one.can_be_sent();
        match known.iter().position(same) {
            Some(place) => found.push(known.swap_remove(place)),
            None if found.iter().any(|one| one.offering.id == offering) => {}
            None => return Err(Stale::Choice { offering, refused: ChoiceRefusal::ChangedSinceShown }.into()),
        }
    }
    Ok(found)
}
