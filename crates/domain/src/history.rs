//! The history: a record of acts to which entries are only ever appended. The subject of an entry
//! is the thing or person on which the act was performed, for example one choice. All entries about
//! one subject form a hash chain, in which each entry contains the hash of the previous entry.
//! Checkpoints, which are hashes over the last entries of these chains, form a separate hash chain.

use crate::digest::Digest;
use crate::id::PersonId;
use crate::person::Role;
use chrono::{DateTime, Utc};

mod act;
mod subject;

pub use act::{Act, AppointmentPeriod, ImportCount, ORDER_ISSUED, SentVersion};
pub use subject::{Subject, UnknownSubject};

/// An entry of the history, which records one act on one subject (thing or person), for example on
/// a choice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HistoryLine {
    /// The subject of the history entry: the thing or person on which the recorded act was
    /// performed, for example a choice. Stored as the text of a [`Subject`].
    pub subject: String,
    /// The number of the history entry among all entries about the same subject (for example about
    /// the same choice), counted from 1.
    pub sequence: i64,
    /// The time of the recorded act, in whole milliseconds.
    pub at: DateTime<Utc>,
    /// The person who performed the recorded act; `None` for the application itself and its command
    /// line.
    pub actor: Option<PersonId>,
    /// The role in which the person performed the recorded act; `None` if no person acted.
    pub role: Option<Role>,
    /// The code of the recorded act ([`Act::code`]). The code also completes the translation key
    /// `act-…`.
    pub act: String,
    /// The details of the recorded act as canonical JSON, such as version numbers and a reason.
    pub payload: String,
    /// The hash of the previous history entry about the same subject (for example about the same
    /// choice); all zeros in the first entry about a subject.
    pub previous: Digest,
    /// The hash of the history entry, computed over all other fields of the entry.
    pub hash: Digest,
}

/// The value that the first history entry about each subject (for example about each choice) has in
/// place of the hash of a previous entry: all zeros.
pub const BEGINNING: Digest = Digest([0; 32]);

impl HistoryLine {
    /// Computes the hash that a history entry must have, from all other fields of the entry.
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

    /// Computes the hash of the history entry, and returns the entry with this hash in it.
    #[must_use]
    pub fn sealed(mut self) -> Self {
        self.hash = self.expected_hash();
        self
    }
}

/// The error for a broken hash chain of the history. It names the first wrong entry of the chain
/// and the type of damage.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{subject}, line {sequence}: {flaw}")]
pub struct BrokenLine {
    pub subject: String,
    pub sequence: i64,
    pub flaw: Flaw,
}

/// A type of damage that a check finds in an entry of the history.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Flaw {
    /// Damage of the history: an entry is missing before the checked entry.
    #[error("a line is missing before it")]
    Gap,
    /// Damage of the history: the checked entry does not contain the hash of the previous entry
    /// about the same subject (for example about the same choice).
    #[error("it does not continue the line before")]
    Unlinked,
    /// Damage of the history: the content of the checked entry does not match the hash of that
    /// entry.
    #[error("its content was changed")]
    Altered,
}

/// Verifies one hash chain of the history, which consists of all entries about one subject (for
/// example about one choice). The entries must be given in sequence. Returns the hash of the last
/// entry; `None` if there are no entries.
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

/// Checks the number and the hashes of one history entry against the previous entry of the same
/// hash chain.
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

/// The last entry of one hash chain of the history: the subject (thing or person) of the chain, and
/// the number and the hash of the entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChainHead {
    /// The subject of a hash chain of the history: the thing or person that all entries of the
    /// chain are about, for example a choice. Written in its stored form.
    pub subject: String,
    /// The number of the last entry in a hash chain of the history.
    pub sequence: i64,
    /// The hash of the last entry in a hash chain of the history.
    pub hash: Digest,
}

/// Computes one hash over the last entries of several hash chains of the history: over the subject
/// of each chain (the thing or person that its entries are about), and the number and hash of the
/// chain's last entry. The chains must be sorted by subject.
pub fn heads_hash(heads: &[ChainHead]) -> Digest {
    let mut parts: Vec<Vec<u8>> = Vec::new();
    for head in heads {
        parts.extend([head.subject.as_bytes().to_vec(), head.sequence.to_be_bytes().to_vec(), head.hash.0.to_vec()]);
    }
    Digest::of_parts(parts.iter().map(Vec::as_slice))
}

/// Computes the hash of a checkpoint of the history from the hash over the last entries of the
/// chains (`heads`), the time of the checkpoint, and the hash of the previous checkpoint.
pub fn checkpoint_hash(heads: Digest, at: DateTime<Utc>, previous: Digest) -> Digest {
    Digest::of_parts([heads.0.as_slice(), at.timestamp_millis().to_be_bytes().as_slice(), previous.0.as_slice()])
}
