//! Compares a roster file with the stored records, and makes the plan of the import's changes.

use crate::failure::Failure;
use crate::roster::import_preview::ImportPreview;
use crate::roster::import_report::ImportReport;
use crate::roster::import_roster::{as_roster, existing_data};
use crate::unit_of_work::UnitOfWork;
use domain::id::{OfferingId, PersonId};
use domain::limits::IMPORT_LISTED;
use domain::policy;
use domain::roster::authority::{ImportAuthority, RosterRecord, UnauthorizedChange};
use domain::roster::plan::{Absent, Plan};
use domain::roster::plan_view::Names;
use domain::roster::undo::ImportConflict;
use domain::roster::{BadLine, RosterTerm};
use exchange::roster_file::RosterFile;
use exchange::roster_report::ReadingWarning;
use std::collections::{HashMap, HashSet};
use store::imports::Import;
use store::{people, terms};

/// The plan of a roster import: its changes, the names that a preview of the plan shows, the
/// refused rows and the warnings.
pub(crate) struct PlannedImport {
    pub(crate) plan: Plan,
    pub(crate) names: Names,
    pub(crate) live: HashSet<OfferingId>,
    pub(crate) refused: Vec<BadLine>,
    pub(crate) warnings: Vec<ReadingWarning>,
}

/// Makes the plan of a roster import: the changes after which the stored records are the same as in
/// the roster file.
///
/// Changes of roles and accounts that the authority of the import does not cover are left out, and the
/// rows that ask for them are among the refused ones.
pub(crate) fn plan_import(
    work: &mut UnitOfWork<'_, '_>,
    file: &RosterFile,
    authority: &ImportAuthority,
) -> Result<PlannedImport, Failure> {
    let terms: Vec<RosterTerm> = terms::all(work.tx)?.into_iter().map(as_roster).collect();
    let before = existing_data(work, file.terms(&terms))?;
    let reading = file.reading(&before.known.roster);
    let names = Names::of([&before.known.roster, &reading.roster]);
    let (stored, mut adopted) = (before.known.roster.appointments.clone(), before.known.adopted.clone());
    let mut plan = Plan::between(&reading.roster, before.known, file.scope(), work.today());
    let unauthorized = plan.keep_within(authority, &stored, work.today());
    adopted.extend(plan.adopted.iter().map(|one| (one.roster_id, one.person)));
    let (mut refused, warnings) = (reading.refused.clone(), reading.warnings.clone());
    refused.extend(unauthorized.iter().map(|change| reading.account_rows.refused(&in_roster(*change, &adopted))));
    Ok(PlannedImport { plan, names, live: before.live, refused, warnings })
}

/// Returns an unauthorized change with the identifier that the roster gives an adopted person.
fn in_roster(change: UnauthorizedChange, adopted: &HashMap<PersonId, PersonId>) -> UnauthorizedChange {
    let RosterRecord::Person(stored) = change.record else { return change };
    let roster_id = adopted.iter().find(|(_, person)| **person == stored).map_or(stored, |(roster_id, _)| *roster_id);
    UnauthorizedChange { record: RosterRecord::Person(roster_id), ..change }
}

/// Returns the authority of the person who uploaded the roster of an import, with the roles that the
/// person has now.
///
/// # Errors
/// [`Failure::SignedOut`] if the person's account is disabled, and a denial if the person is no longer
/// allowed to import rosters.
pub(crate) fn uploaders_authority(work: &mut UnitOfWork<'_, '_>, import: &Import) -> Result<ImportAuthority, Failure> {
    let Some(by) = import.by else { return Ok(ImportAuthority::CommandLine) };
    let uploader = people::find(work.tx, by)?.filter(|person| person.is_enabled).ok_or(Failure::SignedOut)?;
    let today = work.today();
    let actor = people::actor(work.tx, &uploader, today)?;
    policy::imports_rosters(&actor)?;
    Ok(ImportAuthority::Person(actor))
}

/// Previews the changes that importing a roster file would make now.
pub(crate) fn preview_import(
    work: &mut UnitOfWork<'_, '_>,
    file: &RosterFile,
    authority: &ImportAuthority,
) -> Result<ImportPreview, Failure> {
    let PlannedImport { plan, names, live, mut refused, warnings } = plan_import(work, file, authority)?;
    let dangers = plan.dangers(&live, &names, IMPORT_LISTED);
    let refusals = refused.len();
    refused.truncate(IMPORT_LISTED);
    Ok(ImportPreview {
        report: ImportReport::of(&plan),
        fingerprint: plan.fingerprint(),
        lines: plan.lines(&names, IMPORT_LISTED),
        live_absent: plan.offerings.absent.iter().filter(|offering| live.contains(&offering.id)).count(),
        dangers,
        refused,
        refusals,
        warnings,
        scope: file.scope(),
    })
}

/// Refuses to deactivate records that are missing from the roster if rows of the roster file were
/// refused. The record of a refused row only seems to be missing, because the file does contain it.
pub(crate) fn check_missing(refused: &[BadLine], absent: Absent) -> Result<(), ImportConflict> {
    if refused.is_empty() || absent == Absent::default() { Ok(()) } else { Err(ImportConflict::RowsRefused) }
}
