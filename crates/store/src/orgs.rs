//! Units of the university (faculties and departments) in the database. There are a few dozen
//! units, so all of them are loaded together.

use crate::statement_macro::statements;
use crate::tx::Row;
use crate::{Result, Tx};
use domain::id::OrgId;
use domain::name::Name;
use domain::roster::{Org, OrgKind};
use uuid::Uuid;

statements! {
    ALL = "SELECT id, parent_id, kind, code, name_kk, name_ru, name_en FROM orgs ORDER BY kind DESC, code, id";
    PUT = "INSERT INTO orgs (id, parent_id, kind, code, name_kk, name_ru, name_en) VALUES ($1, $2, $3, $4, $5, $6, $7)
           ON CONFLICT (id) DO UPDATE SET parent_id = excluded.parent_id, kind = excluded.kind, code = excluded.code,
             name_kk = excluded.name_kk, name_ru = excluded.name_ru, name_en = excluded.name_en";
}

/// Loads all units of the university, each unit before the units that belong to it.
pub fn all(tx: &mut Tx<'_>) -> Result<Vec<Org>> {
    tx.rows(ALL, &[], |row| {
        Ok(Org {
            id: OrgId(row.next()?),
            parent: row.next::<Option<Uuid>>()?.map(OrgId),
            kind: row.code(OrgKind::from_code)?,
            code: row.next()?,
            name: name(row)?,
        })
    })
}

/// Adds a unit of the university, or changes the unit with the same id.
pub fn put(tx: &mut Tx<'_>, org: &Org) -> Result<()> {
    let parent = org.parent.map(|parent| parent.0);
    tx.change(PUT, &[&org.id.0, &parent, &org.kind.code(), &org.code, &org.name.kk, &org.name.ru, &org.name.en])?;
    Ok(())
}

/// Reads a name in Kazakh, Russian and English from the next three database columns.
pub(crate) fn name(row: &Row<'_>) -> Result<Name> {
    Ok(Name { kk: row.next()?, ru: row.next()?, en: row.next()? })
}
