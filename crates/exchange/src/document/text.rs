//! Extracts the text of a programme document, limited in size and time for any content of the file.
//!
//! Each document is read on a thread of its own with a deadline. A library that panics or never returns blocks only
//! that thread; the sizes in a file are limited before the file is read (`pdf`, `word`), so that memory use is limited
//! too.

mod pdf;
mod text_builder;
mod word;

pub use text_builder::MOST_CHARACTERS;

use domain::programme::Media;
use std::panic::catch_unwind;
use std::sync::{Condvar, Mutex, PoisonError, mpsc};
use std::thread;
use std::time::Duration;

/// The time limit for extracting the text of one document. A long document takes well under a second.
const DEADLINE: Duration = Duration::from_secs(10);

/// The number of documents whose text is extracted at once; abandoned threads count until they end.
const MOST_AT_ONCE: usize = 4;

/// The stack size of a thread that extracts text: nested structures of a PDF are read by recursion, at most a hundred
/// levels deep.
const STACK: usize = 16 * 1024 * 1024;

static RUNNING: Mutex<usize> = Mutex::new(0);
static FINISHED: Condvar = Condvar::new();

/// The reasons for which no text could be extracted from a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum TextError {
    /// Error of extracting text: the document cannot be read, and trying again will not help.
    #[error("the text cannot be read")]
    Unreadable,
    /// Error of extracting text: too many documents are being read; trying again later may succeed.
    #[error("too many documents are being read")]
    Busy,
}

/// Extracts the text of a document, at most [`MOST_CHARACTERS`] characters. Blocks for at most ten seconds.
///
/// # Errors
/// [`TextError`] if the text cannot be read, or too many documents are being read.
pub fn text(bytes: Vec<u8>, media: Media) -> Result<String, TextError> {
    within(DEADLINE, move || match media {
        Media::Pdf => pdf::text(&bytes),
        Media::Docx => word::text(&bytes),
    })
}

/// A permit for one thread that extracts text, held until the thread ends, even if it panics.
struct Permit;

impl Permit {
    /// Waits for a free permit to extract text, at most for `timeout`; `None` if all permits are still in use.
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

/// Runs a function that extracts text on a thread of its own and abandons the thread at the deadline.
fn within(
    deadline: Duration,
    work: impl FnOnce() -> Option<String> + Send + std::panic::UnwindSafe + 'static,
) -> Result<String, TextError> {
    let permit = Permit::take(deadline / 10).ok_or(TextError::Busy)?;
    let (sender, receiver) = mpsc::sync_channel(1);
    let job = move || {
        let _permit = permit;
        let read = catch_unwind(work).ok().flatten();
        // The receiver of the text is gone once the deadline has passed.
        drop(sender.try_send(read));
    };
    let started = thread::Builder::new().name("reading-text".to_owned()).stack_size(STACK).spawn(job);
    started.map_err(|_| TextError::Busy)?;
    receiver.recv_timeout(deadline).ok().flatten().ok_or(TextError::Unreadable)
}

#[cfg(test)]
mod tests;
