//! Notifications in the database, one database row for each recipient, with the status of sending
//! the notification by email.

use crate::statement_macro::statements;
use crate::tx::known;
use crate::tx::{Row, one_more};
use crate::{Error, Result, Tx};
use chrono::{DateTime, Utc};
use domain::id::{EmailId, NotificationId, OfferingId, PersonId};
use domain::limits::INBOX_PAGE_SIZE;
use domain::notification::{KindPreference, MailPreference, Notification, NotificationKind};

statements! {
    RECIPIENT = "SELECT p.id, p.email, w.wish FROM people p
                   LEFT JOIN notice_wishes w ON w.person_id = p.id AND w.kind = $1
                  WHERE p.id = $2 AND p.is_enabled";
    ENROLLED = "SELECT p.id, p.email, w.wish FROM enrolments e
                  JOIN people p ON p.id = e.person_id
                  LEFT JOIN notice_wishes w ON w.person_id = p.id AND w.kind = $1
                 WHERE e.offering_id = $2 AND p.is_enabled ORDER BY p.id";
    ADD = "INSERT INTO notices (id, person_id, kind, offering_id, payload, at, mail, letter_id)
           VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT (id) DO NOTHING";
    OF_PERSON = "SELECT id, person_id, kind, payload, at, read_at FROM notices WHERE person_id = $1
                  ORDER BY at DESC, id LIMIT $2 OFFSET $3";
    OF_LETTER = "SELECT id, person_id, kind, payload, at, read_at FROM notices WHERE letter_id = $1 ORDER BY at, id";
    UNREAD = "SELECT COUNT(*) FROM notices WHERE person_id = $1 AND read_at IS NULL";
    READ = "UPDATE notices SET read_at = $1 WHERE id = $2 AND person_id = $3 AND read_at IS NULL";
    READ_ALL = "UPDATE notices SET read_at = $1 WHERE person_id = $2 AND read_at IS NULL AND at <= $3";
    READ_KIND = "UPDATE notices SET read_at = $1 WHERE person_id = $2 AND read_at IS NULL AND kind = $3";
    WITHDRAW = "DELETE FROM notices WHERE offering_id = $1 AND at = $2";
    REMOVE = "DELETE FROM notices WHERE id = $1";
    WISHES = "SELECT kind, wish FROM notice_wishes WHERE person_id = $1 ORDER BY kind";
    PUT_WISH = "INSERT INTO notice_wishes (person_id, kind, wish) VALUES ($1, $2, $3)
                ON CONFLICT (person_id, kind) DO UPDATE SET wish = excluded.wish";
    STOP = "UPDATE notices SET mail = 'off' WHERE person_id = $1 AND kind = $2 AND mail = 'digest'";
    REMINDED = "SELECT person_id, at FROM notices WHERE kind = 'reminder' AND at > $1 ORDER BY at, person_id";
    DIGEST_PEOPLE = "SELECT n.person_id FROM notices n
                      WHERE n.mail = 'digest' AND n.at <= $1
                        AND NOT EXISTS (SELECT 1 FROM letters l WHERE l.person_id = n.person_id AND l.digest_day = $2)
                      GROUP BY n.person_id ORDER BY n.person_id LIMIT 200";
    TO_LETTER = "UPDATE notices SET mail = 'letter', letter_id = $1
                  WHERE person_id = $2 AND mail = 'digest' AND at <= $3";
    FORGET_OLD = "UPDATE notices SET mail = 'off' WHERE mail = 'digest' AND at < $1";
}

/// The recipient of a notification, with the data that decides whether the notification is sent by
/// email.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Recipient {
    pub person: PersonId,
    /// Whether the recipient of the notification has an email address.
    pub has_address: bool,
    /// The recipient's preference for emails about one kind of notification; `None` if the
    /// recipient has set none.
    pub preference: Option<MailPreference>,
}

/// Status of a notification: it is not sent by email, it waits for a digest email, or it belongs to
/// an email that was added to the queue of emails.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MailStatus {
    /// Status of a notification: it is not sent by email.
    Off,
    /// Status of a notification: it waits for the recipient's daily digest email.
    Digest,
    /// Status of a notification: it is part of the email with this id.
    Letter(EmailId),
}

/// Loads a person as the recipient of a kind of notification, such as reminders; `None` if the
/// person's account is disabled.
pub fn recipient(tx: &mut Tx<'_>, kind: NotificationKind, person: PersonId) -> Result<Option<Recipient>> {
    tx.row(RECIPIENT, &[&kind.code(), &person.0], to_recipient)
}

/// Loads the students of an offering as recipients of a kind of notification, without students
/// whose account is disabled.
pub fn enrolled(tx: &mut Tx<'_>, kind: NotificationKind, offering: OfferingId) -> Result<Vec<Recipient>> {
    tx.rows(ENROLLED, &[&kind.code(), &offering.0], to_recipient)
}

/// Adds a notification, which is about an offering or about none. Returns `false` and changes
/// nothing if a notification with the same id exists.
pub fn add(
    tx: &mut Tx<'_>,
    notification: &Notification,
    about: Option<OfferingId>,
    mailed: MailStatus,
) -> Result<bool> {
    let payload = serde_json::to_string(&notification.about).map_err(|error| Error::Broken(error.to_string()))?;
    let (mail, email) = match mailed {
        MailStatus::Off => ("off", None),
        MailStatus::Digest => ("digest", None),
        MailStatus::Letter(id) => ("letter", Some(id.0)),
    };
    let about = about.map(|offering| offering.0);
    let added = tx.change(
        ADD,
        &[
            &notification.id.0,
            &notification.person.0,
            &notification.kind.code(),
            &about,
            &payload,
            &notification.at,
            &mail,
            &email,
        ],
    )?;
    Ok(added == 1)
}

/// Loads one result page of a person's notifications, newest first, and one notification more if
/// there is a next result page. The first `passed` notifications are skipped.
pub fn of_person(tx: &mut Tx<'_>, person: PersonId, passed: i64) -> Result<Vec<Notification>> {
    tx.rows(OF_PERSON, &[&person.0, &one_more(INBOX_PAGE_SIZE), &passed], notification)
}

/// Loads the notifications that one email contains, oldest first.
pub fn of_letter(tx: &mut Tx<'_>, email: EmailId) -> Result<Vec<Notification>> {
    tx.rows(OF_LETTER, &[&email.0], notification)
}

/// Counts the unread notifications of a person.
pub fn unread(tx: &mut Tx<'_>, person: PersonId) -> Result<i64> {
    Ok(tx.row(UNREAD, &[&person.0], |row| row.next())?.unwrap_or(0))
}

/// Marks one notification of a person as read, if it was still unread.
pub fn read(tx: &mut Tx<'_>, person: PersonId, id: NotificationId, now: DateTime<Utc>) -> Result<()> {
    tx.change(READ, &[&now, &id.0, &person.0]).map(drop)
}

/// Marks all notifications that a person received up to the time `until` as read.
pub fn read_all(tx: &mut Tx<'_>, person: PersonId, until: DateTime<Utc>, now: DateTime<Utc>) -> Result<()> {
    tx.change(READ_ALL, &[&now, &person.0, &until]).map(drop)
}

/// Marks all unread notifications of one kind as read, because a newer one replaces them.
pub fn read_kind(tx: &mut Tx<'_>, person: PersonId, kind: NotificationKind, now: DateTime<Utc>) -> Result<()> {
    tx.change(READ_KIND, &[&now, &person.0, &kind.code()])?;
    Ok(())
}

/// Removes the notifications about an offering that were created at a certain time, because the act
/// that caused these notifications was undone.
pub fn withdraw(tx: &mut Tx<'_>, offering: OfferingId, at: DateTime<Utc>) -> Result<()> {
    tx.change(WITHDRAW, &[&offering.0, &at]).map(drop)
}

/// Removes a notification, also from an email that was not sent yet.
pub fn remove(tx: &mut Tx<'_>, id: NotificationId) -> Result<()> {
    tx.change(REMOVE, &[&id.0]).map(drop)
}

/// Loads the mail preferences of a person for each kind of notification.
pub fn preferences(tx: &mut Tx<'_>, person: PersonId) -> Result<Vec<KindPreference>> {
    tx.rows(WISHES, &[&person.0], |row| {
        Ok(KindPreference {
            kind: row.code(NotificationKind::from_code)?,
            preference: row.code(MailPreference::from_code)?,
        })
    })
}

/// Saves a person's mail preference for one kind of notification. If emails are switched off,
/// notifications of this kind that wait for a digest email are no longer sent by email.
pub fn preference(tx: &mut Tx<'_>, person: PersonId, kind: NotificationKind, preference: MailPreference) -> Result<()> {
    tx.change(PUT_WISH, &[&person.0, &kind.code(), &preference.code()])?;
    if preference == MailPreference::Off {
        tx.change(STOP, &[&person.0, &kind.code()])?;
    }
    Ok(())
}

/// A notification that reminded a person to choose an exam, with the time of the reminder.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reminder {
    pub person: PersonId,
    pub at: DateTime<Utc>,
}

/// Lists the people who were reminded to choose after this time, with the time of each reminder,
/// oldest first.
pub fn reminded_since(tx: &mut Tx<'_>, since: DateTime<Utc>) -> Result<Vec<Reminder>> {
    tx.rows(REMINDED, &[&since], |row| Ok(Reminder { person: PersonId(row.next()?), at: row.next()? }))
}

/// Lists at most 200 people who have notifications that were created no later than `until` and wait
/// for a digest email. People who already have a digest email for the same day are left out.
pub fn digest_people(tx: &mut Tx<'_>, until: DateTime<Utc>, day: chrono::NaiveDate) -> Result<Vec<PersonId>> {
    tx.rows(DIGEST_PEOPLE, &[&until, &day], |row| Ok(PersonId(row.next()?)))
}

/// Assigns a person's notifications to the digest email with this id: the notifications that were
/// created no later than `until` and wait for a digest email.
pub fn to_letter(tx: &mut Tx<'_>, email: EmailId, person: PersonId, until: DateTime<Utc>) -> Result<()> {
    tx.change(TO_LETTER, &[&email.0, &person.0, &until]).map(drop)
}

/// Cancels the sending by email for all notifications that were created before a certain time and
/// still wait for a daily digest email.
pub fn forget_before(tx: &mut Tx<'_>, before: DateTime<Utc>) -> Result<()> {
    tx.change(FORGET_OLD, &[&before]).map(drop)
}

fn to_recipient(row: &Row<'_>) -> Result<Recipient> {
    let (person, email) = (PersonId(row.next()?), row.next::<Option<String>>()?);
    let preference = row.next::<Option<String>>()?.map(|code| known(&code, MailPreference::from_code)).transpose()?;
    Ok(Recipient { person, has_address: email.is_some(), preference })
}

fn notification(row: &Row<'_>) -> Result<Notification> {
    let (id, person) = (NotificationId(row.next()?), PersonId(row.next()?));
    let kind = row.code(NotificationKind::from_code)?;
    let about = serde_json::from_str(&row.next::<String>()?).map_err(|error| Error::Broken(error.to_string()))?;
    Ok(Notification { id, person, kind, about, at: row.next()?, read_at: row.next()? })
}
