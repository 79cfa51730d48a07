//! The workload of the platforms, compared with another term.

use crate::failure::Failure;
use crate::reports::report_scope::{ReportScope, ScopeQuery, report_scope};
use crate::unit_of_work::UnitOfWork;
use domain::id::OrgId;
use domain::name::{Language, Name};
use domain::person::Actor;
use domain::report::{ChoiceState, Tally};
use domain::term::Term;
use domain::workload::{ExamLoad, LoadTable};
use std::collections::BTreeMap;
use store::workload;
use store::workload::RowLoad;

/// A platform and a form, in the order of the rule table.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct PlatformForm {
    /// The platform's place in the rule table, and its code.
    pub platform: (usize, String),
    /// The form's place in the rule table, and its code.
    pub form: (usize, String),
}

/// The labels of platforms and forms, by code.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PlatformLabels {
    platforms: BTreeMap<String, Name>,
    forms: BTreeMap<String, Name>,
    /// Stands for what nobody named.
    nameless: Name,
}

impl PlatformLabels {
    /// A platform's name.
    pub fn platform(&self, code: &str) -> &Name {
        self.platforms.get(code).unwrap_or(&self.nameless)
    }

    /// A form's name.
    pub fn form(&self, code: &str) -> &Name {
        self.forms.get(code).unwrap_or(&self.nameless)
    }
}

/// Everything on the page of platforms.
#[derive(Debug, Clone)]
pub struct Platforms {
    /// The term and the unit.
    pub scope: ReportScope,
    /// Only what is approved is counted; else also what waits for a decision.
    pub is_approved_only: bool,
    /// By platform and form, and by language of instruction.
    pub by_language: LoadTable<PlatformForm, Language>,
    /// By faculty and platform.
    pub by_faculty: LoadTable<OrgId, (usize, String)>,
    pub labels: PlatformLabels,
}

/// Counts the exams of a unit and their students by platform, form, language and faculty.
pub fn platforms(
    work: &mut UnitOfWork<'_, '_>,
    actor: &Actor,
    asked: &ScopeQuery,
    is_approved_only: bool,
) -> Result<Platforms, Failure> {
    let scope = report_scope(work, actor, asked)?;
    let (mut by_language, mut by_faculty, mut labels) =
        (LoadTable::default(), LoadTable::default(), PlatformLabels::default());
    for load in workload::load(work.tx, scope.term.id, scope.scope())? {
        let counts = load.state == ChoiceState::Approved || (!is_approved_only && load.state == ChoiceState::InReview);
        let Some(kind) = kind(work, &load, &mut labels)?.filter(|_| counts) else { continue };
        by_faculty.add(load.faculty, kind.platform.clone(), weight(&load));
        by_language.add(kind, load.language, weight(&load));
    }
    Ok(Platforms { scope, is_approved_only, by_language, by_faculty, labels })
}

fn weight(load: &RowLoad) -> ExamLoad {
    ExamLoad { exams: load.offerings, students: load.students }
}

/// The platform and form of what is counted; their names are noted.
fn kind(
    work: &mut UnitOfWork<'_, '_>,
    load: &RowLoad,
    labels: &mut PlatformLabels,
) -> Result<Option<PlatformForm>, Failure> {
    let Some((id, version)) = &load.row else { return Ok(None) };
    let catalogue = work.catalogue(*version)?;
    let row = catalogue.row(id);
    let (platform, form) = row.map_or((id.0.as_str(), id.0.as_str()), |row| (row.platform.as_str(), row.form.as_str()));
    labels.platforms.entry(platform.to_owned()).or_insert_with(|| catalogue.platform(platform));
    labels.forms.entry(form.to_owned()).or_insert_with(|| catalogue.form(form));
    let place = |all: &[domain::catalogue::Label], code: &str| {
        (all.iter().position(|label| label.code == code).unwrap_or(all.len()), code.to_owned())
    };
    Ok(Some(PlatformForm { platform: place(&catalogue.platforms, platform), form: place(&catalogue.forms, form) }))
}

/// Two terms side by side.
#[derive(Debug, Clone)]
pub struct Comparison {
    /// The unit, and the term that is asked for.
    pub scope: ReportScope,
    /// The term that it is compared with.
    pub other: Term,
    /// The counts by state: in the term, in the other one.
    pub tallies: (Tally, Tally),
    /// By platform and form, what waits or is approved: in the term, in the other one.
    pub kinds: Vec<(PlatformForm, ExamLoad, ExamLoad)>,
    /// The faculties' counts, where the whole university is looked at.
    pub faculties: Vec<(OrgId, Tally, Tally)>,
    pub labels: PlatformLabels,
}

/// Compares a term with another one; without a wish with the one before it.
pub fn compare(
    work: &mut UnitOfWork<'_, '_>,
    actor: &Actor,
    asked: &ScopeQuery,
    with: Option<&str>,
) -> Result<Comparison, Failure> {
    let scope = report_scope(work, actor, asked)?;
    let mut others = scope.terms.iter();
    let other = match with {
        Some(code) => others.find(|term| term.code == code),
        None => others.find(|term| term.starts < scope.term.starts).or(Some(&scope.term)),
    };
    let other = other.cloned().ok_or(Failure::NotFound)?;
    let (mut kinds, mut labels): (BTreeMap<PlatformForm, [ExamLoad; 2]>, PlatformLabels) =
        (BTreeMap::new(), PlatformLabels::default());
    let (mut tallies, mut faculties) = ([Tally::default(); 2], BTreeMap::<OrgId, [Tally; 2]>::new());
    for (place, term) in [scope.term.id, other.id].into_iter().enumerate() {
        for load in workload::load(work.tx, term, scope.scope())? {
            let faculty = faculties.entry(load.faculty).or_default();
            for tally in [tallies.get_mut(place), faculty.get_mut(place)].into_iter().flatten() {
                tally.add(load.state, load.offerings);
            }
            let Some(kind) = kind(work, &load, &mut labels)? else { continue };
            let weights = kinds.entry(kind).or_default();
            if let Some(sum) = weights.get_mut(place).filter(|_| load.state != ChoiceState::Returned) {
                *sum += weight(&load);
            }
        }
    }
    let [now, then] = tallies;
    let is_top = scope.unit.is_none();
    Ok(Comparison {
        tallies: (now, then),
        kinds: kinds.into_iter().map(|(kind, [now, then])| (kind, now, then)).collect(),
        faculties: faculties.into_iter().filter(|_| is_top).map(|(id, [now, then])| (id, now, then)).collect(),
        scope,
        other,
        labels,
    })
}
