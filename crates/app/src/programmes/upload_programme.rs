//! Uploads a programme document into the dossier of a discipline: checks the file, stores its bytes
//! under their SHA-256 hash, and records the document.

use crate::access::session::SessionClaim;
use crate::app::App;
use crate::failure::Failure;
use crate::history::record::Author;
use crate::programmes::check_programmes::check_text;
use crate::programmes::dossier::may_add;
use crate::unit_of_work::UnitOfWork;
use domain::digest::Digest;
use domain::history::{Act, Subject};
use domain::id::{DisciplineId, DocumentId};
use domain::offering::Discipline;
use domain::person::Actor;
use domain::programme::check::CheckResult;
use domain::programme::{Document, Media, check_name, clean_name};
use store::documents;
use vault::{Incoming, StoredFile};

/// The result of uploading a programme document to the dossier of a discipline.
#[derive(Debug, Clone)]
pub struct UploadedDocument {
    pub document: Document,
    /// Whether the dossier already contained a document with the same bytes. In that case, the
    /// result of the upload is the existing document.
    pub was_there: bool,
}

/// Adds an uploaded file as a programme document to the dossier of a discipline, on behalf of the
/// person who is signed in with the session that `claim` names. Before the file is read, and again
/// when the document is recorded, the function checks that this person is allowed to add files to
/// the dossier.
pub async fn upload_programme(
    app: &App,
    claim: SessionClaim,
    discipline: DisciplineId,
    name: String,
    incoming: Incoming,
) -> Result<UploadedDocument, Failure> {
    check_name(&name)?;
    let about = app
        .read_as(claim, move |work, actor| {
            permitted(work, actor, discipline)?;
            documents::discipline(work.tx, discipline)?.ok_or(Failure::NotFound)
        })
        .await?
        .data;
    let vault = app.vault.clone();
    let receiving = move || receive(&vault, incoming, &about);
    let taken = tokio::task::spawn_blocking(receiving).await.map_err(|error| Failure::Broken(error.to_string()))??;
    let name = clean_name(&name, taken.media);
    app.write_as(claim, move |work, actor| record(work, actor, discipline, &name, &taken)).await
}

fn permitted(work: &mut UnitOfWork<'_, '_>, actor: &Actor, discipline: DisciplineId) -> Result<(), Failure> {
    if may_add(work, actor, discipline)? { Ok(()) } else { Err(Failure::NotFound) }
}

/// An uploaded file whose bytes are stored, but that does not yet belong to a dossier.
#[derive(Debug, Clone)]
pub struct ReceivedFile {
    /// The media type of the uploaded file: PDF or DOCX.
    pub media: Media,
    /// The SHA-256 hash and the size of the stored bytes of the uploaded file.
    pub kept: StoredFile,
    /// The result of checking the text of the uploaded file; `None` if the background job has to
    /// check the text later.
    pub checked: Option<CheckResult>,
}

/// Checks that an uploaded file is an acceptable PDF or DOCX, stores its bytes, and checks its
/// text. Blocks the calling thread.
pub fn receive(vault: &vault::Vault, incoming: Incoming, discipline: &Discipline) -> Result<ReceivedFile, Failure> {
    let media = exchange::document::inspect(&mut incoming.reader()?)?;
    let kept = vault.keep(incoming)?;
    let checked = check_text(vault, &kept.sha256, media, discipline);
    Ok(ReceivedFile { media, kept, checked })
}

/// Records a stored file as a programme document of a dossier. If the dossier already has a
/// document with the same bytes, that document is returned. If the dossier has a document with the
/// same name, the stored file becomes the next version of that document.
pub fn record(
    work: &mut UnitOfWork<'_, '_>,
    actor: &Actor,
    discipline: DisciplineId,
    name: &str,
    taken: &ReceivedFile,
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
    let act = Act::DocumentUploaded { document: id, name, version: document.version, sha256 };
    work.record(Author::new(actor, None), Subject::Dossier(discipline), &act)?;
    Ok(UploadedDocument { document, was_there: false })
}
