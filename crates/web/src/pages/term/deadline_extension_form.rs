//! The form for a new deadline extension, which gives a department or an offering more days to
//! choose.

use crate::error::WebError;
use crate::form_data::FormData;
use app::failure::Failure;
use app::term::deadline_extensions::OfferingLabel;
use domain::id::OfferingId;
use domain::term::ExtensionScope;

/// The submitted fields of a new deadline extension.
#[derive(Debug, Clone, Default)]
pub(crate) struct DeadlineExtensionForm {
    /// The id of the department whose deadline is extended; empty if the extension is for a single
    /// offering.
    pub(crate) department: String,
    /// The id of the offering (a discipline taught to one group) whose deadline is extended; empty
    /// if the extension is for a department.
    pub(crate) offering: String,
    /// The names of the discipline and the group of the offering whose deadline is extended.
    pub(crate) label: Option<OfferingLabel>,
    /// The last day on which the department or the offering can still choose after the deadline was
    /// extended, as typed in the form.
    pub(crate) until: String,
    pub(crate) reason: String,
}

impl DeadlineExtensionForm {
    /// Reads the submitted fields of a deadline extension from the form.
    pub(crate) fn of(fields: &FormData) -> Self {
        Self {
            department: fields.text("department"),
            offering: fields.text("offering"),
            label: None,
            until: fields.text("until"),
            reason: fields.text("reason"),
        }
    }

    /// The id of the offering (a discipline taught to one group) whose deadline is extended; `None`
    /// if the extension is for a department.
    pub(crate) fn offering_id(&self) -> Option<OfferingId> {
        self.offering.parse().ok()
    }

    /// Whether the form of a deadline extension was sent without a department and without an
    /// offering.
    pub(crate) fn names_nobody(&self) -> bool {
        self.department.is_empty() && self.offering.is_empty()
    }

    /// The department or the offering (a discipline taught to one group) whose deadline is
    /// extended.
    pub(crate) fn scope(&self) -> Result<ExtensionScope, WebError> {
        let not_found = |_| WebError::from(Failure::NotFound);
        if self.offering.is_empty() {
            self.department.parse().map(ExtensionScope::Department).map_err(not_found)
        } else {
            self.offering.parse().map(ExtensionScope::Offering).map_err(not_found)
        }
    }
}
