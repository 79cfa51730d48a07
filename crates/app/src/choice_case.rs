//! Loads the data on which every act on a choice depends: the offering, the choice, the days on
//! which choosing and deciding are possible, and the people who are allowed to decide.

use crate::failure::Failure;
use crate::unit_of_work::UnitOfWork;
use crate::window::{OfferingWindow, window_of};
use domain::id::OfferingId;
use domain::offering::Offering;
use domain::person::Actor;
use domain::policy::{self, Deciders};
use store::choices::{self, StoredChoice};
use store::{offerings, people};

/// The choice of one offering, with all data that determines which acts on the choice are allowed:
/// the offering, the days on which choosing and deciding are possible, and the people who are
/// allowed to decide.
pub(crate) struct ChoiceCase {
    pub(crate) offering: Offering,
    pub(crate) window: OfferingWindow,
    pub(crate) stored: StoredChoice,
    pub(crate) deciders: Deciders,
}

impl ChoiceCase {
    /// Loads the choice of an offering, with all data that determines which acts on the choice are
    /// allowed. Fails if the signed-in person is not allowed to see the offering.
    pub(crate) fn load(work: &mut UnitOfWork<'_, '_>, actor: &Actor, id: OfferingId) -> Result<Self, Failure> {
        let found = offerings::find(work.tx, id)?.filter(|offering| policy::sees(actor, offering));
        let offering = found.ok_or(Failure::NotFound)?;
        let window = window_of(work, &offering)?;
        let stored = choices::find(work.tx, id)?;
        let today = work.today();
        let heads = people::heads_of(work.tx, offering.department, today)?;
        let sent_by = stored.choice.current.as_ref().map(|current| current.sent_by);
        Ok(Self { offering, window, stored, deciders: Deciders { heads, sent_by } })
    }

    /// Loads the choice of an offering in order to change the choice. Fails if the signed-in person
    /// is not allowed to choose for the offering, or if the choice cannot be changed today.
    pub(crate) fn load_to_choose(
        work: &mut UnitOfWork<'_, '_>,
        actor: &Actor,
        id: OfferingId,
    ) -> Result<Self, Failure> {
        let case = Self::load(work, actor, id)?;
        policy::chooser(actor, &case.offering)?;
        case.window.changing(case.stored.choice.is_returned())?;
        Ok(case)
    }

    /// Loads the choice of an offering for a decision, such as approving the choice. Fails if the
    /// signed-in person is not allowed to see the offering, or if deciding is not possible today.
    pub(crate) fn load_to_decide(
        work: &mut UnitOfWork<'_, '_>,
        actor: &Actor,
        id: OfferingId,
    ) -> Result<Self, Failure> {
        let case = Self::load(work, actor, id)?;
        case.window.deciding()?;
        Ok(case)
    }
}
