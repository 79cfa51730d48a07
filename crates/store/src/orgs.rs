//! Units of the university (faculties and departments): a few dozen rows, read completely.

use crate::statement_macro::statements;
use crate::tx::Row;
use crate::{Error, Result, Tx};
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

/// Loads all units of the university, parents before children.
pub fn all(tx: &mut Tx<'_>) -> Result<Vec<Org>> {
    tx.rows(ALL, &[], |row| {
        Ok(Org {
            id: OrgId(row.next()?),
            parent: row.next::<Option<Uuid>>()?.map(OrgId),
            kind: known(&row.next::<String>()?, OrgKind::from_code)?,
            code: row.next()?,
            name: name(row)?,
        })
    })
}

/// Adds or changes a unit of the university.
pub fn put(tx: &mut Tx<'_>, org: &Org) -> Result<()> {
    let parent = org.parent.map(|parent| parent.0);
    tx.change(PUT, &[&org.id.0, &parent, &org.kind.code(), &org.code, &org.name.kk, &org.name.ru, &org.name.en])?;
    Ok(())
}

/// Reads the next three database columns as a name.
pub(crate) fn name(row: &Row<'_>) -> Result<Name> {
    Ok(Name { kk: row.next()?, ru: row.next()?, en: row.next()? })
}

/// Parses a stored code with the given function; an unknown code is [`Error::Broken`].
pub(crate) fn known<T>(code: &str, from_code: impl Fn(&str) -> Option<T>) -> Result<T> {
    from_code(code).ok_or_else(|| Error::Broken(format!("unknown code {code}")))
}
