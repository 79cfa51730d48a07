//! The stored records with which a roster is compared.

use crate::id::{OfferingId, PersonId, TermId};
use crate::roster::Roster;
use std::collections::{HashMap, HashSet};

/// The stored records of the terms that the roster covers.
#[derive(Debug, Clone, Default)]
pub struct ExistingRoster {
    /// Units, terms, people, appointments, disciplines; offerings and students of the file's open terms.
    pub roster: Roster,
    /// Terms whose names and dates are maintained by the registrar.
    pub kept_terms: HashSet<TermId>,
    /// Terms that are closed permanently.
    pub closed_terms: HashSet<TermId>,
    /// Offerings for which the registrar decided whether they have a final exam.
    pub kept_exams: HashMap<OfferingId, bool>,
    /// People who were added by hand and adopted by an earlier roster: the roster's identifier, and the stored one.
    pub adopted: HashMap<PersonId, PersonId>,
}
