//! Gaps are days on which a department has choices to decide, but no person who is allowed to
//! decide on them. Gaps are found weeks ahead, so that there is time to appoint an acting head.

use crate::failure::Failure;
use crate::unit_of_work::UnitOfWork;
use chrono::NaiveDate;
use domain::eligibility::{Gap, WaitingChoice, gaps};
use domain::id::{OfferingId, OrgId, PersonId};
use domain::limits::GAP_OFFERINGS_NAMED;
use domain::person::Actor;
use domain::policy;
use domain::roster::Org;
use domain::term::{DeadlineExtension, Term};
use std::collections::{BTreeMap, HashMap};
use store::gaps::{NamedOffering, UndecidedOffering, taught_by_deciders, unfinished};
use store::offerings::OfferingTeacher;
use store::{deadline_extensions, orgs, people, terms};

/// A gap of one department: days on which no person is allowed to decide on the choices of some
/// offerings.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DepartmentGap {
    pub department: Org,
    /// The days on which no person is allowed to decide on the choices of some offerings, these
    /// offerings, and the cause for which nobody is allowed to decide.
    pub gap: Gap,
    /// Whether today is one of the days of the gap, on which no person is allowed to decide on the
    /// choices.
    pub is_now: bool,
    /// The first few offerings on whose choices no person is allowed to decide on the days of the
    /// gap. The web page that lists the gaps shows these offerings with the names of group and
    /// discipline.
    pub named: Vec<NamedOffering>,
}

impl DepartmentGap {
    /// Returns the number of offerings on whose choices no person is allowed to decide on the days
    /// of the gap.
    pub fn count(&self) -> i64 {
        i64::try_from(self.gap.offerings.len()).unwrap_or(i64::MAX)
    }
}

/// The content of the web page of gaps, which are days on which no person is allowed to approve or
/// return some choices.
#[derive(Debug, Clone)]
pub struct Gaps {
    /// The terms in which choices can still be decided, each with its gaps, the earliest gap first.
    pub terms: Vec<TermGaps>,
    /// Whether the signed-in person is allowed to appoint an acting head, who can decide on
    /// choices.
    pub may_appoint: bool,
}

/// A term with its gaps.
#[derive(Debug, Clone)]
pub struct TermGaps {
    pub term: Term,
    pub all: Vec<DepartmentGap>,
}

/// Lists the gaps of every term that is not over: days on which no person is allowed to decide on
/// choices. A person who sees only some faculties gets the gaps of the departments of these
/// faculties.
pub fn see_gaps(work: &mut UnitOfWork<'_, '_>, actor: &Actor) -> Result<Gaps, Failure> {
    let faculties = policy::sees_gaps(actor)?;
    let units = orgs::all(work.tx)?;
    let mut listed = Vec::new();
    for term in open_terms(work)? {
        let mut all = gaps_of_term(work, &term, None, &units)?;
        if let Some(faculties) = &faculties {
            all.retain(|gap| gap.department.parent.is_some_and(|faculty| faculties.contains(&faculty)));
        }
        listed.push(TermGaps { term, all });
    }
    let may =
        |gap: &DepartmentGap| policy::appoints(actor, domain::person::Role::ActingHead, gap.department.id).is_ok();
    Ok(Gaps { may_appoint: listed.iter().flat_map(|one| &one.all).any(may), terms: listed })
}

/// Loads the terms in which choices can still be decided, today or later, the earliest first.
pub(crate) fn open_terms(work: &mut UnitOfWork<'_, '_>) -> Result<Vec<Term>, Failure> {
    let (today, all) = (work.today(), terms::all(work.tx)?);
    let mut open = Vec::new();
    for term in all.into_iter().filter(|term| !term.is_closed) {
        let extended = deadline_extensions::of_term(work.tx, term.id)?.iter().map(|extension| extension.until).max();
        if today <= extended.map_or(term.approve_until, |until| until.max(term.approve_until)) {
            open.push(term);
        }
    }
    open.sort_by_key(|term| term.approve_until);
    Ok(open)
}

/// Lists the gaps (days on which no person is allowed to decide on choices) of an academic term
/// from today on, in a faculty or in the whole university, of which `units` are all units. Sorted by
/// the first day; gaps with the same first day are sorted by the number of offerings, largest first.
pub fn gaps_of_term(
    work: &mut UnitOfWork<'_, '_>,
    term: &Term,
    faculty: Option<OrgId>,
    units: &[Org],
) -> Result<Vec<DepartmentGap>, Failure> {
    if term.is_closed {
        return Ok(Vec::new());
    }
    let today = work.today();
    let deciders = people::deciders(work.tx)?;
    let mut taught: HashMap<OfferingId, Vec<PersonId>> = HashMap::new();
    for OfferingTeacher { offering, teacher } in taught_by_deciders(work.tx, term.id)? {
        taught.entry(offering).or_default().push(teacher);
    }
    let deadline_extensions = deadline_extensions::of_term(work.tx, term.id)?;
    let mut departments: BTreeMap<(OrgId, OrgId), Vec<UndecidedOffering>> = BTreeMap::new();
    for one in unfinished(work.tx, term.id, faculty)? {
        departments.entry((one.department, one.faculty)).or_default().push(one);
    }
    let mut found = Vec::new();
    for (home, offerings) in &departments {
        let Some(department) = units.iter().find(|org| org.id == home.0) else { continue };
        let waiting = offerings.iter().filter_map(|one| waiting(one, term, &deadline_extensions, today, &taught));
        let gaps = gaps(home.0, home.1, &deciders, &waiting.collect::<Vec<_>>());
        let names = if gaps.is_empty() { Vec::new() } else { store::gaps::named(work.tx, home.0, term.id)? };
        for gap in gaps {
            let (is_now, named) = (gap.from <= today, named(&gap, &names));
            found.push(DepartmentGap { department: department.clone(), gap, is_now, named });
        }
    }
    found.sort_by_key(|one| {
        (one.gap.from, std::cmp::Reverse(one.gap.offerings.len()), one.department.code.clone(), one.gap.why)
    });
    Ok(found)
}

/// Returns the days, today or later, on which the choice of an offering can still wait for a person
/// who approves or returns it; `None` if no such day is left.
fn waiting(
    one: &UndecidedOffering,
    term: &Term,
    deadline_extensions: &[DeadlineExtension],
    today: NaiveDate,
    taught: &HashMap<OfferingId, Vec<PersonId>>,
) -> Option<WaitingChoice> {
    let covering = deadline_extensions.iter().filter(|extension| extension.scope.covers(one.department, one.id));
    let opened = covering.map(|extension| extension.until).filter(|until| *until >= today).max();
    let from = if opened.is_some() { today } else { today.max(term.choose_from) };
    let until = opened.map_or(term.approve_until, |opened| opened.max(term.approve_until));
    let teach = taught.get(&one.id).into_iter().flatten().copied();
    (from <= until).then(|| WaitingChoice {
        offering: one.id,
        own: teach.chain(one.responsible).chain(one.sent_by).collect(),
        is_unsent_vacancy: one.responsible.is_none() && one.sent_by.is_none(),
        days: (from, until),
    })
}

/// Returns the first few offerings of a gap, from the sorted names of its department's offerings.
fn named(gap: &Gap, names: &[NamedOffering]) -> Vec<NamedOffering> {
    let concerned = names.iter().filter(|one| gap.offerings.binary_search(&one.id).is_ok());
    concerned.take(GAP_OFFERINGS_NAMED).cloned().collect()
}
