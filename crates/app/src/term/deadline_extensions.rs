//! Deadline extensions: the registrar prolongs the deadline for a department or for one offering.
//! Until the last day of the extension, the choices of this department or offering can still be
//! changed although the deadline of the academic term is over.

use crate::failure::{Failure, Refusal, Stale};
use crate::notifications::draft::NotificationDraft;
use crate::notifications::notify::notify;
use crate::notifications::remind::choosers;
use crate::reviewing::decide::reason;
use crate::staff::people::name_of;
use crate::unit_of_work::UnitOfWork;
use chrono::{NaiveDate, TimeDelta};
use domain::history::Act;
use domain::id::{DeadlineExtensionId, OfferingId, TermId};
use domain::name::Name;
use domain::offering::Offering;
use domain::person::Actor;
use domain::policy;
use domain::term::{DeadlineExtension, ExtensionScope, WindowClosed};
use store::{deadline_extensions, offerings, orgs};

/// A deadline extension with the name of its department or offering, as the web page shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeadlineExtensionView {
    pub deadline_extension: DeadlineExtension,
    /// The name of the department whose deadline is extended or, for a single offering, the name of
    /// its discipline.
    pub name: Name,
    /// The student group, if the deadline is extended for a single offering.
    pub group: Option<String>,
    pub by: String,
    /// Whether the last day of the deadline extension is today or later.
    pub holds: bool,
}

/// Lists the deadline extensions of an academic term, newest first.
pub fn deadline_extensions_of(
    work: &mut UnitOfWork<'_, '_>,
    actor: &Actor,
    term: TermId,
) -> Result<Vec<DeadlineExtensionView>, Failure> {
    policy::manages_terms(actor)?;
    let (today, units) = (work.today(), orgs::all(work.tx)?);
    let mut found = Vec::new();
    for deadline_extension in deadline_extensions::of_term(work.tx, term)? {
        let (name, group) = match deadline_extension.scope {
            ExtensionScope::Department(id) => (units.iter().find(|org| org.id == id).map(|org| org.name.clone()), None),
            ExtensionScope::Offering(id) => named(work, id)?.map(|label| (label.discipline, label.group)).unzip(),
        };
        let (by, holds) = (name_of(work, deadline_extension.by)?, today <= deadline_extension.until);
        found.push(DeadlineExtensionView { name: name.unwrap_or_default(), group, by, holds, deadline_extension });
    }
    Ok(found)
}

/// The names by which people recognise an offering (a discipline taught to one group): discipline
/// and student group.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OfferingLabel {
    pub discipline: Name,
    pub group: String,
}

/// Returns the names of an offering's discipline and student group; `None` if there is no such
/// offering.
pub fn named(work: &mut UnitOfWork<'_, '_>, id: OfferingId) -> Result<Option<OfferingLabel>, Failure> {
    let label = |offering: Offering| OfferingLabel { discipline: offering.discipline.name, group: offering.group };
    Ok(offerings::find(work.tx, id)?.map(label))
}

/// A new deadline extension, as the registrar typed it.
#[derive(Debug, Clone, Copy)]
pub struct NewDeadlineExtension<'a> {
    pub term: TermId,
    pub scope: ExtensionScope,
    /// The last day of the deadline extension. A valid extension ends today or later.
    pub until: Option<NaiveDate>,
    pub reason: &'a str,
}

/// Extends the deadline of a department or an offering in an academic term.
///
/// # Errors
/// [`Refusal::DayMissing`] if the last day is missing or in the past; status 422 if the reason is
/// missing; status 409 if the academic term is closed.
pub fn extend_deadline(
    work: &mut UnitOfWork<'_, '_>,
    actor: &Actor,
    wanted: NewDeadlineExtension<'_>,
) -> Result<(), Failure> {
    let extension = record_extension(work, actor, wanted)?;
    notify_extended(work, actor, &extension)
}

/// Records a deadline extension as [`extend_deadline`] does, without notifying anybody.
pub(crate) fn record_extension(
    work: &mut UnitOfWork<'_, '_>,
    actor: &Actor,
    wanted: NewDeadlineExtension<'_>,
) -> Result<DeadlineExtension, Failure> {
    let NewDeadlineExtension { term, scope, until, reason: typed } = wanted;
    policy::extends_deadlines(actor)?;
    let found = work.term(term)?;
    let is_there = match scope {
        ExtensionScope::Department(id) => orgs::all(work.tx)?.iter().any(|org| org.id == id),
        ExtensionScope::Offering(id) => offerings::find(work.tx, id)?.is_some_and(|offering| offering.term == term),
    };
    if !is_there {
        return Err(Failure::NotFound);
    }
    if found.is_closed {
        return Err(Stale::Window(WindowClosed::TermClosed).into());
    }
    let until = until.filter(|until| *until >= work.today()).ok_or(Refusal::DayMissing)?;
    let reason = reason(typed)?;
    let (department, offering) = match scope {
        ExtensionScope::Department(id) => (Some(id), None),
        ExtensionScope::Offering(id) => (None, Some(id)),
    };
    let key = match scope {
        ExtensionScope::Department(id) => id.to_string(),
        ExtensionScope::Offering(id) => id.to_string(),
    };
    let act = Act::DeadlineExtended { department, offering, until, reason: &reason };
    work.record_term(actor, term, &act)?;
    let id = DeadlineExtensionId::of(&[&key, &work.now.to_rfc3339()]);
    let extension = DeadlineExtension { id, term, scope, until, reason, by: actor.person, at: work.now };
    deadline_extensions::add(work.tx, &extension)?;
    Ok(extension)
}

/// Notifies the people who still have to choose for an offering of the deadline extension.
fn notify_extended(work: &mut UnitOfWork<'_, '_>, actor: &Actor, extension: &DeadlineExtension) -> Result<(), Failure> {
    let term = work.term(extension.term)?;
    let is_covered = |offering: &Offering| extension.scope.covers(offering.department, offering.id);
    for (person, offerings) in choosers(work, &term, is_covered)? {
        notify(work, &[person], &NotificationDraft::deadline_extended(&offerings, extension, actor))?;
    }
    Ok(())
}

/// Ends a deadline extension before its last day. Yesterday becomes the last day.
pub fn end_deadline_extension(
    work: &mut UnitOfWork<'_, '_>,
    actor: &Actor,
    term: TermId,
    id: DeadlineExtensionId,
) -> Result<(), Failure> {
    policy::extends_deadlines(actor)?;
    let known =
        deadline_extensions::of_term(work.tx, term)?.into_iter().find(|deadline_extension| deadline_extension.id == id);
    let deadline_extension = known.ok_or(Failure::NotFound)?;
    let yesterday = work.today() - TimeDelta::days(1);
    if deadline_extension.until <= yesterday {
        return Ok(());
    }
    deadline_extensions::end(work.tx, id, yesterday)?;
    work.record_term(actor, term, &Act::DeadlineExtensionEnded { extension: id })
}
