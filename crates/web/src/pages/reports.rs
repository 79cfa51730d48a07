//! What all reports share: the unit and term that an address names, the tabs, the choice of a term.

use crate::query::address;
use crate::routes;
use crate::seat::Seat;
use app::reports::outlook::{Outlook, Where};
use serde::Deserialize;

/// The unit and the term in an address.
#[derive(Debug, Clone, Default, Deserialize)]
pub(crate) struct Place {
    /// The term's code.
    #[serde(default)]
    pub(crate) term: String,
    /// The unit's id.
    #[serde(default)]
    pub(crate) org: String,
}

impl Place {
    /// What a use case is asked for. What cannot be read is the top, in the current term.
    pub(crate) fn asked(&self) -> Where {
        let term = Some(self.term.trim()).filter(|term| !term.is_empty()).map(str::to_owned);
        Where { term, org: self.org.parse().ok() }
    }

    /// The pairs of an address that keep the place.
    pub(crate) fn pairs(&self) -> [(&str, &str); 2] {
        [("term", self.term.trim()), ("org", self.org.as_str())]
    }
}

/// One of the reports.
pub(crate) struct Tab {
    /// Where it leads, keeping unit and term.
    pub(crate) href: String,
    /// The key of its text.
    pub(crate) key: &'static str,
    /// It is this page.
    pub(crate) is_current: bool,
}

/// All reports that the reader may open, about the same unit and term.
pub(crate) fn tabs(seat: &Seat, place: &Place, current: &str) -> Vec<Tab> {
    let all = [
        (routes::PROGRESS, "nav-progress", true),
        (routes::LATE, "late", true),
        (routes::PLATFORMS, "platforms", true),
        (routes::COMPARISON, "comparison", true),
        // It knows the current term alone.
        (routes::UNIFORMITY, "uniformity-link", place.term.is_empty()),
        (routes::CHANGES, "changes", true),
        (routes::ORDERS, "orders", true),
        (routes::HISTORY, "history-search", seat.signed.actor.reads_all()),
    ];
    let tab = |(path, key, _)| Tab { href: address(path, &place.pairs()), key, is_current: path == current };
    all.into_iter().filter(|(_, _, is_shown)| *is_shown).map(tab).collect()
}

/// A name of a file: the report, the unit, the term.
pub(crate) fn file_name(report: &str, outlook: &Outlook) -> String {
    let unit = outlook.unit.as_ref().map(|org| format!("-{}", org.code)).unwrap_or_default();
    format!("{report}{unit}-{}", outlook.term.code)
}
