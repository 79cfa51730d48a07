//! People and their appointments in the database. Also loads the actor of a request: the signed-in
//! person with the roles that are valid today.

use crate::bulk::{BulkStatement, bulk};
use crate::statement_macro::statements;
use crate::tx::Row;
use crate::{Result, Tx};
use chrono::NaiveDate;
use domain::appointment::RoleHolder;
use domain::id::{AppointmentId, OrgId, PersonId, TermId};
use domain::name::{Language, search_key, sort_key};
use domain::password::OneTimePassword;
use domain::person::{Actor, Appointment, EmailAddress, Person, Role, short_name};

/// Composes an SQL query for people, with all database columns of a person, followed by the columns
/// that the parameter `more` lists.
macro_rules! select_person {
    ($rest:literal) => {
        select_person!($rest, "")
    };
    ($rest:literal, $more:literal) => {
        concat!(
            "SELECT p.id, p.username, p.family_name, p.given_name, p.middle_name, p.locale, p.is_enabled, p.email",
            $more,
            " FROM people p ",
            $rest
        )
    };
}
pub(crate) use select_person;

/// Composes an SQL query for appointments, with all database columns of an appointment.
macro_rules! select_appointment {
    ($rest:literal) => {
        concat!(
            "SELECT a.id, a.person_id, a.role, a.org_id, a.starts_on, a.ends_on, a.order_number, a.is_kept_here
               FROM appointments a ",
            $rest
        )
    };
}

/// The number of people or appointments that one SQL statement writes.
const TOGETHER: usize = 50;

macro_rules! put_people {
    ($rows:expr) => {
        bulk!(
            $rows,
            10,
            "INSERT INTO people (id, username, family_name, given_name, middle_name, locale, is_enabled, sort_key, search_key,
                                 email)
             VALUES ",
            " ON CONFLICT (id) DO UPDATE SET username = excluded.username, family_name = excluded.family_name,
                given_name = excluded.given_name, middle_name = excluded.middle_name, locale = excluded.locale,
                is_enabled = excluded.is_enabled, sort_key = excluded.sort_key, search_key = excluded.search_key,
                email = excluded.email"
        )
    };
}

macro_rules! put_appointments {
    ($rows:expr) => {
        bulk!(
            $rows,
            8,
            "INSERT INTO appointments (id, person_id, role, org_id, starts_on, ends_on, order_number, is_kept_here)
             VALUES ",
            " ON CONFLICT (id) DO UPDATE SET person_id = excluded.person_id, role = excluded.role,
                org_id = excluded.org_id, starts_on = excluded.starts_on, ends_on = excluded.ends_on,
                order_number = excluded.order_number, is_kept_here = excluded.is_kept_here"
        )
    };
}

statements! {
    FIND = select_person!("WHERE p.id = $1");
    BY_USERNAME = select_person!("WHERE p.username = $1",
        ", p.password_hash, p.must_change_password, p.password_valid_until, p.password_used_at");
    ALL = select_person!("ORDER BY p.id");
    PUT = put_people!(1);
    PUT_MANY = put_people!(TOGETHER);
    RELEASE_USERNAME = "UPDATE people SET username = $1 WHERE id = $2";
    SET_ENABLED = "UPDATE people SET is_enabled = $1 WHERE id = $2";
    SET_LOCALE = "UPDATE people SET locale = $1 WHERE id = $2";
    APPOINTMENT = select_appointment!("WHERE a.id = $1");
    APPOINTMENTS = select_appointment!("WHERE a.person_id = $1 ORDER BY a.id");
    ALL_APPOINTMENTS = select_appointment!("ORDER BY a.id");
    HEADS = select_appointment!(
        "JOIN people p ON p.id = a.person_id
         WHERE a.org_id = $1 AND a.role IN ('head', 'acting-head') AND p.is_enabled ORDER BY a.id");
    DECIDERS = select_appointment!(
        "JOIN people p ON p.id = a.person_id
         WHERE a.role IN ('head', 'acting-head', 'dean') AND p.is_enabled ORDER BY a.id");
    KEEPERS = "SELECT a.id, a.person_id, a.role, a.org_id, a.starts_on, a.ends_on, a.order_number, a.is_kept_here, p.is_enabled
                 FROM appointments a JOIN people p ON p.id = a.person_id
                WHERE a.role IN ('administrator', 'registrar') ORDER BY a.id";
    HAS_KEEPER = "SELECT COUNT(*) FROM appointments a JOIN people p ON p.id = a.person_id
                   WHERE a.role IN ('administrator', 'registrar') AND p.password_hash IS NOT NULL";
    HOLDING = select_appointment!(
        "JOIN people p ON p.id = a.person_id WHERE a.role = $1 AND p.is_enabled ORDER BY a.id");
    SENDERS = "SELECT p.id, p.family_name, p.given_name, p.middle_name FROM offerings o
                 JOIN choices c ON c.offering_id = o.id
                 JOIN people p ON p.id = c.sent_by
                WHERE o.department_id = $1 AND o.term_id = $2
                GROUP BY p.id, p.family_name, p.given_name, p.middle_name ORDER BY p.id";
    PUT_APPOINTMENT = put_appointments!(1);
    PUT_APPOINTMENTS = put_appointments!(TOGETHER);
}

/// Finds the person with this id.
pub fn find(tx: &mut Tx<'_>, id: PersonId) -> Result<Option<Person>> {
    tx.row(FIND, &[&id.0], person)
}

/// A person with the hash of the account's password.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Account {
    pub person: Person,
    /// The password hash of the account; `None` as long as no password is set.
    pub password_hash: Option<String>,
    /// The validity of the password if it is a one-time password; `None` for a password that its
    /// owner chose.
    pub one_time: Option<OneTimePassword>,
}

/// Finds the person with this username in lower case, with the hash of the password if one is set.
pub fn by_username(tx: &mut Tx<'_>, username: &str) -> Result<Option<Account>> {
    tx.row(BY_USERNAME, &[&username], |row| {
        let (person, password_hash) = (person(row)?, row.next()?);
        let is_one_time: bool = row.next()?;
        let one_time = OneTimePassword { valid_until: row.next()?, used_at: row.next()? };
        Ok(Account { person, password_hash, one_time: is_one_time.then_some(one_time) })
    })
}

/// Returns whether the installation is set up: a registrar or administrator has a password.
pub fn is_set_up(tx: &mut Tx<'_>) -> Result<bool> {
    Ok(tx.row(HAS_KEEPER, &[], |row| row.next::<i64>())?.is_some_and(|count| count > 0))
}

/// Loads all people of the university.
pub fn all(tx: &mut Tx<'_>) -> Result<Vec<Person>> {
    tx.rows(ALL, &[], person)
}

/// Adds a person, or changes the person with the same id; the password is unchanged.
pub fn put(tx: &mut Tx<'_>, person: &Person) -> Result<()> {
    put_all(tx, &[person])
}

/// Adds or changes people, without changing passwords. The list must not contain a person twice.
pub fn put_all(tx: &mut Tx<'_>, people: &[&Person]) -> Result<()> {
    let put = BulkStatement { one: PUT, many: PUT_MANY, together: TOGETHER };
    put.all(tx, people, |person| {
        let full = format!("{} {} {}", person.family_name, person.given_name, person.middle_name);
        vec![
            Box::new(person.id.0),
            Box::new(&person.username),
            Box::new(&person.family_name),
            Box::new(&person.given_name),
            Box::new(&person.middle_name),
            Box::new(person.locale.map(Language::code)),
            Box::new(person.is_enabled),
            Box::new(sort_key(&full)),
            Box::new(search_key(&full)),
            Box::new(person.email.as_ref().map(EmailAddress::as_str)),
        ]
    })
}

/// Replaces a person's username by a temporary one, so that another person can take the username.
pub fn release_username(tx: &mut Tx<'_>, id: PersonId) -> Result<()> {
    tx.change_one(RELEASE_USERNAME, &[&format!("~{id}"), &id.0])
}

/// Enables or disables a person's account.
pub fn set_enabled(tx: &mut Tx<'_>, id: PersonId, enabled: bool) -> Result<()> {
    tx.change_one(SET_ENABLED, &[&enabled, &id.0])
}

/// Saves the language in which a person reads the interface.
pub fn set_locale(tx: &mut Tx<'_>, id: PersonId, language: Language) -> Result<()> {
    tx.change_one(SET_LOCALE, &[&language.code(), &id.0])
}

/// Returns a person as the actor of a request, with the appointments that are valid on this day.
pub fn actor(tx: &mut Tx<'_>, person: &Person, day: NaiveDate) -> Result<Actor> {
    let mut appointments = appointments_of(tx, person.id)?;
    appointments.retain(|appointment| appointment.holds_on(day));
    Ok(Actor { person: person.id, short_name: person.short_name(), appointments })
}

/// Lists the people with enabled accounts who are head or acting head of a department on this day.
pub fn heads_of(tx: &mut Tx<'_>, department: OrgId, day: NaiveDate) -> Result<Vec<PersonId>> {
    let appointments = tx.rows(HEADS, &[&department.0], appointment)?;
    Ok(appointments.iter().filter(|appointment| appointment.holds_on(day)).map(|holder| holder.person).collect())
}

/// A person who sent a choice for review, with the name of the person for display.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChoiceSender {
    pub person: PersonId,
    /// Family name and initials of the person who sent the choice.
    pub name: String,
}

/// Lists the people who sent the current choices of a department in a term, sorted by person id.
pub fn senders(tx: &mut Tx<'_>, department: OrgId, term: TermId) -> Result<Vec<ChoiceSender>> {
    tx.rows(SENDERS, &[&department.0, &term.0], |row| {
        let person = PersonId(row.next()?);
        let (family, given, middle): (String, String, String) = (row.next()?, row.next()?, row.next()?);
        Ok(ChoiceSender { person, name: short_name(&family, &given, &middle) })
    })
}

/// Loads all appointments, past, present and future, of heads, acting heads and deans whose
/// accounts are enabled.
pub fn deciders(tx: &mut Tx<'_>) -> Result<Vec<Appointment>> {
    tx.rows(DECIDERS, &[], appointment)
}

/// Loads all appointments, past, present and future, of administrators and registrars.
pub fn keepers(tx: &mut Tx<'_>) -> Result<Vec<RoleHolder>> {
    tx.rows(KEEPERS, &[], |row| Ok(RoleHolder { appointment: appointment(row)?, is_enabled: row.next()? }))
}

/// Finds the appointment (of a person to a role in a unit) with this id.
pub fn find_appointment(tx: &mut Tx<'_>, id: AppointmentId) -> Result<Option<Appointment>> {
    tx.row(APPOINTMENT, &[&id.0], appointment)
}

/// Lists the appointments to a role that are valid on this day, of people with enabled accounts.
pub fn holding(tx: &mut Tx<'_>, role: Role, day: NaiveDate) -> Result<Vec<Appointment>> {
    let mut appointments = tx.rows(HOLDING, &[&role.code()], appointment)?;
    appointments.retain(|appointment| appointment.holds_on(day));
    Ok(appointments)
}

/// Loads all appointments of a person, past, present and future.
pub fn appointments_of(tx: &mut Tx<'_>, person: PersonId) -> Result<Vec<Appointment>> {
    tx.rows(APPOINTMENTS, &[&person.0], appointment)
}

/// Loads all appointments of all people, past, present and future.
pub fn appointments(tx: &mut Tx<'_>) -> Result<Vec<Appointment>> {
    tx.rows(ALL_APPOINTMENTS, &[], appointment)
}

/// Adds an appointment, or changes the appointment with the same id.
pub fn put_appointment(tx: &mut Tx<'_>, appointment: &Appointment) -> Result<()> {
    put_appointments(tx, &[appointment])
}

/// Adds or changes appointments. The list must not contain an appointment twice.
pub fn put_appointments(tx: &mut Tx<'_>, appointments: &[&Appointment]) -> Result<()> {
    let put = BulkStatement { one: PUT_APPOINTMENT, many: PUT_APPOINTMENTS, together: TOGETHER };
    put.all(tx, appointments, |held| {
        vec![
            Box::new(held.id.0),
            Box::new(held.person.0),
            Box::new(held.role.code()),
            Box::new(held.org.0),
            Box::new(held.from),
            Box::new(held.until),
            Box::new(&held.order),
            Box::new(held.is_kept_here),
        ]
    })
}

/// Reads a person from the database columns that [`select_person`] lists.
pub(crate) fn person(row: &Row<'_>) -> Result<Person> {
    Ok(Person {
        id: PersonId(row.next()?),
        username: row.next()?,
        family_name: row.next()?,
        given_name: row.next()?,
        middle_name: row.next()?,
        locale: row.next::<Option<String>>()?.as_deref().and_then(Language::from_code),
        is_enabled: row.next()?,
        email: row.next::<Option<String>>()?.as_deref().and_then(EmailAddress::parse),
    })
}

fn appointment(row: &Row<'_>) -> Result<Appointment> {
    Ok(Appointment {
        id: AppointmentId(row.next()?),
        person: PersonId(row.next()?),
        role: row.code(Role::from_code)?,
        org: OrgId(row.next()?),
        from: row.next()?,
        until: row.next()?,
        order: row.next()?,
        is_kept_here: row.next()?,
    })
}
