//! Checks the text of programme documents. A document is checked when it is uploaded. A background
//! job checks documents that were not checked yet, or only by the rules of an earlier release.

use crate::app::App;
use crate::failure::Failure;
use crate::unit_of_work::UnitOfWork;
use domain::id::DocumentId;
use domain::offering::Discipline;
use domain::programme::check::{CheckResult, check};
use domain::programme::{Document, Media};
use exchange::document::text::{TextError, text};
use std::fs;
use store::documents;
use vault::Vault;

/// Checks the text of a stored programme document. Returns `None` if the text cannot be read at the
/// moment; the background job then checks the document later. A text that can never be read counts
/// as missing, so that the upload continues. Blocks the calling thread.
pub fn check_text(vault: &Vault, sha256: &[u8; 32], media: Media, discipline: &Discipline) -> Option<CheckResult> {
    match read(vault, sha256, media) {
        Ok(text) => Some(check(&text, discipline)),
        Err(TextError::Unreadable) => Some(CheckResult::default()),
        Err(TextError::Busy) => None,
    }
}

/// Returns the first `most` characters of a programme document's text, or an empty text if the
/// document has no readable text. Blocks the calling thread.
pub fn beginning(vault: &Vault, document: &Document, most: usize) -> String {
    let text = read(vault, &document.sha256.0, document.media).unwrap_or_default();
    text.chars().take(most).collect()
}

fn read(vault: &Vault, sha256: &[u8; 32], media: Media) -> Result<String, TextError> {
    // The bytes of a document can be missing temporarily, for example while a backup is being
    // restored. The error `Busy` means that the document can be read later.
    let bytes = fs::read(vault.path(sha256)).map_err(|_| TextError::Busy)?;
    text(bytes, media)
}

/// Checks the text of all programme documents that were never checked, or only by the rules of an
/// earlier release, and returns the number of checked documents. Blocks the calling thread.
///
/// A document whose bytes are missing is skipped; the next run of the background job tries again.
pub fn check_waiting(app: &App) -> Result<usize, Failure> {
    let (mut after, mut many) = (None, 0);
    loop {
        let waiting = app.read_now(move |work| waiting(work, after))?;
        let Some(last) = waiting.last() else { return Ok(many) };
        after = Some(last.document.id);
        let look_at = |UncheckedProgramme { document, discipline }: &UncheckedProgramme| {
            let told = check_text(&app.vault, &document.sha256.0, document.media, discipline);
            told.map(|told| (document.id, told))
        };
        let told: Vec<(DocumentId, CheckResult)> = waiting.iter().filter_map(look_at).collect();
        many += told.len();
        app.write_now(move |work| {
            told.iter().try_for_each(|(id, told)| Ok(documents::save_check_result(work.tx, *id, told)?))
        })?;
    }
}

/// A programme document whose text was not checked by the current rules, and the discipline to
/// which the document belongs.
struct UncheckedProgramme {
    document: Document,
    discipline: Discipline,
}

fn waiting(work: &mut UnitOfWork<'_, '_>, after: Option<DocumentId>) -> Result<Vec<UncheckedProgramme>, Failure> {
    let mut waiting = Vec::new();
    for document in documents::unchecked(work.tx, after)? {
        let discipline = documents::discipline(work.tx, document.discipline)?.ok_or(Failure::NotFound)?;
        waiting.push(UncheckedProgramme { document, discipline });
    }
    Ok(waiting)
}
