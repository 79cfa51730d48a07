//! Whether something may be changed or decided today: the term's window, and what the registrar opened beyond it.

use crate::app::UnitOfWork;
use crate::failure::Failure;
use chrono::NaiveDate;
use domain::offering::Offering;
use domain::term::{Term, WindowClosed, opened_until};
use store::deadline_extensions;

/// The window of one offering.
pub(crate) struct OfferingWindow {
    pub(crate) term: Term,
    today: NaiveDate,
    opened_until: Option<NaiveDate>,
}

/// Finds it.
pub(crate) fn window_of(desk: &mut UnitOfWork<'_, '_>, offering: &Offering) -> Result<OfferingWindow, Failure> {
    let term = desk.term(offering.term)?;
    let openings = deadline_extensions::of_term(desk.tx, term.id)?;
    Ok(OfferingWindow { today: desk.today(), opened_until: opened_until(&openings, offering), term })
}

impl OfferingWindow {
    /// May the instructor still change this today?
    pub(crate) fn changing(&self, is_returned: bool) -> Result<(), WindowClosed> {
        self.term.changing(self.today, is_returned, self.opened_until)
    }

    /// May the head decide today?
    pub(crate) fn deciding(&self) -> Result<(), WindowClosed> {
        self.term.deciding(self.today, self.opened_until)
    }
}
