//! The two threads that hash passwords. A hash takes 19 MiB of memory: threads of their own use the
//! same memory again for each hash, and no more than two hashes run at a time.

use crate::failure::Failure;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex, PoisonError};
use tokio::sync::oneshot;

const THREADS: usize = 2;

type Job = Box<dyn FnOnce() + Send>;

/// The queue of the threads that hash passwords. The threads end when the last clone of the queue is
/// dropped.
#[derive(Clone)]
pub(crate) struct HashingThreads {
    queue: Sender<Job>,
}

impl HashingThreads {
    /// Starts the threads.
    ///
    /// # Errors
    /// [`Failure::Unavailable`] if the operating system starts no more threads.
    pub(crate) fn start() -> Result<Self, Failure> {
        let (queue, jobs) = channel();
        let jobs = Arc::new(Mutex::new(jobs));
        for _ in 0..THREADS {
            let jobs = Arc::clone(&jobs);
            let thread = std::thread::Builder::new().name("password-hash".to_owned());
            let started = thread.spawn(move || work(&jobs));
            started.map_err(|error| Failure::Unavailable(error.to_string()))?;
        }
        Ok(Self { queue })
    }

    /// Runs a function on one of the threads, after the functions that were queued before.
    pub(crate) async fn run<T: Send + 'static>(&self, work: impl FnOnce() -> T + Send + 'static) -> Result<T, Failure> {
        let (reply, answer) = oneshot::channel();
        // The request that waits for the result may have been dropped. Then there is nothing to do.
        let job: Job = Box::new(move || {
            if !reply.is_closed() {
                drop(reply.send(work()));
            }
        });
        self.queue.send(job).map_err(|error| Failure::Broken(error.to_string()))?;
        answer.await.map_err(|error| Failure::Broken(error.to_string()))
    }
}

fn work(jobs: &Mutex<Receiver<Job>>) {
    loop {
        let next = jobs.lock().unwrap_or_else(PoisonError::into_inner).recv();
        let Ok(job) = next else { return };
        drop(catch_unwind(AssertUnwindSafe(job)));
    }
}
