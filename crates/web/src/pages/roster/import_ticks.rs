//! The check boxes of the form that applies a roster import.

use crate::form_data::FormData;
use domain::roster::danger::DangerKind;
use domain::roster::plan::Absent;

/// The check boxes that a registrar has ticked on the preview of a roster import.
#[derive(Debug, Clone, Default)]
pub(super) struct Ticks {
    /// The kinds of records that are deactivated if the roster file lacks them.
    pub(super) absent: Absent,
    /// The kinds of dangerous changes that the registrar has confirmed.
    pub(super) confirmed: Vec<DangerKind>,
}

impl Ticks {
    /// Reads the check boxes from the submitted form.
    pub(super) fn of(fields: &FormData) -> Self {
        let confirmed = fields.all("confirm").filter_map(DangerKind::from_code).collect();
        Self { absent: Absent::of(fields.all("aside")), confirmed }
    }

    /// Whether the kind of records with this code was selected for deactivation.
    pub(super) fn puts_aside(&self, kind: &str) -> bool {
        self.absent.kinds().contains(&kind)
    }

    /// Whether the dangerous changes of the kind with this code were confirmed.
    pub(super) fn confirms(&self, kind: &str) -> bool {
        self.confirmed.iter().any(|confirmed| confirmed.code() == kind)
    }
}
