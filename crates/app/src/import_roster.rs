//! Bringing a roster in: compared with what is there, written in one transaction or not at all. The same roster twice
//! changes nothing; what the roster no longer has is counted and left as it is.

mod kept_here;
mod replaced;

use self::replaced::{replaced, tell_replaced};
use crate::desk::Desk;
use crate::failure::Failure;
use domain::id::{OrgId, PersonId, TermId};
use domain::person::Person;
use domain::roster::{Difference, OrgKind, Roster, RosterOffering, RosterTerm};
use domain::term::Term;
use serde_json::json;
use std::collections::{HashMap, HashSet};
use std::hash::Hash;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use store::history::{self, Event};
use store::{catalogues, documents, exams, orgs, people, roster, terms};

/// What an import did, or would do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Report {
    /// Units.
    pub orgs: Difference,
    /// Terms.
    pub terms: Difference,
    /// People.
    pub people: Difference,
    /// Appointments.
    pub appointments: Difference,
    /// Disciplines.
    pub disciplines: Difference,
    /// Offerings.
    pub offerings: Difference,
    /// Students in offerings.
    pub enrolments: Difference,
}

impl Report {
    /// All kinds by name, for showing.
    pub fn kinds(&self) -> [(&'static str, Difference); 7] {
        [
            ("orgs", self.orgs),
            ("terms", self.terms),
            ("people", self.people),
            ("appointments", self.appointments),
            ("disciplines", self.disciplines),
            ("offerings", self.offerings),
            ("enrolments", self.enrolments),
        ]
    }

    /// Does it change anything?
    pub fn changes(&self) -> usize {
        self.kinds().iter().map(|(_, difference)| difference.new + difference.changed).sum()
    }
}

/// How an import is done.
#[derive(Debug, Clone, Default)]
pub struct How {
    /// Only say what it would do.
    pub dry_run: bool,
    /// Counts the records that were written, for a progress bar.
    pub written: Arc<AtomicU64>,
}

/// Imports a roster.
pub fn import_roster(desk: &mut Desk<'_, '_>, roster: &Roster, how: &How) -> Result<Report, Failure> {
    how.written.store(0, Ordering::Relaxed);
    let dry_run = how.dry_run;
    let mut import = Import { desk, dry_run, report: Report::default(), written: &how.written };
    import.units_and_people(roster)?;
    import.taught(roster)?;
    let report = import.report;
    if !dry_run && report.changes() > 0 {
        tell(desk, &report)?;
    }
    Ok(report)
}

/// Leaves only the offerings (and students) of one term.
pub fn only_term(roster: &mut Roster, code: &str) -> Result<(), Failure> {
    let term = roster.terms.iter().find(|term| term.code == code).ok_or(Failure::NotFound)?.id;
    roster.terms.retain(|known| known.id == term);
    roster.offerings.retain(|offering| offering.term == term);
    let kept: HashSet<_> = roster.offerings.iter().map(|offering| offering.id).collect();
    roster.enrolments.retain(|enrolment| kept.contains(&enrolment.offering));
    Ok(())
}

struct Import<'i, 'd, 'tx> {
    desk: &'i mut Desk<'d, 'tx>,
    dry_run: bool,
    report: Report,
    written: &'i AtomicU64,
}

impl Import<'_, '_, '_> {
    fn units_and_people(&mut self, roster: &Roster) -> Result<(), Failure> {
        let (tx, write, seen) = (&mut *self.desk.tx, !self.dry_run, self.written);
        let known = orgs::all(tx)?;
        self.report.orgs = merge(&roster.orgs, known, |org| org.id, |org| put((write, seen), || orgs::put(tx, org)))?;
        let known = people::all(tx)?;
        let wanted = as_decided_here(&roster.people, &known);
        if write {
            // Two people may have swapped their usernames.
            renamed(&wanted, &known).try_for_each(|person| people::release_username(tx, person))?;
        }
        self.report.people =
            merge(&wanted, known, |person| person.id, |person| put((write, seen), || people::put(tx, person)))?;
        let known = people::appointments(tx)?;
        let wanted = kept_here::appointments(&roster.appointments, &known);
        self.report.appointments = merge(
            &wanted,
            known,
            |appointment| appointment.id,
            |appointment| put((write, seen), || people::put_appointment(tx, appointment)),
        )?;
        Ok(())
    }

    fn taught(&mut self, roster: &Roster) -> Result<(), Failure> {
        let (write, seen) = (!self.dry_run, self.written);
        let known = terms::all(self.desk.tx)?;
        let wanted: Vec<RosterTerm> = roster.terms.iter().map(|term| as_kept_here(term, &known)).collect();
        let known = known.into_iter().map(as_roster).collect();
        let tx = &mut *self.desk.tx;
        let newest = catalogues::latest(tx)?;
        self.report.terms =
            merge(&wanted, known, |term| term.id, |term| put((write, seen), || terms::put(tx, term, newest)))?;
        let known = roster::disciplines(tx)?;
        self.report.disciplines = merge(
            &roster.disciplines,
            known,
            |discipline| discipline.id,
            |discipline| put((write, seen), || roster::put_discipline(tx, discipline)),
        )?;
        if write && self.report.disciplines.changed > 0 {
            documents::forget_checks(tx)?;
        }
        let homes = homes(roster);
        for term in &roster.terms {
            self.offerings_of(roster, term.id, &homes)?;
        }
        Ok(())
    }

    fn offerings_of(
        &mut self,
        roster: &Roster,
        term: TermId,
        homes: &HashMap<domain::id::DisciplineId, (OrgId, OrgId)>,
    ) -> Result<(), Failure> {
        let (tx, write, seen) = (&mut *self.desk.tx, !self.dry_run, self.written);
        let of_term = roster.offerings.iter().filter(|offering| offering.term == term);
        let at_home = |offering: &RosterOffering| RosterOffering {
            home: homes.get(&offering.discipline).copied(),
            ..offering.clone()
        };
        let wanted = kept_here::offerings(of_term.map(at_home), &exams::kept(tx, term)?);
        let known = roster::offered::offerings(tx, term)?;
        let replaced = replaced(&wanted, &known);
        let difference = merge(
            &wanted,
            known,
            |offering| offering.id,
            |offering| put((write, seen), || roster::offered::put_offering(tx, offering)),
        )?;
        add(&mut self.report.offerings, difference);
        if write {
            replaced.iter().try_for_each(|one| tell_replaced(self.desk, one))?;
        }
        let tx = &mut *self.desk.tx;
        let ids: HashSet<_> = wanted.iter().map(|offering| offering.id).collect();
        let wanted: Vec<_> =
            roster.enrolments.iter().filter(|enrolment| ids.contains(&enrolment.offering)).copied().collect();
        let known = roster::offered::enrolments(tx, term)?;
        let difference = merge(
            &wanted,
            known,
            |enrolment| *enrolment,
            |enrolment| put((write, seen), || roster::offered::add_enrolment(tx, *enrolment)),
        )?;
        add(&mut self.report.enrolments, difference);
        Ok(())
    }
}

/// People who get another username than they have.
fn renamed(wanted: &[Person], known: &[Person]) -> impl Iterator<Item = PersonId> {
    let known: HashMap<_, _> = known.iter().map(|person| (person.id, &person.username)).collect();
    wanted
        .iter()
        .filter(move |person| known.get(&person.id).is_some_and(|&name| *name != person.username))
        .map(|p| p.id)
}

/// What was decided here outweighs the roster: the language that a person chose, and a disabled account.
fn as_decided_here(wanted: &[Person], known: &[Person]) -> Vec<Person> {
    let known: HashMap<_, _> = known.iter().map(|person| (person.id, person)).collect();
    let decided = |person: &Person| {
        let here = known.get(&person.id);
        Person {
            locale: here.and_then(|here| here.locale).or(person.locale),
            is_enabled: person.is_enabled && here.is_none_or(|here| here.is_enabled),
            ..person.clone()
        }
    };
    wanted.iter().map(decided).collect()
}

fn put((write, seen): (bool, &AtomicU64), work: impl FnOnce() -> store::Result<()>) -> store::Result<()> {
    seen.fetch_add(1, Ordering::Relaxed);
    if write { work() } else { Ok(()) }
}

/// Writes what is new or otherwise, and counts.
fn merge<T: PartialEq, K: Eq + Hash>(
    wanted: &[T],
    known: Vec<T>,
    key: impl Fn(&T) -> K,
    mut write: impl FnMut(&T) -> store::Result<()>,
) -> Result<Difference, Failure> {
    let mut known: HashMap<K, T> = known.into_iter().map(|record| (key(&record), record)).collect();
    let mut difference = Difference::default();
    for record in wanted {
        match known.remove(&key(record)) {
            Some(before) if before == *record => {
                difference.unchanged += 1;
                continue;
            }
            Some(_) => difference.changed += 1,
            None => difference.new += 1,
        }
        write(record)?;
    }
    difference.absent = known.len();
    Ok(difference)
}

fn add(sum: &mut Difference, more: Difference) {
    sum.new += more.new;
    sum.changed += more.changed;
    sum.unchanged += more.unchanged;
    sum.absent += more.absent;
}

/// The department and faculty of every discipline.
fn homes(roster: &Roster) -> HashMap<domain::id::DisciplineId, (OrgId, OrgId)> {
    let parents: HashMap<OrgId, OrgId> = roster
        .orgs
        .iter()
        .filter(|org| org.kind == OrgKind::Department)
        .filter_map(|org| Some((org.id, org.parent?)))
        .collect();
    let homes = roster.disciplines.iter();
    homes.filter_map(|known| Some((known.id, (known.department, *parents.get(&known.department)?)))).collect()
}

/// The names and dates that the registrar has set outweigh the roster's.
fn as_kept_here(wanted: &RosterTerm, known: &[Term]) -> RosterTerm {
    let kept = known.iter().find(|term| term.id == wanted.id && term.is_kept_here);
    kept.map_or_else(|| wanted.clone(), |term| as_roster(term.clone()))
}

fn as_roster(term: Term) -> RosterTerm {
    RosterTerm {
        id: term.id,
        code: term.code,
        name: term.name,
        starts: term.starts,
        ends: term.ends,
        choose_from: term.choose_from,
        choose_until: term.choose_until,
        approve_until: term.approve_until,
    }
}

fn tell(desk: &mut Desk<'_, '_>, report: &Report) -> Result<(), Failure> {
    let counts: serde_json::Map<String, serde_json::Value> = report
        .kinds()
        .into_iter()
        .map(|(kind, counted)| (kind.to_owned(), json!({ "new": counted.new, "changed": counted.changed })))
        .collect();
    let payload = serde_json::Value::Object(counts).to_string();
    let subject = "roster".to_owned();
    let event = Event { subject, at: desk.now, actor: None, role: None, act: "roster-imported", payload };
    Ok(history::append(desk.tx, event)?)
}
