//! The workload of the exam platforms, also compared with another term.

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

/// An exam platform and an exam form; values sort as in the rule table.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct PlatformForm {
    /// The exam platform's position in the rule table, and its code.
    pub platform: (usize, String),
    /// The exam form's position in the rule table, and its code.
    pub form: (usize, String),
}

/// The labels of exam platforms and exam forms, by code.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PlatformLabels {
    platforms: BTreeMap<String, Name>,
    forms: BTreeMap<String, Name>,
    /// The label for codes of platforms and exam forms that have no name.
    nameless: Name,
}

impl PlatformLabels {
    /// The name of the exam platform with this code.
    pub fn platform(&self, code: &str) -> &Name {
        self.platforms.get(code).unwrap_or(&self.nameless)
    }

    /// The name of the exam form with this code.
    pub fn form(&self, code: &str) -> &Name {
        self.forms.get(code).unwrap_or(&self.nameless)
    }
}

/// The content of the platform workload report.
#[derive(Debug, Clone)]
pub struct Platforms {
    /// The term and the unit that the report covers.
    pub scope: ReportScope,
    /// Whether only approved exams are counted; otherwise also those in review.
    pub is_approved_only: bool,
    /// The number of exams and students by platform and exam form, and by language of instruction.
    pub by_language: LoadTable<PlatformForm, Language>,
    /// The number of exams and students by faculty and platform.
    pub by_faculty: LoadTable<OrgId, (usize, String)>,
    pub labels: PlatformLabels,
}

/// Counts the exams of a unit and their students by platform, exam form, language and faculty.
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

/// Returns the platform and exam form of a counted catalogue row, and adds their names to the labels.
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

/// The comparison of the exams of two terms.
#[derive(Debug, Clone)]
pub struct Comparison {
    /// The unit, and the term that was requested.
    pub scope: ReportScope,
    /// The term (semester) with which the requested one is compared.
    pub other: Term,
    /// The counts of choices by state: in the requested term, in the other term.
    pub tallies: (Tally, Tally),
    /// Exams in review or approved by platform and exam form: in the requested term, in the other term.
    pub kinds: Vec<(PlatformForm, ExamLoad, ExamLoad)>,
    /// The counts of choices in the faculties, in both terms, if the report covers the whole university.
    pub faculties: Vec<(OrgId, Tally, Tally)>,
    pub labels: PlatformLabels,
}

/// Compares the exams of a term with those of another term, by default the previous one.
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
