//! Review of a submission: the difference to the last decision, and warnings. None of them blocks an approval.

use crate::answer::Answer;
use crate::choice::ChoiceVersion;
use crate::limits::STUDENTS_CHANGED_PERCENT;
use crate::name::search_key;
use crate::offering::{Discipline, Offering};
use crate::programme::Document;
use crate::programme::check::Finding;

/// Where the compared-with version comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Origin {
    /// The version that was last decided on in this term.
    LastDecision,
    /// The approved choice of the last term.
    LastTerm,
}

/// The version that a submission is compared with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Baseline {
    /// Where it comes from.
    pub origin: Origin,
    /// The answer at that time.
    pub answer: Answer,
    /// The catalogue version under which it was chosen.
    pub catalogue: i64,
    /// The file's name then.
    pub document_name: String,
    pub students: i64,
}

/// Something worth a look.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Warning {
    /// The programme was uploaded in an earlier term.
    OldFile,
    /// The file's name has neither the discipline's code nor a word of its name.
    NameWithoutDiscipline,
    /// The information says nothing ("-", "жоқ").
    EmptyInfo,
    /// The number of students changed by 30 % or more.
    StudentsChanged,
    /// Kin chose another platform, form or type.
    DiffersFromKin,
    /// The row is gone from the catalogue in force.
    RuleGone,
    /// Something about the programme's text or bytes.
    Programme(Finding),
    /// The form is set centrally, and this is another one.
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

    /// The second half of the translation key `warn-…`.
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

/// The input of the warnings.
#[derive(Debug)]
pub struct ReviewedChoice<'a> {
    pub offering: &'a Offering,
    pub current: &'a ChoiceVersion,
    pub document: &'a Document,
    /// The version to compare with, if there is one.
    pub baseline: Option<&'a Baseline>,
    /// Kin chose otherwise.
    pub differs_from_parallel: bool,
    /// The row stands in the catalogue in force.
    pub rule_in_force: bool,
    /// The findings of the programme check.
    pub findings: &'a [Finding],
    /// The form is set centrally, and this is another one.
    pub differs_from_set: bool,
}

impl ReviewedChoice<'_> {
    /// Everything worth a look.
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

    /// The very programme of an earlier exam is more to say than an old file.
    fn is_last_programme(&self) -> bool {
        self.findings.contains(&Finding::SameAsLastTerm)
    }

    /// The same as last term's approved choice, and nothing worth a look: may be approved with all others like it.
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

/// Information that is there only because the field asks for it.
fn says_nothing(info: &str) -> bool {
    !info.is_empty() && (info.chars().all(|letter| !letter.is_alphabetic()) || search_key(info) == "zhok")
}

/// Does a file name hold the discipline's code, or a word of five letters or more of one of its names?
fn names_discipline(file: &str, discipline: &Discipline) -> bool {
    let file = search_key(file);
    let names = search_key(&discipline.name.all_text());
    let words = names.split(' ').filter(|word| word.chars().count() >= 5);
    let stems = words.map(|word| word.chars().take(5).collect::<String>());
    stems.chain([search_key(&discipline.code)]).any(|stem| !stem.is_empty() && file.contains(&stem))
}
