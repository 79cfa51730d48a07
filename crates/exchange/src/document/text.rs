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

use domain::programme::Media;
use std::panic::catch_unwind;
use std::sync::{Condvar, Mutex, PoisonError, mpsc};
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

static RUNNING: Mutex<usize> = Mutex::new(0);
static FINISHED: Condvar = Condvar::new();

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

/// A permit for one thread that extracts text. The permit is returned when the thread ends, even if
/// the thread panics.
struct Permit;

impl Permit {
    /// Waits for a free permit to extract text, at most for the duration `timeout`. Returns `None`
    /// if all permits are still in use then.
    fn take(timeout: Duration) -> Option<Self> {
        let running = RUNNING.lock().unwrap_or_else(PoisonError::into_inner);
        let waited = FINISHED.wait_timeout_while(running, timeout, |used| *used >= MOST_AT_ONCE);
        let (mut used, waited) = waited.unwrap_or_else(PoisonError::into_inner);
        if waited.timed_out() {
            return None;
        }
        *used += 1;
        Some(Self)
    }
}

impl Drop for Permit {
    fn drop(&mut self) {
        *RUNNING.lock().unwrap_or_else(PoisonError::into_inner) -= 1;
        FINISHED.notify_one();
    }
}

/// Runs a function that extracts text on a separate thread. If the function takes longer than the
/// deadline, the caller no longer waits for the thread, and the document counts as unreadable.
fn within(
    deadline: Duration,
    work: impl FnOnce() -> Option<String> + Send + std::panic::UnwindSafe + 'static,
) -> Result<String, TextError> {
    let permit = Permit::take(deadline / 10).ok_or(TextError::Busy)?;
    let (sender, receiver) = mpsc::sync_channel(1);
    let job = move || {
        let _permit = permit;
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
