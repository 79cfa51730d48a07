//! Takes choices back from review: undoes the last sending, or withdraws a choice entirely. Both are
//! possible until a decision on the choice.

use crate::choice_case::ChoiceCase;
use crate::failure::{Failure, Refusal, Stale};
use crate::unit_of_work::UnitOfWork;
use domain::choice::{Choice, ChoiceRefusal, ChoiceVersion, Stage};
use domain::history::Act;
use domain::id::OfferingId;
use domain::person::Actor;
use domain::policy::{self, Chooser};
use store::drafts::Draft;
use store::{choices, drafts};

/// The choice of a group after it was taken back from review.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AfterWithdrawal {
    NotChosen,
    /// The choice is returned for changes again, as it was before the instructor corrected it.
    Returned,
    /// The version that was sent before is in review again.
    InReview,
}

impl AfterWithdrawal {
    fn of(version: Option<&ChoiceVersion>) -> Self {
        match version.map(|version| &version.stage) {
            None => Self::NotChosen,
            Some(Stage::InReview) => Self::InReview,
            Some(Stage::Returned { .. } | Stage::Approved { .. }) => Self::Returned,
        }
    }

    /// Returns the state that a choice will have after it is withdrawn; `None` if it cannot be withdrawn.
    pub(crate) fn expected(choice: &Choice) -> Option<Self> {
        let is_in_review = choice.current.as_ref().is_some_and(|current| current.stage == Stage::InReview);
        choice.sending().filter(|_| is_in_review).map(|sending| Self::of(sending.before_sendings()))
    }
}

/// Undoes the last sending of the choices of these offerings for review. Each version that is no
/// longer sent becomes a draft. Fails if another act, such as an approval, has followed.
pub fn undo_send(
    work: &mut UnitOfWork<'_, '_>,
    actor: &Actor,
    ids: &[OfferingId],
) -> Result<Vec<AfterWithdrawal>, Failure> {
    take_back(work, actor, ids, Choice::undo_send)
}

/// Withdraws the choices of these offerings from review, with all versions sent since the last
/// decision. Each last version becomes a draft. Fails if one of the choices is not in review.
pub fn withdraw_choices(
    work: &mut UnitOfWork<'_, '_>,
    actor: &Actor,
    ids: &[OfferingId],
) -> Result<Vec<AfterWithdrawal>, Failure> {
    take_back(work, actor, ids, Choice::withdraw)
}

fn take_back(
    work: &mut UnitOfWork<'_, '_>,
    actor: &Actor,
    ids: &[OfferingId],
    change: fn(&mut Choice, Chooser) -> Result<(), ChoiceRefusal>,
) -> Result<Vec<AfterWithdrawal>, Failure> {
    if ids.is_empty() {
        return Err(Refusal::NothingTicked.into());
    }
    ids.iter().map(|&id| take_back_one(work, actor, id, change)).collect()
}

fn take_back_one(
    work: &mut UnitOfWork<'_, '_>,
    actor: &Actor,
    id: OfferingId,
    change: fn(&mut Choice, Chooser) -> Result<(), ChoiceRefusal>,
) -> Result<AfterWithdrawal, Failure> {
    let ChoiceCase { offering, mut stored, .. } = ChoiceCase::load_to_choose(work, actor, id)?;
    let from = stored.choice.version();
    let answer = stored.choice.current.as_ref().map(|current| current.answer.clone());
    change(&mut stored.choice, policy::chooser(actor, &offering)?).map_err(Stale::choice(id))?;
    choices::save(work.tx, &stored)?;
    if let Some(answer) = answer {
        // The values of the version that is no longer sent are not lost.
        let (row, document) = (Some(answer.row), Some(answer.document));
        let version = stored.choice.version();
        let draft = Draft { offering: id, version, row, info: answer.info, document, saved_at: work.now };
        drafts::save(work.tx, actor.person, &draft)?;
    }
    work.record_choice(actor, &offering, &Act::ChoiceUnsent { from, version: stored.choice.version() })?;
    Ok(AfterWithdrawal::of(stored.choice.current.as_ref()))
}
