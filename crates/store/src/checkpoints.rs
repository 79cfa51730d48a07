//! Checkpoints of the history. The history consists of hash chains, in which each entry contains
//! the hash of the previous entry. A checkpoint is a hash over the last entries of all hash chains
//! that have grown since the previous checkpoint, and it contains the hash of the previous
//! checkpoint.

use crate::documents::digest;
use crate::statement_macro::statements;
use crate::{Result, Tx};
use chrono::{DateTime, Utc};
use domain::digest::Digest;
use domain::history::ChainHead;

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

/// A checkpoint of the history: a hash over the last entries of its hash chains.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Checkpoint {
    /// The number of the checkpoint of the history, counted from 1.
    pub sequence: i64,
    pub at: DateTime<Utc>,
    /// The hash over the last entries of the hash chains that the checkpoint covers.
    pub heads: Digest,
    /// The hash of the previous checkpoint of the history.
    pub previous: Digest,
    /// The hash of the checkpoint itself, calculated from the last entries of the hash chains, the
    /// time and the hash of the previous checkpoint.
    pub hash: Digest,
}

/// Loads the last entry of every hash chain of the history that has grown since the last
/// checkpoint.
pub fn pending(tx: &mut Tx<'_>) -> Result<Vec<ChainHead>> {
    tx.rows(PENDING, &[], head)
}

/// Loads the last entry of every hash chain of the history. There is one chain for each subject
/// (thing or person on which acts were performed), for example for each choice.
pub fn heads(tx: &mut Tx<'_>) -> Result<Vec<ChainHead>> {
    tx.rows(HEADS, &[], head)
}

/// Loads the newest checkpoint of the history; `None` if there is no checkpoint yet.
pub fn last(tx: &mut Tx<'_>) -> Result<Option<Checkpoint>> {
    tx.row(LAST, &[], checkpoint)
}

/// Loads all checkpoints of the history, oldest first.
pub fn all(tx: &mut Tx<'_>) -> Result<Vec<Checkpoint>> {
    tx.rows(ALL, &[], checkpoint)
}

/// Loads the last entries of the hash chains that the checkpoint with this number covers.
pub fn heads_of(tx: &mut Tx<'_>, checkpoint: i64) -> Result<Vec<ChainHead>> {
    tx.rows(HEADS_OF, &[&checkpoint], head)
}

/// Adds a checkpoint of the history, with the last entries of the hash chains that it covers.
pub fn add(tx: &mut Tx<'_>, checkpoint: &Checkpoint, heads: &[ChainHead]) -> Result<()> {
    let (over, previous, hash) =
        (checkpoint.heads.0.as_slice(), checkpoint.previous.0.as_slice(), checkpoint.hash.0.as_slice());
    tx.change_one(ADD, &[&checkpoint.sequence, &checkpoint.at, &over, &previous, &hash])?;
    for head in heads {
        tx.change_one(ADD_HEAD, &[&checkpoint.sequence, &head.subject, &head.sequence, &head.hash.0.as_slice()])?;
        tx.change(SETTLE, &[&head.subject, &head.sequence])?;
    }
    Ok(())
}

fn head(row: &crate::tx::Row<'_>) -> Result<ChainHead> {
    Ok(ChainHead { subject: row.next()?, sequence: row.next()?, hash: digest(row)? })
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
