//! Verifies the history: every entry of every hash chain, the end of every hash chain, and every
//! checkpoint. A hash chain is the sequence of history entries about one record.

use crate::failure::Failure;
use crate::unit_of_work::UnitOfWork;
use domain::digest::Digest;
use domain::history::{BEGINNING, BrokenLine, ChainHead, Flaw, HistoryLine, check, checkpoint_hash, heads_hash};
use std::collections::HashMap;
use store::checkpoints;
use store::checkpoints::Checkpoint;
use store::history;

/// The result of a successful verification of the history: the numbers of verified entries, hash
/// chains and checkpoints.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Verified {
    pub lines: u64,
    pub subjects: u64,
    pub checkpoints: u64,
}

/// The reasons for which the verification of the history fails.
#[derive(Debug, thiserror::Error)]
pub enum NotVerified {
    /// Failed verification: a history entry is altered, or an entry before the end of its hash
    /// chain is missing.
    #[error("the history is broken at {0}")]
    Line(#[from] BrokenLine),
    /// Failed verification: entries are missing at the end of a hash chain, which is the sequence
    /// of history entries about one record.
    #[error("the history of {subject} ends at line {found}; lines up to {known} are missing")]
    CutOff {
        subject: String,
        /// The number of the last history entry that is still present in the hash chain.
        found: i64,
        /// The number of a missing history entry to which a checkpoint, or the record of the hash
        /// chain's end, refers.
        known: i64,
    },
    #[error("checkpoint {0} does not match its hash")]
    Checkpoint(i64),
    /// Verification that failed for a reason other than the content of the history, such as an
    /// unavailable database.
    #[error(transparent)]
    Failed(#[from] Failure),
}

impl From<store::Error> for NotVerified {
    fn from(error: store::Error) -> Self {
        Self::Failed(error.into())
    }
}

/// Verifies the whole history. The inner error describes the first altered or missing entry; the
/// outer error means that the verification could not be completed.
pub fn verify_history(work: &mut UnitOfWork<'_, '_>) -> Result<Result<Verified, NotVerified>, Failure> {
    match walk(work) {
        Err(NotVerified::Failed(failure)) => Err(failure),
        other => Ok(other),
    }
}

/// The hashes that certain history entries must have, because checkpoints or the records of the
/// hash chains' ends refer to these entries.
type ExpectedHashes = HashMap<(String, i64), Digest>;

fn walk(work: &mut UnitOfWork<'_, '_>) -> Result<Verified, NotVerified> {
    let mut verified = Verified::default();
    let mut marks = checkpoint_marks(work, &mut verified)?;
    let heads = checkpoints::heads(work.tx)?;
    for ChainHead { subject, sequence, hash } in heads {
        if marks.insert((subject.clone(), sequence), hash).is_some_and(|known| known != hash) {
            return Err(BrokenLine { subject, sequence, flaw: Flaw::Altered }.into());
        }
    }
    let ends = walk_lines(work, &mut marks, &mut verified)?;
    match marks.into_keys().min() {
        Some((subject, known)) => {
            let found = ends.get(&subject).copied().unwrap_or(0);
            Err(NotVerified::CutOff { subject, found, known })
        }
        None => Ok(verified),
    }
}

/// Verifies all history entries in order. Removes from `marks` each expected hash that an entry
/// matches, so that only the hashes of missing entries remain. Returns the number of the last entry
/// of every hash chain.
fn walk_lines(
    work: &mut UnitOfWork<'_, '_>,
    marks: &mut ExpectedHashes,
    verified: &mut Verified,
) -> Result<HashMap<String, i64>, NotVerified> {
    let mut before: Option<HistoryLine> = None;
    let mut ends = HashMap::new();
    loop {
        let (subject, sequence) = before.as_ref().map_or(("", 0), |line| (line.subject.as_str(), line.sequence));
        let page = history::page_after(work.tx, subject, sequence)?;
        if page.is_empty() {
            verified.subjects = ends.len() as u64;
            return Ok(ends);
        }
        for line in page {
            let same = before.as_ref().filter(|before| before.subject == line.subject);
            let broken = |flaw| BrokenLine { subject: line.subject.clone(), sequence: line.sequence, flaw };
            check(same, &line).map_err(broken)?;
            let mark = marks.remove(&(line.subject.clone(), line.sequence));
            if mark.is_some_and(|hash| hash != line.hash) {
                return Err(broken(Flaw::Altered).into());
            }
            ends.insert(line.subject.clone(), line.sequence);
            verified.lines += 1;
            before = Some(line);
        }
    }
}

fn checkpoint_marks(work: &mut UnitOfWork<'_, '_>, verified: &mut Verified) -> Result<ExpectedHashes, NotVerified> {
    let mut marks = ExpectedHashes::new();
    let mut previous: Option<Checkpoint> = None;
    for checkpoint in checkpoints::all(work.tx)? {
        let heads = checkpoints::heads_of(work.tx, checkpoint.sequence)?;
        let over = heads_hash(&heads);
        let (number, before) = previous.as_ref().map_or((0, BEGINNING), |last| (last.sequence, last.hash));
        let holds = checkpoint.sequence == number + 1
            && checkpoint.previous == before
            && checkpoint.heads == over
            && checkpoint.hash == checkpoint_hash(over, checkpoint.at, before);
        if !holds {
            return Err(NotVerified::Checkpoint(checkpoint.sequence));
        }
        marks.extend(heads.into_iter().map(|head| ((head.subject, head.sequence), head.hash)));
        verified.checkpoints += 1;
        previous = Some(checkpoint);
    }
    Ok(marks)
}
