//! The inbox: what one was told, and what of it should be mailed.

use crate::failure::Failure;
use crate::unit_of_work::UnitOfWork;
use chrono::{DateTime, Utc};
use domain::id::NotificationId;
use domain::limits::INBOX_PAGE_SIZE;
use domain::notification::{KindPreference, NotificationGroup, NotificationKind, grouped};
use domain::person::{Actor, EmailAddress};
use store::{notifications, people};

/// The inbox of the one who asks.
#[derive(Debug, Clone)]
pub struct Inbox {
    pub groups: Vec<NotificationGroup>,
    /// There is more.
    pub has_more: bool,
    /// When it was looked at: what comes later is not read by reading this.
    pub at: DateTime<Utc>,
}

/// Shows a page of the inbox, from 0.
pub fn inbox(work: &mut UnitOfWork<'_, '_>, actor: &Actor, page: i64) -> Result<Inbox, Failure> {
    let passed = page.clamp(0, 10_000) * i64::try_from(INBOX_PAGE_SIZE).unwrap_or(i64::MAX);
    let mut found = notifications::of_person(work.tx, actor.person, passed)?;
    let has_more = found.len() > INBOX_PAGE_SIZE;
    found.truncate(INBOX_PAGE_SIZE);
    Ok(Inbox { groups: grouped(found), has_more, at: work.now })
}

/// Notes that some notices were read; those of somebody else are passed over.
pub fn read(work: &mut UnitOfWork<'_, '_>, actor: &Actor, ids: &[NotificationId]) -> Result<(), Failure> {
    ids.iter().try_for_each(|id| Ok(notifications::read(work.tx, actor.person, *id, work.now)?))
}

/// Notes that everything was read that had been told until then.
pub fn read_all(work: &mut UnitOfWork<'_, '_>, actor: &Actor, until: DateTime<Utc>) -> Result<(), Failure> {
    Ok(notifications::read_all(work.tx, actor.person, until.min(work.now), work.now)?)
}

/// How somebody is mailed.
#[derive(Debug, Clone)]
pub struct MailSettings {
    /// Their address, as the roster has it.
    pub address: Option<EmailAddress>,
    /// The kinds of notifications that concern them.
    pub preferences: Vec<KindPreference>,
}

/// Shows how the one who asks is mailed.
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

/// Saves mail preferences; those for kinds that do not concern the actor are skipped.
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
