//! The history: entries that are only ever appended. The entries about one subject (for example one choice) form a hash
//! chain; checkpoints over all chains form another hash chain.

use crate::digest::Digest;
use crate::id::PersonId;
use crate::person::Role;
use chrono::{DateTime, Utc};

mod act;
mod subject;

pub use act::{Act, AppointmentPeriod, ImportCount, ORDER_ISSUED, SentVersion};
pub use subject::{Subject, UnknownSubject};

/// An entry of the history: one act on one subject, for example on a choice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HistoryLine {
    /// The [`Subject`] of a history entry in its stored form, for example a choice.
    pub subject: String,
    /// The number of a history entry, counted from 1 for each subject.
    pub sequence: i64,
    /// The time of the recorded act, in whole milliseconds.
    pub at: DateTime<Utc>,
    /// The person who performed the recorded act; `None` for the program itself.
    pub actor: Option<PersonId>,
    /// The role in which the person performed the recorded act.
    pub role: Option<Role>,
    /// The code of the recorded act ([`Act::code`]), which is also the second half of the translation key `act-…`.
    pub act: String,
    /// The details of the recorded act as canonical JSON, such as versions and a reason.
    pub payload: String,
    /// The hash of the previous history entry about the same subject; zeros for the first entry.
    pub previous: Digest,
    /// The hash of a history entry, computed over all its other fields.
    pub hash: Digest,
}

/// The hash that the first history entry of each subject names as its previous hash: all zeros.
pub const BEGINNING: Digest = Digest([0; 32]);

impl HistoryLine {
    /// Computes the hash that a history entry must have according to its other fields.
    pub fn expected_hash(&self) -> Digest {
        let actor = self.actor.map(|actor| actor.to_string()).unwrap_or_default();
        Digest::of_parts([
            self.subject.as_bytes(),
            self.sequence.to_be_bytes().as_slice(),
            self.at.timestamp_millis().to_be_bytes().as_slice(),
            actor.as_bytes(),
            self.role.map_or("", Role::code).as_bytes(),
            self.act.as_bytes(),
            self.payload.as_bytes(),
            self.previous.0.as_slice(),
        ])
    }

    /// Returns the history entry with its hash computed.
    #[must_use]
    pub fn sealed(mut self) -> Self {
        self.hash = self.expected_hash();
        self
    }
}

/// The error for a broken hash chain of the history: the first wrong entry, and the kind of damage.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{subject}, line {sequence}: {flaw}")]
pub struct BrokenLine {
    pub subject: String,
    pub sequence: i64,
    pub flaw: Flaw,
}

/// The kinds of damage of a history entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Flaw {
    /// Damage of the history: an entry is missing before the checked entry.
    #[error("a line is missing before it")]
    Gap,
    /// Damage of the history: the entry does not contain the hash of the previous entry.
    #[error("it does not continue the line before")]
    Unlinked,
    /// Damage of the history: the content of the entry does not match its hash.
    #[error("its content was changed")]
    Altered,
}

/// Verifies the hash chain of one subject of the history, given all entries in order, and returns the hash of the last
/// entry.
pub fn walk<'a>(lines: impl IntoIterator<Item = &'a HistoryLine>) -> Result<Option<Digest>, BrokenLine> {
    let mut before: Option<&HistoryLine> = None;
    for line in lines {
        check(before, line).map_err(|flaw| BrokenLine {
            subject: line.subject.clone(),
            sequence: line.sequence,
            flaw,
        })?;
        before = Some(line);
    }
    Ok(before.map(|line| line.hash))
}

/// Checks one history entry against the previous entry about the same subject.
pub fn check(before: Option<&HistoryLine>, line: &HistoryLine) -> Result<(), Flaw> {
    let (sequence, hash) = before.map_or((0, BEGINNING), |before| (before.sequence, before.hash));
    if line.sequence != sequence + 1 {
        return Err(Flaw::Gap);
    }
    if line.previous != hash {
        return Err(Flaw::Unlinked);
    }
    if line.hash == line.expected_hash() { Ok(()) } else { Err(Flaw::Altered) }
}

/// The last history entry of one subject's hash chain.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChainHead {
    /// The subject of a hash chain of the history, for example a choice.
    pub subject: String,
    /// The number of the last history entry about this subject.
    pub sequence: i64,
    /// The hash of the last history entry about this subject.
    pub hash: Digest,
}

/// The hash over the last entries of all hash chains of the history, given sorted by subject: subject, last sequence
/// number, last hash.
pub fn heads_hash(heads: &[ChainHead]) -> Digest {
    let mut parts: Vec<Vec<u8>> = Vec::new();
    for head in heads {
        parts.extend([head.subject.as_bytes().to_vec(), head.sequence.to_be_bytes().to_vec(), head.hash.0.to_vec()]);
    }
    Digest::of_parts(parts.iter().map(Vec::as_slice))
}

/// The hash of a checkpoint of the history, over the last entries of all chains, the time and the previous checkpoint.
pub fn checkpoint_hash(heads: Digest, at: DateTime<Utc>, previous: Digest) -> Digest {
    Digest::of_parts([heads.0.as_slice(), at.timestamp_millis().to_be_bytes().as_slice(), previous.0.as_slice()])
}
