//! Offerings of an academic term with their teachers and students, loaded for comparison with a
//! roster file and written in bulk.

use crate::bulk::{BulkStatement, bulk};
use crate::statement_macro::statements;
use crate::{Error, Result, Tx};
use domain::id::{DisciplineId, OfferingId, OrgId, PersonId, TermId};
use domain::name::{Language, search_key};
use domain::offering::{Level, StudyForm};
use domain::roster::{DisciplineHome, Enrolment, RosterOffering};
use std::collections::HashMap;
use uuid::Uuid;

/// The number of offerings that one SQL statement writes.
const OFFERINGS_TOGETHER: usize = 50;
/// The number of teachers or enrolments that one SQL statement writes.
const PAIRS_TOGETHER: usize = 250;

macro_rules! put_offerings {
    ($rows:expr) => {
        bulk!(
            $rows,
            14,
            "INSERT INTO offerings (id, term_id, discipline_id, department_id, faculty_id, group_code, group_key,
                                    language, study_form, level, students, responsible_id, has_exam, is_active)
             VALUES ",
            " ON CONFLICT (id) DO UPDATE SET discipline_id = excluded.discipline_id,
                department_id = excluded.department_id, faculty_id = excluded.faculty_id,
                group_code = excluded.group_code, group_key = excluded.group_key, language = excluded.language,
                study_form = excluded.study_form, level = excluded.level, students = excluded.students,
                responsible_id = excluded.responsible_id, has_exam = excluded.has_exam,
                is_active = excluded.is_active"
        )
    };
}

macro_rules! add_teachers {
    ($rows:expr) => {
        bulk!($rows, 2, "INSERT INTO teachers (offering_id, person_id) VALUES ", "")
    };
}

macro_rules! add_enrolments {
    ($rows:expr) => {
        bulk!($rows, 2, "INSERT INTO enrolments (offering_id, person_id) VALUES ", "")
    };
}

statements! {
    OFFERINGS = "SELECT id, term_id, discipline_id, department_id, faculty_id, group_code, language, study_form, level, students, responsible_id,
                        has_exam, is_active
                   FROM offerings WHERE term_id = $1 ORDER BY id";
    TEACHERS = "SELECT t.offering_id, t.person_id FROM teachers t JOIN offerings o ON o.id = t.offering_id
                 WHERE o.term_id = $1 ORDER BY t.offering_id, t.person_id";
    ENROLMENTS = "SELECT e.offering_id, e.person_id FROM enrolments e JOIN offerings o ON o.id = e.offering_id
                   WHERE o.term_id = $1 ORDER BY e.offering_id, e.person_id";
    PUT_OFFERING = put_offerings!(1);
    PUT_OFFERINGS = put_offerings!(OFFERINGS_TOGETHER);
    CLEAR_TEACHERS = "DELETE FROM teachers WHERE offering_id = $1";
    ADD_TEACHER = add_teachers!(1);
    ADD_TEACHERS = add_teachers!(PAIRS_TOGETHER);
    LIVE = "SELECT c.offering_id FROM choices c JOIN offerings o ON o.id = c.offering_id
             WHERE o.term_id = $1 ORDER BY c.offering_id";
    ADD_ENROLMENT = add_enrolments!(1);
    ADD_ENROLMENTS = add_enrolments!(PAIRS_TOGETHER);
}

/// Loads all offerings of a term with their teachers.
pub fn offerings(tx: &mut Tx<'_>, term: TermId) -> Result<Vec<RosterOffering>> {
    let mut teachers: HashMap<Uuid, Vec<PersonId>> = HashMap::new();
    for (offering, person) in tx.rows(TEACHERS, &[&term.0], |row| Ok((row.next()?, PersonId(row.next()?))))? {
        teachers.entry(offering).or_default().push(person);
    }
    tx.rows(OFFERINGS, &[&term.0], |row| {
        let id: Uuid = row.next()?;
        Ok(RosterOffering {
            id: OfferingId(id),
            term: TermId(row.next()?),
            discipline: DisciplineId(row.next()?),
            home: Some(DisciplineHome { department: OrgId(row.next()?), faculty: OrgId(row.next()?) }),
            group: row.next()?,
            language: row.code(Language::from_code)?,
            study_form: row.code(StudyForm::from_code)?,
            level: row.code(Level::from_code)?,
            students: row.next()?,
            responsible: row.next::<Option<Uuid>>()?.map(PersonId),
            has_exam: row.next()?,
            is_active: row.next()?,
            teachers: teachers.remove(&id).unwrap_or_default(),
        })
    })
}

/// Loads all enrolments of students in the offerings of a term.
pub fn enrolments(tx: &mut Tx<'_>, term: TermId) -> Result<Vec<Enrolment>> {
    tx.rows(ENROLMENTS, &[&term.0], |row| {
        Ok(Enrolment { offering: OfferingId(row.next()?), person: PersonId(row.next()?) })
    })
}

/// Adds or changes offerings with their teachers. Every offering must have a department, and the
/// list must not contain an offering twice. The parameter `is_new` is true if no teachers of these
/// offerings are stored yet.
pub fn put_offerings(tx: &mut Tx<'_>, offerings: &[&RosterOffering], is_new: bool) -> Result<()> {
    if offerings.iter().any(|offering| offering.home.is_none()) {
        return Err(Error::Broken("the discipline of an offering has no department".to_owned()));
    }
    let put = BulkStatement { one: PUT_OFFERING, many: PUT_OFFERINGS, together: OFFERINGS_TOGETHER };
    put.all(tx, offerings, |one| {
        vec![
            Box::new(one.id.0),
            Box::new(one.term.0),
            Box::new(one.discipline.0),
            Box::new(one.home.map(|home| home.department.0)),
            Box::new(one.home.map(|home| home.faculty.0)),
            Box::new(&one.group),
            Box::new(search_key(&one.group)),
            Box::new(one.language.code()),
            Box::new(one.study_form.code()),
            Box::new(one.level.code()),
            Box::new(one.students),
            Box::new(one.responsible.map(|person| person.0)),
            Box::new(one.has_exam),
            Box::new(one.is_active),
        ]
    })?;
    if !is_new {
        offerings.iter().try_for_each(|one| tx.change(CLEAR_TEACHERS, &[&one.id.0]).map(|_| ()))?;
    }
    let teachers = offerings.iter().flat_map(|one| one.teachers.iter().map(|person| (one.id, *person)));
    let put = BulkStatement { one: ADD_TEACHER, many: ADD_TEACHERS, together: PAIRS_TOGETHER };
    put.all(tx, &teachers.collect::<Vec<_>>(), |(offering, person)| vec![Box::new(offering.0), Box::new(person.0)])
}

/// Lists the offerings of a term for which the database has a choice.
pub fn live(tx: &mut Tx<'_>, term: TermId) -> Result<Vec<OfferingId>> {
    tx.rows(LIVE, &[&term.0], |row| Ok(OfferingId(row.next()?)))
}

/// Adds enrolments of students in offerings.
pub fn add_enrolments(tx: &mut Tx<'_>, enrolments: &[&Enrolment]) -> Result<()> {
    let put = BulkStatement { one: ADD_ENROLMENT, many: ADD_ENROLMENTS, together: PAIRS_TOGETHER };
    put.all(tx, enrolments, |one| vec![Box::new(one.offering.0), Box::new(one.person.0)])
}
