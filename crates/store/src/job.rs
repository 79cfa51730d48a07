//! A database job: a function that is sent to the thread that owns a database connection, together
//! with a channel through which the result is sent back to the caller.

use crate::{Error, Result, Tx};
use std::any::TypeId;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::atomic::{AtomicU8, Ordering};
use tokio::sync::oneshot;

/// A function that the database engine runs, possibly more than once. The engine answers the caller
/// after the changes are durable.
pub(crate) trait Job: Send {
    /// Marks the job as begun. Returns `false` if its caller has stopped waiting for it; such a job must
    /// not run. A job that has begun can be marked again.
    fn begin(&self) -> bool;
    /// Runs the function of the database job. Returns `true` if the changes that the function made
    /// are to be committed.
    fn run(&mut self, tx: &mut Tx<'_>) -> bool;
    /// The kind of the database job: the type of its function, which is the same for all requests that
    /// run the same use case.
    fn kind(&self) -> TypeId;
    /// Sends the result of the database job to the caller. If the parameter `kept` is an `Err`, the
    /// commit has failed and the caller gets this error instead of the result.
    fn answer(self: Box<Self>, kept: Result<()>);
}

pub(crate) struct PackedJob<T, E, F> {
    work: F,
    answer: Option<Result<T, E>>,
    reply: oneshot::Sender<Result<T, E>>,
    progress: Arc<Progress>,
}

/// Whether a job has begun, or its caller has stopped waiting before. One of the two happens first.
#[derive(Debug, Default)]
pub(crate) struct Progress {
    state: AtomicU8,
}

const WAITING: u8 = 0;
const BEGUN: u8 = 1;
const CANCELLED: u8 = 2;

impl Progress {
    fn begin(&self) -> bool {
        self.state.compare_exchange(WAITING, BEGUN, Ordering::AcqRel, Ordering::Acquire) != Err(CANCELLED)
    }

    /// Prevents the job from beginning. Returns `false` if it has begun already.
    pub(crate) fn cancel(&self) -> bool {
        self.state.compare_exchange(WAITING, CANCELLED, Ordering::AcqRel, Ordering::Acquire) != Err(BEGUN)
    }
}

/// A database job that is ready to be queued, and the receiver of its result.
pub(crate) struct QueuedWork<T, E> {
    pub(crate) job: Box<dyn Job>,
    pub(crate) answer: oneshot::Receiver<Result<T, E>>,
    pub(crate) progress: Arc<Progress>,
}

/// Packs a function as a job for the database engine, with a receiver that gets the result of the
/// function.
pub(crate) fn pack<T, E, F>(work: F) -> QueuedWork<T, E>
where
    T: Send + 'static,
    E: From<Error> + Send + 'static,
    F: FnMut(&mut Tx<'_>) -> Result<T, E> + Send + 'static,
{
    let (reply, answer) = oneshot::channel();
    let progress = Arc::new(Progress::default());
    let job = PackedJob { work, answer: None, reply, progress: Arc::clone(&progress) };
    QueuedWork { job: Box::new(job), answer, progress }
}

impl<T, E, F> Job for PackedJob<T, E, F>
where
    T: Send,
    E: From<Error> + Send,
    F: FnMut(&mut Tx<'_>) -> Result<T, E> + Send + 'static,
{
    fn begin(&self) -> bool {
        self.progress.begin()
    }

    fn run(&mut self, tx: &mut Tx<'_>) -> bool {
        let work = &mut self.work;
        let answer = catch_unwind(AssertUnwindSafe(|| work(tx)))
            .unwrap_or_else(|_| Err(E::from(Error::Broken("the work panicked".to_owned()))));
        let wants_keeping = answer.is_ok();
        self.answer = Some(answer);
        wants_keeping
    }

    fn kind(&self) -> TypeId {
        TypeId::of::<F>()
    }

    fn answer(self: Box<Self>, kept: Result<()>) {
        let answer = match (kept, self.answer) {
            (Err(lost), _) => Err(E::from(lost)),
            (Ok(()), Some(answer)) => answer,
            (Ok(()), None) => Err(E::from(Error::Broken("the work was never run".to_owned()))),
        };
        // Sending the result fails if the request that waits for the result was dropped. The
        // committed changes remain in the database all the same.
        drop(self.reply.send(answer));
    }
}
