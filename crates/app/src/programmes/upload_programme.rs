//! Putting a programme document into a discipline's dossier: looked into, kept by its hash, recorded.

use crate::app::{App, UnitOfWork};
use crate::failure::Failure;
use crate::programmes::check_programmes::look;
use crate::programmes::dossier::may_add;
use domain::digest::Digest;
use domain::id::{DisciplineId, DocumentId};
use domain::offering::Discipline;
use domain::person::Actor;
use domain::programme::check::CheckResult;
use domain::programme::{Document, Media, clean_name};
use serde_json::json;
use store::documents;
use store::history::{self, NewHistoryLine};
use vault::{Incoming, StoredFile};

/// A document that is in the dossier now.
#[derive(Debug, Clone)]
pub struct UploadedDocument {
    /// The document.
    pub document: Document,
    /// The same bytes were there before; this is that document.
    pub was_there: bool,
}

/// Takes what has arrived into a dossier.
pub async fn upload_programme(
    app: &App,
    actor: &Actor,
    discipline: DisciplineId,
    (name, incoming): (String, Incoming),
) -> Result<UploadedDocument, Failure> {
    let asker = actor.clone();
    let about = app
        .read(move |work| {
            permitted(work, &asker, discipline)?;
            documents::discipline(work.tx, discipline)?.ok_or(Failure::NotFound)
        })
        .await?;
    let vault = app.vault.clone();
    let keep = move || keep(&vault, incoming, &about);
    let taken = tokio::task::spawn_blocking(keep).await.map_err(|error| Failure::Broken(error.to_string()))??;
    let (actor, name) = (actor.clone(), clean_name(&name, taken.media));
    app.write(move |work| record(work, &actor, discipline, (&name, &taken))).await
}

fn permitted(work: &mut UnitOfWork<'_, '_>, actor: &Actor, discipline: DisciplineId) -> Result<(), Failure> {
    if may_add(work, actor, discipline)? { Ok(()) } else { Err(Failure::NotFound) }
}

/// A file that is kept, and not in a dossier yet.
#[derive(Debug, Clone)]
pub struct ReceivedFile {
    /// What it is.
    pub media: Media,
    /// Under which hash.
    pub kept: StoredFile,
    /// What its text told; `None` leaves that to the background.
    pub checked: Option<CheckResult>,
}

/// Looks into the file, keeps it and reads its text. Blocks.
pub fn keep(vault: &vault::Vault, incoming: Incoming, discipline: &Discipline) -> Result<ReceivedFile, Failure> {
    let media = exchange::document::inspect(&mut incoming.look()?)?;
    let kept = vault.keep(incoming)?;
    let checked = look(vault, (&kept.sha256, media), discipline);
    Ok(ReceivedFile { media, kept, checked })
}

/// Records a kept file in the dossier: the same bytes are the document that is there, the same name is a new version.
pub fn record(
    work: &mut UnitOfWork<'_, '_>,
    actor: &Actor,
    discipline: DisciplineId,
    (name, taken): (&str, &ReceivedFile),
) -> Result<UploadedDocument, Failure> {
    permitted(work, actor, discipline)?;
    let ReceivedFile { media, kept, checked } = taken;
    let sha256 = Digest(kept.sha256);
    let id = DocumentId::of(&[&discipline.to_string(), &sha256.to_string()]);
    if let Some(document) = documents::find(work.tx, id)? {
        return Ok(UploadedDocument { document, was_there: true });
    }
    let document = Document {
        id,
        discipline,
        name: name.to_owned(),
        version: documents::latest_version(work.tx, discipline, name)? + 1,
        media: *media,
        size: i64::try_from(kept.size).unwrap_or(i64::MAX),
        sha256,
        uploader: actor.person,
        uploaded_at: work.now,
        term: work.current_term()?.id,
        checked: checked.clone(),
    };
    documents::add(work.tx, &document)?;
    let payload = json!({ "document": id, "name": name, "version": document.version, "sha256": sha256 });
    let subject = format!("dossier:{discipline}");
    let (at, actor, payload) = (work.now, Some(actor.person), payload.to_string());
    history::append(work.tx, NewHistoryLine { subject, at, actor, role: None, act: "document-uploaded", payload })?;
    Ok(UploadedDocument { document, was_there: false })
}
