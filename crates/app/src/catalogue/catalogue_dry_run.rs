//! The dry run of a catalogue draft: finds the choices that would become invalid if the draft came into force for
//! certain terms.

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

/// The result of a dry run of a catalogue draft: the broken choices, which are those that the draft no longer allows.
#[derive(Debug, Clone)]
pub struct DryRun {
    pub head: CatalogueDraftHeader,
    pub catalogue: Arc<Catalogue>,
    /// All terms (semesters) that are not closed; true if the catalogue draft is to come into force for the term.
    pub terms: Vec<(Term, bool)>,
    /// The choices that the catalogue draft would no longer allow.
    pub broken: Vec<BrokenChoice<FactWithNames>>,
    /// The number of choices that the dry run checked.
    pub looked_at: usize,
    /// The catalogue versions under which the broken choices were made, by version number.
    pub known_versions: BTreeMap<i64, Arc<Catalogue>>,
    /// The names of the departments of the broken choices, by id.
    pub departments: BTreeMap<OrgId, Name>,
    /// The fingerprint of the dry run. Publishing the draft compares it to check that nothing has changed since.
    pub seen: Digest,
}

impl DryRun {
    /// Returns the choices that the catalogue draft breaks in this way.
    pub fn of(&self, how: BreakKind) -> impl Iterator<Item = &BrokenChoice<FactWithNames>> {
        self.broken.iter().filter(move |one| one.how == how)
    }

    /// The ways in which the catalogue draft breaks choices.
    pub fn kinds(&self) -> Vec<BreakKind> {
        BreakKind::ALL.into_iter().filter(|&how| self.of(how).next().is_some()).collect()
    }

    /// The number of choices in this state that the catalogue draft breaks in this way.
    pub fn count(&self, how: BreakKind, state: ChoiceState) -> usize {
        self.of(how).filter(|one| one.fact.fact.state == state).count()
    }

    /// The row that a broken choice selected, with the labels of the catalogue version under which it was chosen.
    pub fn picked(&self, one: &BrokenChoice<FactWithNames>) -> Option<Picked> {
        let fact = &one.fact.fact;
        Some(Picked::of(self.known_versions.get(&fact.catalogue)?, &fact.row, &fact.info))
    }

    /// The name of the department of a broken choice.
    pub fn department(&self, one: &BrokenChoice<FactWithNames>) -> Name {
        self.departments.get(&one.fact.fact.department).cloned().unwrap_or_default()
    }
}

/// Performs a dry run of a catalogue draft for the given terms; `None` means all open terms that have not ended.
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
