//! The text of a document, as far as it can be read: bounded in size and time, whatever the file holds.
//!
//! Reading happens on a thread of its own with a deadline. A library that panics or never returns costs that thread and
//! nothing else; what it reads is bounded before (`pdf`, `word`), so that it does not cost memory either.

mod pdf;
mod text_builder;
mod word;

pub use text_builder::MOST_CHARACTERS;

use domain::programme::Media;
use std::panic::catch_unwind;
use std::sync::{Condvar, Mutex, PoisonError, mpsc};
use std::thread;
use std::time::Duration;

/// How long one document may take. A long one takes well under a second.
const DEADLINE: Duration = Duration::from_secs(10);

/// So many documents are read at once; threads that were given up count as long as they run.
const MOST_AT_ONCE: usize = 4;

/// Nested structures of a PDF are read by recursion, at most a hundred deep.
const STACK: usize = 16 * 1024 * 1024;

static RUNNING: Mutex<usize> = Mutex::new(0);
static FINISHED: Condvar = Condvar::new();

/// Why there is no text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum TextError {
    /// The file cannot be read, now or later.
    #[error("the text cannot be read")]
    Unreadable,
    /// Too many documents are being read; later it may succeed.
    #[error("too many documents are being read")]
    Busy,
}

/// The text of a document, at most [`MOST_CHARACTERS`] of it. Blocks, at most for ten seconds.
///
/// # Errors
/// [`TextError`].
pub fn text(bytes: Vec<u8>, media: Media) -> Result<String, TextError> {
    within(DEADLINE, move || match media {
        Media::Pdf => pdf::text(&bytes),
        Media::Docx => word::text(&bytes),
    })
}

/// Counts a thread for as long as it runs, even when it panics.
struct Permit;

impl Permit {
    /// Waits for a free slot, at most for `timeout`; `None` when all slots are still in use.
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

/// Runs the work on a thread of its own; gives it up at the deadline.
fn within(
    deadline: Duration,
    work: impl FnOnce() -> Option<String> + Send + std::panic::UnwindSafe + 'static,
) -> Result<String, TextError> {
    let permit = Permit::take(deadline / 10).ok_or(TextError::Busy)?;
    let (sender, receiver) = mpsc::sync_channel(1);
    let job = move || {
        let _permit = permit;
        let read = catch_unwind(work).ok().flatten();
        // Nobody listens any more when the deadline has passed.
        drop(sender.try_send(read));
    };
    let started = thread::Builder::new().name("reading-text".to_owned()).stack_size(STACK).spawn(job);
    started.map_err(|_| TextError::Busy)?;
    receiver.recv_timeout(deadline).ok().flatten().ok_or(TextError::Unreadable)
}

#[cfg(test)]
mod tests;
