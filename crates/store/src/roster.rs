//! Records of a roster in the database, loaded completely for comparison with a roster file and
//! written in bulk. This file contains the disciplines; child modules contain the offerings and the
//! undoing of an import. Units, people and terms have separate modules.

pub mod offerings;
pub mod revert;

use crate::bulk::{BulkStatement, bulk};
use crate::orgs::name;
use crate::statement_macro::statements;
use crate::{Result, Tx};
use domain::id::{DisciplineId, OrgId};
use domain::name::{search_key, sort_key};
use domain::roster::RosterDiscipline;

/// The number of disciplines that one SQL statement writes.
const TOGETHER: usize = 50;

macro_rules! put_disciplines {
    ($rows:expr) => {
        bulk!(
            $rows,
            8,
            "INSERT INTO disciplines (id, department_id, code, name_kk, name_ru, name_en, sort_key, search_key) VALUES ",
            " ON CONFLICT (id) DO UPDATE SET department_id = excluded.department_id, code = excluded.code,
                name_kk = excluded.name_kk, name_ru = excluded.name_ru, name_en = excluded.name_en,
                sort_key = excluded.sort_key, search_key = excluded.search_key"
        )
    };
}

statements! {
    DISCIPLINES = "SELECT id, department_id, code, name_kk, name_ru, name_en FROM disciplines ORDER BY id";
    PUT_DISCIPLINE = put_disciplines!(1);
    PUT_DISCIPLINES = put_disciplines!(TOGETHER);
}

/// Loads all disciplines of the university.
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

/// Adds or changes disciplines of the university. The list must not contain a discipline twice.
pub fn put_disciplines(tx: &mut Tx<'_>, disciplines: &[&RosterDiscipline]) -> Result<()> {
    let put = BulkStatement { one: PUT_DISCIPLINE, many: PUT_DISCIPLINES, together: TOGETHER };
    put.all(tx, disciplines, |one| {
        let name = &one.name;
        vec![
            Box::new(one.id.0),
            Box::new(one.department.0),
            Box::new(&one.code),
            Box::new(&name.kk),
            Box::new(&name.ru),
            Box::new(&name.en),
            Box::new(sort_key(&name.kk)),
            Box::new(search_key(&format!("{} {}", one.code, name.all_text()))),
        ]
    })
}
