//! The dry run of a catalogue draft. It finds the choices that would become invalid if the draft
//! came into force in certain academic terms.

use crate::catalogue::catalogue_drafts::find;
use crate::failure::Failure;
use crate::unit_of_work::UnitOfWork;
use domain::catalogue::Catalogue;
use domain::catalogue::picked::Picked;
use domain::digest::Digest;
use domain::dry_run::{BreakKind, BrokenChoice, dry_run, dry_run_digest};
use domain::id::{CatalogueDraftId, OrgId, TermId};
use domain::name::Name;
use domain::person::Actor;
use domain::policy;
use domain::report::ChoiceState;
use domain::term::Term;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use store::catalogue_drafts::{CatalogueDraft, CatalogueDraftHeader};
use store::dry_run_facts;
use store::{orgs, terms};

pub use store::dry_run_facts::FactWithNames;

/// The result of a dry run of a catalogue draft. It lists the broken choices: the existing choices
/// that the draft would no longer allow.
#[derive(Debug, Clone)]
pub struct DryRun {
    pub head: CatalogueDraftHeader,
    pub catalogue: Arc<Catalogue>,
    /// All academic terms that are not closed. The second value of each pair is true if the
    /// catalogue draft is to come into force in that term.
    pub terms: Vec<(Term, bool)>,
    /// The existing choices that the catalogue draft would no longer allow.
    pub broken: Vec<BrokenChoice<FactWithNames>>,
    /// Number of existing choices that the dry run compared with the catalogue draft.
    pub looked_at: usize,
    /// The catalogue versions under which the existing choices were made that the dry run compared
    /// with the catalogue draft. The key is the number of the catalogue version.
    pub known_versions: BTreeMap<i64, Arc<Catalogue>>,
    /// The names of all units (faculties and departments) of the university, by the id of the unit.
    /// The function [`Self::department`] takes the names of departments from them.
    pub departments: BTreeMap<OrgId, Name>,
    /// The fingerprint (a hash) of the dry run's result. Publishing the catalogue draft repeats the
    /// dry run and is refused if the fingerprint has changed.
    pub seen: Digest,
}

impl DryRun {
    /// Returns the choices that the catalogue draft would no longer allow because of the cause
    /// `how`, for example because their catalogue row was removed.
    pub fn of(&self, how: BreakKind) -> impl Iterator<Item = &BrokenChoice<FactWithNames>> {
        self.broken.iter().filter(move |one| one.how == how)
    }

    /// Returns the causes for which the catalogue draft would no longer allow choices, such as a
    /// removed catalogue row. Each cause is listed once.
    pub fn kinds(&self) -> Vec<BreakKind> {
        BreakKind::ALL.into_iter().filter(|&how| self.of(how).next().is_some()).collect()
    }

    /// Returns the number of choices in the state `state` (such as sent or approved) that the
    /// catalogue draft would no longer allow because of the cause `how`.
    pub fn count(&self, how: BreakKind, state: ChoiceState) -> usize {
        self.of(how).filter(|one| one.fact.fact.state == state).count()
    }

    /// Returns the exam of a choice that the catalogue draft would no longer allow. The names of
    /// platform, exam format and type come from the catalogue version under which the exam was
    /// chosen.
    pub fn picked(&self, one: &BrokenChoice<FactWithNames>) -> Option<Picked> {
        let fact = &one.fact.fact;
        Some(Picked::of(self.known_versions.get(&fact.catalogue)?, &fact.row, &fact.info))
    }

    /// Returns the name of the department of a choice that the catalogue draft would no longer
    /// allow.
    pub fn department(&self, one: &BrokenChoice<FactWithNames>) -> Name {
        self.departments.get(&one.fact.fact.department).cloned().unwrap_or_default()
    }
}

/// Returns whether exams are chosen in an academic term. In such a term, another catalogue version
/// comes into force only by publishing, with a dry run.
pub(crate) fn has_choices(work: &mut UnitOfWork<'_, '_>, term: TermId) -> Result<bool, Failure> {
    Ok(!dry_run_facts::of_term(work.tx, term)?.is_empty())
}

/// Performs a dry run of a catalogue draft: finds the existing choices in the academic terms
/// `wanted` that the draft would no longer allow. `None` means all terms that have not ended and
/// are not closed.
pub fn run_dry(
    work: &mut UnitOfWork<'_, '_>,
    actor: &Actor,
    id: CatalogueDraftId,
    wanted: Option<&[TermId]>,
) -> Result<DryRun, Failure> {
    policy::catalogue_editor(actor)?;
    let CatalogueDraft { head, catalogue } = find(work, id)?;
    let today = work.today();
    let open = terms::all(work.tx)?.into_iter().filter(|term| !term.is_closed);
    let meant = |term: &Term| wanted.map_or(term.ends >= today, |wanted| wanted.contains(&term.id));
    let terms: Vec<(Term, bool)> = open.map(|term| (term.clone(), meant(&term))).collect();
    let mut chosen = Vec::new();
    for (term, _) in terms.iter().filter(|(_, is_meant)| *is_meant) {
        chosen.extend(dry_run_facts::of_term(work.tx, term.id)?);
    }
    let versions: BTreeSet<i64> = chosen.iter().map(|one| one.fact.catalogue).collect();
    let mut known_versions = BTreeMap::new();
    for version in versions {
        known_versions.insert(version, work.catalogue(version)?);
    }
    let looked_at = chosen.len();
    let tables: BTreeMap<i64, &Catalogue> =
        known_versions.iter().map(|(version, table)| (*version, table.as_ref())).collect();
    let broken = dry_run(chosen, &tables, &catalogue);
    let meant: Vec<String> = terms.iter().filter(|(_, is)| *is).map(|(term, _)| term.id.to_string()).collect();
    let subject = format!("{id} {} {}", head.revision, meant.join(" "));
    let seen = dry_run_digest(&subject, &broken);
    let departments = orgs::all(work.tx)?.into_iter().map(|org| (org.id, org.name)).collect();
    Ok(DryRun { head, catalogue: Arc::new(catalogue), terms, broken, looked_at, known_versions, departments, seen })
}
