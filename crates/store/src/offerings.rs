//! Offerings as web pages show them, found by id, teacher, student, department or group. Only
//! active offerings with a final exam are found.

use crate::orgs::name;
use crate::statement_macro::statements;
use crate::tx::Row;
use crate::{Result, Tx};
use domain::id::{DisciplineId, OfferingId, OrgId, PersonId, TermId};
use domain::limits::STUDENT_GROUP_LISTED;
use domain::name::Language;
use domain::offering::{Discipline, Level, Offering, StudyForm};
use std::collections::HashMap;
use uuid::Uuid;

/// Composes the SQL query for offerings, with the database columns of the offering, its discipline
/// and the code of its faculty. `from` joins the table of offerings `o` to the tables that limit the
/// query, by default to none.
macro_rules! select_offering {
    ($rest:literal) => {
        crate::offerings::select_offering!("offerings o", $rest)
    };
    ($from:literal, $rest:literal) => {
        crate::offerings::select_offering!($from, $rest, "")
    };
    ($from:literal, $rest:literal, $more:literal) => {
        concat!(
            "SELECT o.id, o.term_id, d.id, d.code, d.name_kk, d.name_ru, d.name_en, o.department_id, o.faculty_id, f.code,
                    o.group_code, o.language, o.study_form, o.level, o.students, o.responsible_id",
            $more,
            " FROM ",
            $from,
            " JOIN disciplines d ON d.id = o.discipline_id
              JOIN orgs f ON f.id = o.faculty_id ",
            $rest
        )
    };
}
pub(crate) use select_offering;

statements! {
    FIND = select_offering!("WHERE o.id = $1 AND o.has_exam AND o.is_active");
    TEACHERS = "SELECT person_id FROM teachers WHERE offering_id = $1 ORDER BY person_id";
    // The queries for one person read the person's rows first: SQLite keeps the sequence of a CROSS
    // JOIN. Without it, and without statistics, SQLite would read all offerings of the term. The few
    // rows of one person are sorted by the program, because SQLite would copy each row to sort it.
    TAUGHT = select_offering!(
        "teachers t CROSS JOIN offerings o",
        "WHERE t.person_id = $1 AND o.id = t.offering_id AND o.term_id = $2
           AND o.has_exam AND o.is_active",
        ", d.sort_key");
    TAUGHT_TEACHERS = "SELECT x.offering_id, x.person_id FROM teachers t CROSS JOIN offerings o
                        CROSS JOIN teachers x
                        WHERE t.person_id = $1 AND o.id = t.offering_id AND o.term_id = $2
                          AND x.offering_id = o.id";
    OF_DEPARTMENT = select_offering!(
        "WHERE o.department_id = $1 AND o.term_id = $2 AND o.has_exam AND o.is_active ORDER BY d.sort_key, o.group_code, o.id");
    DEPARTMENT_TEACHERS = "SELECT t.offering_id, t.person_id FROM offerings o
                             JOIN teachers t ON t.offering_id = o.id
                            WHERE o.department_id = $1 AND o.term_id = $2 ORDER BY t.offering_id, t.person_id";
    STUDIED = select_offering!(
        "enrolments e CROSS JOIN offerings o",
        "WHERE e.person_id = $1 AND o.id = e.offering_id AND o.term_id = $2
           AND o.has_exam AND o.is_active",
        ", d.sort_key");
    OF_GROUP = select_offering!(
        "WHERE o.group_key = $1 AND o.term_id = $2 AND o.has_exam AND o.is_active
         ORDER BY d.sort_key, o.group_code, o.id LIMIT $3");
    TAUGHT_EVER = "SELECT o.discipline_id FROM teachers t CROSS JOIN offerings o
                    WHERE t.person_id = $1 AND o.id = t.offering_id GROUP BY o.discipline_id ORDER BY o.discipline_id";
}

/// Finds the offering with this id, if it is active and has a final exam.
pub fn find(tx: &mut Tx<'_>, id: OfferingId) -> Result<Option<Offering>> {
    let Some(mut offering) = tx.row(FIND, &[&id.0], offering)? else { return Ok(None) };
    offering.teachers = tx.rows(TEACHERS, &[&id.0], |row| Ok(PersonId(row.next()?)))?;
    Ok(Some(offering))
}

/// Loads the offerings that a person teaches in a term, sorted by discipline and group.
pub fn taught_by(tx: &mut Tx<'_>, person: PersonId, term: TermId) -> Result<Vec<Offering>> {
    let offerings = sorted(tx.rows(TAUGHT, &[&person.0, &term.0], offering_and_key)?);
    let mut teachers = tx.rows(TAUGHT_TEACHERS, &[&person.0, &term.0], offering_teacher)?;
    teachers.sort_unstable_by_key(|taught| taught.teacher);
    Ok(with_teachers(offerings, teachers))
}

/// Loads the offerings of a department in a term, sorted by discipline and group.
pub fn of_department(tx: &mut Tx<'_>, department: OrgId, term: TermId) -> Result<Vec<Offering>> {
    let offerings = tx.rows(OF_DEPARTMENT, &[&department.0, &term.0], offering)?;
    let teachers = tx.rows(DEPARTMENT_TEACHERS, &[&department.0, &term.0], offering_teacher)?;
    Ok(with_teachers(offerings, teachers))
}

/// Loads the offerings in which a student is enrolled in a term. Their lists of teachers are empty.
pub fn studied_by(tx: &mut Tx<'_>, person: PersonId, term: TermId) -> Result<Vec<Offering>> {
    Ok(sorted(tx.rows(STUDIED, &[&person.0, &term.0], offering_and_key)?))
}

/// Loads the offerings of a student group in a term, at most [`STUDENT_GROUP_LISTED`]. Their lists
/// of teachers are empty. `group_key` is the name of the group, converted by `search_key` to a
/// Latin spelling that is the same for common spellings of a name.
pub fn of_group(tx: &mut Tx<'_>, group_key: &str, term: TermId) -> Result<Vec<Offering>> {
    tx.rows(OF_GROUP, &[&group_key, &term.0, &STUDENT_GROUP_LISTED], offering)
}

/// Lists the disciplines that a person has ever taught. The person is allowed to read and extend
/// the dossiers of these disciplines.
pub fn disciplines_taught_by(tx: &mut Tx<'_>, person: PersonId) -> Result<Vec<DisciplineId>> {
    tx.rows(TAUGHT_EVER, &[&person.0], |row| Ok(DisciplineId(row.next()?)))
}

/// An offering, and the sort key of its discipline's name.
struct KeyedOffering {
    sort_key: String,
    offering: Offering,
}

fn offering_and_key(row: &Row<'_>) -> Result<KeyedOffering> {
    Ok(KeyedOffering { offering: offering(row)?, sort_key: row.next()? })
}

/// Sorts offerings by discipline and group, as the other queries of this module do in the database.
fn sorted(mut found: Vec<KeyedOffering>) -> Vec<Offering> {
    found.sort_unstable_by(|one, other| {
        let (first, second) = (&one.offering, &other.offering);
        (&one.sort_key, &first.group, first.id).cmp(&(&other.sort_key, &second.group, second.id))
    });
    found.into_iter().map(|keyed| keyed.offering).collect()
}

fn with_teachers(mut offerings: Vec<Offering>, teachers: Vec<OfferingTeacher>) -> Vec<Offering> {
    let mut by_offering: HashMap<OfferingId, Vec<PersonId>> = HashMap::new();
    for OfferingTeacher { offering, teacher } in teachers {
        by_offering.entry(offering).or_default().push(teacher);
    }
    for offering in &mut offerings {
        offering.teachers = by_offering.remove(&offering.id).unwrap_or_default();
    }
    offerings
}

/// An offering and one person who teaches it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OfferingTeacher {
    pub offering: OfferingId,
    pub teacher: PersonId,
}

pub(crate) fn offering_teacher(row: &Row<'_>) -> Result<OfferingTeacher> {
    Ok(OfferingTeacher { offering: OfferingId(row.next()?), teacher: PersonId(row.next()?) })
}

/// Reads an offering from the database columns that [`select_offering`] lists. Its list of teachers
/// is empty.
pub(crate) fn offering(row: &Row<'_>) -> Result<Offering> {
    Ok(Offering {
        id: OfferingId(row.next()?),
        term: TermId(row.next()?),
        discipline: Discipline { id: DisciplineId(row.next()?), code: row.next()?, name: name(row)? },
        department: OrgId(row.next()?),
        faculty: OrgId(row.next()?),
        faculty_code: row.next()?,
        group: row.next()?,
        language: row.code(Language::from_code)?,
        study_form: row.code(StudyForm::from_code)?,
        level: row.code(Level::from_code)?,
        students: row.next()?,
        responsible: row.next::<Option<Uuid>>()?.map(PersonId),
        teachers: Vec::new(),
    })
}
