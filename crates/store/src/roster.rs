//! What a roster brings in, read whole for comparison and written row by row: disciplines here, offerings below, and what is taken back.
//! Units, people and terms have rooms of their own.

pub mod offered;
pub mod taken_back;

use crate::orgs::name;
use crate::statements::statements;
use crate::{Result, Tx};
use domain::id::{DisciplineId, OrgId};
use domain::name::{search_key, sort_key};
use domain::roster::RosterDiscipline;

statements! {
    DISCIPLINES = "SELECT id, department_id, code, name_kk, name_ru, name_en FROM disciplines ORDER BY id";
    PUT_DISCIPLINE = "INSERT INTO disciplines (id, department_id, code, name_kk, name_ru, name_en, sort_key, search_key)
                      VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
                      ON CONFLICT (id) DO UPDATE SET department_id = excluded.department_id, code = excluded.code,
                        name_kk = excluded.name_kk, name_ru = excluded.name_ru, name_en = excluded.name_en,
                        sort_key = excluded.sort_key, search_key = excluded.search_key";
}

/// All disciplines.
pub fn disciplines(tx: &mut Tx<'_>) -> Result<Vec<RosterDiscipline>> {
    tx.rows(DISCIPLINES, &[], |row| {
        Ok(RosterDiscipline {
            id: DisciplineId(row.next()?),
            department: OrgId(row.next()?),
            code: row.next()?,
            name: name(row)?,
        })
    })
}

/// Adds or changes a discipline.
pub fn put_discipline(tx: &mut Tx<'_>, what: &RosterDiscipline) -> Result<()> {
    let (sort, search) = (sort_key(&what.name.kk), search_key(&format!("{} {}", what.code, what.name.all_text())));
    let name = &what.name;
    tx.change(
        PUT_DISCIPLINE,
        &[&what.id.0, &what.department.0, &what.code, &name.kk, &name.ru, &name.en, &sort, &search],
    )?;
    Ok(())
}
