//! People, their roles and appointments.

use crate::id::{AppointmentId, OrgId, PersonId};
use crate::limits::{EMAIL_HOST_LABEL_LIMIT, EMAIL_LIMIT, EMAIL_LOCAL_LIMIT};
use crate::name::Language;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// A person who works or studies at the university.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Person {
    pub id: PersonId,
    /// The name to sign in with, lower case.
    pub username: String,
    /// Family name, as stored by the university; never transliterated.
    pub family_name: String,
    pub given_name: String,
    /// Patronymic, possibly empty.
    pub middle_name: String,
    /// The language the person chose, if any.
    pub locale: Option<Language>,
    /// May sign in at all.
    pub is_enabled: bool,
    /// Where mail reaches them, if it does.
    pub email: Option<EmailAddress>,
}

/// A mail address, as far as it can be judged by looking at it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub struct EmailAddress(String);

/// Not a mail address.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a mail address")]
pub struct NotAnEmailAddress;

impl From<EmailAddress> for String {
    fn from(email: EmailAddress) -> Self {
        email.0
    }
}

impl TryFrom<String> for EmailAddress {
    type Error = NotAnEmailAddress;

    fn try_from(text: String) -> Result<Self, NotAnEmailAddress> {
        Self::parse(&text).ok_or(NotAnEmailAddress)
    }
}

impl EmailAddress {
    /// The address, if it looks like one: plain ASCII, one `@`, a host with a dot, nothing that could mean more than a place.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        let (local, host) = text.split_once('@')?;
        let is_plain = |letter: char| letter.is_ascii_alphanumeric() || "!#$%&'*+-/=?^_`{|}~.".contains(letter);
        let dotted = |part: &str| !part.is_empty() && part.split('.').all(|piece| !piece.is_empty());
        let of_host = |piece: &str| {
            let is_plain = piece.chars().all(|letter| letter.is_ascii_alphanumeric() || letter == '-');
            is_plain && !piece.starts_with('-') && !piece.ends_with('-') && piece.len() <= EMAIL_HOST_LABEL_LIMIT
        };
        let is_local = local.len() <= EMAIL_LOCAL_LIMIT && dotted(local) && local.chars().all(is_plain);
        let is_host = dotted(host) && host.contains('.') && host.split('.').all(of_host);
        (text.len() <= EMAIL_LIMIT && is_local && is_host).then(|| Self(text.to_owned()))
    }

    /// As it is written.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl Person {
    /// «Сынақбаев Д. Е.»: family name and initials, as in lists.
    pub fn short_name(&self) -> String {
        short_name(&self.family_name, &self.given_name, &self.middle_name)
    }

    /// «Дәурен Үлгіұлы»: as a letter addresses them.
    pub fn polite_name(&self) -> String {
        format!("{} {}", self.given_name, self.middle_name).trim().to_owned()
    }

    /// Family name, given name and patronymic.
    pub fn full_name(&self) -> String {
        format!("{} {} {}", self.family_name, self.given_name, self.middle_name).trim_end().to_owned()
    }
}

/// Family name and initials.
pub fn short_name(family: &str, given: &str, middle: &str) -> String {
    let mut name = family.to_owned();
    for part in [given, middle] {
        if let Some(initial) = part.chars().next() {
            name.push(' ');
            name.push(initial);
            name.push('.');
        }
    }
    name
}

/// The role of an appointment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Role {
    /// Оқытушы / преподаватель.
    Instructor,
    /// A student (студент).
    Student,
    /// Кафедра меңгерушісі / заведующий кафедрой.
    Head,
    /// Acting head of department, within dates.
    ActingHead,
    /// Декан: decides where nobody in the department may.
    Dean,
    /// Деканат: reads its faculty.
    DeanOffice,
    /// Тіркеуші / офис-регистратор: the academic office.
    Registrar,
    /// Reads everything, changes nothing.
    Auditor,
    /// Keeps accounts and the installation.
    Administrator,
}

impl Role {
    /// All roles, in order of reading.
    pub const ALL: [Self; 9] = [
        Self::Instructor,
        Self::Student,
        Self::Head,
        Self::ActingHead,
        Self::Dean,
        Self::DeanOffice,
        Self::Registrar,
        Self::Auditor,
        Self::Administrator,
    ];

    /// The stored code; also the second half of the translation key `role-…`.
    pub fn code(self) -> &'static str {
        match self {
            Self::Instructor => "instructor",
            Self::Student => "student",
            Self::Head => "head",
            Self::ActingHead => "acting-head",
            Self::Dean => "dean",
            Self::DeanOffice => "dean-office",
            Self::Registrar => "registrar",
            Self::Auditor => "auditor",
            Self::Administrator => "administrator",
        }
    }

    /// The role with this code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.code() == code)
    }
}

/// A role held in a unit, possibly only between two dates (both inclusive).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Appointment {
    pub id: AppointmentId,
    pub person: PersonId,
    pub role: Role,
    /// In which department, faculty or university.
    pub org: OrgId,
    /// First day, if limited.
    pub from: Option<NaiveDate>,
    /// Last day, if limited.
    pub until: Option<NaiveDate>,
    /// The number of the order by which, possibly empty.
    pub order: String,
    /// It was made or changed here; no roster changes it any more.
    pub is_kept_here: bool,
}

impl Appointment {
    /// An appointment for good, as a roster gives it.
    pub fn of(id: AppointmentId, person: PersonId, role: Role, org: OrgId) -> Self {
        Self { id, person, role, org, from: None, until: None, order: String::new(), is_kept_here: false }
    }

    /// The identifier of an appointment that is made here, not by a roster.
    pub fn id_of(person: PersonId, role: Role, org: OrgId) -> AppointmentId {
        AppointmentId::of(&[&person.to_string(), role.code(), &org.to_string()])
    }

    /// The same, ended: yesterday was its last day.
    #[must_use]
    pub fn ended(&self, yesterday: NaiveDate) -> Self {
        Self { from: self.from.map(|from| from.min(yesterday)), until: Some(yesterday), ..self.clone() }
    }

    /// Does it hold on this day?
    pub fn holds_on(&self, day: NaiveDate) -> bool {
        self.from.is_none_or(|from| from <= day) && self.until.is_none_or(|until| day <= until)
    }
}

/// The person who makes a request, with the appointments that hold today. Made by signing in (`app`), for one request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Actor {
    pub person: PersonId,
    /// «Сынақбаев Д. Е.»
    pub short_name: String,
    /// The appointments that hold on the day of asking.
    pub appointments: Vec<Appointment>,
}

impl Actor {
    /// Holds this role in exactly this unit.
    pub fn is_in(&self, role: Role, org: OrgId) -> bool {
        self.appointments.iter().any(|appointment| appointment.role == role && appointment.org == org)
    }

    /// Holds this role anywhere.
    pub fn is(&self, role: Role) -> bool {
        self.appointments.iter().any(|appointment| appointment.role == role)
    }

    /// Heads this department, as head or acting head.
    pub fn heads(&self, department: OrgId) -> bool {
        self.is_in(Role::Head, department) || self.is_in(Role::ActingHead, department)
    }

    /// The units in which this role is held.
    pub fn orgs_as(&self, role: Role) -> impl Iterator<Item = OrgId> + '_ {
        self.appointments.iter().filter(move |appointment| appointment.role == role).map(|appointment| appointment.org)
    }

    /// Reads the whole university.
    pub fn reads_all(&self) -> bool {
        [Role::Registrar, Role::Auditor, Role::Administrator].into_iter().any(|role| self.is(role))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_one_place_and_nothing_else() {
        for good in ["a.b+c@uni.example.kz", " aliya@demo.example ", "o'neil@x-y.kz"] {
            assert_eq!(EmailAddress::parse(good).unwrap().as_str(), good.trim());
        }
        let long = format!("{}@demo.example", "a".repeat(EMAIL_LOCAL_LIMIT + 1));
        for bad in [
            "",
            "aliya",
            "@demo.example",
            "a@",
            "a@demo",
            "a@@demo.example",
            "a b@demo.example",
            "a@demo..example",
            ".a@demo.example",
            "a@-demo.example",
            "a@demo.example\r\nBcc: b@x.kz",
            "<a@demo.example>",
            "a,b@demo.example",
            "әлия@demo.example",
            &long,
        ] {
            assert_eq!(EmailAddress::parse(bad), None, "{bad:?}");
        }
    }
}
