//! People of the university, their roles and appointments.

use crate::id::{AppointmentId, OrgId, PersonId};
use crate::limits::{EMAIL_HOST_LABEL_LIMIT, EMAIL_LIMIT, EMAIL_LOCAL_LIMIT};
use crate::name::Language;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// A person who works or studies at the university.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Person {
    pub id: PersonId,
    /// The username with which a person signs in, in lower case.
    pub username: String,
    /// The family name of a person, as stored by the university; never transliterated.
    pub family_name: String,
    pub given_name: String,
    /// The patronymic of a person, possibly empty.
    pub middle_name: String,
    /// The interface language that the person chose, if any.
    pub locale: Option<Language>,
    /// Whether the person's account may sign in.
    pub is_enabled: bool,
    /// The email address of a person, if the university has one.
    pub email: Option<EmailAddress>,
}

/// A syntactically valid email address.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub struct EmailAddress(String);

/// The error for a text that is not a valid email address.
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
    /// Parses an email address: plain ASCII, one `@`, a host with a dot, and no characters with a special meaning.
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

    /// Returns the email address as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl Person {
    /// The family name and initials of a person, as used in lists: «Сынақбаев Д. Е.».
    pub fn short_name(&self) -> String {
        short_name(&self.family_name, &self.given_name, &self.middle_name)
    }

    /// The name by which an email addresses a person, given name and patronymic: «Дәурен Үлгіұлы».
    pub fn polite_name(&self) -> String {
        format!("{} {}", self.given_name, self.middle_name).trim().to_owned()
    }

    /// The family name, given name and patronymic of a person.
    pub fn full_name(&self) -> String {
        format!("{} {} {}", self.family_name, self.given_name, self.middle_name).trim_end().to_owned()
    }
}

/// Composes the family name and initials of a person: «Сынақбаев Д. Е.».
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

/// A role that a person can hold by an appointment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Role {
    /// Role: an instructor (оқытушы / преподаватель).
    Instructor,
    /// Role: a student (студент).
    Student,
    /// Role: the head of a department (кафедра меңгерушісі / заведующий кафедрой).
    Head,
    /// Role: the acting head of a department, for a limited time.
    ActingHead,
    /// Role: the dean of a faculty (декан), who decides on choices if nobody in the department may.
    Dean,
    /// Role: the dean's office (деканат), which may read the data of its faculty.
    DeanOffice,
    /// Role: the registrar (тіркеуші / офис-регистратор) of the academic office.
    Registrar,
    /// Role: an auditor, who may read everything and change nothing.
    Auditor,
    /// Role: an administrator, who manages accounts and the installation.
    Administrator,
}

impl Role {
    /// All roles of people, in the order of display.
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

    /// The stored code of a role, which is also the second half of the translation key `role-…`.
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

    /// Returns the role of people with this code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.code() == code)
    }
}

/// An appointment: a person holds a role in a unit of the university, possibly limited by dates (both inclusive).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Appointment {
    pub id: AppointmentId,
    pub person: PersonId,
    pub role: Role,
    /// The department, faculty or university in which the appointed person holds the role.
    pub org: OrgId,
    /// The first day of the appointment; `None` if it has no beginning.
    pub from: Option<NaiveDate>,
    /// The last day of the appointment; `None` if it is permanent.
    pub until: Option<NaiveDate>,
    /// The number of the order (decree) that appoints the person, possibly empty.
    pub order: String,
    /// Whether the appointment was made or changed in this program, so that no roster import changes it any more.
    pub is_kept_here: bool,
}

impl Appointment {
    /// Creates a permanent appointment, as a roster contains it.
    pub fn of(id: AppointmentId, person: PersonId, role: Role, org: OrgId) -> Self {
        Self { id, person, role, org, from: None, until: None, order: String::new(), is_kept_here: false }
    }

    /// Derives the identifier of an appointment that is made in this program, not by a roster.
    pub fn id_of(person: PersonId, role: Role, org: OrgId) -> AppointmentId {
        AppointmentId::of(&[&person.to_string(), role.code(), &org.to_string()])
    }

    /// Returns a copy of the appointment that is ended, with yesterday as its last day.
    #[must_use]
    pub fn ended(&self, yesterday: NaiveDate) -> Self {
        Self { from: self.from.map(|from| from.min(yesterday)), until: Some(yesterday), ..self.clone() }
    }

    /// Returns whether the appointment is valid on this day.
    pub fn holds_on(&self, day: NaiveDate) -> bool {
        self.from.is_none_or(|from| from <= day) && self.until.is_none_or(|until| day <= until)
    }
}

/// The actor: the person who makes an HTTP request, with the appointments that are valid today. Created by the session
/// lookup in `app`, for one request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Actor {
    pub person: PersonId,
    /// The short name of the acting person, such as «Сынақбаев Д. Е.».
    pub short_name: String,
    /// The acting person's appointments that are valid on the day of the request.
    pub appointments: Vec<Appointment>,
}

impl Actor {
    /// Returns whether the acting person holds this role in exactly this unit.
    pub fn is_in(&self, role: Role, org: OrgId) -> bool {
        self.appointments.iter().any(|appointment| appointment.role == role && appointment.org == org)
    }

    /// Returns whether the acting person holds this role in any unit.
    pub fn is(&self, role: Role) -> bool {
        self.appointments.iter().any(|appointment| appointment.role == role)
    }

    /// Returns whether the acting person is head or acting head of this department.
    pub fn heads(&self, department: OrgId) -> bool {
        self.is_in(Role::Head, department) || self.is_in(Role::ActingHead, department)
    }

    /// The units of the university in which the acting person holds this role.
    pub fn orgs_as(&self, role: Role) -> impl Iterator<Item = OrgId> + '_ {
        self.appointments.iter().filter(move |appointment| appointment.role == role).map(|appointment| appointment.org)
    }

    /// Returns whether the acting person may read the data of the whole university: registrar, auditor or
    /// administrator.
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
