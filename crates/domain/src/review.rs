//! Review of a submission: the comparison with the last decision, and warnings. No warning blocks an approval.

use crate::answer::Answer;
use crate::choice::ChoiceVersion;
use crate::limits::STUDENTS_CHANGED_PERCENT;
use crate::name::search_key;
use crate::offering::{Discipline, Offering};
use crate::programme::Document;
use crate::programme::check::Finding;

/// The origin of the version with which a submission is compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Origin {
    /// The version that was last decided on in this term.
    LastDecision,
    /// The approved choice of the last term.
    LastTerm,
}

/// The version with which a submission is compared.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Baseline {
    /// The origin of the version.
    pub origin: Origin,
    /// The answer that this version contains.
    pub answer: Answer,
    /// The catalogue version under which the answer was chosen.
    pub catalogue: i64,
    /// The file name of the programme at that time.
    pub document_name: String,
    pub students: i64,
}

/// A warning about a submission, to which the reviewer should pay attention.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Warning {
    /// The programme was uploaded in an earlier term.
    OldFile,
    /// The file's name contains neither the discipline's code nor a word of its name.
    NameWithoutDiscipline,
    /// The additional information has no content ("-", "жоқ").
    EmptyInfo,
    /// The number of students changed by 30 % or more.
    StudentsChanged,
    /// A parallel group has another platform, form or type.
    DiffersFromKin,
    /// The row is missing from the catalogue in force.
    RuleGone,
    /// A finding about the programme's text or bytes.
    Programme(Finding),
    /// The form is set centrally, and the choice differs from it.
    DiffersFromSet,
}

impl Warning {
    /// All warnings, for tests of the translations.
    pub const ALL: [Self; 14] = [
        Self::OldFile,
        Self::NameWithoutDiscipline,
        Self::EmptyInfo,
        Self::StudentsChanged,
        Self::DiffersFromKin,
        Self::RuleGone,
        Self::Programme(Finding::ALL[0]),
        Self::Programme(Finding::ALL[1]),
        Self::Programme(Finding::ALL[2]),
        Self::Programme(Finding::ALL[3]),
        Self::Programme(Finding::ALL[4]),
        Self::Programme(Finding::ALL[5]),
        Self::Programme(Finding::ALL[6]),
        Self::DiffersFromSet,
    ];

    /// Whether the warning is about what parallel groups chose.
    pub fn is_about_parallel_groups(self) -> bool {
        self == Self::DiffersFromKin
    }

    /// The code of the warning, which is the second half of the translation key `warn-…`.
    pub fn code(self) -> &'static str {
        match self {
            Self::OldFile => "old-file",
            Self::NameWithoutDiscipline => "name-without-discipline",
            Self::EmptyInfo => "empty-info",
            Self::StudentsChanged => "students-changed",
            Self::DiffersFromKin => "differs-from-kin",
            Self::RuleGone => "rule-gone",
            Self::Programme(finding) => finding.code(),
            Self::DiffersFromSet => "differs-from-set",
        }
    }
}

/// A submission with the facts on which its warnings depend.
#[derive(Debug)]
pub struct ReviewedChoice<'a> {
    pub offering: &'a Offering,
    pub current: &'a ChoiceVersion,
    pub document: &'a Document,
    /// The version to compare with, if there is one.
    pub baseline: Option<&'a Baseline>,
    /// Whether a parallel group chose differently.
    pub differs_from_parallel: bool,
    /// Whether the catalogue in force contains the row.
    pub rule_in_force: bool,
    /// The findings of the programme check.
    pub findings: &'a [Finding],
    /// Whether the form is set centrally and the choice differs from it.
    pub differs_from_set: bool,
}

impl ReviewedChoice<'_> {
    /// Lists the warnings about the submission.
    pub fn warnings(&self) -> Vec<Warning> {
        let found = [
            (Warning::DiffersFromSet, self.differs_from_set),
            (Warning::RuleGone, !self.rule_in_force),
            (Warning::DiffersFromKin, self.differs_from_parallel),
            (Warning::OldFile, self.document.term != self.offering.term && !self.is_last_programme()),
            (Warning::NameWithoutDiscipline, !names_discipline(&self.document.name, &self.offering.discipline)),
            (Warning::EmptyInfo, says_nothing(&self.current.answer.info)),
            (Warning::StudentsChanged, self.students_changed()),
        ];
        let found = found.into_iter().filter(|(_, holds)| *holds).map(|(warning, _)| warning);
        found.chain(self.findings.iter().map(|finding| Warning::Programme(*finding))).collect()
    }

    /// Returns whether the programme is identical to that of an earlier exam; this warning replaces
    /// the one for an old file.
    fn is_last_programme(&self) -> bool {
        self.findings.contains(&Finding::SameAsLastTerm)
    }

    /// Returns whether the submission equals last term's approved choice and has no warnings, so that it
    /// may be approved in bulk.
    pub fn is_clean(&self) -> bool {
        let same = self.baseline.is_some_and(|baseline| {
            baseline.origin == Origin::LastTerm
                && baseline.answer.row == self.current.answer.row
                && baseline.answer.info == self.current.answer.info
        });
        same && self.warnings().is_empty()
    }

    fn students_changed(&self) -> bool {
        self.baseline.is_some_and(|baseline| {
            let difference = (self.offering.students - baseline.students).abs();
            difference * 100 >= baseline.students.max(1) * STUDENTS_CHANGED_PERCENT && difference > 3
        })
    }
}

/// Returns whether additional information has no content and was typed only because the field is required.
fn says_nothing(info: &str) -> bool {
    !info.is_empty() && (info.chars().all(|letter| !letter.is_alphabetic()) || search_key(info) == "zhok")
}

/// Returns whether a file name contains the discipline's code, or a word of five letters or more of one of its names.
fn names_discipline(file: &str, discipline: &Discipline) -> bool {
    let file = search_key(file);
    let names = search_key(&discipline.name.all_text());
    let words = names.split(' ').filter(|word| word.chars().count() >= 5);
    let stems = words.map(|word| word.chars().take(5).collect::<String>());
    stems.chain([search_key(&discipline.code)]).any(|stem| !stem.is_empty() && file.contains(&stem))
}
