//! Reuse of an earlier choice for this term's offering: the proposed programme, and the changes since then.

use crate::answer::Answer;
use crate::catalogue::Catalogue;
use crate::digest::Digest;
use crate::id::{OfferingId, PersonId, TermId};
use crate::offering::Offering;
use crate::programme::Document;

/// A change since an earlier choice, to which the instructor should pay attention before sending the proposal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ReuseChange {
    /// The row is missing from the catalogue in force.
    RuleGone,
    /// The row is no longer offered to this faculty.
    RuleNotOffered,
    /// The row has another platform, form or type than when it was chosen.
    RuleChanged,
    /// The row now requires information that the choice lacks, or forbids the information that it has.
    InfoRuleChanged,
    /// The dossier has no programme of this term, so last term's is proposed.
    OldFile,
    /// The dossier has several programmes of this term; the newest is proposed.
    SeveralFiles,
    /// Another person made the earlier choice.
    InstructorNew,
}

impl ReuseChange {
    /// All changes, for tests of the translations.
    pub const ALL: [Self; 7] = [
        Self::RuleGone,
        Self::RuleNotOffered,
        Self::RuleChanged,
        Self::InfoRuleChanged,
        Self::OldFile,
        Self::SeveralFiles,
        Self::InstructorNew,
    ];

    /// The code of the change, which is the second half of the translation key `change-…`.
    pub fn code(self) -> &'static str {
        match self {
            Self::RuleGone => "rule-gone",
            Self::RuleNotOffered => "rule-not-offered",
            Self::RuleChanged => "rule-changed",
            Self::InfoRuleChanged => "info-rule-changed",
            Self::OldFile => "old-file",
            Self::SeveralFiles => "several-files",
            Self::InstructorNew => "instructor-new",
        }
    }

    /// Returns whether the catalogue of this term refuses the proposal unchanged, so that a new choice is needed.
    pub fn is_refused(self) -> bool {
        matches!(self, Self::RuleGone | Self::RuleNotOffered | Self::InfoRuleChanged)
    }
}

/// A choice that was approved in an earlier term.
#[derive(Debug, Clone, Copy)]
pub struct EarlierChoice<'a> {
    pub answer: &'a Answer,
    /// The catalogue under which the earlier choice was made.
    pub catalogue: &'a Catalogue,
    /// The responsible instructor of the earlier offering.
    pub responsible: Option<PersonId>,
}

/// The source of the proposed programme.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ProgrammeSource {
    /// The only file of this term, or a newer version of last term's file.
    ThisTerm,
    /// The newest of several files of this term.
    OneOfSeveral,
    /// Last term's file, since there is no newer one.
    LastTerm,
}

/// The programme that is proposed with a reused choice.
#[derive(Debug, Clone, Copy)]
pub struct ProposedProgramme<'d> {
    pub document: &'d Document,
    pub source: ProgrammeSource,
}

/// The programme to propose from a dossier (newest first): the only one of this term; of several, the one with the name
/// of last term's, else the newest; if there is none, last term's.
pub fn programme<'d>(dossier: &'d [Document], term: TermId, last: &Answer) -> Option<ProposedProgramme<'d>> {
    let before = dossier.iter().find(|document| document.id == last.document);
    let fresh = || dossier.iter().filter(|document| document.term == term);
    let newest = fresh().next();
    let continues = fresh().find(|document| before.is_some_and(|before| before.name == document.name));
    let proposed = |document, source| ProposedProgramme { document, source };
    match (newest, fresh().count()) {
        (None, _) => before.map(|before| proposed(before, ProgrammeSource::LastTerm)),
        (Some(only), 1) => Some(proposed(only, ProgrammeSource::ThisTerm)),
        (Some(newest), _) => Some(continues.map_or_else(
            || proposed(newest, ProgrammeSource::OneOfSeveral),
            |found| proposed(found, ProgrammeSource::ThisTerm),
        )),
    }
}

/// The changes since the earlier choice, most important first.
pub fn changes(
    earlier: EarlierChoice<'_>,
    offering: &Offering,
    in_force: &Catalogue,
    source: ProgrammeSource,
) -> Vec<ReuseChange> {
    let answer = earlier.answer;
    let (then, now) = (earlier.catalogue.row(&answer.row), in_force.row(&answer.row));
    let shape = |row: &crate::catalogue::Row| (row.platform.clone(), row.form.clone(), row.kind.clone());
    let is_there = now.is_some();
    let found = [
        (ReuseChange::RuleGone, !is_there),
        (ReuseChange::RuleNotOffered, now.is_some_and(|row| !row.is_offered_to(&offering.faculty_code))),
        (ReuseChange::InfoRuleChanged, now.is_some_and(|row| row.info.is_some() == answer.info.is_empty())),
        (ReuseChange::RuleChanged, is_there && then.map(shape) != now.map(shape)),
        (ReuseChange::OldFile, source == ProgrammeSource::LastTerm),
        (ReuseChange::SeveralFiles, source == ProgrammeSource::OneOfSeveral),
        (ReuseChange::InstructorNew, earlier.responsible != offering.responsible),
    ];
    found.into_iter().filter(|(_, holds)| *holds).map(|(change, _)| change).collect()
}

/// The fingerprint of a proposal, by which sending checks that the proposal is still the one on the screen.
pub fn fingerprint(offering: OfferingId, answer: &Answer, catalogue: i64, document_sha: Digest) -> Digest {
    Digest::of_parts([
        offering.0.as_bytes().as_slice(),
        answer.row.0.as_bytes(),
        catalogue.to_be_bytes().as_slice(),
        answer.info.as_bytes(),
        document_sha.0.as_slice(),
    ])
}
