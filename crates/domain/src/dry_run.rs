//! Dry run of a new catalogue version: finds the choices that it would break before it is published.

use crate::catalogue::{Catalogue, Row, RowId};
use crate::digest::Digest;
use crate::id::{OfferingId, OrgId};
use crate::report::ChoiceState;
use std::borrow::Borrow;
use std::collections::BTreeMap;

/// The facts about a choice that decide whether a catalogue breaks it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChoiceFact {
    pub offering: OfferingId,
    pub department: OrgId,
    /// The code of its faculty, by which rows are offered.
    pub faculty_code: String,
    /// Where it stands.
    pub state: ChoiceState,
    pub version: i64,
    pub row: RowId,
    pub info: String,
    /// The catalogue version under which it was chosen.
    pub catalogue: i64,
}

/// How a table breaks a choice. Of several ways the first of this list counts: it asks for most.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum BreakKind {
    /// The row is not in the table, or is switched off.
    RowGone,
    /// The row is not offered to the offering's faculty any more.
    NotOffered,
    /// The row stands for another platform, form or type.
    MeaningChanged,
    /// The row now asks for information that the choice does not have.
    InfoRequired,
    /// The row now forbids the information that the choice has.
    InfoForbidden,
}

impl BreakKind {
    /// All of them, in the order in which they count.
    pub const ALL: [Self; 5] =
        [Self::RowGone, Self::NotOffered, Self::MeaningChanged, Self::InfoRequired, Self::InfoForbidden];

    /// The code; also the second half of the translation key `break-…`.
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

/// A choice that the table breaks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BrokenChoice<F> {
    pub fact: F,
    pub how: BreakKind,
}

/// The choices that `coming` would break, in the order given. `known_versions` holds the versions under which they were chosen; of
/// a version that is not there it is assumed that the row meant what it means in `coming`.
pub fn dry_run<F: Borrow<ChoiceFact>, C: Borrow<Catalogue>>(
    facts: Vec<F>,
    known_versions: &BTreeMap<i64, C>,
    coming: &Catalogue,
) -> Vec<BrokenChoice<F>> {
    let rows: BTreeMap<&str, &Row> = coming.rows.iter().map(|row| (row.id.0.as_str(), row)).collect();
    // A row of an earlier version is looked up once, however many chose it.
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

/// Whether two rows have the same platform, form and type.
fn is_same_exam(one: &Row, other: &Row) -> bool {
    one.platform == other.platform && one.form == other.form && one.kind == other.kind
}

/// The fingerprint of a dry run: of the table, and of every choice that it breaks, in order. Whoever publishes names the one
/// that was on the screen.
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
    /// They stay as they are, pinned to the version under which they were chosen.
    #[default]
    Leave,
    /// They go back to their instructors, who are told why.
    Return,
    /// They move to this row and wait for the head again.
    Move(RowId),
}

impl Remedy {
    /// The code in forms and in the history; also the second half of the translation key `remedy-…`.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Leave => "leave",
            Self::Return => "give-back",
            Self::Move(_) => "move",
        }
    }
}

/// Can this choice move to a row: is it on, offered there, and does the choice have what the row asks for?
pub fn fits(fact: &ChoiceFact, target: &Row) -> bool {
    target.is_offered_to(&fact.faculty_code) && (target.info.is_none() || !fact.info.is_empty())
}
