//! Dry run of a new catalogue version: before the version is published, finds the existing choices that it would break,
//! which means that it no longer allows them.

use crate::catalogue::{Catalogue, Row, RowId};
use crate::digest::Digest;
use crate::id::{OfferingId, OrgId};
use crate::report::ChoiceState;
use std::borrow::Borrow;
use std::collections::BTreeMap;

/// The facts about an existing choice that determine whether a new catalogue version still allows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChoiceFact {
    pub offering: OfferingId,
    pub department: OrgId,
    /// The code of the offering's faculty; a catalogue row may be offered to some faculties only.
    pub faculty_code: String,
    /// The state of the choice, such as in review or approved.
    pub state: ChoiceState,
    pub version: i64,
    pub row: RowId,
    pub info: String,
    /// The catalogue version under which the choice was made.
    pub catalogue: i64,
}

/// The reasons for which a new catalogue version breaks an existing choice, which means that it no longer allows the
/// choice. If several apply, the first in this list counts, since it requires the largest change.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum BreakKind {
    /// Reason for a broken choice: its catalogue row is missing from the new version, or is switched off.
    RowGone,
    /// Reason for a broken choice: its catalogue row is no longer offered to the offering's faculty.
    NotOffered,
    /// Reason for a broken choice: its catalogue row now has another exam platform, form or type.
    MeaningChanged,
    /// Reason for a broken choice: its catalogue row now requires additional information, which the choice does not
    /// have.
    InfoRequired,
    /// Reason for a broken choice: its catalogue row now forbids additional information, which the choice has.
    InfoForbidden,
}

impl BreakKind {
    /// All reasons for which a new catalogue version breaks a choice, in the order of precedence.
    pub const ALL: [Self; 5] =
        [Self::RowGone, Self::NotOffered, Self::MeaningChanged, Self::InfoRequired, Self::InfoForbidden];

    /// The code of the reason for which a choice is broken, which is also the second half of the translation key
    /// `break-…`.
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

/// A choice that the new catalogue version no longer allows, with the reason.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BrokenChoice<F> {
    pub fact: F,
    pub how: BreakKind,
}

/// Returns the choices that the catalogue `coming` would no longer allow, in the given order. `known_versions` holds
/// the catalogue versions under which the choices were made; if a version is missing, the row is assumed to have had
/// the same meaning as in `coming`.
pub fn dry_run<F: Borrow<ChoiceFact>, C: Borrow<Catalogue>>(
    facts: Vec<F>,
    known_versions: &BTreeMap<i64, C>,
    coming: &Catalogue,
) -> Vec<BrokenChoice<F>> {
    let rows: BTreeMap<&str, &Row> = coming.rows.iter().map(|row| (row.id.0.as_str(), row)).collect();
    // Each row of an earlier catalogue version is looked up only once.
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

/// Returns whether two catalogue rows have the same exam platform, form and type.
fn is_same_exam(one: &Row, other: &Row) -> bool {
    one.platform == other.platform && one.form == other.form && one.kind == other.kind
}

/// The fingerprint of a dry run: a hash of the catalogue draft and of every choice that the draft breaks, in order. A
/// request to publish the draft must contain the fingerprint that was shown.
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

/// The remedy, on publishing a catalogue, for all choices that the new version breaks for one reason.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Remedy {
    /// Remedy for broken choices: they stay unchanged, with the catalogue version under which they were made.
    #[default]
    Leave,
    /// Remedy for broken choices: they are returned to their instructors, with a reason.
    Return,
    /// Remedy for broken choices: they move to this catalogue row and wait for the decision of the head of department
    /// again.
    Move(RowId),
}

impl Remedy {
    /// The code of a remedy for broken choices in web forms and in the history, which is also the second half of the
    /// translation key `remedy-…`.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Leave => "leave",
            Self::Return => "give-back",
            Self::Move(_) => "move",
        }
    }
}

/// Returns whether a choice can move to a catalogue row: the row is on and offered to the faculty, and the choice has
/// the additional information that the row requires.
pub fn fits(fact: &ChoiceFact, target: &Row) -> bool {
    target.is_offered_to(&fact.faculty_code) && (target.info.is_none() || !fact.info.is_empty())
}
