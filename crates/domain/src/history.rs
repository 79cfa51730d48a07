//! The history: append-only lines in one hash chain per subject, and checkpoints over all subjects,
//! which form a chain too.

use crate::digest::Digest;
use crate::id::PersonId;
use crate::person::Role;
use chrono::{DateTime, Utc};

mod act;
mod subject;

pub use act::{Act, AppointmentPeriod, ImportCount, ORDER_ISSUED, SentVersion};
pub use subject::{Subject, UnknownSubject};

/// One line of the history.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HistoryLine {
    /// The subject of the line: a [`Subject`] in its stored form.
    pub subject: String,
    /// The number of the line, counted from 1 per subject.
    pub sequence: i64,
    /// The time of the act, in whole milliseconds.
    pub at: DateTime<Utc>,
    /// The acting person; `None` for the program itself.
    pub actor: Option<PersonId>,
    /// The role in which the person acted.
    pub role: Option<Role>,
    /// The [`Act::code`], which is also the second half of the translation key `act-…`.
    pub act: String,
    /// The payload of the act as canonical JSON, such as versions and a reason.
    pub payload: String,
    /// The hash of the previous line; zeros for the first line.
    pub previous: Digest,
    /// The hash of this line, over all its other fields.
    pub hash: Digest,
}

/// The hash that the first line of a subject has as its predecessor.
pub const BEGINNING: Digest = Digest([0; 32]);

impl HistoryLine {
    /// Computes the hash that this line must have.
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

    /// Returns the line with its hash computed.
    #[must_use]
    pub fn sealed(mut self) -> Self {
        self.hash = self.expected_hash();
        self
    }
}

/// The place at which a history chain is broken.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{subject}, line {sequence}: {flaw}")]
pub struct BrokenLine {
    pub subject: String,
    pub sequence: i64,
    pub flaw: Flaw,
}

/// The kinds of fault of a history line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Flaw {
    /// A line is missing before this one.
    #[error("a line is missing before it")]
    Gap,
    /// The line does not contain the hash of the previous line.
    #[error("it does not continue the line before")]
    Unlinked,
    /// The content of the line does not match its hash.
    #[error("its content was changed")]
    Altered,
}

/// Verifies one subject's chain of lines, given in order, and returns the hash of its last line.
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

/// Checks one line against the previous line of its chain.
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

/// The last line of one subject's chain.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChainHead {
    /// The subject of the chain.
    pub subject: String,
    /// The number of its last line.
    pub sequence: i64,
    /// The hash of its last line.
    pub hash: Digest,
}

/// The hash of the heads of all chains, given sorted by subject: subject, last sequence, last hash.
pub fn heads_hash(heads: &[ChainHead]) -> Digest {
    let mut parts: Vec<Vec<u8>> = Vec::new();
    for head in heads {
        parts.extend([head.subject.as_bytes().to_vec(), head.sequence.to_be_bytes().to_vec(), head.hash.0.to_vec()]);
    }
    Digest::of_parts(parts.iter().map(Vec::as_slice))
}

/// The hash of a checkpoint: the heads, the time and the previous checkpoint.
pub fn checkpoint_hash(heads: Digest, at: DateTime<Utc>, previous: Digest) -> Digest {
    Digest::of_parts([heads.0.as_slice(), at.timestamp_millis().to_be_bytes().as_slice(), previous.0.as_slice()])
}
