//! Roster imports on the web pages of the registrar, who uploads a roster file, previews its
//! changes, applies the previewed changes, and can undo the import for a day. Work that takes
//! longer than about a second continues in the background, and the web page shows the progress.

mod apply;
mod background;
mod stored;

pub use crate::roster::import_jobs::{ImportJob, ImportJobs, WritingProgress};
pub use crate::roster::import_preview::ImportPreview;
pub use apply::{ImportDecision, apply, undo};
pub use domain::roster::undo::ImportState;
pub use exchange::roster_file::RefusedRows;
pub use exchange::roster_report::{ReadingWarning, UnreadableReason, UnreadableRoster};
pub use exchange::table::csv;
pub use store::imports::Import;
pub use stored::{find_import, list_imports};

use crate::access::session::SessionClaim;
use crate::app::App;
use crate::failure::Failure;
use crate::reports::export::FileKind;
use crate::roster::import_report::ImportReport;
use crate::roster::import_roster::{ImportOptions, carry_out};
use crate::roster::plan_import::{PlannedImport, check_missing, plan_import, uploaders_authority};
use crate::unit_of_work::UnitOfWork;
use background::{blocking, imports_vault, reopened, start_preview};
use chrono::TimeDelta;
use domain::digest::Digest;
use domain::id::ImportId;
use domain::limits::{IMPORT_FILE_KEPT_DAYS, IMPORT_FILE_NAME_LIMIT};
use domain::name::Language;
use domain::person::Actor;
use domain::policy;
use domain::roster::BadLine;
use domain::roster::danger::PlanDanger;
use domain::roster::plan_view::PlanLines;
use domain::roster::undo::{ImportConflict, may_be_undone};
use exchange::group_sheet;
use exchange::roster_file::RosterFile;
use exchange::table::ErrorColumn;
use std::sync::Arc;
use store::imports;
use vault::Incoming;

/// A stored roster import, its state in the server process, and the steps (such as applying or
/// undoing) that are allowed now.
pub struct ImportStatus {
    pub import: Import,
    /// The state of the roster import in the memory of the server process; `None` if the process
    /// does not remember the import.
    pub task: Option<ImportJob>,
    /// The error code with which previewing, applying or undoing the roster import failed; `None`
    /// if it did not fail, or if the failure was already shown.
    pub failed: Option<&'static str>,
    /// Whether the roster import can be undone now.
    pub may_be_undone: bool,
}

/// Stores an uploaded roster file and starts the preview of its import.
///
/// # Errors
/// [`crate::failure::Refusal::Roster`] if the file cannot be read at all. Such a file is not
/// stored.
pub async fn upload(app: &App, claim: SessionClaim, name: &str, incoming: Incoming) -> Result<ImportId, Failure> {
    app.read_as(claim, |_, actor| Ok(policy::imports_rosters(actor)?)).await?;
    let name = clean_name(name);
    let (vault, called) = (imports_vault(app)?, name.clone());
    let (file, kept) = blocking(move || {
        let file = RosterFile::read(incoming.reader()?, &called)?;
        Ok((Arc::new(file), vault.keep(incoming)?))
    })
    .await?;
    let sha256 = Digest(kept.sha256);
    let id = app
        .write_as(claim, move |work, actor| {
            policy::imports_rosters(actor)?;
            let by = actor.person;
            let id = ImportId::of(&[&sha256.to_string(), &by.to_string(), &work.now.to_rfc3339()]);
            let mut import = Import::previewed(id, &name, work.now);
            (import.by, import.sha256) = (Some(by), Some(sha256));
            imports::add(work.tx, &import)?;
            Ok(id)
        })
        .await?;
    start_preview(app, id, Some(file)).await;
    Ok(id)
}

/// Returns the state of a roster import. If the server process does not remember the preview of the
/// import, the preview is started again.
pub async fn standing(app: &App, claim: SessionClaim, id: ImportId) -> Result<ImportStatus, Failure> {
    let read = app.read_as(claim, move |work, actor| Ok((find_import(work, actor, id)?, work.now))).await?;
    let (import, now) = read.data;
    let failed = match app.import_jobs.get(id) {
        Some(ImportJob::Failed(code)) => {
            app.import_jobs.end(id, None);
            Some(code)
        }
        _ => None,
    };
    if import.state == ImportState::Planned && import.sha256.is_some() && app.import_jobs.get(id).is_none() {
        start_preview(app, id, None).await;
    }
    let is_applied = import.state == ImportState::Applied;
    let may_be_undone = is_applied && import.applied_at.is_some_and(|at| may_be_undone(at, now));
    Ok(ImportStatus { task: app.import_jobs.get(id), import, failed, may_be_undone })
}

/// Returns the refused rows of a roster file for correction in a spreadsheet. Each row gets its
/// error in a column with the title `error`; the function `words` describes the error.
pub async fn refused(
    app: &App,
    claim: SessionClaim,
    id: ImportId,
    error: String,
    words: impl Fn(&BadLine) -> String + Send + 'static,
) -> Result<RefusedRows, Failure> {
    let import = app.read_as(claim, move |work, actor| find_import(work, actor, id)).await?.data;
    let file = reopened(app, &import).await?;
    let planned = Arc::clone(&file);
    let sha256 = import.sha256.ok_or(ImportConflict::FileGone)?;
    let (vault, name) = (imports_vault(app)?, import.name.clone());
    let refused = app.read_as(claim, move |work, _| {
        let authority = uploaders_authority(work, &import)?;
        Ok(plan_import(work, &planned, &authority)?.refused)
    });
    let refused = refused.await?.data;
    blocking(move || {
        let bytes = vault.read(&sha256.0).map_err(|_| ImportConflict::FileGone)?;
        let column = ErrorColumn { title: &error, describe: &words };
        Ok(file.refused(bytes, &name, &refused, column)?)
    })
    .await
}

/// Lists all changes that a roster import would make, whereas the preview of the import lists only
/// a limited number of changes. The kinds of records are in the same sequence as in
/// [`ImportReport::kinds`].
pub async fn whole_plan(app: &App, claim: SessionClaim, id: ImportId) -> Result<[PlanLines; 7], Failure> {
    let import = app.read_as(claim, move |work, actor| find_import(work, actor, id)).await?.data;
    if import.state != ImportState::Planned {
        return Err(ImportConflict::Done.into());
    }
    let file = reopened(app, &import).await?;
    let lines = app.read_as(claim, move |work, _| {
        let authority = uploaders_authority(work, &import)?;
        let PlannedImport { plan, names, .. } = plan_import(work, &file, &authority)?;
        Ok(plan.lines(&names, usize::MAX))
    });
    Ok(lines.await?.data)
}

/// The result of a roster import that was started from the command line.
pub struct NamedImport {
    /// The numbers of records that the roster import changed or, in a dry run, would change.
    pub report: ImportReport,
    /// The kinds of dangerous changes that the import makes, with their numbers. On the command line
    /// they are printed and need no confirmation.
    pub dangers: Vec<PlanDanger>,
    /// The rows of the roster file that were refused because of an error.
    pub refused: Vec<BadLine>,
    /// The warnings about the roster file, such as unknown columns.
    pub warnings: Vec<ReadingWarning>,
}

/// Imports a roster file from the command line. The import is stored, so that it can be undone.
pub fn import_named(
    work: &mut UnitOfWork<'_, '_>,
    file: &RosterFile,
    how: &ImportOptions,
    name: &str,
) -> Result<NamedImport, Failure> {
    let PlannedImport { plan, names, live, refused, warnings } = plan_import(work, file, &how.authority)?;
    let dangers = plan.dangers(&live, &names, 0);
    check_missing(&refused, how.absent)?;
    let id = ImportId::of(&[name, &work.now.to_rfc3339()]);
    let mut how = how.clone();
    if !how.dry_run && plan.changes_with(how.absent) > 0 {
        imports::add(work.tx, &Import::previewed(id, &clean_name(name), work.now))?;
        how.import = Some(id);
    }
    Ok(NamedImport { report: carry_out(work, plan, &how)?, dangers, refused, warnings })
}

/// Creates an empty group sheet (a roster with one table row per student group), which the
/// registrar fills in with a spreadsheet program.
pub fn template(actor: &Actor, language: Language, kind: FileKind) -> Result<Vec<u8>, Failure> {
    policy::imports_rosters(actor)?;
    match kind {
        FileKind::Csv => Ok(csv([group_sheet::template(language)]).into_bytes()),
        FileKind::Xlsx => group_sheet::template_xlsx(language).map_err(|error| Failure::Broken(error.to_string())),
    }
}

/// Deletes roster files that were uploaded long ago. An import whose file is deleted can no longer
/// be previewed.
pub async fn forget_old_files(app: &App) -> Result<(), Failure> {
    let vault = imports_vault(app)?;
    let unused = app
        .write(|work| Ok(imports::forget_files(work.tx, work.now - TimeDelta::days(IMPORT_FILE_KEPT_DAYS))?))
        .await?;
    blocking(move || Ok(unused.iter().try_for_each(|sha256| vault.forget(&sha256.0))?)).await
}

/// Returns the name of an uploaded roster file without its path, shortened to the length that is
/// stored.
fn clean_name(given: &str) -> String {
    let last = given.trim_end_matches(['/', '\\']).rsplit(['/', '\\']).next().unwrap_or_default();
    let name: String = last.chars().filter(|letter| !letter.is_control()).take(IMPORT_FILE_NAME_LIMIT).collect();
    if name.trim().is_empty() { "roster".to_owned() } else { name.trim().to_owned() }
}
