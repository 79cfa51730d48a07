//! The threads of a database engine. Closing the engine waits for them, but not for ever: a thread can
//! hang because the database does.

use crate::{Error, Result};
use crossbeam_channel::{Receiver, Sender, bounded};
use std::thread::Builder;
use std::time::{Duration, Instant};

/// The longest time that closing an engine waits for its threads.
const CLOSING: Duration = Duration::from_secs(2);

/// A group of threads that end when their engine closes.
pub(crate) struct Threads {
    /// Each thread owns a clone of the sender, so that the channel is closed once all have ended.
    running: Option<Sender<()>>,
    ended: Receiver<()>,
}

impl Threads {
    pub(crate) fn new() -> Self {
        let (running, ended) = bounded(0);
        Self { running: Some(running), ended }
    }

    /// Starts a thread of the group.
    ///
    /// # Errors
    /// [`Error::Unavailable`] if the operating system has no room for another thread.
    pub(crate) fn spawn(&self, name: &str, work: impl FnOnce() + Send + 'static) -> Result<()> {
        let running = self.running.clone();
        let thread = Builder::new().name(name.to_owned()).spawn(move || {
            work();
            drop(running);
        });
        thread.map(drop).map_err(|error| Error::Unavailable(error.to_string()))
    }

    /// Waits until all threads of the group have ended, at most a few seconds. The caller must have
    /// told them to end before.
    pub(crate) fn wait(&mut self) {
        self.running = None;
        let until = Instant::now() + CLOSING;
        // The channel carries no messages: receiving ends when its last sender is dropped.
        if self.ended.recv_deadline(until) == Err(crossbeam_channel::RecvTimeoutError::Timeout) {
            tracing::error!("the database did not answer in time; the program ends without waiting for it");
        }
    }
}
