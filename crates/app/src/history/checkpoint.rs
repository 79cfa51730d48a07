//! A checkpoint: what the history says now, hashed together and chained to the checkpoint before.

use crate::app::UnitOfWork;
use crate::failure::Failure;
use chrono::TimeDelta;
use domain::history::{BEGINNING, checkpoint_hash, heads_hash};
use store::checkpoints;
use store::checkpoints::Checkpoint;
use store::leases;

/// How often one is made.
pub const MINUTES: i64 = 10;

/// Makes a checkpoint if anything happened since the last one and this node holds the lease; says whether it did.
pub fn checkpoint(desk: &mut UnitOfWork<'_, '_>, holder: &str) -> Result<bool, Failure> {
    let until = desk.now + TimeDelta::minutes(MINUTES * 2);
    if !leases::take(desk.tx, "checkpoint", holder, desk.now, until)? {
        return Ok(false);
    }
    let moved = checkpoints::pending(desk.tx)?;
    if moved.is_empty() {
        return Ok(false);
    }
    let last = checkpoints::last(desk.tx)?;
    let (sequence, previous) = last.map_or((1, BEGINNING), |last| (last.sequence + 1, last.hash));
    let heads = heads_hash(moved.iter().map(|(subject, sequence, hash)| (subject.as_str(), *sequence, *hash)));
    let hash = checkpoint_hash(heads, desk.now, previous);
    checkpoints::add(desk.tx, &Checkpoint { sequence, at: desk.now, heads, previous, hash }, &moved)?;
    Ok(true)
}
