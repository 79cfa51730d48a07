//! The queue of emails in the database. An email is marked as "sending" before it is given to the
//! mail server, and as "sent" afterwards.

use crate::people::{person, select_person};
use crate::statement_macro::statements;
use crate::{Result, Tx};
use chrono::{DateTime, NaiveDate, Utc};
use domain::email::QueuedEmail;
use domain::id::EmailId;
use domain::person::Person;

statements! {
    ADD = "INSERT INTO letters (id, person_id, digest_day, queued_at, state, tries, next_at, fault)
           VALUES ($1, $2, $3, $4, 'waiting', 0, $5, '') ON CONFLICT DO NOTHING";
    DUE = select_person!(
        "JOIN letters l ON l.person_id = p.id
         WHERE l.state IN ('waiting', 'sending') AND l.next_at <= $1 ORDER BY l.next_at, l.id LIMIT 20",
        ", l.id, l.tries");
    START = "UPDATE letters SET state = 'sending', tries = tries + 1, next_at = $1 WHERE id = $2";
    SENT = "UPDATE letters SET state = 'sent', sent_at = $1, fault = '' WHERE id = $2";
    AGAIN = "UPDATE letters SET state = 'waiting', next_at = $1, fault = $2 WHERE id = $3";
    GIVE_UP = "UPDATE letters SET state = 'given-up', fault = $1 WHERE id = $2";
    FORGET_OLD = "UPDATE letters SET state = 'given-up', fault = 'too old'
                   WHERE state IN ('waiting', 'sending') AND queued_at < $1";
    FIND = "SELECT state, tries, fault FROM letters WHERE id = $1";
    BEGIN_ROUND = "INSERT INTO rounds (day, made_at) VALUES ($1, $2) ON CONFLICT (day) DO NOTHING";
}

/// A queued email that is due: the time at which it was to be sent has come.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DueEmail {
    pub id: EmailId,
    /// The recipient of the email.
    pub person: Person,
    /// The number of earlier attempts to send the email.
    pub tries: i64,
}

/// Adds an email to the queue, and returns whether it was added. Nothing changes if the email is
/// already in the queue, or if the email is a second digest for the same person and day.
pub fn add(tx: &mut Tx<'_>, email: &QueuedEmail, day: Option<NaiveDate>, now: DateTime<Utc>) -> Result<bool> {
    Ok(tx.change(ADD, &[&email.id.0, &email.person.0, &day, &now, &email.due])? == 1)
}

/// Loads at most twenty emails that are due, the longest waiting first. Emails that a process was
/// sending when it stopped are included.
pub fn due(tx: &mut Tx<'_>, now: DateTime<Utc>) -> Result<Vec<DueEmail>> {
    tx.rows(DUE, &[&now], |row| {
        let person = person(row)?;
        Ok(DueEmail { person, id: EmailId(row.next()?), tries: row.next()? })
    })
}

/// Marks an email as being sent. If no result is recorded until the time `again_at`, the email is
/// sent again.
pub fn mark_sending(tx: &mut Tx<'_>, id: EmailId, again_at: DateTime<Utc>) -> Result<()> {
    tx.change_one(START, &[&again_at, &id.0])
}

/// Records that the mail server has accepted an email.
pub fn mark_sent(tx: &mut Tx<'_>, id: EmailId, now: DateTime<Utc>) -> Result<()> {
    tx.change_one(SENT, &[&now, &id.0])
}

/// Records a failed attempt to send an email, with its error and the time of the next attempt.
pub fn retry_at(tx: &mut Tx<'_>, id: EmailId, at: DateTime<Utc>, fault: &str) -> Result<()> {
    tx.change_one(AGAIN, &[&at, &fault, &id.0])
}

/// Records that sending an email was given up, with the error because of which it was given up.
pub fn give_up(tx: &mut Tx<'_>, id: EmailId, fault: &str) -> Result<()> {
    tx.change_one(GIVE_UP, &[&fault, &id.0])
}

/// Gives up all emails that were queued before this time and not sent, because their content is
/// outdated.
pub fn forget_before(tx: &mut Tx<'_>, before: DateTime<Utc>) -> Result<()> {
    tx.change(FORGET_OLD, &[&before]).map(drop)
}

/// The delivery state of an email, with the number of attempts and the last error.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EmailState {
    /// The code of the email's delivery state as stored in the database.
    pub state: String,
    /// The number of attempts to send the email so far.
    pub tries: i64,
    /// The error of the last attempt to send the email; empty before the first failure.
    pub fault: String,
}

/// Loads the delivery state of one email.
pub fn find(tx: &mut Tx<'_>, id: EmailId) -> Result<Option<EmailState>> {
    tx.row(FIND, &[&id.0], |row| Ok(EmailState { state: row.next()?, tries: row.next()?, fault: row.next()? }))
}

/// Records that the daily notifications of a certain day are being created. Returns `false` if a
/// different run of the program has already recorded this.
pub fn begin_round(tx: &mut Tx<'_>, day: NaiveDate, now: DateTime<Utc>) -> Result<bool> {
    Ok(tx.change(BEGIN_ROUND, &[&day, &now])? == 1)
}
