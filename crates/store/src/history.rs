//! The history in the database, to which entries are only appended. It has one entry for each act.
//! All entries about one subject (thing or person), for example about one choice, form one hash
//! chain.

use crate::documents::digest;
use crate::statement_macro::statements;
use crate::tx::Row;
use crate::{Error, Result, Tx};
use chrono::{DateTime, Utc};
use domain::history::{BEGINNING, HistoryLine, Subject};
use domain::id::PersonId;
use domain::person::{Role, short_name};
use std::collections::HashSet;
use uuid::Uuid;

statements! {
    HEAD = "SELECT sequence, hash FROM chain_heads WHERE subject = $1";
    MOVE_HEAD = "INSERT INTO chain_heads (subject, sequence, hash, is_pending) VALUES ($1, $2, $3, TRUE)
                 ON CONFLICT (subject) DO UPDATE SET sequence = excluded.sequence, hash = excluded.hash,
                   is_pending = TRUE";
    ADD = "INSERT INTO history (subject, sequence, at, actor_id, role, act, payload, previous, hash)
           VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
    OF_SUBJECT = "SELECT h.subject, h.sequence, h.at, h.actor_id, h.role, h.act, h.payload, h.previous, h.hash,
                         p.family_name, p.given_name, p.middle_name
                    FROM history h LEFT JOIN people p ON p.id = h.actor_id
                   WHERE h.subject = $1 ORDER BY h.sequence";
    PEOPLE = "SELECT subject FROM chain_heads WHERE subject >= 'person:' AND subject < 'person;' ORDER BY subject";
    PAGE = "SELECT subject, sequence, at, actor_id, role, act, payload, previous, hash FROM history
             WHERE (subject, sequence) > ($1, $2) ORDER BY subject, sequence LIMIT 1000";
}

/// An entry of the history before it is appended to a hash chain.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewHistoryLine {
    /// The subject of the history entry: the thing or person on which the act was performed, for
    /// example a choice.
    pub subject: String,
    pub at: DateTime<Utc>,
    /// The person who carried out the act; `None` for the program itself.
    pub actor: Option<PersonId>,
    /// The role in which the person carried out the act; `None` for the program itself.
    pub role: Option<Role>,
    /// The code of the act that the history entry records.
    pub act: &'static str,
    /// The details of the act as canonical JSON.
    pub payload: String,
}

/// An entry of the history, with the name of the person who carried out the act.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HistoryRecord {
    pub line: HistoryLine,
    /// The name of the person who carried out the act, such as «Сынақбаев Д.»; empty for the
    /// program itself.
    pub actor_name: String,
}

/// Appends an act to the history, at the end of the hash chain of the thing or person on which the
/// act was performed.
pub fn append(tx: &mut Tx<'_>, event: NewHistoryLine) -> Result<()> {
    let head = tx.row(HEAD, &[&event.subject], |row| Ok((row.next::<i64>()?, digest(row)?)))?;
    let (sequence, previous) = head.unwrap_or((0, BEGINNING));
    let line = HistoryLine {
        subject: event.subject,
        sequence: sequence + 1,
        at: event.at,
        actor: event.actor,
        role: event.role,
        act: event.act.to_owned(),
        payload: event.payload,
        previous,
        hash: BEGINNING,
    }
    .sealed();
    let (actor, role) = (line.actor.map(|actor| actor.0), line.role.map(Role::code));
    let (before, hash) = (line.previous.0.as_slice(), line.hash.0.as_slice());
    tx.change_one(
        ADD,
        &[&line.subject, &line.sequence, &line.at, &actor, &role, &line.act, &line.payload, &before, &hash],
    )?;
    tx.change_one(MOVE_HEAD, &[&line.subject, &line.sequence, &hash])
}

/// Loads all history entries about a subject, for example a choice, oldest first.
pub fn of_subject(tx: &mut Tx<'_>, subject: &str) -> Result<Vec<HistoryRecord>> {
    tx.rows(OF_SUBJECT, &[&subject], history_record)
}

/// Lists the people about whom the history has entries.
pub fn people(tx: &mut Tx<'_>) -> Result<HashSet<PersonId>> {
    let subjects = tx.rows(PEOPLE, &[], |row| row.next::<String>())?;
    let parsed = subjects.iter().map(|subject| match subject.parse() {
        Ok(Subject::Person(person)) => Ok(person),
        _ => Err(Error::Broken(format!("unknown subject {subject}"))),
    });
    parsed.collect()
}

/// Reads a history entry from the database, with the three parts of the name of the person who
/// acted.
pub(crate) fn history_record(row: &Row<'_>) -> Result<HistoryRecord> {
    let line = line(row)?;
    let names: [Option<String>; 3] = [row.next()?, row.next()?, row.next()?];
    let [family, given, middle] = names.map(Option::unwrap_or_default);
    Ok(HistoryRecord { line, actor_name: short_name(&family, &given, &middle) })
}

/// Loads at most a thousand entries of the whole history, sorted by subject (the thing or person on
/// which the act was performed) and by number within the subject. It loads the entries after those
/// with the given subject and number; the first call passes `("", 0)`.
pub fn page_after(tx: &mut Tx<'_>, subject: &str, sequence: i64) -> Result<Vec<HistoryLine>> {
    tx.rows(PAGE, &[&subject, &sequence], line)
}

fn line(row: &Row<'_>) -> Result<HistoryLine> {
    Ok(HistoryLine {
        subject: row.next()?,
        sequence: row.next()?,
        at: row.next()?,
        actor: row.next::<Option<Uuid>>()?.map(PersonId),
        role: row.next::<Option<String>>()?.as_deref().and_then(Role::from_code),
        act: row.next()?,
        payload: row.next()?,
        previous: digest(row)?,
        hash: digest(row)?,
    })
}
