//! The stored records with which a roster is compared before an import.

use crate::id::{OfferingId, PersonId, TermId};
use crate::roster::Roster;
use std::collections::{HashMap, HashSet};

/// The stored records with which a roster is compared, as far as they belong to the terms of the roster.
#[derive(Debug, Clone, Default)]
pub struct ExistingRoster {
    /// Stored units, terms, people, appointments and disciplines, with the offerings and students of the roster's open
    /// terms.
    pub roster: Roster,
    /// Terms whose names and dates the registrar maintains, so that no roster changes them.
    pub kept_terms: HashSet<TermId>,
    /// Terms that are closed permanently, so that no roster changes their data.
    pub closed_terms: HashSet<TermId>,
    /// Offerings for which the registrar decided whether they have a final exam; `true` means that they have one.
    pub kept_exams: HashMap<OfferingId, bool>,
    /// People who were added by hand and adopted by an earlier roster: the identifier in the roster, and the stored
    /// identifier.
    pub adopted: HashMap<PersonId, PersonId>,
}
