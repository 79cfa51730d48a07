//! Review of a submitted choice by the head of department: an earlier version of the choice for
//! comparison, and warnings. A warning never prevents an approval.

use crate::answer::Answer;
use crate::choice::ChoiceVersion;
use crate::limits::STUDENTS_CHANGED_PERCENT;
use crate::name::search_key;
use crate::offering::{Discipline, Offering};
use crate::programme::Document;
use crate::programme::check::Finding;

/// The origin of the earlier version of a choice with which a reviewer compares the submitted
/// version.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Origin {
    /// Origin of the earlier version with which a reviewer compares the submitted version: it is
    /// the version on which the head of department last decided in the current academic term.
    LastDecision,
    /// Origin of the earlier version with which a reviewer compares the submitted version: it is
    /// the approved choice of an earlier academic term.
    LastTerm,
}

/// The earlier version of a choice with which a reviewer compares the submitted version.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Baseline {
    /// The origin of the earlier version with which the submitted version is compared: the last
    /// decision in the current academic term, or an approved choice of an earlier term.
    pub origin: Origin,
    /// The catalogue row, additional information and programme document in the earlier of the two
    /// compared versions of the choice.
    pub answer: Answer,
    /// The version of the catalogue under which the earlier of the two compared versions of the
    /// choice was made.
    pub catalogue: i64,
    /// The file name of the programme document in the earlier of the two compared versions of the
    /// choice.
    pub document_name: String,
    pub students: i64,
}

/// A warning about a submitted choice, to which the reviewing head of department should pay
/// attention.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Warning {
    /// Warning about a submitted choice: its programme document was uploaded in an earlier academic
    /// term.
    OldFile,
    /// Warning about a submitted choice: the file name of its programme document contains neither
    /// the discipline's code nor a word of the discipline's name.
    NameWithoutDiscipline,
    /// Warning about a submitted choice: its additional information contains nothing meaningful,
    /// such as "-" or "жоқ" (none).
    EmptyInfo,
    /// Warning about a submitted choice: the number of students differs from the number at the
    /// earlier version of the choice by [`STUDENTS_CHANGED_PERCENT`] percent or more, and by more
    /// than three.
    StudentsChanged,
    /// Warning about a submitted choice: for a parallel group (a student group with the same
    /// discipline, faculty, language and level), a different exam platform, format or type was
    /// chosen.
    DiffersFromKin,
    /// Warning about a submitted choice: its catalogue row is missing from the catalogue in force.
    RuleGone,
    /// Warning about a submitted choice: the check of its programme document found a possible
    /// fault.
    Programme(Finding),
    /// Warning about a submitted choice: the exam format is set centrally, and the choice differs
    /// from the set format.
    DiffersFromSet,
}

impl Warning {
    /// All warnings about a submitted choice; tests check that each has a translation.
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

    /// Returns whether the warning says that a different exam platform, format or type was chosen
    /// for a parallel group (a student group taught the same discipline). Parallel groups are
    /// expected to have the same exam.
    pub fn is_about_parallel_groups(self) -> bool {
        self == Self::DiffersFromKin
    }

    /// Returns the code of the warning about a submitted choice, which is also the second half of
    /// the translation key `warn-…`.
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

/// A submitted choice with the facts from which the warnings for its reviewer are derived.
#[derive(Debug)]
pub struct ReviewedChoice<'a> {
    pub offering: &'a Offering,
    pub current: &'a ChoiceVersion,
    pub document: &'a Document,
    /// The earlier version of the choice with which the reviewer compares the submitted version;
    /// `None` if there is no earlier version.
    pub baseline: Option<&'a Baseline>,
    /// Whether a different exam platform, format or type than in the submitted choice was chosen
    /// for a parallel group (a student group taught the same discipline).
    pub differs_from_parallel: bool,
    /// Whether the catalogue in force contains the catalogue row of the submitted choice.
    pub rule_in_force: bool,
    /// The findings (possible faults) of the check of the submitted programme document.
    pub findings: &'a [Finding],
    /// Whether the exam format is set centrally and the submitted choice differs from the set
    /// format.
    pub differs_from_set: bool,
}

impl ReviewedChoice<'_> {
    /// Lists the warnings about the submitted choice for its reviewer.
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

    /// Returns whether the programme document is identical to that of an exam in an earlier term.
    /// If it is, a warning about the identical file replaces the warning that the document was
    /// uploaded in an earlier term.
    fn is_last_programme(&self) -> bool {
        self.findings.contains(&Finding::SameAsLastTerm)
    }

    /// Returns whether the submitted choice equals the approved choice of an earlier academic term
    /// and has no warnings. Such choices can be approved together, without opening each of them.
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

/// Returns whether the additional information was probably typed only because the field is
/// required: it contains no letters, or nothing but the word «жоқ» (none).
fn says_nothing(info: &str) -> bool {
    !info.is_empty() && (info.chars().all(|letter| !letter.is_alphabetic()) || search_key(info) == "zhok")
}

/// Returns whether the file name of a programme document contains the discipline's code, or the
/// first five letters of a word in one of the discipline's names.
fn names_discipline(file: &str, discipline: &Discipline) -> bool {
    let file = search_key(file);
    let names = search_key(&discipline.name.all_text());
    let words = names.split(' ').filter(|word| word.chars().count() >= 5);
    let stems = words.map(|word| word.chars().take(5).collect::<String>());
    stems.chain([search_key(&discipline.code)]).any(|stem| !stem.is_empty() && file.contains(&stem))
}
