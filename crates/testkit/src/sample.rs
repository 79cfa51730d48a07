//! The sample university for tests. It has two departments in one faculty, one department in the
//! faculty of medicine, two academic terms, and people in every role.

use chrono::NaiveDate;
use domain::id::{AppointmentId, DisciplineId, OfferingId, OrgId, PersonId, TermId};
use domain::name::{Language, Name};
use domain::offering::{Level, StudyForm};
use domain::person::{Appointment, EmailAddress, Person, Role};
use domain::roster::{Enrolment, Org, OrgKind, Roster, RosterDiscipline, RosterOffering, RosterTerm};

/// The people of the sample university: username, role, and the code of the unit in which they have
/// the role.
pub const PEOPLE: [(&str, Role, &str); 14] = [
    ("aliya", Role::Instructor, "CS"),
    ("bolat", Role::Instructor, "CS"),
    ("saule", Role::Instructor, "MATH"),
    ("medina", Role::Instructor, "CLINIC"),
    ("head", Role::Head, "CS"),
    ("acting", Role::ActingHead, "CS"),
    ("mathhead", Role::Head, "MATH"),
    ("clinichead", Role::Head, "CLINIC"),
    ("dean", Role::Dean, "FIT"),
    ("office", Role::DeanOffice, "FIT"),
    ("registrar", Role::Registrar, "UNI"),
    ("auditor", Role::Auditor, "UNI"),
    ("admin", Role::Administrator, "UNI"),
    ("student", Role::Student, "UNI"),
];

/// The disciplines of the sample university: code, code of the department, Kazakh name.
const DISCIPLINES: [(&str, &str, &str); 4] = [
    ("ALG", "CS", "Алгоритмдер"),
    ("PYT", "CS", "Python-да бағдарламалау"),
    ("MAT", "MATH", "Математикалық талдау"),
    ("ANA", "CLINIC", "Адам анатомиясы"),
];

/// The offerings of the sample university in each term: name of the group, code of the discipline,
/// responsible instructor (none for a vacancy), other instructors.
const CLASSES: [(&str, &str, Option<&str>, &[&str]); 8] = [
    ("ALG-1", "ALG", Some("aliya"), &[]),
    ("ALG-2", "ALG", Some("bolat"), &["aliya"]),
    ("PYT-1", "PYT", Some("aliya"), &[]),
    ("PYT-2", "PYT", Some("aliya"), &[]),
    ("PYT-H", "PYT", Some("head"), &[]),
    ("PYT-V", "PYT", None, &[]),
    ("MAT-1", "MAT", Some("saule"), &[]),
    ("ANA-1", "ANA", Some("medina"), &[]),
];

/// Returns the id of the offering for this group of the sample university in the current term.
pub fn offering(class: &str) -> OfferingId {
    OfferingId::of(&[class, "autumn"])
}

/// Returns the id of the sample university's discipline with this code.
pub fn discipline(code: &str) -> DisciplineId {
    DisciplineId::of(&[code])
}

/// Returns the id of the sample university's person with a certain username.
pub fn person(username: &str) -> PersonId {
    PersonId::of(&[username])
}

/// Returns the id of the sample university's unit (faculty or department) with this code.
pub fn org(code: &str) -> OrgId {
    OrgId::of(&[code])
}

/// Returns the roster of the sample university with its units, terms, people, disciplines and
/// offerings.
pub fn roster() -> Roster {
    Roster {
        orgs: orgs(),
        terms: vec![term("spring", "2026-01-19"), term("autumn", "2026-09-01")],
        people: PEOPLE.iter().map(|(username, _, _)| person_record(username)).collect(),
        appointments: PEOPLE.iter().map(|(username, role, unit)| appointment(username, *role, unit)).collect(),
        disciplines: DISCIPLINES.iter().map(|(code, unit, kk)| taught(code, unit, kk)).collect(),
        offerings: ["spring", "autumn"]
            .iter()
            .flat_map(|term| {
                CLASSES.map(|(key, code, responsible, others)| class_in(term, key, code, responsible, others))
            })
            .collect(),
        enrolments: ["ALG-1", "PYT-1", "MAT-1"]
            .map(|class| Enrolment { offering: offering(class), person: person("student") })
            .to_vec(),
    }
}

fn orgs() -> Vec<Org> {
    let unit = |code: &str, parent: Option<&str>, kind| Org {
        id: org(code),
        parent: parent.map(org),
        kind,
        code: code.to_owned(),
        name: Name { kk: format!("{code} бөлімі"), ru: format!("Отдел {code}"), en: format!("Unit {code}") },
    };
    vec![
        unit("UNI", None, OrgKind::University),
        unit("FIT", Some("UNI"), OrgKind::Faculty),
        unit("MED", Some("UNI"), OrgKind::Faculty),
        unit("CS", Some("FIT"), OrgKind::Department),
        unit("MATH", Some("FIT"), OrgKind::Department),
        unit("CLINIC", Some("MED"), OrgKind::Department),
    ]
}

/// Makes an academic term for a roster; the term begins on the date `starts`.
pub fn term(code: &str, starts: &str) -> RosterTerm {
    let starts: NaiveDate = starts.parse().unwrap();
    RosterTerm {
        id: TermId::of(&[code]),
        code: code.to_owned(),
        name: Name {
            kk: format!("{code} семестр"), ru: format!("семестр {code}"), en: format!("{code} term")
        },
        starts,
        ends: starts + chrono::Days::new(110),
        choose_from: starts,
        choose_until: starts + chrono::Days::new(30),
        approve_until: starts + chrono::Days::new(37),
    }
}

pub(crate) fn person_record(username: &str) -> Person {
    Person {
        id: person(username),
        username: username.to_owned(),
        family_name: format!("Сынақ-{username}"),
        given_name: "Үлгі".to_owned(),
        middle_name: String::new(),
        locale: None,
        is_enabled: true,
        email: EmailAddress::parse(&format!("{username}@uni.example")),
    }
}

pub(crate) fn appointment(username: &str, role: Role, unit: &str) -> Appointment {
    let id = AppointmentId::of(&[username, role.code(), unit]);
    Appointment::of(id, person(username), role, org(unit))
}

pub(crate) fn taught(code: &str, unit: &str, kk: &str) -> RosterDiscipline {
    let name = Name { kk: kk.to_owned(), ru: format!("Дисциплина {code}"), en: format!("Discipline {code}") };
    RosterDiscipline { id: discipline(code), department: org(unit), code: code.to_owned(), name }
}

pub(crate) fn class_in(
    term: &str,
    key: &str,
    code: &str,
    responsible: Option<&str>,
    others: &[&str],
) -> RosterOffering {
    let mut teachers: Vec<PersonId> = responsible.iter().chain(others).map(|name| person(name)).collect();
    teachers.sort();
    RosterOffering {
        id: OfferingId::of(&[key, term]),
        term: TermId::of(&[term]),
        discipline: discipline(code),
        home: None,
        group: key.to_owned(),
        language: Language::Kk,
        study_form: StudyForm::FullTime,
        level: Level::Bachelor,
        students: 25,
        responsible: responsible.map(person),
        teachers,
        has_exam: true,
        is_active: true,
    }
}
