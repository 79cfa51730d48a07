//! Searches people, and builds the web page of one person: account, past and present appointments,
//! offerings, and history.

use crate::failure::Failure;
use crate::unit_of_work::UnitOfWork;
use chrono::{DateTime, NaiveDate, Utc};
use domain::appointment::Validity;
use domain::history::Subject;
use domain::id::{OrgId, PersonId};
use domain::limits::PEOPLE_PAGE_SIZE;
use domain::name::{Name, sort_key};
use domain::offering::Offering;
use domain::person::{Actor, Appointment, Person, Role};
use domain::policy::{self, PeopleScope};
use domain::roster::Org;
use serde::Deserialize;
use store::directory;
use store::history::{self, HistoryRecord};
use store::{offerings, orgs, people, terms};

pub use store::directory::PeopleSearch;

/// One result page of a search for people.
#[derive(Debug, Clone)]
pub struct PeopleList {
    /// The people on the result page, each with the roles that are valid today and the units of the
    /// roles.
    pub people: Vec<(Person, Vec<(Role, Name)>)>,
    /// Whether the search for people has more results after the last person of the result page.
    pub has_more: bool,
    /// Whether the signed-in person is allowed to see all people, not only the people of some
    /// departments.
    pub sees_all: bool,
    /// The name of the unit to which the search for people is limited; `None` if the search is not
    /// limited.
    pub unit: Option<Name>,
}

/// The content of the web page of one person.
#[derive(Debug, Clone)]
pub struct PersonView {
    pub person: Person,
    /// Whether a password is set for the person's account.
    pub has_password: bool,
    /// All appointments of the person: present, future and past ones.
    pub held: Vec<AppointmentView>,
    /// The offerings (a discipline taught to one group) that the person teaches in the current
    /// academic term.
    pub teaches: Vec<Offering>,
    /// The history of the person's account and appointments, newest entry first.
    pub history: Vec<PersonEvent>,
    /// The roles to which the signed-in person is allowed to appoint the person.
    pub roles: Vec<Role>,
    /// The units in which the signed-in person is allowed to appoint the person.
    pub units: Vec<Org>,
    /// Whether the signed-in person is allowed to manage the person's account.
    pub manages_account: bool,
}

/// An appointment of a person to a role, as the web page of the person shows the appointment.
#[derive(Debug, Clone)]
pub struct AppointmentView {
    pub appointment: Appointment,
    pub unit: Name,
    /// Whether the appointment is past, valid today, or in the future.
    pub season: Validity,
    /// Whether the signed-in person is allowed to change and end the appointment.
    pub may_change: bool,
}

/// An entry in the history of a person, as the web page of the person shows it.
#[derive(Debug, Clone)]
pub struct PersonEvent {
    pub at: DateTime<Utc>,
    /// The name of the person who did the recorded act; empty for an act from the command line.
    pub by: String,
    /// The role in which the author of the history entry acted; `None` if no role is recorded.
    pub role: Option<Role>,
    /// The code of the act that the history entry records. The translation key `act-…` ends with
    /// this code.
    pub act: String,
    /// The role and unit of the appointment to which the history entry refers; `None` if the entry
    /// is not about an appointment.
    pub appointed: Option<(Role, Name)>,
    /// The first and last day of the appointment to which the history entry refers.
    pub days: (Option<NaiveDate>, Option<NaiveDate>),
    /// The number of the printed order (a decree) by which the person was appointed, according to
    /// the history entry; empty if there is none.
    pub order: String,
}

/// Searches people among those whom the signed-in person is allowed to see.
pub fn find_people(work: &mut UnitOfWork<'_, '_>, actor: &Actor, wanted: &PeopleSearch) -> Result<PeopleList, Failure> {
    let acquaintance = policy::sees_people(actor)?;
    let mut found = match &acquaintance {
        PeopleScope::Everybody => directory::page(work.tx, wanted)?,
        PeopleScope::Departments(departments) => of_departments(work, departments, wanted)?,
    };
    let has_more = found.len() > PEOPLE_PAGE_SIZE;
    found.truncate(PEOPLE_PAGE_SIZE);
    let (today, units) = (work.today(), orgs::all(work.tx)?);
    let mut people = Vec::new();
    for person in found {
        let mut held = people::appointments_of(work.tx, person.id)?;
        held.retain(|held| held.holds_on(today));
        held.sort_by_key(|held| (held.role, held.id));
        let named = held.iter().map(|held| (held.role, name_of_unit(&units, held.org))).collect();
        people.push((person, named));
    }
    let sees_all = acquaintance == PeopleScope::Everybody;
    let unit = wanted.unit.filter(|_| sees_all).map(|id| name_of_unit(&units, id));
    Ok(PeopleList { people, has_more, sees_all, unit })
}

fn of_departments(
    work: &mut UnitOfWork<'_, '_>,
    departments: &[OrgId],
    wanted: &PeopleSearch,
) -> Result<Vec<Person>, Failure> {
    let (mut all, today) = (Vec::new(), work.today());
    for department in departments {
        all.extend(directory::staff(work.tx, *department, today, wanted)?);
    }
    let full = |person: &Person| format!("{} {} {}", person.family_name, person.given_name, person.middle_name);
    all.sort_by_cached_key(|person| (sort_key(&full(person)), person.id));
    all.dedup_by_key(|person| person.id);
    Ok(all)
}

/// A person, with all present, future and past appointments of this person.
pub(crate) struct KnownPerson {
    pub(crate) person: Person,
    pub(crate) appointments: Vec<Appointment>,
}

/// Finds a person whom the signed-in person is allowed to see, with all appointments of the found
/// person.
pub(crate) fn known_person(work: &mut UnitOfWork<'_, '_>, actor: &Actor, id: PersonId) -> Result<KnownPerson, Failure> {
    let acquaintance = policy::sees_people(actor)?;
    let person = people::find(work.tx, id)?.ok_or(Failure::NotFound)?;
    let appointments = people::appointments_of(work.tx, id)?;
    if !acquaintance.includes(&appointments, work.today()) {
        return Err(Failure::NotFound);
    }
    Ok(KnownPerson { person, appointments })
}

/// Builds the web page of a person whom the signed-in person is allowed to see.
pub fn view_person(work: &mut UnitOfWork<'_, '_>, actor: &Actor, id: PersonId) -> Result<PersonView, Failure> {
    let KnownPerson { person, appointments } = known_person(work, actor, id)?;
    let (today, mut units) = (work.today(), orgs::all(work.tx)?);
    let holds: Vec<Appointment> =
        appointments.iter().filter(|held| held.validity_on(today) != Validity::Past).cloned().collect();
    let mut held: Vec<AppointmentView> =
        appointments.into_iter().map(|held| as_read(actor, held, &units, today)).collect();
    held.sort_by_key(|held| (held.season, held.appointment.role, held.appointment.from, held.appointment.id));
    let teaches = match terms::current(work.tx, today)? {
        Some(term) => offerings::taught_by(work.tx, id, term.id)?,
        None => Vec::new(),
    };
    let account = people::by_username(work.tx, &person.username)?;
    let records = history::of_subject(work.tx, &Subject::Person(id).to_string())?;
    let history = records.into_iter().rev().map(|record| event(record, &units)).collect();
    let may = |role: Role, org: &Org| role.is_held_in(org.kind) && policy::appoints(actor, role, org.id).is_ok();
    let roles: Vec<Role> = Role::ALL.into_iter().filter(|role| units.iter().any(|org| may(*role, org))).collect();
    units.retain(|org| roles.iter().any(|role| may(*role, org)));
    units.sort_by_cached_key(|org| (org.kind, sort_key(&org.name.kk)));
    let manages_account = policy::manages_account(actor, &holds).is_ok();
    let has_password = account.is_some_and(|account| account.password_hash.is_some());
    Ok(PersonView { person, has_password, held, teaches, history, roles, units, manages_account })
}

fn as_read(actor: &Actor, appointment: Appointment, units: &[Org], today: NaiveDate) -> AppointmentView {
    let season = appointment.validity_on(today);
    let may_change = season != Validity::Past && policy::appoints(actor, appointment.role, appointment.org).is_ok();
    AppointmentView { unit: name_of_unit(units, appointment.org), season, may_change, appointment }
}

fn name_of_unit(units: &[Org], id: OrgId) -> Name {
    units.iter().find(|org| org.id == id).map(|org| org.name.clone()).unwrap_or_default()
}

/// The fields of a history entry (stored as JSON) that the web page of a person shows.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct PersonPayload {
    role: String,
    org: String,
    from: Option<NaiveDate>,
    until: Option<NaiveDate>,
    order: String,
}

fn event(record: HistoryRecord, units: &[Org]) -> PersonEvent {
    let payload: PersonPayload = serde_json::from_str(&record.line.payload).unwrap_or_default();
    let unit = units.iter().find(|org| org.code == payload.org).map(|org| org.name.clone());
    let appointed = Role::from_code(&payload.role).map(|role| (role, unit.unwrap_or(Name::same(&payload.org))));
    let (by, role, act) = (record.actor_name, record.line.role, record.line.act);
    let days = (payload.from, payload.until);
    PersonEvent { at: record.line.at, by, role, act, appointed, days, order: payload.order }
}

/// Returns the short name of the person with this id, such as «Сынақбаев Д.»; empty if no person
/// has the id.
pub(crate) fn name_of(work: &mut UnitOfWork<'_, '_>, person: PersonId) -> Result<String, Failure> {
    Ok(people::find(work.tx, person)?.map(|person| person.short_name()).unwrap_or_default())
}
