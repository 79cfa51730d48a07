//! Extracts the text of a programme document (PDF or DOCX). Time and memory are limited, whatever
//! the file contains.
//!
//! The text of each document is extracted on a separate thread with a deadline, so that a library
//! that panics or never returns blocks only that thread. The extraction unpacks only a limited
//! number of bytes (`pdf`, `word`), which limits the memory.

mod pdf;
mod text_builder;
mod word;

pub use text_builder::MOST_CHARACTERS;

use crate::slots::Slots;
use domain::programme::Media;
use std::panic::catch_unwind;
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

/// Maximum time for extracting the text of one document. A long document takes well under a second.
const DEADLINE: Duration = Duration::from_secs(10);

/// Maximum number of documents whose text is extracted at the same time. A thread that has exceeded
/// its deadline is counted until it ends.
const MOST_AT_ONCE: usize = 4;

/// The stack size of a thread that extracts text, in bytes. Nested structures of a PDF are read by
/// recursion, at most a hundred levels deep.
const STACK: usize = 16 * 1024 * 1024;

static READERS: Slots = Slots::new(MOST_AT_ONCE);

/// Reasons for which the text of a document could not be extracted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum TextError {
    /// Error of text extraction: the document cannot be read, and another attempt would fail as
    /// well.
    #[error("the text cannot be read")]
    Unreadable,
    /// Error of text extraction: the server is busy with extracting the text of other documents; a
    /// later attempt can succeed.
    #[error("too many documents are being read")]
    Busy,
}

/// Extracts the text of a document, at most [`MOST_CHARACTERS`] characters. Blocks the calling
/// thread for about ten seconds at most.
///
/// # Errors
/// [`TextError`] if the document cannot be read, or if the text of too many documents is being
/// extracted.
pub fn text(bytes: Vec<u8>, media: Media) -> Result<String, TextError> {
    within(DEADLINE, move || match media {
        Media::Pdf => pdf::text(&bytes),
        Media::Docx => word::text(&bytes),
    })
}

/// Runs a function that extracts text on a separate thread. If the function takes longer than the
/// deadline, the caller no longer waits for the thread, and the document counts as unreadable.
fn within(
    deadline: Duration,
    work: impl FnOnce() -> Option<String> + Send + std::panic::UnwindSafe + 'static,
) -> Result<String, TextError> {
    let slot = READERS.take(deadline / 10).ok_or(TextError::Busy)?;
    let (sender, receiver) = mpsc::sync_channel(1);
    let job = move || {
        let _slot = slot;
        let read = catch_unwind(work).ok().flatten();
        // If the deadline of the caller has passed, the caller no longer waits for the extracted
        // text. Sending the text to the caller then fails, and this failure is ignored.
        drop(sender.try_send(read));
    };
    let started = thread::Builder::new().name("reading-text".to_owned()).stack_size(STACK).spawn(job);
    started.map_err(|_| TextError::Busy)?;
    receiver.recv_timeout(deadline).ok().flatten().ok_or(TextError::Unreadable)
}

#[cfg(test)]
mod tests;
