//! A database job: a function on its way to the thread that owns the connection, and its result on the way back.

use crate::{Error, Result, Tx};
use std::panic::{AssertUnwindSafe, catch_unwind};
use tokio::sync::oneshot;

/// A job that the database engine runs, possibly more than once, and answers once the changes are durable.
pub(crate) trait Job: Send {
    /// Runs the database job; `true` if its changes are to be committed.
    fn run(&mut self, tx: &mut Tx<'_>) -> bool;
    /// Sends the result of the database job; an `Err` in `kept` replaces the result.
    fn answer(self: Box<Self>, kept: Result<()>);
}

pub(crate) struct PackedJob<T, E, F> {
    work: F,
    answer: Option<Result<T, E>>,
    reply: oneshot::Sender<Result<T, E>>,
}

/// A job for the database engine, and the receiver of its result.
pub(crate) struct QueuedWork<T, E> {
    pub(crate) job: Box<dyn Job>,
    pub(crate) answer: oneshot::Receiver<Result<T, E>>,
}

/// Packs a function as a job for the database engine; the receiver gets the result of the function.
pub(crate) fn pack<T, E, F>(work: F) -> QueuedWork<T, E>
where
    T: Send + 'static,
    E: From<Error> + Send + 'static,
    F: FnMut(&mut Tx<'_>) -> Result<T, E> + Send + 'static,
{
    let (reply, answer) = oneshot::channel();
    QueuedWork { job: Box::new(PackedJob { work, answer: None, reply }), answer }
}

impl<T, E, F> Job for PackedJob<T, E, F>
where
    T: Send,
    E: From<Error> + Send,
    F: FnMut(&mut Tx<'_>) -> Result<T, E> + Send,
{
    fn run(&mut self, tx: &mut Tx<'_>) -> bool {
        let work = &mut self.work;
        let answer = catch_unwind(AssertUnwindSafe(|| work(tx)))
            .unwrap_or_else(|_| Err(E::from(Error::Broken("the work panicked".to_owned()))));
        let wants_keeping = answer.is_ok();
        self.answer = Some(answer);
        wants_keeping
    }

    fn answer(self: Box<Self>, kept: Result<()>) {
        let answer = match (kept, self.answer) {
            (Err(lost), _) => Err(E::from(lost)),
            (Ok(()), Some(answer)) => answer,
            (Ok(()), None) => Err(E::from(Error::Broken("the work was never run".to_owned()))),
        };
        // The receiver of the result is gone if the request was dropped; committed changes remain.
        drop(self.reply.send(answer));
    }
}
