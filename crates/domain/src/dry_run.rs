//! The dry run of a new catalogue version. Before the version is published, the dry run finds the
//! existing choices that the new version would break, which means that it would no longer allow
//! these choices.

use crate::catalogue::{Catalogue, Row, RowId};
use crate::digest::Digest;
use crate::id::{OfferingId, OrgId};
use crate::report::ChoiceState;
use std::borrow::Borrow;
use std::collections::BTreeMap;

/// The facts about an existing choice that determine whether a new catalogue version still allows
/// the choice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChoiceFact {
    pub offering: OfferingId,
    pub department: OrgId,
    /// The code of the faculty to which the offering of the choice belongs. A catalogue row can be
    /// restricted to some faculties.
    pub faculty_code: String,
    /// The state of the choice, such as in review or approved.
    pub state: ChoiceState,
    pub version: i64,
    pub row: RowId,
    pub info: String,
    /// The number of the catalogue version under which the choice was made.
    pub catalogue: i64,
}

/// A reason why a new catalogue version breaks an existing choice, which means that the new version
/// no longer allows the choice. If several reasons apply to a choice, only the first of them in the
/// list [`Self::ALL`] is reported, because it requires the largest change of the choice.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum BreakKind {
    /// Reason why a new catalogue version breaks a choice: the chosen catalogue row is missing from
    /// the new version, or is switched off.
    RowGone,
    /// Reason why a new catalogue version breaks a choice: the chosen catalogue row is no longer
    /// offered to the faculty of the offering.
    NotOffered,
    /// Reason why a new catalogue version breaks a choice: in the new version, the chosen catalogue
    /// row has a different exam platform, format or type.
    MeaningChanged,
    /// Reason why a new catalogue version breaks a choice: in the new version, the chosen catalogue
    /// row requires additional information, which the choice does not have.
    InfoRequired,
    /// Reason why a new catalogue version breaks a choice: in the new version, the chosen catalogue
    /// row forbids additional information, which the choice has.
    InfoForbidden,
}

impl BreakKind {
    /// All reasons why a new catalogue version breaks (no longer allows) a choice. If several
    /// reasons apply to a choice, only the first one in this list is reported.
    pub const ALL: [Self; 5] =
        [Self::RowGone, Self::NotOffered, Self::MeaningChanged, Self::InfoRequired, Self::InfoForbidden];

    /// Returns the code of the reason why a new catalogue version breaks a choice. The code
    /// completes the translation key `break-…`.
    pub fn code(self) -> &'static str {
        match self {
            Self::RowGone => "row-gone",
            Self::NotOffered => "not-offered",
            Self::MeaningChanged => "meaning-changed",
            Self::InfoRequired => "info-required",
            Self::InfoForbidden => "info-now-forbidden",
        }
    }
}

/// A choice that a new catalogue version no longer allows, with the reason.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BrokenChoice<F> {
    pub fact: F,
    pub how: BreakKind,
}

/// Returns the choices that the new catalogue version `coming` would no longer allow, in the
/// sequence of the list `facts`.
///
/// The map `known_versions` contains the catalogue versions under which the choices were made. If
/// one of these versions is missing, the dry run assumes that the chosen catalogue row had the same
/// exam platform, format and type as in `coming`.
pub fn dry_run<F: Borrow<ChoiceFact>, C: Borrow<Catalogue>>(
    facts: Vec<F>,
    known_versions: &BTreeMap<i64, C>,
    coming: &Catalogue,
) -> Vec<BrokenChoice<F>> {
    let rows: BTreeMap<&str, &Row> = coming.rows.iter().map(|row| (row.id.0.as_str(), row)).collect();
    // Many choices share a catalogue row, so each row of an earlier catalogue version is looked up
    // only once.
    let mut before: BTreeMap<(i64, String), Option<&Row>> = BTreeMap::new();
    let mut broken = Vec::new();
    for fact in facts {
        let known: &ChoiceFact = fact.borrow();
        let chosen = *before.entry((known.catalogue, known.row.0.clone())).or_insert_with(|| {
            known_versions.get(&known.catalogue).and_then(|catalogue| catalogue.borrow().row(&known.row))
        });
        let how = break_kind(known, chosen, rows.get(known.row.0.as_str()).copied());
        broken.extend(how.map(|how| BrokenChoice { fact, how }));
    }
    broken
}

fn break_kind(fact: &ChoiceFact, chosen: Option<&Row>, coming: Option<&Row>) -> Option<BreakKind> {
    let Some(row) = coming.filter(|row| row.is_on) else { return Some(BreakKind::RowGone) };
    if !row.is_offered_to(&fact.faculty_code) {
        Some(BreakKind::NotOffered)
    } else if chosen.is_some_and(|chosen| !is_same_exam(chosen, row)) {
        Some(BreakKind::MeaningChanged)
    } else if row.info.is_some() && fact.info.is_empty() {
        Some(BreakKind::InfoRequired)
    } else if row.info.is_none() && !fact.info.is_empty() {
        Some(BreakKind::InfoForbidden)
    } else {
        None
    }
}

/// Returns whether two catalogue rows have the same exam platform, exam format and exam type.
fn is_same_exam(one: &Row, other: &Row) -> bool {
    one.platform == other.platform && one.form == other.form && one.kind == other.kind
}

/// Computes the fingerprint of a dry run: a hash over `subject` (a text that identifies the
/// catalogue draft) and over each choice that the draft breaks. A request to publish the draft must
/// contain the fingerprint of the dry run that the registrar saw.
pub fn dry_run_digest<F: Borrow<ChoiceFact>>(subject: &str, broken: &[BrokenChoice<F>]) -> Digest {
    let mut parts = vec![subject.as_bytes().to_vec()];
    for one in broken {
        let fact: &ChoiceFact = one.fact.borrow();
        parts.push(fact.offering.0.as_bytes().to_vec());
        parts.push(fact.version.to_be_bytes().to_vec());
        parts.push(format!("{} {}", fact.state.code(), one.how.code()).into_bytes());
    }
    Digest::of_parts(parts.iter().map(Vec::as_slice))
}

/// The remedy for choices that a new catalogue version no longer allows. When publishing the
/// version, the registrar selects one remedy for all choices that are broken for the same reason.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Remedy {
    /// Remedy for choices that a new catalogue version no longer allows: the choices stay unchanged
    /// and continue to refer to the catalogue version under which they were made.
    #[default]
    Leave,
    /// Remedy for choices that a new catalogue version no longer allows: the choices are returned
    /// to their instructors with a reason.
    Return,
    /// Remedy for choices that a new catalogue version no longer allows: the choices move to
    /// another catalogue row and wait for the decision of the head of department again.
    Move(RowId),
}

impl Remedy {
    /// Returns the code of a remedy for choices that a new catalogue version no longer allows. The
    /// code is used in HTML forms and in the history, and completes the translation key `remedy-…`.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Leave => "leave",
            Self::Return => "give-back",
            Self::Move(_) => "move",
        }
    }
}

/// Returns whether a choice can move to the catalogue row `target`. This is possible if the row is
/// switched on and offered to the faculty of the choice, and if the choice has the additional
/// information that the row requires.
pub fn fits(fact: &ChoiceFact, target: &Row) -> bool {
    target.is_offered_to(&fact.faculty_code) && (target.info.is_none() || !fact.info.is_empty())
}
