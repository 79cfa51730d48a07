//! Checkpoints: the heads of all chains that moved since the last one, hashed together and chained in turn.

use crate::documents::digest;
use crate::statements::statements;
use crate::{Result, Tx};
use chrono::{DateTime, Utc};
use domain::digest::Digest;

statements! {
    PENDING = "SELECT subject, sequence, hash FROM chain_heads WHERE is_pending ORDER BY subject";
    HEADS = "SELECT subject, sequence, hash FROM chain_heads ORDER BY subject";
    SETTLE = "UPDATE chain_heads SET is_pending = FALSE WHERE subject = $1 AND sequence = $2";
    LAST = "SELECT sequence, at, heads, previous, hash FROM checkpoints ORDER BY sequence DESC LIMIT 1";
    ALL = "SELECT sequence, at, heads, previous, hash FROM checkpoints ORDER BY sequence";
    ADD = "INSERT INTO checkpoints (sequence, at, heads, previous, hash) VALUES ($1, $2, $3, $4, $5)";
    ADD_HEAD = "INSERT INTO checkpoint_heads (checkpoint, subject, sequence, hash) VALUES ($1, $2, $3, $4)";
    HEADS_OF = "SELECT subject, sequence, hash FROM checkpoint_heads WHERE checkpoint = $1 ORDER BY subject";
}

/// A subject, its last line's number and hash.
pub type ChainHead = (String, i64, Digest);

/// A checkpoint.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Checkpoint {
    /// Counted from 1.
    pub sequence: i64,
    /// When.
    pub at: DateTime<Utc>,
    /// The hash over its heads.
    pub heads: Digest,
    /// The checkpoint before.
    pub previous: Digest,
    /// Its own hash.
    pub hash: Digest,
}

/// The heads that no checkpoint has taken up yet.
pub fn pending(tx: &mut Tx<'_>) -> Result<Vec<ChainHead>> {
    tx.rows(PENDING, &[], head)
}

/// The heads of all chains.
pub fn heads(tx: &mut Tx<'_>) -> Result<Vec<ChainHead>> {
    tx.rows(HEADS, &[], head)
}

/// The newest checkpoint.
pub fn last(tx: &mut Tx<'_>) -> Result<Option<Checkpoint>> {
    tx.row(LAST, &[], checkpoint)
}

/// All checkpoints, oldest first.
pub fn all(tx: &mut Tx<'_>) -> Result<Vec<Checkpoint>> {
    tx.rows(ALL, &[], checkpoint)
}

/// The heads that a checkpoint took up.
pub fn heads_of(tx: &mut Tx<'_>, checkpoint: i64) -> Result<Vec<ChainHead>> {
    tx.rows(HEADS_OF, &[&checkpoint], head)
}

/// Adds a checkpoint over these heads.
pub fn add(tx: &mut Tx<'_>, what: &Checkpoint, heads: &[ChainHead]) -> Result<()> {
    let (over, previous, hash) = (what.heads.0.as_slice(), what.previous.0.as_slice(), what.hash.0.as_slice());
    tx.change_one(ADD, &[&what.sequence, &what.at, &over, &previous, &hash])?;
    for (subject, sequence, hash) in heads {
        tx.change_one(ADD_HEAD, &[&what.sequence, subject, sequence, &hash.0.as_slice()])?;
        tx.change(SETTLE, &[subject, sequence])?;
    }
    Ok(())
}

fn head(row: &crate::tx::Row<'_>) -> Result<ChainHead> {
    Ok((row.next()?, row.next()?, digest(row)?))
}

fn checkpoint(row: &crate::tx::Row<'_>) -> Result<Checkpoint> {
    Ok(Checkpoint {
        sequence: row.next()?,
        at: row.next()?,
        heads: digest(row)?,
        previous: digest(row)?,
        hash: digest(row)?,
    })
}
