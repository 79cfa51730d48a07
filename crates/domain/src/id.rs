//! Typed identifiers of records. Every identifier is *derived* from a key that the university
//! already has, such as a username. Therefore importing a roster twice gives the same identifiers
//! on every machine, without a counter and without randomness.

use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;
use uuid::Uuid;

/// The UUID namespace from which all identifiers of Emtihan are derived (UUID version 5, RFC 9562).
const NAMESPACE: Uuid = Uuid::from_u128(0x6d71_6a1e_5c0f_5b0a_9d5e_4f2a_7c31_e001);

fn derive(kind: &str, parts: &[&str]) -> Uuid {
    let mut key = String::from(kind);
    for part in parts {
        key.push('\u{1f}');
        key.push_str(part);
    }
    Uuid::new_v5(&NAMESPACE, key.as_bytes())
}

macro_rules! typed_id {
    ($(#[$doc:meta])* $name:ident, $kind:literal) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        pub struct $name(pub Uuid);

        impl $name {
            /// Derives the identifier of a record from the parts of the record's key. The parts are
            /// separated, so that `("a","bc")` and `("ab","c")` give different identifiers.
            pub fn of(parts: &[&str]) -> Self {
                Self(derive($kind, parts))
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }

        impl FromStr for $name {
            type Err = uuid::Error;
            fn from_str(text: &str) -> Result<Self, Self::Err> {
                text.parse().map(Self)
            }
        }
    };
}

typed_id!(/** Id of a faculty, department or university; key: the unit's `sourcedId` in the roster. */ OrgId, "org");
typed_id!(/** Id of a person; key: `sourcedId` in the roster, or username if added by hand. */ PersonId, "person");
typed_id!(/** Id of an academic term (академиялық кезең); key: the term's `sourcedId` in the roster. */ TermId, "term");
typed_id!(/** Id of a discipline (пән); key: the discipline's `sourcedId` in the roster. */ DisciplineId, "discipline");
typed_id!(/** Id of a discipline taught to one group in a term; key: roster class and term. */ OfferingId, "offering");
typed_id!(/** Id of an appointment; key: roster's `sourcedId`, or person, role, unit. */ AppointmentId, "appointment");
typed_id!(/** Id of a deadline extension; key: department or offering, and time. */ DeadlineExtensionId, "opening");
typed_id!(/** Id of a request to extend a deadline; key: offering and time. */ ExtensionRequestId, "extension-request");
typed_id!(/** Id of a centrally set exam format; key: discipline or offering, and term. */ FormExceptionId, "set-form");
typed_id!(/** Id of a phrase, a frequent reason for returning; key: owner, texts and time. */ PhraseId, "phrase");
typed_id!(/** Id of a notification; key: kind, recipient, subject and time. */ NotificationId, "notice");
typed_id!(/** Id of an email; key: the recipient, and the act or the day that the email reports. */ EmailId, "letter");
typed_id!(/** Id of a catalogue draft; key: base version, author and time. */ CatalogueDraftId, "rule-draft");
typed_id!(/** Id of an imported file; key: the file's SHA-256 and importer, and the time. */ ImportId, "import");
typed_id!(/** Id of a saved filter of the progress board; key: owner and filter's name. */ SavedFilterId, "view");
typed_id!(/** Id of a document of a dossier (ПОӘК); key: discipline and the bytes' SHA-256. */ DocumentId, "document");

impl OrgId {
    /// Returns the identifier of a university that was named during first-run setup, before any
    /// roster was imported.
    pub fn founded() -> Self {
        Self::of(&["by-hand", "university"])
    }
}

impl PersonId {
    /// Derives the identifier of a person who was added by hand, not by the import of a roster,
    /// from the person's username.
    pub fn by_hand(username: &str) -> Self {
        Self::of(&["by-hand", username])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_key_is_the_same_thing_and_parts_do_not_run_together() {
        assert_eq!(OrgId::of(&["fit"]), OrgId::of(&["fit"]));
        assert_ne!(OrgId::of(&["a", "bc"]), OrgId::of(&["ab", "c"]));
        assert_ne!(OrgId::of(&["fit"]).0, PersonId::of(&["fit"]).0);
    }
}

/// The stable identifier of a catalogue row, such as `moodle-essay`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct RowId(pub String);

impl fmt::Display for RowId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
