//! What was decided here outweighs the roster: appointments that were changed or ended, offerings without a final exam.

use domain::id::OfferingId;
use domain::person::Appointment;
use domain::roster::RosterOffering;
use std::collections::HashMap;

/// The roster's appointments, but as they are here where they were changed here.
pub(super) fn appointments(wanted: &[Appointment], known: &[Appointment]) -> Vec<Appointment> {
    let here = known.iter().filter(|held| held.is_kept_here).map(|held| (held.id, held));
    let here: HashMap<_, _> = here.collect();
    wanted.iter().map(|held| here.get(&held.id).map_or(held, |known| *known).clone()).collect()
}

/// The roster's offerings, but with or without a final exam as it was decided here.
pub(super) fn offerings(
    wanted: impl Iterator<Item = RosterOffering>,
    kept: &[(OfferingId, bool)],
) -> Vec<RosterOffering> {
    let kept: HashMap<_, _> = kept.iter().copied().collect();
    wanted.map(|one| RosterOffering { has_exam: *kept.get(&one.id).unwrap_or(&one.has_exam), ..one }).collect()
}
