//! The web form for a new deadline extension of a department or an offering.

use crate::error::WebError;
use crate::form_data::FormData;
use app::failure::Failure;
use app::term::deadline_extensions::OfferingLabel;
use domain::id::OfferingId;
use domain::term::ExtensionScope;

/// The fields of a new deadline extension as submitted.
#[derive(Debug, Clone, Default)]
pub(crate) struct DeadlineExtensionForm {
    /// The id of the department with a deadline extension; empty if the extension is for an offering.
    pub(crate) department: String,
    /// The id of the offering with a deadline extension; empty if the extension is for a department.
    pub(crate) offering: String,
    /// The discipline and group of the offering with a deadline extension.
    pub(crate) label: Option<OfferingLabel>,
    /// The last day of a deadline extension.
    pub(crate) until: String,
    pub(crate) reason: String,
}

impl DeadlineExtensionForm {
    /// Reads the submitted fields of a deadline extension from a web form.
    pub(crate) fn of(fields: &FormData) -> Self {
        Self {
            department: fields.text("department"),
            offering: fields.text("offering"),
            label: None,
            until: fields.text("until"),
            reason: fields.text("reason"),
        }
    }

    /// The offering's id, if the deadline extension is for an offering.
    pub(crate) fn offering_id(&self) -> Option<OfferingId> {
        self.offering.parse().ok()
    }

    /// The department or the offering that a deadline extension is for.
    pub(crate) fn scope(&self) -> Result<ExtensionScope, WebError> {
        let not_found = |_| WebError::from(Failure::NotFound);
        if self.offering.is_empty() {
            self.department.parse().map(ExtensionScope::Department).map_err(not_found)
        } else {
            self.offering.parse().map(ExtensionScope::Offering).map_err(not_found)
        }
    }
}
