//! Academic terms (semesters) in the database.

use crate::orgs::name;
use crate::statement_macro::statements;
use crate::tx::{Param, Row};
use crate::{Result, Tx};
use chrono::NaiveDate;
use domain::id::TermId;
use domain::roster::RosterTerm;
use domain::term::{Term, Uniformity};

macro_rules! select_term {
    ($rest:literal) => {
        concat!(
            "SELECT id, code, name_kk, name_ru, name_en, starts_on, ends_on, choose_from, choose_until, approve_until,
                    catalogue, is_closed, uniformity, escalate_after, is_kept_here
               FROM terms ",
            $rest
        )
    };
}

statements! {
    ALL = select_term!("ORDER BY starts_on DESC, id");
    FIND = select_term!("WHERE id = $1");
    NEWEST_BEGUN = select_term!("WHERE starts_on <= $1 OR choose_from <= $2 ORDER BY starts_on DESC, id LIMIT 1");
    FIRST = select_term!("ORDER BY starts_on, id DESC LIMIT 1");
    PUT = "INSERT INTO terms (id, code, name_kk, name_ru, name_en, starts_on, ends_on, choose_from, choose_until,
                              approve_until, catalogue, is_closed)
           VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, FALSE)
           ON CONFLICT (id) DO UPDATE SET code = excluded.code, name_kk = excluded.name_kk, name_ru = excluded.name_ru,
             name_en = excluded.name_en, starts_on = excluded.starts_on, ends_on = excluded.ends_on,
             choose_from = excluded.choose_from, choose_until = excluded.choose_until,
             approve_until = excluded.approve_until
           WHERE NOT terms.is_kept_here";
    ADD = "INSERT INTO terms (id, code, name_kk, name_ru, name_en, starts_on, ends_on, choose_from, choose_until,
                              approve_until, catalogue, is_closed, uniformity, escalate_after, is_kept_here)
           VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, TRUE)";
    CHANGE = "UPDATE terms SET code = $1, name_kk = $2, name_ru = $3, name_en = $4, starts_on = $5, ends_on = $6,
                choose_from = $7, choose_until = $8, approve_until = $9, catalogue = $10, is_closed = $11,
                uniformity = $12, escalate_after = $13, is_kept_here = TRUE
               WHERE id = $14";
    SET_CATALOGUE = "UPDATE terms SET catalogue = $1 WHERE id = $2";
}

/// Loads all academic terms (semesters), newest first.
pub fn all(tx: &mut Tx<'_>) -> Result<Vec<Term>> {
    tx.rows(ALL, &[], term)
}

/// Finds the academic term (semester) with this id.
pub fn find(tx: &mut Tx<'_>, id: TermId) -> Result<Option<Term>> {
    tx.row(FIND, &[&id.0], term)
}

/// Finds the current academic term (semester): the newest one that has begun. Before the first term
/// begins, the first term is the current one.
pub fn current(tx: &mut Tx<'_>, today: NaiveDate) -> Result<Option<Term>> {
    match tx.row(NEWEST_BEGUN, &[&today, &today], term)? {
        Some(begun) => Ok(Some(begun)),
        None => tx.row(FIRST, &[], term),
    }
}

fn term(row: &Row<'_>) -> Result<Term> {
    Ok(Term {
        id: TermId(row.next()?),
        code: row.next()?,
        name: name(row)?,
        starts: row.next()?,
        ends: row.next()?,
        choose_from: row.next()?,
        choose_until: row.next()?,
        approve_until: row.next()?,
        catalogue: row.next()?,
        is_closed: row.next()?,
        uniformity: row.code(Uniformity::from_code)?,
        escalate_after: row.next()?,
        is_kept_here: row.next()?,
    })
}

/// Adds an academic term from a roster, which uses a given catalogue version, or changes the names
/// and dates of the stored term. A term that the registrar has changed is left unchanged.
pub fn put(tx: &mut Tx<'_>, term: &RosterTerm, catalogue: i64) -> Result<()> {
    tx.change(
        PUT,
        &[
            &term.id.0,
            &term.code,
            &term.name.kk,
            &term.name.ru,
            &term.name.en,
            &term.starts,
            &term.ends,
            &term.choose_from,
            &term.choose_until,
            &term.approve_until,
            &catalogue,
        ],
    )?;
    Ok(())
}

/// Adds an academic term (semester) that the registrar has created.
pub fn add(tx: &mut Tx<'_>, term: &Term) -> Result<()> {
    let mut values: Vec<&dyn Param> = vec![&term.id.0];
    let (uniformity, own) = (term.uniformity.code(), own_values(term));
    values.extend(own);
    values.extend([&uniformity as &dyn Param, &term.escalate_after]);
    tx.change_one(ADD, &values)
}

/// Saves the registrar's changes to an academic term (semester). Roster imports do not change the
/// term afterwards.
pub fn change(tx: &mut Tx<'_>, term: &Term) -> Result<()> {
    let (uniformity, own) = (term.uniformity.code(), own_values(term));
    let mut values: Vec<&dyn Param> = own.to_vec();
    values.extend([&uniformity as &dyn Param, &term.escalate_after, &term.id.0]);
    tx.change_one(CHANGE, &values)
}

/// The values of an academic term for all database columns except its id, its rule for parallel groups
/// (student groups taught the same discipline) and its escalation, in the sequence of the columns.
fn own_values(term: &Term) -> [&dyn Param; 11] {
    [
        &term.code,
        &term.name.kk,
        &term.name.ru,
        &term.name.en,
        &term.starts,
        &term.ends,
        &term.choose_from,
        &term.choose_until,
        &term.approve_until,
        &term.catalogue,
        &term.is_closed,
    ]
}

/// Puts a different catalogue version in force for an academic term (semester).
pub fn set_catalogue(tx: &mut Tx<'_>, id: TermId, version: i64) -> Result<()> {
    tx.change_one(SET_CATALOGUE, &[&version, &id.0])
}
