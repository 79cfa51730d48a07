//! Applies a previewed roster import, and undoes an applied one, on behalf of a registrar. Work that
//! takes longer than about a second continues after the request has ended.

use super::background::{reopened, wait_briefly};
use super::stored::find_import;
use crate::access::session::SessionClaim;
use crate::app::App;
use crate::failure::Failure;
use crate::roster::import_jobs::ImportJob;
use crate::roster::import_report::ImportReport;
use crate::roster::import_roster::{ImportOptions, carry_out, undo_import};
use crate::roster::plan_import::{PlannedImport, check_missing, plan_import, uploaders_authority};
use domain::digest::Digest;
use domain::id::ImportId;
use domain::policy;
use domain::roster::authority::ImportAuthority;
use domain::roster::danger::{DangerKind, PlanDanger};
use domain::roster::plan::Absent;
use domain::roster::undo::{ImportConflict, ImportState};
use std::sync::Arc;

/// The decision of a registrar to apply a roster import, as the preview's form sends it.
#[derive(Debug, Clone)]
pub struct ImportDecision {
    /// The fingerprint of the planned changes that the web page has shown.
    pub seen: Digest,
    /// The kinds of records that are deactivated if they are missing from the file.
    pub absent: Absent,
    /// The kinds of dangerous changes that the registrar has confirmed.
    pub confirmed: Vec<DangerKind>,
}

/// Applies the changes of a roster import that the web page has shown. Records that are missing
/// from the file are deactivated if their kind was selected. Work that takes longer than about a
/// second continues after the request has ended.
///
/// # Errors
/// [`ImportConflict::PlanChanged`] if the import would no longer make the changes that the web page
/// has shown. [`ImportConflict::NotConfirmed`] if the import makes dangerous changes of a kind that
/// the registrar has not confirmed.
pub async fn apply(app: &App, claim: SessionClaim, id: ImportId, decision: ImportDecision) -> Result<(), Failure> {
    let found = app.read_as(claim, move |work, actor| find_import(work, actor, id)).await?;
    let (import, by) = (found.data, found.signed_in.person.id);
    if import.state != ImportState::Planned {
        return Err(ImportConflict::Done.into());
    }
    let of = match app.import_jobs.get(id) {
        Some(ImportJob::Ready(preview)) => size(&preview.report, decision.absent),
        _ => 0,
    };
    let written = Arc::default();
    if !app.import_jobs.begin(id, ImportJob::Writing { written: Arc::clone(&written), of }) {
        return Ok(());
    }
    let task = app.clone();
    wait_briefly(app, id, async move {
        let file = reopened(&task, &import).await?;
        let done = task.write_for(by, move |work, actor| {
            policy::imports_rosters(actor)?;
            let authority = uploaders_authority(work, &import)?;
            let planned = plan_import(work, &file, &authority)?;
            check_decision(&planned, &decision)?;
            let authority = ImportAuthority::Person(actor.clone());
            let (import, written) = (Some(id), Arc::clone(&written));
            let how = ImportOptions { absent: decision.absent, authority, import, written, ..ImportOptions::default() };
            carry_out(work, planned.plan, &how)
        });
        done.await.map(|_| ())
    })
    .await
}

/// Refuses to apply a roster import if its plan is not the one that was shown, or if dangerous changes
/// were not confirmed.
fn check_decision(planned: &PlannedImport, decision: &ImportDecision) -> Result<(), ImportConflict> {
    check_missing(&planned.refused, decision.absent)?;
    if planned.plan.fingerprint() != decision.seen {
        return Err(ImportConflict::PlanChanged);
    }
    let dangers = planned.plan.dangers(&planned.live, &planned.names, 0);
    let is_confirmed = |danger: &PlanDanger| decision.confirmed.contains(&danger.kind);
    if dangers.iter().all(is_confirmed) { Ok(()) } else { Err(ImportConflict::NotConfirmed) }
}

/// Undoes a roster import. The undo is allowed for 24 hours, and only if no other record depends on
/// a record that the import added.
pub async fn undo(app: &App, claim: SessionClaim, id: ImportId) -> Result<(), Failure> {
    let found = app.read_as(claim, move |work, actor| find_import(work, actor, id)).await?;
    let (import, by) = (found.data, found.signed_in.person.id);
    if import.state != ImportState::Applied {
        return Err(ImportConflict::NothingToUndo.into());
    }
    let written = Arc::default();
    let how = ImportOptions { import: Some(id), written: Arc::clone(&written), ..ImportOptions::default() };
    if !app.import_jobs.begin(id, ImportJob::Writing { written, of: 0 }) {
        return Ok(());
    }
    let task = app.clone();
    wait_briefly(app, id, async move {
        let undoing = task.write_for(by, move |work, actor| {
            policy::imports_rosters(actor)?;
            let how = ImportOptions { authority: ImportAuthority::Person(actor.clone()), ..how.clone() };
            undo_import(work, id, &how)
        });
        undoing.await
    })
    .await
}

/// Returns the number of records that a roster import is going to write.
fn size(report: &ImportReport, absent: Absent) -> u64 {
    let chosen = absent.kinds();
    let aside = report.kinds().into_iter().filter(|one| chosen.contains(&one.kind)).map(|one| one.difference.absent);
    (report.changes() + aside.sum::<usize>()) as u64
}
