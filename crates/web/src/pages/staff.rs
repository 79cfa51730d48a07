//! People, appointments, days without an approver.

pub(crate) mod appointments;
pub(crate) mod gaps;
pub(crate) mod people;
