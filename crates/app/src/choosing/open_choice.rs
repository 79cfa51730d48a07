//! Opens the choice form for one student group, for all of the instructor's groups in a discipline,
//! or for student groups that the instructor selects.

mod form_data;
mod prefill;

pub use form_data::{BarredRow, ChoiceFormData, ChoiceFormQuery, Dossier, FilledChoice, GroupEntry};

use crate::choosing::my_offerings::headed;
use crate::choosing::open_choice::prefill::{PrefillSources, adopt, fill};
use crate::failure::Failure;
use crate::programmes::findings::{ReadingLanguages, findings};
use crate::reason::reason_in_languages;
use crate::reviewing::uniformity::colleagues;
use crate::unit_of_work::UnitOfWork;
use domain::catalogue::picked::Picked;
use domain::choice::{Choice, Stage};
use domain::form_exception::form_exception_for;
use domain::id::OfferingId;
use domain::name::Language;
use domain::offering::Offering;
use domain::person::Actor;
use domain::policy;
use domain::report::ChoiceState;
use domain::term::Term;
use std::collections::HashMap;
use std::sync::Arc;
use store::{baselines, choices, documents, form_exceptions, offerings, progress};

/// Builds the choice form for the student groups that the signed-in person has requested.
pub fn open_choice(
    work: &mut UnitOfWork<'_, '_>,
    actor: &Actor,
    asked: &ChoiceFormQuery,
) -> Result<ChoiceFormData, Failure> {
    let offered = asked_offerings(work, actor, asked)?;
    let first = offered.first().ok_or(Failure::NotFound)?;
    let term = work.term(first.offering.term)?;
    let catalogue = match &asked.rules {
        Some(rules) => Arc::clone(rules),
        None => work.catalogue(term.catalogue)?,
    };
    let set = form_exceptions::of_term(work.tx, term.id)?;
    let mut stored: HashMap<OfferingId, Choice> = choices::taught_by(work.tx, actor.person, term.id)?
        .into_iter()
        .map(|one| (one.choice.offering, one.choice))
        .collect();
    let (mut slots, mut closed) = (Vec::new(), Vec::new());
    for AskedOffering { offering, is_asked } in offered {
        let is_ticked = asked.ticked.as_ref().map_or(is_asked, |ticked| ticked.contains(&offering.id));
        let choice = match stored.remove(&offering.id) {
            Some(choice) => choice,
            None if offering.teachers.contains(&actor.person) => Choice::none(offering.id),
            None => choices::find(work.tx, offering.id)?.choice,
        };
        let set = form_exception_for(&set, &offering).cloned();
        let slot = GroupEntry { set, is_ticked, ..slot(work, actor, offering, &choice)? };
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
    let sources = PrefillSources { slots: &slots, dossiers: &dossiers, last: last.as_ref() };
    let mut filled = fill(work, actor, asked, &sources)?;
    adopt(&mut filled, &colleagues, asked.adopt);
    let last_term = match last {
        Some(known) => Some(Picked::of(&*work.catalogue(known.catalogue)?, &known.answer.row, &known.answer.info)),
        None => None,
    };
    Ok(ChoiceFormData { term, catalogue, slots, closed, dossiers, last_term, colleagues, filled })
}

/// An offering (a discipline taught to one group) that the choice form lists.
struct AskedOffering {
    offering: Offering,
    /// Whether the signed-in person requested the choice form for this offering (a discipline
    /// taught to one group). The form also lists the person's other offerings of the same
    /// disciplines; for those, the value is false.
    is_asked: bool,
}

/// Finds the offerings for which the signed-in person requested the choice form, and this person's
/// other offerings of the same disciplines.
fn asked_offerings(
    work: &mut UnitOfWork<'_, '_>,
    actor: &Actor,
    asked: &ChoiceFormQuery,
) -> Result<Vec<AskedOffering>, Failure> {
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
    let mut all: Vec<AskedOffering> = Vec::new();
    for offering in mine.into_iter().filter(|offering| policy::chooser(actor, offering).is_ok()) {
        let is_named = named.iter().any(|known| known.id == offering.id);
        let is_kin = named.iter().any(|known| known.discipline.id == offering.discipline.id);
        let is_asked = is_named || asked.discipline == Some(offering.discipline.id);
        if is_asked || is_kin {
            all.push(AskedOffering { offering, is_asked });
        }
    }
    // An offering that the request names can be missing from the list `all`, which contains only
    // offerings that the person teaches, or that have no instructor in a department that the person
    // heads. The choice form shows such an offering, too.
    let strangers = named.into_iter().filter(|known| all.iter().all(|one| one.offering.id != known.id));
    let strangers: Vec<_> = strangers.map(|offering| AskedOffering { offering, is_asked: true }).collect();
    all.extend(strangers);
    Ok(all)
}

/// Makes the entry of a student group in the choice form, not selected and without a centrally set
/// exam format.
fn slot(
    work: &mut UnitOfWork<'_, '_>,
    actor: &Actor,
    offering: Offering,
    choice: &Choice,
) -> Result<GroupEntry, Failure> {
    let latest = choice.current.as_ref();
    let current = match latest {
        Some(current) => {
            Some(Picked::of(&*work.catalogue(current.catalogue)?, &current.answer.row, &current.answer.info))
        }
        None => None,
    };
    let reason = match latest.map(|current| &current.stage) {
        Some(Stage::Returned { by, reason, .. }) => Some(reason_in_languages(work, reason, *by)?),
        _ => None,
    };
    Ok(GroupEntry {
        set: None,
        version: choice.version(),
        state: ChoiceState::of(latest.map(|current| &current.stage), false),
        own_sent_at: latest.filter(|current| current.sent_by == actor.person).map(|current| current.sent_at),
        offering,
        is_ticked: false,
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
            let findings = findings(work, discipline.id, &documents, term, ReadingLanguages::All(&languages))?;
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
    let approved = baselines::approved_before(work.tx, first.offering.discipline.id, term.starts)?;
    Ok(baselines::closest(&approved, first.offering.responsible, first.offering.language).cloned())
}
