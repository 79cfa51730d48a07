//! Opening the form: for one group, for all groups of a discipline, or for any ticked ones.

mod prefill;

use crate::app::UnitOfWork;
use crate::choosing::my_offerings::headed;
use crate::choosing::open_choice::prefill::{adopt, fill};
use crate::failure::Failure;
use crate::programmes::findings::{Findings, ReadingLanguages, findings};
use crate::reviewing::uniformity::{AgreeingGroup, colleagues};
use crate::term::form_exceptions::form_exception_of;
use domain::catalogue::picked::Picked;
use domain::catalogue::{Catalogue, Row, RowId};
use domain::choice::{Choice, Stage};
use domain::form_exception::FormException;
use domain::id::{DisciplineId, DocumentId, OfferingId};
use domain::name::Language;
use domain::offering::{Discipline, Offering};
use domain::person::Actor;
use domain::policy;
use domain::programme::Document;
use domain::report::ChoiceState;
use domain::term::Term;
use std::collections::BTreeMap;
use std::sync::Arc;

use store::{baselines, choices, documents, offerings, progress};

/// What is to be opened.
#[derive(Debug, Clone, Default)]
pub struct ChoiceFormQuery {
    /// These groups.
    pub offerings: Vec<OfferingId>,
    /// All open groups of this discipline.
    pub discipline: Option<DisciplineId>,
    /// Of all these only the ticked ones, where somebody has ticked already.
    pub ticked: Option<Vec<OfferingId>>,
    /// Begin with last term's choice.
    pub from_last: bool,
    /// Another table than the one in force, to look through somebody's eyes: nobody's private draft is shown then, and
    /// what is approved is not closed.
    pub rules: Option<Arc<Catalogue>>,
    /// Begin with what a colleague chose for this offering.
    pub adopt: Option<OfferingId>,
}

/// The form with everything that it shows.
#[derive(Debug, Clone)]
pub struct ChoiceFormData {
    /// The term.
    pub term: Term,
    /// The rule table in force.
    pub catalogue: Arc<Catalogue>,
    /// The groups to which the answer may apply.
    pub slots: Vec<GroupEntry>,
    /// Groups that were asked for but are approved already.
    pub closed: Vec<GroupEntry>,
    /// The dossiers of the disciplines.
    pub dossiers: Vec<Dossier>,
    /// Last term's choice for the discipline, if there is exactly one discipline and one choice.
    pub last_term: Option<Picked>,
    /// What colleagues chose for the same discipline, language and level.
    pub colleagues: Vec<AgreeingGroup>,
    /// What the form begins with.
    pub filled: FilledChoice,
}

/// One group in the form.
#[derive(Debug, Clone)]
pub struct GroupEntry {
    /// The offering.
    pub offering: Offering,
    /// The version on the screen; 0 for "not chosen".
    pub version: i64,
    /// Where it stands.
    pub state: ChoiceState,
    /// The answer is meant for it.
    pub is_ticked: bool,
    /// What is chosen now.
    pub current: Option<Picked>,
    /// Who sent what is chosen now.
    pub sent_by: Option<domain::id::PersonId>,
    /// Why it was returned.
    pub reason: String,
    /// The form is set centrally.
    pub set: Option<FormException>,
}

/// A discipline with the documents of its dossier.
#[derive(Debug, Clone)]
pub struct Dossier {
    /// The discipline.
    pub discipline: Discipline,
    /// Newest first.
    pub documents: Vec<Document>,
    /// What is worth a look about them.
    pub findings: Findings,
}

/// What is filled in.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FilledChoice {
    /// The row.
    pub row: Option<RowId>,
    /// Additional information.
    pub info: String,
    /// The programme, by discipline.
    pub documents: BTreeMap<DisciplineId, DocumentId>,
    /// It comes from a draft.
    pub is_draft: bool,
}

impl ChoiceFormData {
    /// The ticked groups.
    pub fn ticked(&self) -> impl Iterator<Item = &GroupEntry> {
        self.slots.iter().filter(|slot| slot.is_ticked)
    }

    /// The rows that every ticked group is offered, in the table's order.
    pub fn rows(&self) -> Vec<&Row> {
        self.catalogue.rows_on().filter(|row| self.barred(row).is_empty()).collect()
    }

    /// The rows that not every ticked group is offered, with those groups.
    pub fn barred_rows(&self) -> Vec<(&Row, Vec<&str>)> {
        let rows = self.catalogue.rows_on().map(|row| (row, self.barred(row)));
        rows.filter(|(_, groups)| !groups.is_empty()).collect()
    }

    /// The form that is set centrally for all ticked groups, if it is the same one.
    pub fn set(&self) -> Option<&FormException> {
        let mut ticked = self.ticked().map(|slot| slot.set.as_ref());
        let first = ticked.next()??;
        ticked.all(|other| other.is_some_and(|other| other.is(&first.row, &first.info))).then_some(first)
    }

    fn barred(&self, row: &Row) -> Vec<&str> {
        let is_open = |slot: &GroupEntry| {
            row.is_offered_to(&slot.offering.faculty_code) && slot.set.as_ref().is_none_or(|set| set.row == row.id)
        };
        let barred = self.ticked().filter(|slot| !is_open(slot));
        barred.map(|slot| slot.offering.group.as_str()).collect()
    }
}

/// Opens the form.
pub fn open_choice(
    work: &mut UnitOfWork<'_, '_>,
    actor: &Actor,
    asked: &ChoiceFormQuery,
) -> Result<ChoiceFormData, Failure> {
    let offered = asked_offerings(work, actor, asked)?;
    let first = offered.first().ok_or(Failure::NotFound)?;
    let term = work.term(first.0.term)?;
    let catalogue = match &asked.rules {
        Some(rules) => Arc::clone(rules),
        None => work.catalogue(term.catalogue)?,
    };
    let (mut slots, mut closed) = (Vec::new(), Vec::new());
    for (offering, is_asked) in offered {
        let is_ticked = asked.ticked.as_ref().map_or(is_asked, |ticked| ticked.contains(&offering.id));
        let slot = slot(work, offering, is_ticked)?;
        match (slot.state, is_asked) {
            (ChoiceState::Approved, true) if asked.rules.is_some() => slots.push(slot),
            (ChoiceState::Approved, true) => closed.push(slot),
            (ChoiceState::Approved, false) => {}
            _ => slots.push(slot),
        }
    }
    let dossiers = dossiers(work, &slots, &term)?;
    let last = last_term(work, &slots, &term)?;
    let ticked: Vec<&Offering> = slots.iter().filter(|slot| slot.is_ticked).map(|slot| &slot.offering).collect();
    let colleagues = colleagues(work, &term, &ticked)?;
    let mut filled = fill(work, actor, asked, (&slots, &dossiers, last.as_ref()))?;
    adopt(&mut filled, &colleagues, asked.adopt);
    let last_term = match last {
        Some(known) => Some(Picked::of(&*work.catalogue(known.catalogue)?, &known.answer.row, &known.answer.info)),
        None => None,
    };
    Ok(ChoiceFormData { term, catalogue, slots, closed, dossiers, last_term, colleagues, filled })
}

/// The groups asked for, and the other groups of the same disciplines for which the actor chooses.
fn asked_offerings(
    work: &mut UnitOfWork<'_, '_>,
    actor: &Actor,
    asked: &ChoiceFormQuery,
) -> Result<Vec<(Offering, bool)>, Failure> {
    let mut named = Vec::new();
    for id in &asked.offerings {
        let found = offerings::find(work.tx, *id)?.filter(|offering| policy::sees(actor, offering));
        let offering = found.ok_or(Failure::NotFound)?;
        policy::chooser(actor, &offering)?;
        named.push(offering);
    }
    let term = match named.first() {
        Some(offering) => offering.term,
        None => work.current_term()?.id,
    };
    let mut mine = offerings::taught_by(work.tx, actor.person, term)?;
    for department in headed(actor) {
        mine.extend(progress::vacancies(work.tx, department, term)?);
    }
    let mut all: Vec<(Offering, bool)> = Vec::new();
    for offering in mine.into_iter().filter(|offering| policy::chooser(actor, offering).is_ok()) {
        let is_named = named.iter().any(|known| known.id == offering.id);
        let is_kin = named.iter().any(|known| known.discipline.id == offering.discipline.id);
        let is_asked = is_named || asked.discipline == Some(offering.discipline.id);
        if is_asked || is_kin {
            all.push((offering, is_asked));
        }
    }
    // Vacancies that a head fills are named, but not among what the head teaches.
    let strangers = named.into_iter().filter(|known| all.iter().all(|(offering, _)| offering.id != known.id));
    let strangers: Vec<_> = strangers.map(|offering| (offering, true)).collect();
    all.extend(strangers);
    Ok(all)
}

fn slot(work: &mut UnitOfWork<'_, '_>, offering: Offering, is_ticked: bool) -> Result<GroupEntry, Failure> {
    let choice: Choice = choices::find(work.tx, offering.id)?.choice;
    let latest = choice.current.as_ref();
    let current = match latest {
        Some(current) => {
            Some(Picked::of(&*work.catalogue(current.catalogue)?, &current.answer.row, &current.answer.info))
        }
        None => None,
    };
    let reason = match latest.map(|current| &current.stage) {
        Some(Stage::Returned { reason, .. }) => reason.clone(),
        _ => String::new(),
    };
    Ok(GroupEntry {
        set: form_exception_of(work, &offering)?,
        version: choice.version(),
        state: ChoiceState::of(latest.map(|current| &current.stage), false),
        sent_by: latest.map(|current| current.sent_by),
        offering,
        is_ticked,
        current,
        reason,
    })
}

fn dossiers(work: &mut UnitOfWork<'_, '_>, slots: &[GroupEntry], term: &Term) -> Result<Vec<Dossier>, Failure> {
    let mut dossiers: Vec<Dossier> = Vec::new();
    let none_ticked = slots.iter().all(|slot| !slot.is_ticked);
    let meant: Vec<&GroupEntry> = slots.iter().filter(|slot| slot.is_ticked || none_ticked).collect();
    for slot in &meant {
        let discipline = &slot.offering.discipline;
        if dossiers.iter().all(|dossier| dossier.discipline.id != discipline.id) {
            let documents = documents::of_discipline(work.tx, discipline.id)?;
            let parallel = meant.iter().filter(|other| other.offering.discipline.id == discipline.id);
            let languages: Vec<Language> = parallel.map(|slot| slot.offering.language).collect();
            let findings = findings(work, (discipline.id, &documents), term, ReadingLanguages::All(&languages))?;
            dossiers.push(Dossier { discipline: discipline.clone(), documents, findings });
        }
    }
    Ok(dossiers)
}

fn last_term(
    work: &mut UnitOfWork<'_, '_>,
    slots: &[GroupEntry],
    term: &Term,
) -> Result<Option<baselines::ApprovedBaseline>, Failure> {
    let mut ticked = slots.iter().filter(|slot| slot.is_ticked);
    let Some(first) = ticked.next() else { return Ok(None) };
    if ticked.any(|slot| slot.offering.discipline.id != first.offering.discipline.id) {
        return Ok(None);
    }
    let like = (first.offering.responsible, first.offering.language);
    let approved = baselines::approved_before(work.tx, first.offering.discipline.id, term.starts)?;
    Ok(baselines::closest(&approved, like).cloned())
}
