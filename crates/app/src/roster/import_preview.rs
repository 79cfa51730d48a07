//! What a file would change, as far as it is to be shown.

use crate::app::UnitOfWork;
use crate::failure::Failure;
use crate::roster::import_roster::{ImportReport, as_roster, existing_data};
use domain::digest::Digest;
use domain::limits::IMPORT_LISTED;
use domain::roster::plan::{ImportScope, Plan};
use domain::roster::plan_view::{Names, PlanLines, PlanNote};
use domain::roster::{BadLine, RosterTerm};
use exchange::oneroster::ReadingWarning;
use exchange::roster_file::RosterFile;
use store::terms;

/// What a file would change.
#[derive(Debug, Clone)]
pub struct ImportPreview {
    /// How much, by kind.
    pub report: ImportReport,
    /// Stands for exactly this plan.
    pub fingerprint: Digest,
    /// What, by kind, in the order of the report.
    pub lines: [PlanLines; 7],
    /// What touches something that was chosen.
    pub notes: Vec<PlanNote>,
    /// How many of those there are.
    pub noted: usize,
    /// How many groups for which something was chosen are missing from the file.
    pub live_absent: usize,
    /// Rows that were refused.
    pub refused: Vec<BadLine>,
    /// How many of those there are.
    pub refusals: usize,
    /// What was unusual about the file.
    pub warnings: Vec<ReadingWarning>,
    /// How much of the university the file speaks of.
    pub scope: ImportScope,
}

impl ImportPreview {
    /// Does the file speak of the whole university?
    pub fn is_whole(&self) -> bool {
        self.scope == ImportScope::Whole
    }
}

/// A plan with everything that is needed to show it.
pub(crate) struct PlannedImport {
    pub(crate) plan: Plan,
    pub(crate) names: Names,
    pub(crate) live: std::collections::HashSet<domain::id::OfferingId>,
    pub(crate) refused: Vec<BadLine>,
    pub(crate) warnings: Vec<ReadingWarning>,
}

/// Compares a file with what is there.
pub(crate) fn planned_import(work: &mut UnitOfWork<'_, '_>, file: &RosterFile) -> Result<PlannedImport, Failure> {
    let terms: Vec<RosterTerm> = terms::all(work.tx)?.into_iter().map(as_roster).collect();
    let before = existing_data(work, file.terms(&terms))?;
    let reading = file.reading(&before.known.roster);
    let names = Names::of([&before.known.roster, &reading.roster]);
    let plan = Plan::between(&reading.roster, before.known, file.scope(), work.today());
    let (refused, warnings) = (reading.refused.clone(), reading.warnings.clone());
    Ok(PlannedImport { plan, names, live: before.live, refused, warnings })
}

/// What a file would change, now.
pub(crate) fn import_preview(work: &mut UnitOfWork<'_, '_>, file: &RosterFile) -> Result<ImportPreview, Failure> {
    let PlannedImport { plan, names, live, mut refused, warnings } = planned_import(work, file)?;
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
