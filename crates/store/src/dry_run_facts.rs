//! Data for the dry run of a new catalogue version, which finds the choices that the new version
//! would make invalid: every choice of a term, and the number of choices that use each catalogue
//! row.

use crate::orgs::name;
use crate::statement_macro::statements;
use crate::{Result, Tx};
use domain::catalogue::RowId;
use domain::dry_run::ChoiceFact;
use domain::id::{OfferingId, OrgId, TermId};
use domain::name::Name;
use domain::person::short_name;
use domain::report::ChoiceState;
use std::borrow::Borrow;

statements! {
    OF_TERM = "SELECT o.id, o.department_id, f.code, c.stage, c.version, c.row_id, c.info, c.catalogue, o.group_code,
                      d.code, d.name_kk, d.name_ru, d.name_en, p.family_name, p.given_name, p.middle_name
                 FROM offerings o
                 JOIN choices c ON c.offering_id = o.id
                 JOIN disciplines d ON d.id = o.discipline_id
                 JOIN orgs f ON f.id = o.faculty_id
                 LEFT JOIN people p ON p.id = o.responsible_id
                WHERE o.term_id = $1 AND o.has_exam AND o.is_active
                ORDER BY o.department_id, d.sort_key, o.group_code, o.id";
    USED = "SELECT c.row_id, COUNT(*) FROM offerings o JOIN choices c ON c.offering_id = o.id
             WHERE o.term_id = $1 AND o.has_exam AND o.is_active GROUP BY c.row_id ORDER BY c.row_id";
}

/// A choice as input for the dry run of a catalogue, which finds the choices that a new catalogue
/// version would make invalid. The group, the discipline and the instructor are included so that a
/// reader of the result recognises the choice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FactWithNames {
    /// The facts about the choice that the dry run of a catalogue checks.
    pub fact: ChoiceFact,
    pub group: String,
    /// The code of the discipline to which the choice belongs.
    pub discipline_code: String,
    pub discipline: Name,
    /// The name of the instructor who is responsible for the offering; empty if the offering has no
    /// instructor.
    pub instructor: String,
}

impl Borrow<ChoiceFact> for FactWithNames {
    fn borrow(&self) -> &ChoiceFact {
        &self.fact
    }
}

/// Loads every choice of a term, sorted by department, discipline and group.
pub fn of_term(tx: &mut Tx<'_>, term: TermId) -> Result<Vec<FactWithNames>> {
    tx.rows(OF_TERM, &[&term.0], |row| {
        let fact = ChoiceFact {
            offering: OfferingId(row.next()?),
            department: OrgId(row.next()?),
            faculty_code: row.next()?,
            state: row.code(ChoiceState::from_code)?,
            version: row.next()?,
            row: RowId(row.next()?),
            info: row.next()?,
            catalogue: row.next()?,
        };
        let (group, discipline_code, discipline) = (row.next()?, row.next()?, name(row)?);
        let names: [Option<String>; 3] = [row.next()?, row.next()?, row.next()?];
        let [family, given, middle] = names.map(Option::unwrap_or_default);
        Ok(FactWithNames { fact, group, discipline_code, discipline, instructor: short_name(&family, &given, &middle) })
    })
}

/// A catalogue row with the number of choices that use the row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RowUse {
    pub row: RowId,
    /// The number of choices that use the catalogue row.
    pub choices: i64,
}

/// Counts the choices of a term that use each catalogue row.
pub fn used(tx: &mut Tx<'_>, term: TermId) -> Result<Vec<RowUse>> {
    tx.rows(USED, &[&term.0], |row| Ok(RowUse { row: RowId(row.next()?), choices: row.next()? }))
}
