//! The stored records that a roster is compared with.

use crate::id::{OfferingId, PersonId, TermId};
use crate::roster::Roster;
use std::collections::{HashMap, HashSet};

/// The stored records of the terms that the roster covers.
#[derive(Debug, Clone, Default)]
pub struct ExistingRoster {
    /// Units, terms, people, appointments, disciplines; offerings and students of the file's open terms.
    pub roster: Roster,
    /// Terms whose names and dates the registrar keeps.
    pub kept_terms: HashSet<TermId>,
    /// Terms that are closed for ever.
    pub closed_terms: HashSet<TermId>,
    /// Offerings for which it was decided here whether they have a final exam.
    pub kept_exams: HashMap<OfferingId, bool>,
    /// People who were added by hand and whom earlier rosters had: the roster's identifier, and ours.
    pub adopted: HashMap<PersonId, PersonId>,
}
