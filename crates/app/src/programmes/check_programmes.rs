//! Looking at the text of programmes: of each as it comes in, and in the background of those that came before the rules.

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

/// Checks the text of a stored document; `None` if the background job has to do it. A text that cannot be read counts as
/// missing, so that the upload goes on. Blocks.
pub fn check_text(vault: &Vault, sha256: &[u8; 32], media: Media, discipline: &Discipline) -> Option<CheckResult> {
    match read(vault, sha256, media) {
        Ok(text) => Some(check(&text, discipline)),
        Err(TextError::Unreadable) => Some(CheckResult::default()),
        Err(TextError::Busy) => None,
    }
}

/// The beginning of a document's text, so many characters of it; empty when there is none to show. Blocks.
pub fn beginning(vault: &Vault, document: &Document, most: usize) -> String {
    let text = read(vault, &document.sha256.0, document.media).unwrap_or_default();
    text.chars().take(most).collect()
}

fn read(vault: &Vault, sha256: &[u8; 32], media: Media) -> Result<String, TextError> {
    // Bytes that are missing for a moment (a backup is being restored) are read later.
    let bytes = fs::read(vault.path(sha256)).map_err(|_| TextError::Busy)?;
    text(bytes, media)
}

/// Looks at all documents at which nobody has looked by the present rules; says at how many. Blocks.
///
/// One whose bytes are not there is left for another time.
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

/// A programme whose text the present rules have not checked.
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
