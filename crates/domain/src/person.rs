//! People of the university, with their roles and appointments.

use crate::id::{AppointmentId, OrgId, PersonId};
use crate::limits::{EMAIL_HOST_LABEL_LIMIT, EMAIL_LIMIT, EMAIL_LOCAL_LIMIT};
use crate::name::Language;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// A person who works or studies at the university.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Person {
    pub id: PersonId,
    /// The username with which the person signs in, in lower case.
    pub username: String,
    /// The family name of the person, spelled as in the records of the university and never
    /// transliterated.
    pub family_name: String,
    pub given_name: String,
    /// The patronymic of the person; empty if the person has none.
    pub middle_name: String,
    /// The language of the interface that the person chose; `None` if the person has not chosen
    /// one.
    pub locale: Option<Language>,
    /// Whether the person is allowed to sign in; `false` if the account is disabled.
    pub is_enabled: bool,
    /// The email address of the person; `None` if the university has no address of the person.
    pub email: Option<EmailAddress>,
}

/// A syntactically valid email address of a person.
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
    /// Parses an email address; `None` if the text is not a valid address. A valid address consists
    /// of ASCII letters, digits and a few harmless symbols, and has one `@` and a host with a dot.
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
    /// Returns the family name and the initials of the person, as lists show them: «Сынақбаев Д.
    /// Е.».
    pub fn short_name(&self) -> String {
        short_name(&self.family_name, &self.given_name, &self.middle_name)
    }

    /// Returns the given name and patronymic of the person, by which an email addresses its
    /// recipient: «Дәурен Үлгіұлы».
    pub fn polite_name(&self) -> String {
        format!("{} {}", self.given_name, self.middle_name).trim().to_owned()
    }

    /// Returns the family name, given name and patronymic of the person.
    pub fn full_name(&self) -> String {
        format!("{} {} {}", self.family_name, self.given_name, self.middle_name).trim_end().to_owned()
    }
}

/// Joins a family name with the initials of the given name and patronymic: «Сынақбаев Д. Е.».
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

/// A role that a person can have at the university; people get roles by appointments.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Role {
    /// Role of a person: an instructor (оқытушы / преподаватель).
    Instructor,
    /// Role of a person: a student (студент).
    Student,
    /// Role of a person: the head of a department (кафедра меңгерушісі / заведующий кафедрой).
    Head,
    /// Role of a person: the acting head of a department, for a limited time.
    ActingHead,
    /// Role of a person: the dean of a faculty (декан). The dean decides on a choice only if nobody
    /// in the department is allowed to.
    Dean,
    /// Role of a person: a member of the dean's office (деканат), who reads the data of one
    /// faculty.
    DeanOffice,
    /// Role of a person: the registrar (тіркеуші / офис-регистратор), who manages terms, rosters
    /// and the catalogue.
    Registrar,
    /// Role of a person: an auditor, who can read everything and change nothing.
    Auditor,
    /// Role of a person: an administrator, who manages accounts and the installation of Emtihan.
    Administrator,
}

impl Role {
    /// All roles that people can have, in the order of display.
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

    /// Returns the stored code of the role, which is also the second half of the translation key
    /// `role-…`.
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

    /// Returns the role that has the stored code `code`; `None` if the code is unknown.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.code() == code)
    }
}

/// An appointment: a person has a role in a department, a faculty or the university, optionally
/// from a first to a last day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Appointment {
    pub id: AppointmentId,
    pub person: PersonId,
    pub role: Role,
    /// The department, faculty or university in which the appointed person has the role.
    pub org: OrgId,
    /// The first day of the appointment; `None` if the appointment has no first day.
    pub from: Option<NaiveDate>,
    /// The last day of the appointment; `None` if the appointment is permanent.
    pub until: Option<NaiveDate>,
    /// The number of the printed order by which the university appointed the person; empty if
    /// unknown.
    pub order: String,
    /// Whether the appointment was made or changed in Emtihan. A roster import never changes such
    /// an appointment.
    pub is_kept_here: bool,
}

impl Appointment {
    /// Creates an appointment that a roster contains. The appointment is permanent, because a
    /// roster contains no first or last days of appointments.
    pub fn of(id: AppointmentId, person: PersonId, role: Role, org: OrgId) -> Self {
        Self { id, person, role, org, from: None, until: None, order: String::new(), is_kept_here: false }
    }

    /// Derives the identifier of an appointment that is made in Emtihan and does not come from a
    /// roster.
    pub fn id_of(person: PersonId, role: Role, org: OrgId) -> AppointmentId {
        AppointmentId::of(&[&person.to_string(), role.code(), &org.to_string()])
    }

    /// Returns a copy of the appointment that has ended: its last day is the day `yesterday`.
    #[must_use]
    pub fn ended(&self, yesterday: NaiveDate) -> Self {
        Self { from: self.from.map(|from| from.min(yesterday)), until: Some(yesterday), ..self.clone() }
    }

    /// Returns whether the appointment is valid on this day.
    pub fn holds_on(&self, day: NaiveDate) -> bool {
        self.from.is_none_or(|from| from <= day) && self.until.is_none_or(|until| day <= until)
    }
}

/// The actor: the signed-in person who makes an HTTP request, with the appointments that are valid
/// on the day of the request. An actor is created from the session for each request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Actor {
    pub person: PersonId,
    /// The short name of the actor, such as «Сынақбаев Д. Е.».
    pub short_name: String,
    /// The appointments of the actor that are valid on the day of the request.
    pub appointments: Vec<Appointment>,
}

impl Actor {
    /// Returns whether the actor has this role in exactly this department, faculty or university.
    pub fn is_in(&self, role: Role, org: OrgId) -> bool {
        self.appointments.iter().any(|appointment| appointment.role == role && appointment.org == org)
    }

    /// Returns whether the actor has this role in any department, faculty or university.
    pub fn is(&self, role: Role) -> bool {
        self.appointments.iter().any(|appointment| appointment.role == role)
    }

    /// Returns whether the actor is head or acting head of this department.
    pub fn heads(&self, department: OrgId) -> bool {
        self.is_in(Role::Head, department) || self.is_in(Role::ActingHead, department)
    }

    /// Returns the departments, faculties or universities in which the actor has this role.
    pub fn orgs_as(&self, role: Role) -> impl Iterator<Item = OrgId> + '_ {
        self.appointments.iter().filter(move |appointment| appointment.role == role).map(|appointment| appointment.org)
    }

    /// Returns whether the actor is allowed to read the data of the whole university: registrars,
    /// auditors and administrators are.
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
