//! Dry run of a new catalogue version: finds the choices that it would break before it is published.

use crate::catalogue::{Catalogue, Row, RowId};
use crate::digest::Digest;
use crate::id::{OfferingId, OrgId};
use crate::report::ChoiceState;
use std::borrow::Borrow;
use std::collections::BTreeMap;

/// The facts about a choice that determine whether a catalogue breaks it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChoiceFact {
    pub offering: OfferingId,
    pub department: OrgId,
    /// The code of the offering's faculty, by which rows are offered.
    pub faculty_code: String,
    /// The state of the choice.
    pub state: ChoiceState,
    pub version: i64,
    pub row: RowId,
    pub info: String,
    /// The catalogue version under which the choice was made.
    pub catalogue: i64,
}

/// The ways in which a catalogue breaks a choice. If several apply, the first in this list counts, since it
/// requires the largest change.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum BreakKind {
    /// The row is missing from the catalogue, or is switched off.
    RowGone,
    /// The row is no longer offered to the offering's faculty.
    NotOffered,
    /// The row now has another platform, form or type.
    MeaningChanged,
    /// The row now requires information that the choice does not have.
    InfoRequired,
    /// The row now forbids the information that the choice has.
    InfoForbidden,
}

impl BreakKind {
    /// All kinds of break, in the order of precedence.
    pub const ALL: [Self; 5] =
        [Self::RowGone, Self::NotOffered, Self::MeaningChanged, Self::InfoRequired, Self::InfoForbidden];

    /// The code of the kind of break, which is also the second half of the translation key `break-…`.
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

/// A choice that the catalogue breaks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BrokenChoice<F> {
    pub fact: F,
    pub how: BreakKind,
}

/// Returns the choices that `coming` would break, in the given order. `known_versions` holds the versions under which
/// they were chosen; if a version is missing, the row is assumed to have had the same meaning as in `coming`.
pub fn dry_run<F: Borrow<ChoiceFact>, C: Borrow<Catalogue>>(
    facts: Vec<F>,
    known_versions: &BTreeMap<i64, C>,
    coming: &Catalogue,
) -> Vec<BrokenChoice<F>> {
    let rows: BTreeMap<&str, &Row> = coming.rows.iter().map(|row| (row.id.0.as_str(), row)).collect();
    // Each row of an earlier version is looked up only once.
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

/// Returns whether two rows have the same platform, form and type.
fn is_same_exam(one: &Row, other: &Row) -> bool {
    one.platform == other.platform && one.form == other.form && one.kind == other.kind
}

/// The fingerprint of a dry run: of the catalogue draft, and of every choice that it breaks, in order. Publishing must
/// present the fingerprint that was shown.
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

/// The remedy for all choices that are broken in one way.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Remedy {
    /// The choices stay unchanged, with the version under which they were made.
    #[default]
    Leave,
    /// The choices are returned to their instructors, with a reason.
    Return,
    /// The choices move to this row and wait for the head again.
    Move(RowId),
}

impl Remedy {
    /// The code in forms and in the history, which is also the second half of the translation key `remedy-…`.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Leave => "leave",
            Self::Return => "give-back",
            Self::Move(_) => "move",
        }
    }
}

/// Returns whether a choice can move to a row: the row is on and offered to the faculty, and the choice has the
/// information that the row requires.
pub fn fits(fact: &ChoiceFact, target: &Row) -> bool {
    target.is_offered_to(&fact.faculty_code) && (target.info.is_none() || !fact.info.is_empty())
}
