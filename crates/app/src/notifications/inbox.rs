//! The inbox: a person's notifications, and the settings for sending them by email.

use crate::failure::Failure;
use crate::unit_of_work::UnitOfWork;
use chrono::{DateTime, Utc};
use domain::id::NotificationId;
use domain::limits::INBOX_PAGE_SIZE;
use domain::notification::{KindPreference, NotificationGroup, NotificationKind, grouped};
use domain::person::{Actor, EmailAddress};
use store::{notifications, people};

/// One page of a person's inbox.
#[derive(Debug, Clone)]
pub struct Inbox {
    pub groups: Vec<NotificationGroup>,
    /// Whether there are more notifications after this page of the inbox.
    pub has_more: bool,
    /// The time at which the inbox was read; marking all as read does not include later notifications.
    pub at: DateTime<Utc>,
}

/// Returns a page of the actor's inbox; the pages are counted from 0.
pub fn inbox(work: &mut UnitOfWork<'_, '_>, actor: &Actor, page: i64) -> Result<Inbox, Failure> {
    let passed = page.clamp(0, 10_000) * i64::try_from(INBOX_PAGE_SIZE).unwrap_or(i64::MAX);
    let mut found = notifications::of_person(work.tx, actor.person, passed)?;
    let has_more = found.len() > INBOX_PAGE_SIZE;
    found.truncate(INBOX_PAGE_SIZE);
    Ok(Inbox { groups: grouped(found), has_more, at: work.now })
}

/// Marks the actor's notifications as read; those of other people are skipped.
pub fn read(work: &mut UnitOfWork<'_, '_>, actor: &Actor, ids: &[NotificationId]) -> Result<(), Failure> {
    ids.iter().try_for_each(|id| Ok(notifications::read(work.tx, actor.person, *id, work.now)?))
}

/// Marks all of the actor's notifications as read that were created until this time.
pub fn read_all(work: &mut UnitOfWork<'_, '_>, actor: &Actor, until: DateTime<Utc>) -> Result<(), Failure> {
    Ok(notifications::read_all(work.tx, actor.person, until.min(work.now), work.now)?)
}

/// The email settings of a person.
#[derive(Debug, Clone)]
pub struct MailSettings {
    /// The email address of the person, as imported from the roster.
    pub address: Option<EmailAddress>,
    /// The kinds of notification that the person can receive, each with the mail preference.
    pub preferences: Vec<KindPreference>,
}

/// Returns the actor's email settings.
pub fn mail_settings(work: &mut UnitOfWork<'_, '_>, actor: &Actor) -> Result<MailSettings, Failure> {
    let address = people::find(work.tx, actor.person)?.and_then(|person| person.email);
    let wished = notifications::preferences(work.tx, actor.person)?;
    let preference = |kind: NotificationKind| {
        let saved = wished.iter().find(|wish| wish.kind == kind);
        KindPreference { kind, preference: saved.map_or(kind.usual(), |wish| wish.preference) }
    };
    let kinds = NotificationKind::ALL.into_iter().filter(|kind| kind.concerns(actor));
    Ok(MailSettings { address, preferences: kinds.map(preference).collect() })
}

/// Saves the actor's preferences for receiving notifications by email.
pub fn save_mail_preferences(
    work: &mut UnitOfWork<'_, '_>,
    actor: &Actor,
    preferences: &[KindPreference],
) -> Result<(), Failure> {
    let concerning = preferences.iter().filter(|wish| wish.kind.concerns(actor));
    for KindPreference { kind, preference } in concerning {
        notifications::preference(work.tx, actor.person, *kind, *preference)?;
    }
    Ok(())
}
