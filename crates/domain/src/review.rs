//! Review of a submitted choice: the comparison with the last decision, and warnings. No warning blocks an approval.

use crate::answer::Answer;
use crate::choice::ChoiceVersion;
use crate::limits::STUDENTS_CHANGED_PERCENT;
use crate::name::search_key;
use crate::offering::{Discipline, Offering};
use crate::programme::Document;
use crate::programme::check::Finding;

/// The origin of the earlier version of a choice with which the reviewer compares a submission.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Origin {
    /// Origin of the compared version: the version that was last decided on in this term.
    LastDecision,
    /// Origin of the compared version: the approved choice of the last term.
    LastTerm,
}

/// The earlier version of a choice with which the reviewer compares a submission.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Baseline {
    /// The origin of the compared version: this term's last decision or last term's choice.
    pub origin: Origin,
    /// The instructor's answer in the compared version of the choice.
    pub answer: Answer,
    /// The catalogue version under which the compared answer was chosen.
    pub catalogue: i64,
    /// The file name of the programme in the compared version of the choice.
    pub document_name: String,
    pub students: i64,
}

/// A warning about a submitted choice, to which the reviewer should pay attention.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Warning {
    /// Warning about a submission: the programme document was uploaded in an earlier term.
    OldFile,
    /// Warning about a submission: the programme's file name contains neither the discipline's code nor a word of its
    /// name.
    NameWithoutDiscipline,
    /// Warning about a submission: the additional information has no content ("-", "жоқ").
    EmptyInfo,
    /// Warning about a submission: the number of students has changed by [`STUDENTS_CHANGED_PERCENT`] percent or more,
    /// and by more than three.
    StudentsChanged,
    /// Warning about a submission: a parallel group (same faculty, language, discipline and level) has another
    /// platform, exam form or type.
    DiffersFromKin,
    /// Warning about a submission: its catalogue row is missing from the catalogue in force.
    RuleGone,
    /// Warning about a submission: a finding about the text or the bytes of the programme document.
    Programme(Finding),
    /// Warning about a submission: the exam form is set centrally, and the choice differs from it.
    DiffersFromSet,
}

impl Warning {
    /// All warnings about a submission; tests check that each has a translation.
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

    /// Returns whether the warning is about a difference between parallel groups, which are expected to have the same
    /// exam form.
    pub fn is_about_parallel_groups(self) -> bool {
        self == Self::DiffersFromKin
    }

    /// The code of a warning about a submission, which is the second half of the translation key `warn-…`.
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

/// A submitted choice with the facts on which the warnings to its reviewer depend.
#[derive(Debug)]
pub struct ReviewedChoice<'a> {
    pub offering: &'a Offering,
    pub current: &'a ChoiceVersion,
    pub document: &'a Document,
    /// The earlier version of the choice for comparison, if there is one.
    pub baseline: Option<&'a Baseline>,
    /// Whether a parallel group has another platform, exam form or type than the submission.
    pub differs_from_parallel: bool,
    /// Whether the catalogue in force contains the catalogue row of the submission.
    pub rule_in_force: bool,
    /// The findings about the submission's programme document.
    pub findings: &'a [Finding],
    /// Whether the exam form is set centrally and the submission differs from it.
    pub differs_from_set: bool,
}

impl ReviewedChoice<'_> {
    /// Lists the warnings about a submitted choice.
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

    /// Returns whether the programme document is identical to that of an earlier exam; the warning about this replaces
    /// the one for an old document.
    fn is_last_programme(&self) -> bool {
        self.findings.contains(&Finding::SameAsLastTerm)
    }

    /// Returns whether a submission equals last term's approved choice and has no warnings, so that it may be approved
    /// together with others.
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

/// Returns whether a programme's file name contains the discipline's code, or a word of five letters or more of one of
/// its names.
fn names_discipline(file: &str, discipline: &Discipline) -> bool {
    let file = search_key(file);
    let names = search_key(&discipline.name.all_text());
    let words = names.split(' ').filter(|word| word.chars().count() >= 5);
    let stems = words.map(|word| word.chars().take(5).collect::<String>());
    stems.chain([search_key(&discipline.code)]).any(|stem| !stem.is_empty() && file.contains(&stem))
}
