//! Where things are. Deeds are resources: no verbs in paths.

use chrono::{DateTime, Utc};
use domain::id::{CatalogueDraftId, ImportId, OfferingId, PersonId, TermId};

pub(crate) const SIGN_IN: &str = "/sign-in";
/// The first opening; the program says this address, with its key, when it starts.
pub const SETUP: &str = "/setup";
pub(crate) const GROUPS: &str = "/groups";
pub(crate) const COPIES: &str = "/copies";
pub(crate) const QUEUE: &str = "/queue";
pub(crate) const DOSSIER: &str = "/dossier";
pub(crate) const PROGRESS: &str = "/progress";
pub(crate) const PLATFORMS: &str = "/platforms";
pub(crate) const UNIFORMITY: &str = "/uniformity";
pub(crate) const LATE: &str = "/late";
pub(crate) const COMPARISON: &str = "/comparison";
pub(crate) const CHANGES: &str = "/changes";
pub(crate) const HISTORY: &str = "/history";
pub(crate) const ORDERS: &str = "/orders";
pub(crate) const EXAMS: &str = "/exams";
pub(crate) const INBOX: &str = "/inbox";
pub(crate) const SETTINGS: &str = "/settings";
pub(crate) const REMINDERS: &str = "/reminders";
pub(crate) const TERMS: &str = "/terms";
pub(crate) const PEOPLE: &str = "/people";
pub(crate) const GAPS: &str = "/gaps";
pub(crate) const PASSWORD: &str = "/password";
pub(crate) const SPECIAL_CASES: &str = "/special-cases";
pub(crate) const IMPORTS: &str = "/imports";
pub(crate) const RULES: &str = "/rules";
pub(crate) const CATALOGUE: &str = "/catalogue";
pub(crate) const HELP: &str = "/help";

/// An offering's own page.
pub(crate) fn offering(id: OfferingId) -> String {
    format!("/offerings/{id}")
}

/// A term's own page.
pub(crate) fn term(id: TermId) -> String {
    format!("/terms/{id}")
}

/// A person's own page.
pub(crate) fn person(id: PersonId) -> String {
    format!("/people/{id}")
}

/// An import's own page.
pub(crate) fn import(id: ImportId) -> String {
    format!("/imports/{id}")
}

/// The form for one group.
pub(crate) fn choose(id: OfferingId) -> String {
    format!("/choose?o={id}")
}

/// The list, saying what was sent at this instant.
pub(crate) fn groups_after(sent: DateTime<Utc>) -> String {
    format!("/groups?sent={}", sent.timestamp_millis())
}

/// A draft of the rule table.
pub(crate) fn rule_draft(id: CatalogueDraftId) -> String {
    format!("/catalogue/drafts/{id}")
}
