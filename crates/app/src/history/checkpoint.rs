//! Checkpoints of the history. A checkpoint hashes the last entries of all hash chains that have
//! grown since the previous checkpoint, together with the hash of the previous checkpoint.

use crate::access::session::tidy;
use crate::app::App;
use crate::failure::Failure;
use crate::unit_of_work::UnitOfWork;
use chrono::TimeDelta;
use domain::history::{BEGINNING, checkpoint_hash, heads_hash};
use domain::limits::HISTORY_CHECKPOINT_MINUTES;
use domain::term::day_of;
use store::checkpoints;
use store::checkpoints::Checkpoint;
use store::leases;

/// Deletes outdated records of signing in, and creates a checkpoint if the history has grown. The
/// server runs this at regular intervals.
pub async fn maintain(app: &App, holder: String) -> Result<(), Failure> {
    app.write(move |work| tidy(work).and_then(|()| checkpoint(work, &holder)).map(drop)).await
}

/// Creates a checkpoint if the history has grown since the previous checkpoint. Only one server
/// process at a time does so: the one that holds the lease, a lock with an expiry time. Returns
/// whether a checkpoint was created.
pub fn checkpoint(work: &mut UnitOfWork<'_, '_>, holder: &str) -> Result<bool, Failure> {
    let until = work.now + TimeDelta::minutes(HISTORY_CHECKPOINT_MINUTES * 2);
    if !leases::take(work.tx, "checkpoint", holder, work.now, until)? {
        return Ok(false);
    }
    let moved = checkpoints::pending(work.tx)?;
    if moved.is_empty() {
        return Ok(false);
    }
    let last = checkpoints::last(work.tx)?;
    let (sequence, previous) = last.as_ref().map_or((1, BEGINNING), |last| (last.sequence + 1, last.hash));
    let heads = heads_hash(&moved);
    let hash = checkpoint_hash(heads, work.now, previous);
    checkpoints::add(work.tx, &Checkpoint { sequence, at: work.now, heads, previous, hash }, &moved)?;
    let last_day = last.map(|last| day_of(last.at, work.zone));
    if last_day != Some(work.today()) {
        tracing::info!(sequence, %hash, "checkpoint of the history, to be kept outside the database");
    }
    Ok(true)
}
