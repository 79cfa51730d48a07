//! Runs the steps of a roster import in the background: reads the stored roster file again,
//! compares the roster with the stored records, and writes the changes. A request waits briefly for
//! the result; after that the web page shows the progress.

use crate::app::App;
use crate::failure::Failure;
use crate::roster::import_jobs::ImportJob;
use crate::roster::import_preview::ImportPreview;
use crate::roster::plan_import::{preview_import, uploaders_authority};
use domain::id::ImportId;
use domain::limits::IMPORT_WAIT_MILLISECONDS;
use domain::roster::undo::ImportConflict;
use exchange::roster_file::RosterFile;
use std::sync::Arc;
use std::time::Duration;
use store::imports::{self, Import};
use vault::Vault;

/// The time for which a request waits until a roster import is previewed, applied or undone. Work
/// that takes longer continues in the background, and the request no longer waits for it.
const WAIT_BEFORE_BACKGROUND: Duration = Duration::from_millis(IMPORT_WAIT_MILLISECONDS);

/// Starts the preview of a roster import in the background, and waits briefly for the result. The
/// file is read from storage if it is not passed in `file`.
pub(super) async fn start_preview(app: &App, id: ImportId, file: Option<Arc<RosterFile>>) {
    if !app.import_jobs.begin(id, ImportJob::Reading) {
        return;
    }
    let task = app.clone();
    let reading = tokio::spawn(async move {
        let found = read_and_preview(&task, id, file).await;
        task.import_jobs.end(
            id,
            Some(match found {
                Ok(preview) => ImportJob::Ready(Arc::new(preview)),
                Err(failure) => ImportJob::Failed(failure.code()),
            }),
        );
    });
    // If the preview is not ready when the timeout ends, the request stops waiting, and the preview
    // continues in the background.
    tokio::time::timeout(WAIT_BEFORE_BACKGROUND, reading).await.ok();
}

async fn read_and_preview(app: &App, id: ImportId, file: Option<Arc<RosterFile>>) -> Result<ImportPreview, Failure> {
    let import = app.read(move |work| imports::find(work.tx, id)?.ok_or(Failure::NotFound)).await?;
    let file = match file {
        Some(file) => file,
        None => reopened(app, &import).await?,
    };
    let preview = app.read_without_deadline(move |work| {
        let authority = uploaders_authority(work, &import)?;
        preview_import(work, &file, &authority)
    });
    let preview = preview.await?;
    let (counts, refused) = (preview.report.json(), i64::try_from(preview.refusals).unwrap_or(i64::MAX));
    app.write(move |work| Ok(imports::count(work.tx, id, &counts, refused)?)).await?;
    Ok(preview)
}

/// Runs `task`, which applies or undoes a roster import, in the background, and waits briefly for
/// its result. Returns `Ok` if `task` is not finished after the wait; it then continues in the
/// background.
pub(super) async fn wait_briefly(
    app: &App,
    id: ImportId,
    task: impl Future<Output = Result<(), Failure>> + Send + 'static,
) -> Result<(), Failure> {
    let bench = app.import_jobs.clone();
    let (answer, mut answered) = tokio::sync::oneshot::channel();
    tokio::spawn(async move {
        let done = task.await;
        bench.end(id, done.as_ref().err().map(|failure| ImportJob::Failed(failure.code())));
        // The request may have stopped waiting for the result. Sending the result to it then fails,
        // and the web page of the roster import shows the result later.
        answer.send(done).ok();
    });
    match tokio::time::timeout(WAIT_BEFORE_BACKGROUND, &mut answered).await {
        Ok(Ok(done)) => {
            if done.is_err() {
                app.import_jobs.end(id, None);
            }
            done
        }
        Ok(Err(_)) => Err(Failure::Broken("an import gave no answer".to_owned())),
        Err(_) => Ok(()),
    }
}

/// Reads the stored roster file of an import again.
pub(super) async fn reopened(app: &App, import: &Import) -> Result<Arc<RosterFile>, Failure> {
    let (vault, name) = (imports_vault(app)?, import.name.clone());
    let sha256 = import.sha256.ok_or(ImportConflict::FileGone)?;
    blocking(move || {
        let file = vault.read(&sha256.0).map_err(|_| ImportConflict::FileGone)?;
        Ok(Arc::new(RosterFile::read(file, &name)?))
    })
    .await
}

/// Runs a blocking function on a separate thread, so that the asynchronous web server is not
/// blocked.
pub(super) async fn blocking<T: Send + 'static>(
    task: impl FnOnce() -> Result<T, Failure> + Send + 'static,
) -> Result<T, Failure> {
    tokio::task::spawn_blocking(task).await.map_err(|error| Failure::Broken(error.to_string()))?
}

/// Returns the storage of uploaded roster files, which is separate from the storage of programme
/// documents.
pub(super) fn imports_vault(app: &App) -> Result<Vault, Failure> {
    Ok(app.vault.subfolder("imports")?)
}
