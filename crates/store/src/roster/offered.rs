//! Offerings, who teaches them and who studies in them, as a roster brings them.

use crate::orgs::known;
use crate::statements::statements;
use crate::tx::Param;
use crate::{Error, Result, Tx};
use domain::id::{DisciplineId, OfferingId, OrgId, PersonId, TermId};
use domain::name::{Language, search_key};
use domain::offering::{Level, StudyForm};
use domain::roster::{Enrolment, RosterOffering};
use std::collections::HashMap;
use uuid::Uuid;

statements! {
    OFFERINGS = "SELECT id, term_id, discipline_id, department_id, faculty_id, group_code, language, study_form, level, students, responsible_id,
                        has_exam, is_active
                   FROM offerings WHERE term_id = $1 ORDER BY id";
    TEACHERS = "SELECT t.offering_id, t.person_id FROM teachers t JOIN offerings o ON o.id = t.offering_id
                 WHERE o.term_id = $1 ORDER BY t.offering_id, t.person_id";
    ENROLMENTS = "SELECT e.offering_id, e.person_id FROM enrolments e JOIN offerings o ON o.id = e.offering_id
                   WHERE o.term_id = $1 ORDER BY e.offering_id, e.person_id";
    PUT_OFFERING = "INSERT INTO offerings (id, term_id, discipline_id, department_id, faculty_id, group_code, group_key,
                                           language, study_form, level, students, responsible_id, has_exam, is_active)
                    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)
                    ON CONFLICT (id) DO UPDATE SET discipline_id = excluded.discipline_id,
                      department_id = excluded.department_id, faculty_id = excluded.faculty_id,
                      group_code = excluded.group_code, group_key = excluded.group_key, language = excluded.language,
                      study_form = excluded.study_form, level = excluded.level, students = excluded.students,
                      responsible_id = excluded.responsible_id, has_exam = excluded.has_exam,
                      is_active = excluded.is_active";
    CLEAR_TEACHERS = "DELETE FROM teachers WHERE offering_id = $1";
    ADD_TEACHER = "INSERT INTO teachers (offering_id, person_id) VALUES ($1, $2)";
    LIVE = "SELECT c.offering_id FROM choices c JOIN offerings o ON o.id = c.offering_id
             WHERE o.term_id = $1 ORDER BY c.offering_id";
    ADD_ENROLMENTS = "INSERT INTO enrolments (offering_id, person_id) VALUES
                        ($1, $2), ($3, $4), ($5, $6), ($7, $8), ($9, $10), ($11, $12), ($13, $14),
                        ($15, $16), ($17, $18), ($19, $20), ($21, $22), ($23, $24), ($25, $26), ($27, $28),
                        ($29, $30), ($31, $32), ($33, $34), ($35, $36), ($37, $38), ($39, $40), ($41, $42),
                        ($43, $44), ($45, $46), ($47, $48), ($49, $50)";
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
            is_active: row.next()?,
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
            &what.is_active,
        ],
    )?;
    tx.change(CLEAR_TEACHERS, &[&what.id.0])?;
    what.teachers.iter().try_for_each(|teacher| tx.change_one(ADD_TEACHER, &[&what.id.0, &teacher.0]))
}

/// The offerings of a term for which something was ever chosen.
pub fn live(tx: &mut Tx<'_>, term: TermId) -> Result<Vec<OfferingId>> {
    tx.rows(LIVE, &[&term.0], |row| Ok(OfferingId(row.next()?)))
}

/// So many students are added by one statement; a university has 150,000 of them.
pub const TOGETHER: usize = 25;

/// Adds students to offerings, at most [`TOGETHER`].
pub fn add_enrolments(tx: &mut Tx<'_>, what: &[Enrolment]) -> Result<()> {
    if what.len() != TOGETHER {
        return what.iter().try_for_each(|one| tx.change_one(ADD_ENROLMENT, &[&one.offering.0, &one.person.0]));
    }
    let pairs = what.iter().flat_map(|one| [&one.offering.0 as &dyn Param, &one.person.0]);
    let params: Vec<&dyn Param> = pairs.collect();
    tx.change(ADD_ENROLMENTS, &params)?;
    Ok(())
}
