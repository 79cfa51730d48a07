//! Determines whether a choice may be changed or decided today, from the window of the term and the deadline
//! extensions.

use crate::failure::Failure;
use crate::unit_of_work::UnitOfWork;
use chrono::NaiveDate;
use domain::offering::Offering;
use domain::term::{Term, WindowClosed, extended_until};
use store::deadline_extensions;

/// The days on which the choice of one offering may be changed or decided: its term and its deadline extension.
pub(crate) struct OfferingWindow {
    pub(crate) term: Term,
    today: NaiveDate,
    extended_until: Option<NaiveDate>,
}

/// Loads the term and the deadline extension of an offering, which determine when its choice may be changed or decided.
pub(crate) fn window_of(work: &mut UnitOfWork<'_, '_>, offering: &Offering) -> Result<OfferingWindow, Failure> {
    let term = work.term(offering.term)?;
    let deadline_extensions = deadline_extensions::of_term(work.tx, term.id)?;
    Ok(OfferingWindow { today: work.today(), extended_until: extended_until(&deadline_extensions, offering), term })
}

impl OfferingWindow {
    /// Checks that the instructor may still change the choice today.
    pub(crate) fn changing(&self, is_returned: bool) -> Result<(), WindowClosed> {
        self.term.changing(self.today, is_returned, self.extended_until)
    }

    /// Checks that the head may decide on the choice today, which is until the window for deciding closes.
    pub(crate) fn deciding(&self) -> Result<(), WindowClosed> {
        self.term.deciding(self.today, self.extended_until)
    }
}
