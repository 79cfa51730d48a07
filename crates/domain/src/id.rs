//! Typed identifiers of records. Every identifier is *derived* from a key that the university already has, so that
//! importing the same roster twice gives the same identifiers on every machine, without a counter and without
//! randomness.

use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;
use uuid::Uuid;

/// The namespace of all identifiers of Emtihan (UUID version 5, RFC 9562).
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
            /// Derives the identifier from a key; the parts of the key are separated, so `("a","bc")` and `("ab","c")`
            /// differ.
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

typed_id!(/** A university, faculty or department; key: the roster's `sourcedId`. */ OrgId, "org");
typed_id!(/** A person; key: the roster's `sourcedId`, or the username of one added by hand. */ PersonId, "person");
typed_id!(/** A term (академиялық кезең); key: the roster's `sourcedId`. */ TermId, "term");
typed_id!(/** A discipline (пән); key: the roster's `sourcedId`. */ DisciplineId, "discipline");
typed_id!(/** One discipline taught to one group in one term; key: class and term. */ OfferingId, "offering");
typed_id!(/** An appointment; key: the role's `sourcedId`, or person, role and unit. */ AppointmentId, "appointment");
typed_id!(/** What the registrar opened outside the window; key: for whom and when. */ DeadlineExtensionId, "opening");
typed_id!(/** A form that is set centrally; key: for what and in which term. */ FormExceptionId, "set-form");
typed_id!(/** A notice; key: what is told, to whom, about what, and when. */ NotificationId, "notice");
typed_id!(/** A letter that is mailed; key: to whom, and the act or the day it tells of. */ EmailId, "letter");
typed_id!(/** A draft of the rule table; key: its base, who began it and when. */ CatalogueDraftId, "rule-draft");
typed_id!(/** A file that was brought in; key: its SHA-256, who and when. */ ImportId, "import");
typed_id!(/** A saved view of the progress board; key: whose and its name. */ SavedFilterId, "view");
typed_id!(/** A document of a dossier (ПОӘК); key: discipline and SHA-256 of its bytes. */ DocumentId, "document");

impl OrgId {
    /// The identifier of a university that was named during first-run setup, before any roster was imported.
    pub fn founded() -> Self {
        Self::of(&["by-hand", "university"])
    }
}

impl PersonId {
    /// The identifier of a person who was added by hand.
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
