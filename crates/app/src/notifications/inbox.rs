//! The inbox, which lists a person's notifications, and the person's settings for receiving them by
//! email.

use crate::failure::Failure;
use crate::unit_of_work::UnitOfWork;
use chrono::{DateTime, Utc};
use domain::id::NotificationId;
use domain::limits::INBOX_PAGE_SIZE;
use domain::notification::{KindPreference, NotificationGroup, NotificationKind, grouped};
use domain::person::{Actor, EmailAddress};
use store::{notifications, people};

/// One page of a person's inbox, the list of the person's notifications.
#[derive(Debug, Clone)]
pub struct Inbox {
    pub groups: Vec<NotificationGroup>,
    /// Whether the inbox has another page, with older notifications.
    pub has_more: bool,
    /// The time at which the inbox was loaded. The button that marks all notifications as read
    /// excludes notifications created later.
    pub at: DateTime<Utc>,
}

/// Returns one page of the signed-in person's inbox (list of notifications). The first page has the
/// number 0.
pub fn inbox(work: &mut UnitOfWork<'_, '_>, actor: &Actor, page: i64) -> Result<Inbox, Failure> {
    let passed = page.clamp(0, 10_000) * i64::try_from(INBOX_PAGE_SIZE).unwrap_or(i64::MAX);
    let mut found = notifications::of_person(work.tx, actor.person, passed)?;
    let has_more = found.len() > INBOX_PAGE_SIZE;
    found.truncate(INBOX_PAGE_SIZE);
    Ok(Inbox { groups: grouped(found), has_more, at: work.now })
}

/// Marks the selected notifications of the signed-in person as read. Ids of other people's
/// notifications are ignored.
pub fn read(work: &mut UnitOfWork<'_, '_>, actor: &Actor, ids: &[NotificationId]) -> Result<(), Failure> {
    ids.iter().try_for_each(|id| Ok(notifications::read(work.tx, actor.person, *id, work.now)?))
}

/// Marks those notifications of the signed-in person as read that were created no later than the
/// time `until`.
pub fn read_all(work: &mut UnitOfWork<'_, '_>, actor: &Actor, until: DateTime<Utc>) -> Result<(), Failure> {
    Ok(notifications::read_all(work.tx, actor.person, until.min(work.now), work.now)?)
}

/// A person's settings for receiving notifications by email.
#[derive(Debug, Clone)]
pub struct MailSettings {
    /// The person's email address; `None` if the person has none.
    pub address: Option<EmailAddress>,
    /// The kinds of notification that the person can receive, each with the preference for
    /// receiving that kind at once by email, in the daily digest, or not by email.
    pub preferences: Vec<KindPreference>,
}

/// Returns the signed-in person's settings for receiving notifications by email.
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

/// Saves the signed-in person's settings for receiving notifications by email.
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
