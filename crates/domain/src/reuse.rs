//! Reuse of a choice from an earlier academic term for the same discipline in the current term: the
//! programme document that is proposed, and the changes since the earlier choice.

use crate::answer::Answer;
use crate::catalogue::Catalogue;
use crate::digest::Digest;
use crate::id::{OfferingId, PersonId, TermId};
use crate::offering::Offering;
use crate::programme::Document;

/// A change since an earlier choice, which the instructor should consider before reusing the
/// choice.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ReuseChange {
    /// Change since the earlier choice: its catalogue row is missing from the catalogue in force.
    RuleGone,
    /// Change since the earlier choice: its catalogue row is switched off or no longer offered to
    /// the faculty.
    RuleNotOffered,
    /// Change since the earlier choice: its catalogue row now has a different exam platform, format
    /// or type.
    RuleChanged,
    /// Change since the earlier choice: its catalogue row now requires additional information that
    /// the choice lacks, or forbids the additional information that the choice has.
    InfoRuleChanged,
    /// Change since the earlier choice: the programme document of the earlier choice is proposed
    /// again, because no document of the discipline was uploaded in the current term.
    OldFile,
    /// Change since the earlier choice: several programme documents of the discipline were uploaded
    /// in the current term, and none of them has the file name of the earlier choice's document.
    /// Therefore the newest of them is proposed.
    SeveralFiles,
    /// Change since the earlier choice: a different instructor was responsible for the exam when
    /// the earlier choice was made.
    InstructorNew,
}

impl ReuseChange {
    /// All changes since an earlier choice that are shown to the instructor; tests check that each
    /// has a translation.
    pub const ALL: [Self; 7] = [
        Self::RuleGone,
        Self::RuleNotOffered,
        Self::RuleChanged,
        Self::InfoRuleChanged,
        Self::OldFile,
        Self::SeveralFiles,
        Self::InstructorNew,
    ];

    /// Returns the code of the change since an earlier choice, which is also the second half of the
    /// translation key `change-…`.
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

    /// Returns whether this change makes it impossible to reuse the earlier choice, because the
    /// catalogue in force refuses it.
    pub fn is_refused(self) -> bool {
        matches!(self, Self::RuleGone | Self::RuleNotOffered | Self::InfoRuleChanged)
    }
}

/// A choice that was approved in an earlier academic term and that an instructor can reuse.
#[derive(Debug, Clone, Copy)]
pub struct EarlierChoice<'a> {
    pub answer: &'a Answer,
    /// The version of the catalogue under which the earlier choice was made.
    pub catalogue: &'a Catalogue,
    /// The instructor who was responsible for the exam when the earlier choice was made.
    pub responsible: Option<PersonId>,
}

/// The origin of the programme document that is proposed when a choice is reused: the current term
/// or the earlier choice.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ProgrammeSource {
    /// Source of the programme document that is proposed when a choice is reused: the document was
    /// uploaded in the current term. It is the only such document, or it has the same file name as
    /// the document of the earlier choice.
    ThisTerm,
    /// Source of the programme document that is proposed when a choice is reused: it is the newest
    /// of several documents that were uploaded in the current term, and none of these has the file
    /// name of the earlier choice's document.
    OneOfSeveral,
    /// Source of the programme document that is proposed when a choice is reused: it is the
    /// document of the earlier choice, because no document was uploaded in the current term.
    LastTerm,
}

/// The programme document that is proposed when a choice is reused, with its source: the current
/// term or the earlier choice.
#[derive(Debug, Clone, Copy)]
pub struct ProposedProgramme<'d> {
    pub document: &'d Document,
    pub source: ProgrammeSource,
}

/// Selects the programme document to propose when a choice is reused, from the dossier of the
/// discipline (newest document first). If the dossier has a single document of the current term, it
/// is proposed. Of several such documents, the one with the file name of the earlier choice's
/// document is proposed, else the newest. If the dossier has no document of the current term, the
/// document of the earlier choice is proposed.
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

/// Lists the changes since an earlier choice that is to be reused, the most important change first.
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

/// Returns the fingerprint of a proposal to reuse a choice: a hash of its content. When an
/// instructor sends the proposal, the fingerprint shows whether the proposal has changed since the
/// page that contains it was loaded.
pub fn fingerprint(offering: OfferingId, answer: &Answer, catalogue: i64, document_sha: Digest) -> Digest {
    Digest::of_parts([
        offering.0.as_bytes().as_slice(),
        answer.row.0.as_bytes(),
        catalogue.to_be_bytes().as_slice(),
        answer.info.as_bytes(),
        document_sha.0.as_slice(),
    ])
}
