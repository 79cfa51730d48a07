//! The stored records with which a roster is compared before it is imported.

use crate::id::{OfferingId, PersonId, TermId};
use crate::roster::Roster;
use std::collections::{HashMap, HashSet};

/// The stored records with which a roster is compared before it is imported. Offerings and
/// enrolments are limited to the academic terms of the roster.
#[derive(Debug, Clone, Default)]
pub struct ExistingRoster {
    /// The stored records. Units, academic terms, people, appointments and disciplines are
    /// complete. Offerings and their students are limited to the academic terms that the roster
    /// contains and that are not closed.
    pub roster: Roster,
    /// Academic terms whose names and dates the registrar has changed in Emtihan, so that no roster
    /// import changes them.
    pub kept_terms: HashSet<TermId>,
    /// Academic terms that are closed permanently, so that no roster import changes their data.
    pub closed_terms: HashSet<TermId>,
    /// Offerings for which the registrar decided whether they end with a final exam; `true` means
    /// that they do. No roster import changes these decisions.
    pub kept_exams: HashMap<OfferingId, bool>,
    /// The people who were added by hand and whom an earlier imported roster contained under
    /// another identifier. The key is the identifier in the roster, and the value is the stored
    /// identifier.
    pub adopted: HashMap<PersonId, PersonId>,
}
