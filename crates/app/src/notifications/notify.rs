//! Tells people what concerns them. What is told is queued in the transaction of the act, so it is told exactly when the
//! act happened; how it is mailed is decided here, by what each one wished.

use crate::app::Desk;
use crate::failure::Failure;
use domain::answer::Picked;
use domain::choice::{Choice, Stand};
use domain::email::Letter;
use domain::id::{NoticeId, OfferingId, PersonId};
use domain::notification::{About, Exam, Kind, Notice, Subject, Wish, known_before};
use domain::offering::Offering;
use domain::person::Actor;
use domain::roster::Org;
use serde_json::Value;
use store::history;
use store::notifications;
use store::notifications::{Mailed, Recipient};
use store::{choices, documents, emails};

/// What is told.
#[derive(Debug, Clone)]
pub struct News {
    /// What kind of thing.
    pub kind: Kind,
    /// What it says.
    pub about: About,
    /// The offering that it is about, where it is one.
    pub offering: Option<OfferingId>,
    /// What makes it one and the same: nobody is told twice of this kind with this key.
    pub key: String,
}

/// Tells these people, inside the caller's transaction. Who has been told already, or may not sign in, is passed over.
pub fn tell(desk: &mut Desk<'_, '_>, people: &[PersonId], news: &News) -> Result<(), Failure> {
    for &person in people {
        if let Some(recipient) = notifications::recipient(desk.tx, news.kind, person)? {
            tell_one(desk, recipient, news)?;
        }
    }
    Ok(())
}

/// Tells the office that nobody may decide in a department, once in a week.
pub fn tell_gap(
    desk: &mut Desk<'_, '_>,
    registrars: &[PersonId],
    (department, offerings): (&Org, i64),
) -> Result<(), Failure> {
    let about = About { unit: Some(department.name.clone()), total: offerings, ..About::default() };
    let key = format!("{}:{}", department.id, desk.today().format("%G-%V"));
    tell(desk, registrars, &News { kind: Kind::Gap, about, offering: None, key })
}

/// Tells of a decision.
pub(crate) fn decided(
    desk: &mut Desk<'_, '_>,
    actor: &Actor,
    (offering, choice): (&Offering, &Choice),
    (act, reason): (&str, &str),
) -> Result<(), Failure> {
    let (Some(kind), Some(stand)) = (kind_of(act), &choice.stand) else { return Ok(()) };
    tell_choice(desk, actor, (offering, stand), (kind, reason))
}

/// Tells of what became of a choice: the instructor, and where an approved exam is another one now, every enrolled student.
pub(crate) fn tell_choice(
    desk: &mut Desk<'_, '_>,
    actor: &Actor,
    (offering, stand): (&Offering, &Stand),
    (kind, reason): (Kind, &str),
) -> Result<(), Failure> {
    let about = about_choice(desk, actor, (offering, stand), reason)?;
    let news = tell_instructor(desk, actor, (offering, stand), (kind, about))?;
    if kind == Kind::Approved { changed(desk, offering, stand, news) } else { Ok(()) }
}

/// Tells the instructor that a choice was moved to another row, from what it was.
pub(crate) fn tell_moved(
    desk: &mut Desk<'_, '_>,
    actor: &Actor,
    (offering, stand): (&Offering, &Stand),
    (before, reason): (&Stand, &str),
) -> Result<(), Failure> {
    let before = Some(exam(desk, before)?);
    let about = About { before, ..about_choice(desk, actor, (offering, stand), reason)? };
    tell_instructor(desk, actor, (offering, stand), (Kind::Moved, about)).map(drop)
}

fn about_choice(
    desk: &mut Desk<'_, '_>,
    actor: &Actor,
    (offering, stand): (&Offering, &Stand),
    reason: &str,
) -> Result<About, Failure> {
    Ok(About {
        offerings: vec![subject(offering)],
        total: 1,
        by: actor.short_name.clone(),
        reason: reason.to_owned(),
        now: Some(exam(desk, stand)?),
        ..About::default()
    })
}

fn tell_instructor(
    desk: &mut Desk<'_, '_>,
    actor: &Actor,
    (offering, stand): (&Offering, &Stand),
    (kind, about): (Kind, About),
) -> Result<News, Failure> {
    let key = format!("{}:{}", offering.id, desk.now.to_rfc3339());
    let news = News { kind, about, offering: Some(offering.id), key };
    let instructor = offering.responsible.unwrap_or(stand.sent_by);
    if instructor != actor.person {
        tell(desk, &[instructor], &news)?;
    }
    Ok(news)
}

fn kind_of(act: &str) -> Option<Kind> {
    match act {
        "choice-approved" => Some(Kind::Approved),
        "choice-returned" => Some(Kind::Returned),
        "choice-reopened" => Some(Kind::Reopened),
        _ => None,
    }
}

/// Tells the students of an offering what their exam was and what it is.
fn changed(desk: &mut Desk<'_, '_>, offering: &Offering, stand: &Stand, news: News) -> Result<(), Failure> {
    let Some(before) = known_to_students(desk, offering.id, stand)? else { return Ok(()) };
    let before = Some(exam(desk, &before)?);
    let about = About { before, by: String::new(), ..news.about };
    let news = News { kind: Kind::Changed, about, ..news };
    for student in notifications::enrolled(desk.tx, Kind::Changed, offering.id)? {
        tell_one(desk, student, &news)?;
    }
    Ok(())
}

/// What students knew of an exam before this version was approved, if it was something else.
pub(crate) fn known_to_students(
    desk: &mut Desk<'_, '_>,
    offering: OfferingId,
    now: &Stand,
) -> Result<Option<Stand>, Failure> {
    if now.version <= 1 {
        return Ok(None);
    }
    let told = history::of_subject(desk.tx, &format!("choice:{offering}"))?;
    let acts = told.iter().map(|told| (told.line.act.as_str(), version_in(&told.line.payload)));
    let Some(known) = known_before(acts, now.version) else { return Ok(None) };
    let versions = choices::versions(desk.tx, offering)?;
    let is_other = |stand: &Stand| stand.answer != now.answer || stand.document_sha != now.document_sha;
    Ok(versions.into_iter().find(|stand| stand.version == known).filter(is_other))
}

fn version_in(payload: &str) -> i64 {
    let payload: Value = serde_json::from_str(payload).unwrap_or_default();
    payload.get("version").and_then(Value::as_i64).unwrap_or_default()
}

/// Takes back what was told of a decision that is taken back. Its mail has not left: it is held for longer than that.
pub(crate) fn withdraw(
    desk: &mut Desk<'_, '_>,
    offering: OfferingId,
    at: Option<chrono::DateTime<chrono::Utc>>,
) -> Result<(), Failure> {
    at.map_or(Ok(()), |at| Ok(notifications::withdraw(desk.tx, offering, at)?))
}

/// An offering as a notice names it.
pub(crate) fn subject(offering: &Offering) -> Subject {
    Subject { offering: Some(offering.id), discipline: offering.discipline.name.clone(), group: offering.group.clone() }
}

/// An exam as a notice tells it.
pub(crate) fn exam(desk: &mut Desk<'_, '_>, stand: &Stand) -> Result<Exam, Failure> {
    let catalogue = desk.catalogue(stand.catalogue)?;
    let Picked { platform, form, kind, info, .. } = Picked::of(&catalogue, &stand.answer.row, &stand.answer.info);
    let programme = documents::find(desk.tx, stand.answer.document)?.map(|document| document.name).unwrap_or_default();
    Ok(Exam { platform, form, kind, info, programme })
}

fn tell_one(desk: &mut Desk<'_, '_>, to: Recipient, news: &News) -> Result<(), Failure> {
    let wish = to.wish.unwrap_or(news.kind.usual());
    let mailed = match wish {
        _ if !to.has_address => Mailed::Off,
        Wish::Off => Mailed::Off,
        Wish::Digest => Mailed::Digest,
        Wish::AtOnce => {
            let letter = Letter::at_once(to.person, news.kind, desk.now);
            emails::add(desk.tx, &letter, None, desk.now)?;
            Mailed::Letter(letter.id)
        }
    };
    let notice = Notice {
        id: NoticeId::of(&[news.kind.code(), &to.person.to_string(), &news.key]),
        person: to.person,
        kind: news.kind,
        about: news.about.clone(),
        at: desk.now,
        read_at: None,
    };
    notifications::add(desk.tx, &notice, news.offering, mailed)?;
    Ok(())
}
