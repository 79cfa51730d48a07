//! Offerings, who teaches them and who studies in them, as a roster brings them.

use crate::orgs::known;
use crate::statements::statements;
use crate::{Error, Result, Tx};
use domain::id::{DisciplineId, OfferingId, OrgId, PersonId, TermId};
use domain::name::{Language, search_key};
use domain::offering::{Level, StudyForm};
use domain::roster::{Enrolment, RosterOffering};
use std::collections::HashMap;
use uuid::Uuid;

statements! {
    OFFERINGS = "SELECT id, term_id, discipline_id, department_id, faculty_id, group_code, language, study_form, level, students, responsible_id,
                        has_exam
                   FROM offerings WHERE term_id = $1 ORDER BY id";
    TEACHERS = "SELECT t.offering_id, t.person_id FROM teachers t JOIN offerings o ON o.id = t.offering_id
                 WHERE o.term_id = $1 ORDER BY t.offering_id, t.person_id";
    ENROLMENTS = "SELECT e.offering_id, e.person_id FROM enrolments e JOIN offerings o ON o.id = e.offering_id
                   WHERE o.term_id = $1 ORDER BY e.offering_id, e.person_id";
    PUT_OFFERING = "INSERT INTO offerings (id, term_id, discipline_id, department_id, faculty_id, group_code, group_key,
                                           language, study_form, level, students, responsible_id, has_exam)
                    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
                    ON CONFLICT (id) DO UPDATE SET discipline_id = excluded.discipline_id,
                      department_id = excluded.department_id, faculty_id = excluded.faculty_id,
                      group_code = excluded.group_code, group_key = excluded.group_key, language = excluded.language,
                      study_form = excluded.study_form, level = excluded.level, students = excluded.students,
                      responsible_id = excluded.responsible_id, has_exam = excluded.has_exam";
    CLEAR_TEACHERS = "DELETE FROM teachers WHERE offering_id = $1";
    ADD_TEACHER = "INSERT INTO teachers (offering_id, person_id) VALUES ($1, $2)";
    ADD_ENROLMENT = "INSERT INTO enrolments (offering_id, person_id) VALUES ($1, $2)";
}

/// All offerings of a term with those who teach them.
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
            home: Some((OrgId(row.next()?), OrgId(row.next()?))),
            group: row.next()?,
            language: known(&row.next::<String>()?, Language::from_code)?,
            study_form: known(&row.next::<String>()?, StudyForm::from_code)?,
            level: known(&row.next::<String>()?, Level::from_code)?,
            students: row.next()?,
            responsible: row.next::<Option<Uuid>>()?.map(PersonId),
            has_exam: row.next()?,
            teachers: teachers.remove(&id).unwrap_or_default(),
        })
    })
}

/// All students in offerings of a term.
pub fn enrolments(tx: &mut Tx<'_>, term: TermId) -> Result<Vec<Enrolment>> {
    tx.rows(ENROLMENTS, &[&term.0], |row| {
        Ok(Enrolment { offering: OfferingId(row.next()?), person: PersonId(row.next()?) })
    })
}

/// Adds or changes an offering whose home is known, with those who teach it.
pub fn put_offering(tx: &mut Tx<'_>, what: &RosterOffering) -> Result<()> {
    let (department, faculty) = what.home.ok_or_else(|| Error::Broken("an offering without a home".to_owned()))?;
    tx.change(
        PUT_OFFERING,
        &[
            &what.id.0,
            &what.term.0,
            &what.discipline.0,
            &department.0,
            &faculty.0,
            &what.group,
            &search_key(&what.group),
            &what.language.code(),
            &what.study_form.code(),
            &what.level.code(),
            &what.students,
            &what.responsible.map(|person| person.0),
            &what.has_exam,
        ],
    )?;
    tx.change(CLEAR_TEACHERS, &[&what.id.0])?;
    what.teachers.iter().try_for_each(|teacher| tx.change_one(ADD_TEACHER, &[&what.id.0, &teacher.0]))
}

/// Adds a student to an offering.
pub fn add_enrolment(tx: &mut Tx<'_>, what: Enrolment) -> Result<()> {
    tx.change_one(ADD_ENROLMENT, &[&what.offering.0, &what.person.0])
}
