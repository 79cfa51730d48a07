//! Small write transactions of another process, which show how long an import keeps others from
//! writing.

use anyhow::{Result, anyhow};
use app::app::App;
use chrono::TimeDelta;
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::thread;
use std::time::{Duration, Instant};
use store::leases;

/// The pause between two writes.
const PAUSE: Duration = Duration::from_millis(20);

/// Runs a task and writes to the database meanwhile. Returns the result of the task, and the longest
/// time in seconds that a write took. A write that gave up counts with the time until it did.
pub(super) fn longest_wait<T>(app: &App, task: impl FnOnce() -> Result<T>) -> Result<(T, f64)> {
    let (task_runs, ended) = channel::<()>();
    thread::scope(|scope| {
        let writer = scope.spawn(move || {
            let mut longest = Duration::ZERO;
            while ended.recv_timeout(PAUSE) == Err(RecvTimeoutError::Timeout) {
                longest = longest.max(wait(app));
            }
            longest
        });
        let done = task();
        drop(task_runs);
        let longest = writer.join().map_err(|_| anyhow!("the writing thread has panicked"))?;
        Ok((done?, longest.as_secs_f64()))
    })
}

fn wait(app: &App) -> Duration {
    let began = Instant::now();
    let write = app.write_now(|work| {
        let until = work.now + TimeDelta::seconds(1);
        Ok(leases::take(work.tx, "bench", "bench", work.now, until)?)
    });
    if let Err(error) = write {
        tracing::warn!("a write during the import was refused: {error}");
    }
    began.elapsed()
}
