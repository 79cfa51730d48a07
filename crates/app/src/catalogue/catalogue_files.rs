//! Catalogue versions as files. A catalogue is exported in the format that the command `emtihan
//! catalogue check` reads, and an exported file can be imported as a catalogue draft. Also stores
//! the videos and captions that are uploaded to a catalogue draft.

use crate::access::session::SessionClaim;
use crate::app::{App, Incoming};
use crate::catalogue::catalogue_drafts::{add_draft, find};
use crate::catalogue::catalogue_versions::{CatalogueSource, table};
use crate::catalogue::load_catalogue::with_media;
use crate::catalogue_refusal::CatalogueRefusal;
use crate::failure::Failure;
use crate::unit_of_work::UnitOfWork;
use domain::catalogue::{Catalogue, Video};
use domain::digest::Digest;
use domain::history::Act;
use domain::id::CatalogueDraftId;
use domain::limits::CATALOGUE_CAPTIONS_SIZE_LIMIT;
use domain::name::{Language, Name};
use domain::person::Actor;
use domain::policy;
use exchange::catalogue::CatalogueFolder;
use exchange::catalogue::archive::{is_captions, is_film, media_names, read_archive, renamed, write_archive};
use std::collections::BTreeMap;
use std::io::Read;
use store::catalogues;

/// Exports a catalogue version or a catalogue draft as a zip archive.
pub async fn export_catalogue(app: &App, claim: SessionClaim, which: CatalogueSource) -> Result<Vec<u8>, Failure> {
    let catalogue = app.read_as(claim, move |work, actor| table(work, actor, which)).await?.data;
    let app = app.clone();
    let pack = move || packed(&app, &catalogue);
    tokio::task::spawn_blocking(pack).await.map_err(|error| Failure::Broken(error.to_string()))?
}

/// Packs a catalogue with its videos and captions into a zip archive. Blocks the thread.
pub fn packed(app: &App, catalogue: &Catalogue) -> Result<Vec<u8>, Failure> {
    let names = media_names(catalogue);
    let mut media = BTreeMap::new();
    for (hash, path) in &names {
        let digest: Digest = hash.parse().map_err(|_| Failure::Broken(format!("{hash} is no address")))?;
        let mut bytes = Vec::new();
        let mut file = app.vault.read(&digest.0)?;
        file.read_to_end(&mut bytes).map_err(|error| Failure::Unavailable(error.to_string()))?;
        media.insert(path.clone(), bytes);
    }
    let folder = CatalogueFolder { catalogue: renamed(catalogue, &names), media };
    write_archive(&folder).map_err(|error| Failure::Broken(error.to_string()))
}

/// Imports a zip archive as a catalogue draft that is based on the newest catalogue version. The
/// catalogue in the archive is allowed to contain errors, because a draft is checked before it is
/// published.
pub async fn import_catalogue(app: &App, claim: SessionClaim, incoming: Incoming) -> Result<CatalogueDraftId, Failure> {
    app.read_as(claim, |_, actor| Ok(policy::catalogue_editor(actor)?)).await?;
    let keeper = app.clone();
    let unpack = move || unpacked(&keeper, &incoming);
    let catalogue = tokio::task::spawn_blocking(unpack).await.map_err(|error| Failure::Broken(error.to_string()))??;
    app.write_as(claim, move |work, actor| {
        let base = catalogues::latest(work.tx)?;
        let draft = add_draft(work, actor, base, &catalogue)?;
        work.record_catalogue(actor, &Act::CatalogueDraftImported { draft, base })?;
        Ok(draft)
    })
    .await
}

/// Reads a catalogue from a zip archive and puts its videos and captions into the document storage.
/// Blocks the thread.
fn unpacked(app: &App, incoming: &Incoming) -> Result<Catalogue, Failure> {
    let folder = read_archive(incoming.reader()?).map_err(|_| CatalogueRefusal::FileUnreadable)?;
    if !folder.catalogue.is_within_limits() {
        return Err(CatalogueRefusal::FileUnreadable.into());
    }
    with_media(app, &folder)
}

/// A video that was uploaded to a catalogue draft, with its captions.
pub struct UploadedVideo {
    pub film: Incoming,
    /// The three caption files of the uploaded video: in Kazakh, Russian and English.
    pub captions: [Incoming; 3],
}

/// Puts an uploaded video and its captions into the document storage, and returns the entry that
/// describes the video in the catalogue. Blocks the thread.
pub fn keep_film(app: &App, scope: String, title: Name, sent: UploadedVideo) -> Result<Video, Failure> {
    let mut beginning = Vec::new();
    let io = |error: std::io::Error| Failure::Unavailable(error.to_string());
    sent.film.reader()?.take(4).read_to_end(&mut beginning).map_err(io)?;
    if !is_film(&beginning) {
        return Err(CatalogueRefusal::NotAFilm.into());
    }
    for captions in &sent.captions {
        let mut bytes = Vec::new();
        captions.reader()?.take(CATALOGUE_CAPTIONS_SIZE_LIMIT + 1).read_to_end(&mut bytes).map_err(io)?;
        if bytes.len() as u64 > CATALOGUE_CAPTIONS_SIZE_LIMIT || !is_captions(&bytes) {
            return Err(CatalogueRefusal::NotCaptions.into());
        }
    }
    let address = |incoming| Ok::<_, Failure>(Digest(app.vault.keep(incoming)?.sha256).to_string());
    let file = Some(address(sent.film)?);
    let [kk, ru, en] = sent.captions;
    let captions = Some(Name { kk: address(kk)?, ru: address(ru)?, en: address(en)? });
    Ok(Video { scope, title, file, url: None, captions })
}

/// Returns whether some catalogue draft uses the video or caption file with this hash. Returns
/// false if the signed-in person is not allowed to edit catalogue drafts.
pub fn draft_plays(work: &mut UnitOfWork<'_, '_>, actor: &Actor, hash: &str) -> Result<bool, Failure> {
    if policy::catalogue_editor(actor).is_err() {
        return Ok(false);
    }
    for head in store::catalogue_drafts::all(work.tx)? {
        if find(work, head.id)?.catalogue.videos.iter().any(|video| names(video, hash)) {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Returns whether the file with this hash belongs to the video `video` of the catalogue: as its
/// video file or as one of its caption files.
pub fn names(video: &Video, hash: &str) -> bool {
    let is_caption = |names: &Name| Language::ALL.iter().any(|&language| names.exactly(language) == hash);
    video.captions.as_ref().is_some_and(is_caption) || video.file.as_deref() == Some(hash)
}
