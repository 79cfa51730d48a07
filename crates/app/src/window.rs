//! Determines whether the choice of an offering can be changed or decided today. The academic term
//! sets the days for changing and deciding; a deadline extension can prolong them.

use crate::failure::Failure;
use crate::unit_of_work::UnitOfWork;
use chrono::NaiveDate;
use domain::offering::Offering;
use domain::term::{Term, WindowClosed, extended_until};
use store::deadline_extensions;

/// The data that determine on which days the choice of one offering can be changed or decided: the
/// academic term, and the deadline extension of the offering.
pub(crate) struct OfferingWindow {
    pub(crate) term: Term,
    today: NaiveDate,
    extended_until: Option<NaiveDate>,
}

/// Loads the academic term and the deadline extension of an offering, which determine on which days
/// the offering's choice can be changed or decided.
pub(crate) fn window_of(work: &mut UnitOfWork<'_, '_>, offering: &Offering) -> Result<OfferingWindow, Failure> {
    let term = work.term(offering.term)?;
    let deadline_extensions = deadline_extensions::of_term(work.tx, term.id)?;
    Ok(OfferingWindow { today: work.today(), extended_until: extended_until(&deadline_extensions, offering), term })
}

impl OfferingWindow {
    /// Checks that the instructor is allowed to change the choice of the offering today. A returned
    /// choice has a later deadline than a new choice.
    pub(crate) fn changing(&self, is_returned: bool) -> Result<(), WindowClosed> {
        self.term.changing(self.today, is_returned, self.extended_until)
    }

    /// Checks that the head of department is allowed to decide on the choice of the offering today.
    pub(crate) fn deciding(&self) -> Result<(), WindowClosed> {
        self.term.deciding(self.today, self.extended_until)
    }
}
