//! Reuse of an earlier choice for an offering of this term: the programme that is proposed, and the changes since the
//! earlier choice.

use crate::answer::Answer;
use crate::catalogue::Catalogue;
use crate::digest::Digest;
use crate::id::{OfferingId, PersonId, TermId};
use crate::offering::Offering;
use crate::programme::Document;

/// A change since an earlier choice, to which the instructor should pay attention before reusing the choice.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ReuseChange {
    /// Change since the earlier choice: its catalogue row is missing from the catalogue in force.
    RuleGone,
    /// Change since the earlier choice: its catalogue row is no longer offered to this faculty.
    RuleNotOffered,
    /// Change since the earlier choice: its catalogue row has another platform, exam form or exam type than when it was
    /// chosen.
    RuleChanged,
    /// Change since the earlier choice: its catalogue row now requires additional information that the choice lacks, or
    /// forbids the information that the choice has.
    InfoRuleChanged,
    /// Change since the earlier choice: the dossier has no programme document of this term, so last term's is proposed.
    OldFile,
    /// Change since the earlier choice: the dossier has several programme documents of this term; the newest is
    /// proposed.
    SeveralFiles,
    /// Change since the earlier choice: another instructor was responsible for the exam then.
    InstructorNew,
}

impl ReuseChange {
    /// All changes since an earlier choice that are pointed out; tests check that each has a translation.
    pub const ALL: [Self; 7] = [
        Self::RuleGone,
        Self::RuleNotOffered,
        Self::RuleChanged,
        Self::InfoRuleChanged,
        Self::OldFile,
        Self::SeveralFiles,
        Self::InstructorNew,
    ];

    /// The code of a change since an earlier choice, which is the second half of the translation key `change-…`.
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

    /// Returns whether the catalogue of this term refuses an earlier choice unchanged, so that a new choice is needed.
    pub fn is_refused(self) -> bool {
        matches!(self, Self::RuleGone | Self::RuleNotOffered | Self::InfoRuleChanged)
    }
}

/// A choice that was approved in an earlier term, as a candidate for reuse.
#[derive(Debug, Clone, Copy)]
pub struct EarlierChoice<'a> {
    pub answer: &'a Answer,
    /// The catalogue version under which the earlier choice was made.
    pub catalogue: &'a Catalogue,
    /// The instructor who was responsible for the offering of the earlier choice.
    pub responsible: Option<PersonId>,
}

/// The source of the programme document that is proposed with a reused choice.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ProgrammeSource {
    /// Source of the proposed programme: the only document of this term, or a newer version of last term's document.
    ThisTerm,
    /// Source of the proposed programme: the newest of several documents of this term.
    OneOfSeveral,
    /// Source of the proposed programme: last term's document, since there is no newer one.
    LastTerm,
}

/// The programme document that is proposed with a reused choice.
#[derive(Debug, Clone, Copy)]
pub struct ProposedProgramme<'d> {
    pub document: &'d Document,
    pub source: ProgrammeSource,
}

/// The programme document to propose from a dossier (newest first): the only one of this term; of several, the one with
/// the name of last term's document, else the newest; if there is none, last term's document.
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

/// Lists the changes since an earlier choice that is to be reused, most important first.
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

/// The fingerprint of a proposal to reuse a choice, by which sending checks that the proposal is still the one on the
/// screen.
pub fn fingerprint(offering: OfferingId, answer: &Answer, catalogue: i64, document_sha: Digest) -> Digest {
    Digest::of_parts([
        offering.0.as_bytes().as_slice(),
        answer.row.0.as_bytes(),
        catalogue.to_be_bytes().as_slice(),
        answer.info.as_bytes(),
        document_sha.0.as_slice(),
    ])
}
