//! Last term's choice, proposed for this term's offering: what of it still fits, and what changed since.

use crate::answer::Answer;
use crate::catalogue::Catalogue;
use crate::digest::Digest;
use crate::id::{OfferingId, PersonId, TermId};
use crate::offering::Offering;
use crate::programme::Document;

/// Why a proposal deserves a look before it is sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ReuseChange {
    /// The row is gone from the rule table in force.
    RuleGone,
    /// The row is not offered to this faculty any more.
    RuleNotOffered,
    /// The row has another platform, form or type than when it was chosen.
    RuleChanged,
    /// The row now asks for information that there is none of, or forbids it.
    InfoRuleChanged,
    /// The dossier has no programme of this term, so last term's is proposed.
    OldFile,
    /// The dossier has several programmes of this term; the newest is proposed.
    SeveralFiles,
    /// Another person made the earlier choice.
    InstructorNew,
}

impl ReuseChange {
    /// All of them, for tests of the translations.
    pub const ALL: [Self; 7] = [
        Self::RuleGone,
        Self::RuleNotOffered,
        Self::RuleChanged,
        Self::InfoRuleChanged,
        Self::OldFile,
        Self::SeveralFiles,
        Self::InstructorNew,
    ];

    /// The second half of the translation key `change-…`.
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

    /// The rules of this term refuse it as it is: it can only be chosen anew.
    pub fn is_refused(self) -> bool {
        matches!(self, Self::RuleGone | Self::RuleNotOffered | Self::InfoRuleChanged)
    }
}

/// A choice that was approved in an earlier term.
#[derive(Debug, Clone, Copy)]
pub struct EarlierChoice<'a> {
    pub answer: &'a Answer,
    /// The rule table under which it was given.
    pub catalogue: &'a Catalogue,
    /// The instructor of that offering.
    pub responsible: Option<PersonId>,
}

/// Where the proposed programme comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ProgrammeSource {
    /// The only file of this term, or a newer version of last term's.
    ThisTerm,
    /// The newest of several files of this term.
    OneOfSeveral,
    /// Last term's file: there is no newer one.
    LastTerm,
}

/// The programme that is proposed with a reused choice.
#[derive(Debug, Clone, Copy)]
pub struct ProposedProgramme<'d> {
    pub document: &'d Document,
    pub source: ProgrammeSource,
}

/// The programme to propose from a dossier (newest first): the only one of this term; of several the one that continues
/// last term's under its name, else the newest; where there is none, last term's.
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

/// Everything that changed since, in the order in which it matters.
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

/// The digest of a proposal; sending checks that the proposal is still the one on the screen.
pub fn fingerprint(offering: OfferingId, answer: &Answer, catalogue: i64, document_sha: Digest) -> Digest {
    Digest::of_parts([
        offering.0.as_bytes().as_slice(),
        answer.row.0.as_bytes(),
        catalogue.to_be_bytes().as_slice(),
        answer.info.as_bytes(),
        document_sha.0.as_slice(),
    ])
}
