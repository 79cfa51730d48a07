//! Choices for comparing parallel groups: student groups with the same discipline, faculty,
//! language and level, for which the same exam should be chosen. Returned choices are left out,
//! because their instructors are about to change them.

use crate::orgs::name;
use crate::statement_macro::statements;
use crate::tx::Row;
use crate::{Result, Tx};
use domain::catalogue::RowId;
use domain::id::{DisciplineId, OfferingId, OrgId, TermId};
use domain::name::Language;
use domain::offering::{Discipline, Level};
use domain::person::short_name;
use domain::report::ChoiceState;
use domain::uniformity::UniformityKey;

macro_rules! select_chosen {
    ($scope:literal) => {
        concat!(
            "SELECT o.id, d.id, d.code, d.name_kk, d.name_ru, d.name_en, o.faculty_id, o.group_code, o.language, o.level,
                    c.row_id, c.info, c.catalogue, c.stage, p.family_name, p.given_name, p.middle_name
               FROM offerings o
               JOIN choices c ON c.offering_id = o.id
               JOIN disciplines d ON d.id = o.discipline_id
               LEFT JOIN people p ON p.id = o.responsible_id
              WHERE ",
            $scope,
            " = $1 AND o.term_id = $2 AND o.has_exam AND o.is_active AND c.stage <> 'returned'
              ORDER BY d.sort_key, o.group_code, o.id"
        )
    };
}

statements! {
    IN_DEPARTMENT = select_chosen!("o.department_id");
    IN_FACULTY = select_chosen!("o.faculty_id");
    OF_DISCIPLINE = select_chosen!("o.discipline_id");
}

/// The choice of one offering, for comparison with the choices for its parallel groups (student
/// groups taught the same discipline).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ComparedChoice {
    pub offering: OfferingId,
    pub discipline: Discipline,
    pub group: String,
    /// The values that parallel groups (student groups taught the same discipline) have in common:
    /// faculty, language, discipline and level.
    pub uniformity_key: UniformityKey,
    pub row: RowId,
    pub info: String,
    /// The number of the catalogue version under which the choice was made.
    pub catalogue: i64,
    /// The state of the offering's choice, for example approved.
    pub state: ChoiceState,
    /// The name of the instructor who is responsible for the offering; empty if the offering has no
    /// instructor.
    pub instructor: String,
}

/// Loads the choices of a department in a term, without returned choices, so that the choices for
/// parallel groups (student groups taught the same discipline) can be compared.
pub fn of_department(tx: &mut Tx<'_>, department: OrgId, term: TermId) -> Result<Vec<ComparedChoice>> {
    tx.rows(IN_DEPARTMENT, &[&department.0, &term.0], chosen)
}

/// Loads the choices of a faculty in a term, without returned choices, so that the choices for
/// parallel groups (student groups taught the same discipline) can be compared.
pub fn of_faculty(tx: &mut Tx<'_>, faculty: OrgId, term: TermId) -> Result<Vec<ComparedChoice>> {
    tx.rows(IN_FACULTY, &[&faculty.0, &term.0], chosen)
}

/// Loads the choices for a discipline in a term, without returned choices, so that the choices for
/// parallel groups (student groups taught this discipline) can be compared.
pub fn of_discipline(tx: &mut Tx<'_>, discipline: DisciplineId, term: TermId) -> Result<Vec<ComparedChoice>> {
    tx.rows(OF_DISCIPLINE, &[&discipline.0, &term.0], chosen)
}

fn chosen(row: &Row<'_>) -> Result<ComparedChoice> {
    let offering = OfferingId(row.next()?);
    let discipline = Discipline { id: DisciplineId(row.next()?), code: row.next()?, name: name(row)? };
    let (faculty, group) = (OrgId(row.next()?), row.next()?);
    let language = row.code(Language::from_code)?;
    let level = row.code(Level::from_code)?;
    let uniformity_key = UniformityKey { faculty, language, discipline: discipline.id, level };
    let (chosen, info, catalogue) = (RowId(row.next()?), row.next()?, row.next()?);
    let state = row.code(ChoiceState::from_code)?;
    let names: [Option<String>; 3] = [row.next()?, row.next()?, row.next()?];
    let [family, given, middle] = names.map(Option::unwrap_or_default);
    let instructor = short_name(&family, &given, &middle);
    Ok(ComparedChoice { offering, discipline, group, uniformity_key, row: chosen, info, catalogue, state, instructor })
}
