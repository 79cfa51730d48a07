//! Loads the data on which an act on a choice depends: offering, window for choosing or deciding, choice, and the
//! people who may decide.

use crate::failure::Failure;
use crate::unit_of_work::UnitOfWork;
use crate::window::{OfferingWindow, window_of};
use domain::id::OfferingId;
use domain::offering::Offering;
use domain::person::Actor;
use domain::policy::{self, Deciders};
use store::choices::{self, StoredChoice};
use store::{offerings, people};

/// A choice with its offering, the window for choosing or deciding, and the people who may decide: everything that
/// determines which acts are allowed.
pub(crate) struct ChoiceCase {
    pub(crate) offering: Offering,
    pub(crate) window: OfferingWindow,
    pub(crate) stored: StoredChoice,
    pub(crate) deciders: Deciders,
}

impl ChoiceCase {
    /// Loads the choice of an offering that the actor may see, with everything that determines which acts are allowed.
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

    /// Loads the choice of an offering for which the actor may choose, if the choice may be changed today.
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

    /// Loads the choice of an offering that the actor may see, if decisions may be made today.
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
