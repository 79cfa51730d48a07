//! The report on the workload of exam platforms: the number of exams and students on each platform.
//! A second report compares these numbers with those of a second academic term.

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

/// An exam platform combined with an exam format. Combinations sort in the sequence in which the
/// catalogue lists platforms and formats.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct PlatformForm {
    /// The position of the exam platform in the catalogue, and the platform's code.
    pub platform: (usize, String),
    /// The position of the exam format in the catalogue, and the format's code.
    pub form: (usize, String),
}

/// The names of exam platforms and exam formats by their codes.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PlatformLabels {
    platforms: BTreeMap<String, Name>,
    forms: BTreeMap<String, Name>,
    /// The empty name, which is used for a platform or exam format whose code has no name.
    nameless: Name,
}

impl PlatformLabels {
    /// Returns the name of the exam platform with this code.
    pub fn platform(&self, code: &str) -> &Name {
        self.platforms.get(code).unwrap_or(&self.nameless)
    }

    /// Returns the name of the exam format with this code.
    pub fn form(&self, code: &str) -> &Name {
        self.forms.get(code).unwrap_or(&self.nameless)
    }
}

/// The content of the report on the workload of exam platforms.
#[derive(Debug, Clone)]
pub struct Platforms {
    /// The academic term of the report, and the unit (department, faculty or university) that the
    /// report covers.
    pub scope: ReportScope,
    /// Whether the report counts only approved exams. Otherwise the report also counts exams that
    /// wait for a decision.
    pub is_approved_only: bool,
    /// The numbers of exams and students, by exam platform with exam format, and by language of
    /// instruction.
    pub by_language: LoadTable<PlatformForm, Language>,
    /// The numbers of exams and students, by faculty and exam platform.
    pub by_faculty: LoadTable<OrgId, (usize, String)>,
    pub labels: PlatformLabels,
}

/// Counts the exams of a unit (department, faculty or university) and the students who take them,
/// by exam platform, exam format, language of instruction and faculty.
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

/// The workload of one exam platform.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlatformLoad {
    pub platform: Name,
    pub load: ExamLoad,
}

/// Counts the exams of a unit that are approved or wait for a decision, and the students who take them, by
/// exam platform, in the sequence of the catalogue.
pub(super) fn platform_loads(work: &mut UnitOfWork<'_, '_>, scope: &ReportScope) -> Result<Vec<PlatformLoad>, Failure> {
    let (mut loads, mut labels) = (BTreeMap::<(usize, String), ExamLoad>::new(), PlatformLabels::default());
    for load in workload::load(work.tx, scope.term.id, scope.scope())? {
        let counts = matches!(load.state, ChoiceState::Approved | ChoiceState::InReview);
        let Some(kind) = kind(work, &load, &mut labels)?.filter(|_| counts) else { continue };
        *loads.entry(kind.platform).or_default() += weight(&load);
    }
    let named = |((_, code), load): ((usize, String), ExamLoad)| PlatformLoad {
        platform: labels.platform(&code).clone(),
        load,
    };
    Ok(loads.into_iter().map(named).collect())
}

fn weight(load: &RowLoad) -> ExamLoad {
    ExamLoad { exams: load.offerings, students: load.students }
}

/// Returns the exam platform and exam format of the catalogue row of which `load` counts the exams,
/// and adds the names of both to `labels`. Returns `None` if `load` counts offerings without a
/// choice.
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

/// The comparison of the exams in two academic terms, for a department, a faculty or the
/// university.
#[derive(Debug, Clone)]
pub struct Comparison {
    /// The unit (department, faculty or university) whose exams are compared, and the requested
    /// academic term. The exams of this term are compared with the exams of the term
    /// [`Self::other`].
    pub scope: ReportScope,
    /// The second of the two compared academic terms, with which the requested term is compared.
    pub other: Term,
    /// The numbers of offerings by the state of their choice: first in the requested academic term,
    /// then in the academic term [`Self::other`].
    pub tallies: (Tally, Tally),
    /// The numbers of exams in review or approved, by exam platform and exam format: first in the
    /// requested academic term, then in the academic term [`Self::other`].
    pub kinds: Vec<(PlatformForm, ExamLoad, ExamLoad)>,
    /// The numbers of offerings in each faculty by the state of their choice: first in the
    /// requested academic term, then in the academic term [`Self::other`]. Empty if only one
    /// faculty or department is compared.
    pub faculties: Vec<(OrgId, Tally, Tally)>,
    pub labels: PlatformLabels,
}

/// Compares the exams of an academic term with the exams of a second term. `with` is the code of
/// the second term; without a code, it is the term before.
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
