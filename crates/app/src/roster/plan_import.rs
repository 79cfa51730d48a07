//! Compares a roster file with the stored records, and makes the plan of the import's changes.

use crate::failure::Failure;
use crate::roster::import_preview::ImportPreview;
use crate::roster::import_report::ImportReport;
use crate::roster::import_roster::{as_roster, existing_data};
use crate::unit_of_work::UnitOfWork;
use domain::id::OfferingId;
use domain::limits::IMPORT_LISTED;
use domain::roster::plan::Plan;
use domain::roster::plan_view::Names;
use domain::roster::{BadLine, RosterTerm};
use exchange::roster_file::RosterFile;
use exchange::roster_report::ReadingWarning;
use std::collections::HashSet;
use store::terms;

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
pub(crate) fn plan_import(work: &mut UnitOfWork<'_, '_>, file: &RosterFile) -> Result<PlannedImport, Failure> {
    let terms: Vec<RosterTerm> = terms::all(work.tx)?.into_iter().map(as_roster).collect();
    let before = existing_data(work, file.terms(&terms))?;
    let reading = file.reading(&before.known.roster);
    let names = Names::of([&before.known.roster, &reading.roster]);
    let plan = Plan::between(&reading.roster, before.known, file.scope(), work.today());
    let (refused, warnings) = (reading.refused.clone(), reading.warnings.clone());
    Ok(PlannedImport { plan, names, live: before.live, refused, warnings })
}

/// Previews the changes that importing a roster file would make now.
pub(crate) fn preview_import(work: &mut UnitOfWork<'_, '_>, file: &RosterFile) -> Result<ImportPreview, Failure> {
    let PlannedImport { plan, names, live, mut refused, warnings } = plan_import(work, file)?;
    let mut notes = plan.notes(&live, &names);
    let (noted, refusals) = (notes.len(), refused.len());
    notes.truncate(IMPORT_LISTED);
    refused.truncate(IMPORT_LISTED);
    Ok(ImportPreview {
        report: ImportReport::of(&plan),
        fingerprint: plan.fingerprint(),
        lines: plan.lines(&names, IMPORT_LISTED),
        live_absent: plan.offerings.absent.iter().filter(|offering| live.contains(&offering.id)).count(),
        notes,
        noted,
        refused,
        refusals,
        warnings,
        scope: file.scope(),
    })
}
