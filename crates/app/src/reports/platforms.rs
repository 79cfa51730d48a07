//! What the platforms will have to carry, and how it was in another term.

use crate::app::Desk;
use crate::failure::Failure;
use crate::reports::report_scope::{Outlook, Where, outlook};
use domain::id::OrgId;
use domain::name::{Language, Name};
use domain::person::Actor;
use domain::report::{State, Tally};
use domain::term::Term;
use domain::workload::{Table, Weight};
use std::collections::BTreeMap;
use store::workload;
use store::workload::Load;

/// A platform and a form, in the order of the rule table.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Kind {
    /// The platform's place in the rule table, and its code.
    pub platform: (usize, String),
    /// The form's place in the rule table, and its code.
    pub form: (usize, String),
}

/// What the codes of platforms and forms are called.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Labels {
    platforms: BTreeMap<String, Name>,
    forms: BTreeMap<String, Name>,
    /// Stands for what nobody named.
    nameless: Name,
}

impl Labels {
    /// A platform's name.
    pub fn platform(&self, code: &str) -> &Name {
        self.platforms.get(code).unwrap_or(&self.nameless)
    }

    /// A form's name.
    pub fn form(&self, code: &str) -> &Name {
        self.forms.get(code).unwrap_or(&self.nameless)
    }
}

/// Everything on the page of platforms.
#[derive(Debug, Clone)]
pub struct Platforms {
    /// The term and the unit.
    pub outlook: Outlook,
    /// Only what is approved is counted; else also what waits for a decision.
    pub is_approved_only: bool,
    /// By platform and form, and by language of instruction.
    pub by_language: Table<Kind, Language>,
    /// By faculty and platform.
    pub by_faculty: Table<OrgId, (usize, String)>,
    /// Names.
    pub labels: Labels,
}

/// Counts the exams of a unit and their students by platform, form, language and faculty.
pub fn platforms(
    desk: &mut Desk<'_, '_>,
    actor: &Actor,
    (asked, is_approved_only): (&Where, bool),
) -> Result<Platforms, Failure> {
    let outlook = outlook(desk, actor, asked)?;
    let (mut by_language, mut by_faculty, mut labels) = (Table::default(), Table::default(), Labels::default());
    for load in workload::load(desk.tx, outlook.term.id, outlook.scope())? {
        let counts = load.state == State::Approved || (!is_approved_only && load.state == State::InReview);
        let Some(kind) = kind(desk, &load, &mut labels)?.filter(|_| counts) else { continue };
        by_faculty.add(load.faculty, kind.platform.clone(), weight(&load));
        by_language.add(kind, load.language, weight(&load));
    }
    Ok(Platforms { outlook, is_approved_only, by_language, by_faculty, labels })
}

fn weight(load: &Load) -> Weight {
    Weight { exams: load.offerings, students: load.students }
}

/// The platform and form of what is counted; their names are noted.
fn kind(desk: &mut Desk<'_, '_>, load: &Load, labels: &mut Labels) -> Result<Option<Kind>, Failure> {
    let Some((id, version)) = &load.row else { return Ok(None) };
    let catalogue = desk.catalogue(*version)?;
    let row = catalogue.row(id);
    let (platform, form) = row.map_or((id.0.as_str(), id.0.as_str()), |row| (row.platform.as_str(), row.form.as_str()));
    labels.platforms.entry(platform.to_owned()).or_insert_with(|| catalogue.platform(platform));
    labels.forms.entry(form.to_owned()).or_insert_with(|| catalogue.form(form));
    let place = |all: &[domain::catalogue::Label], code: &str| {
        (all.iter().position(|label| label.code == code).unwrap_or(all.len()), code.to_owned())
    };
    Ok(Some(Kind { platform: place(&catalogue.platforms, platform), form: place(&catalogue.forms, form) }))
}

/// Two terms side by side.
#[derive(Debug, Clone)]
pub struct Comparison {
    /// The unit, and the term that is asked for.
    pub outlook: Outlook,
    /// The term that it is compared with.
    pub other: Term,
    /// The counts by state: in the term, in the other one.
    pub tallies: (Tally, Tally),
    /// By platform and form, what waits or is approved: in the term, in the other one.
    pub kinds: Vec<(Kind, Weight, Weight)>,
    /// The faculties' counts, where the whole university is looked at.
    pub faculties: Vec<(OrgId, Tally, Tally)>,
    /// Names.
    pub labels: Labels,
}

/// Compares a term with another one; without a wish with the one before it.
pub fn compare(
    desk: &mut Desk<'_, '_>,
    actor: &Actor,
    (asked, with): (&Where, Option<&str>),
) -> Result<Comparison, Failure> {
    let outlook = outlook(desk, actor, asked)?;
    let mut others = outlook.terms.iter();
    let other = match with {
        Some(code) => others.find(|term| term.code == code),
        None => others.find(|term| term.starts < outlook.term.starts).or(Some(&outlook.term)),
    };
    let other = other.cloned().ok_or(Failure::NotFound)?;
    let (mut kinds, mut labels): (BTreeMap<Kind, [Weight; 2]>, Labels) = (BTreeMap::new(), Labels::default());
    let (mut tallies, mut faculties) = ([Tally::default(); 2], BTreeMap::<OrgId, [Tally; 2]>::new());
    for (place, term) in [outlook.term.id, other.id].into_iter().enumerate() {
        for load in workload::load(desk.tx, term, outlook.scope())? {
            let faculty = faculties.entry(load.faculty).or_default();
            for tally in [tallies.get_mut(place), faculty.get_mut(place)].into_iter().flatten() {
                tally.add(load.state, load.offerings);
            }
            let Some(kind) = kind(desk, &load, &mut labels)? else { continue };
            let weights = kinds.entry(kind).or_default();
            if let Some(sum) = weights.get_mut(place).filter(|_| load.state != State::Returned) {
                *sum += weight(&load);
            }
        }
    }
    let [now, then] = tallies;
    let is_top = outlook.unit.is_none();
    Ok(Comparison {
        tallies: (now, then),
        kinds: kinds.into_iter().map(|(kind, [now, then])| (kind, now, then)).collect(),
        faculties: faculties.into_iter().filter(|_| is_top).map(|(id, [now, then])| (id, now, then)).collect(),
        outlook,
        other,
        labels,
    })
}
