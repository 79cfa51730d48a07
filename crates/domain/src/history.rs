//! The history: append-only lines, chained by hash per subject; checkpoints over all subjects, chained in turn.

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
    /// A [`Subject`] in its stored form.
    pub subject: String,
    /// Counted from 1 per subject.
    pub sequence: i64,
    /// When; whole milliseconds.
    pub at: DateTime<Utc>,
    /// The acting person; `None` for the program itself.
    pub actor: Option<PersonId>,
    /// In which role.
    pub role: Option<Role>,
    /// [`Act::code`]; also the second half of the translation key `act-…`.
    pub act: String,
    /// Canonical JSON: versions, reason.
    pub payload: String,
    /// The hash of the line before; zeros for the first.
    pub previous: Digest,
    /// The hash of this line.
    pub hash: Digest,
}

/// The hash that stands before the first line of a subject.
pub const BEGINNING: Digest = Digest([0; 32]);

impl HistoryLine {
    /// The hash that this line must have.
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

    /// The line with its hash.
    #[must_use]
    pub fn sealed(mut self) -> Self {
        self.hash = self.expected_hash();
        self
    }
}

/// Where a chain breaks.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{subject}, line {sequence}: {flaw}")]
pub struct BrokenLine {
    pub subject: String,
    pub sequence: i64,
    pub flaw: Flaw,
}

/// A fault of a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Flaw {
    /// A line is missing before this one.
    #[error("a line is missing before it")]
    Gap,
    /// It does not continue the line before.
    #[error("it does not continue the line before")]
    Unlinked,
    /// Its content is not what was hashed.
    #[error("its content was changed")]
    Altered,
}

/// Walks one subject's chain, given in order; answers with its head.
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

/// Checks one line against the one before it in its chain.
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

/// The hash over the heads of all chains, given sorted by subject.
pub fn heads_hash(heads: &[ChainHead]) -> Digest {
    let mut parts: Vec<Vec<u8>> = Vec::new();
    for head in heads {
        parts.extend([head.subject.as_bytes().to_vec(), head.sequence.to_be_bytes().to_vec(), head.hash.0.to_vec()]);
    }
    Digest::of_parts(parts.iter().map(Vec::as_slice))
}

/// The hash of a checkpoint: the heads, the time and the checkpoint before.
pub fn checkpoint_hash(heads: Digest, at: DateTime<Utc>, previous: Digest) -> Digest {
    Digest::of_parts([heads.0.as_slice(), at.timestamp_millis().to_be_bytes().as_slice(), previous.0.as_slice()])
}
