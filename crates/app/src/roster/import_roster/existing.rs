//! Loads the stored records with which a roster is compared before the import.

use crate::failure::Failure;
use crate::unit_of_work::UnitOfWork;
use domain::id::{OfferingId, TermId};
use domain::roster::existing::ExistingRoster;
use domain::roster::{Roster, RosterTerm};
use domain::term::Term;
use std::collections::{HashMap, HashSet};
use store::{adopted, exam_exceptions, orgs, people, roster, terms};

/// The stored records with which a roster is compared, and the offerings (a discipline taught to
/// one group) for which an exam is already chosen.
#[derive(Debug, Clone, Default)]
pub(crate) struct ExistingData {
    /// The stored records of all kinds that a roster can contain: units, people, disciplines and
    /// others.
    pub(crate) known: ExistingRoster,
    /// The offerings (a discipline taught to one group) for which an exam is already chosen.
    pub(crate) live: HashSet<OfferingId>,
}

/// Loads all stored records with which a roster is compared. Offerings and enrolments are loaded
/// only for the requested academic terms, and not for closed ones.
pub(crate) fn existing_data(
    work: &mut UnitOfWork<'_, '_>,
    of: impl IntoIterator<Item = TermId>,
) -> Result<ExistingData, Failure> {
    let tx = &mut *work.tx;
    let all = terms::all(tx)?;
    let closed_terms: HashSet<TermId> = all.iter().filter(|term| term.is_closed).map(|term| term.id).collect();
    let kept_terms = all.iter().filter(|term| term.is_kept_here).map(|term| term.id).collect();
    let mut there = Roster {
        orgs: orgs::all(tx)?,
        people: people::all(tx)?,
        appointments: people::appointments(tx)?,
        disciplines: roster::disciplines(tx)?,
        terms: all.into_iter().map(as_roster).collect(),
        ..Roster::default()
    };
    let (mut live, mut kept_exams) = (HashSet::new(), HashMap::new());
    for term in of.into_iter().filter(|term| !closed_terms.contains(term)) {
        there.offerings.extend(roster::offerings::offerings(tx, term)?);
        there.enrolments.extend(roster::offerings::enrolments(tx, term)?);
        live.extend(roster::offerings::live(tx, term)?);
        kept_exams.extend(exam_exceptions::of_term(tx, term)?.iter().map(|one| (one.offering, one.has_exam)));
    }
    let adopted = adopted::all(tx)?;
    Ok(ExistingData { known: ExistingRoster { roster: there, kept_terms, closed_terms, kept_exams, adopted }, live })
}

pub(crate) fn as_roster(term: Term) -> RosterTerm {
    RosterTerm {
        id: term.id,
        code: term.code,
        name: term.name,
        starts: term.starts,
        ends: term.ends,
        choose_from: term.choose_from,
        choose_until: term.choose_until,
        approve_until: term.approve_until,
    }
}
