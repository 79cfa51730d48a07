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

/// The result of a successful verification of the history: the number of verified history entries,
/// the number of hash chains (one for each record), and the number of verified checkpoints.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Verified {
    pub lines: u64,
    pub subjects: u64,
    pub checkpoints: u64,
}

/// The causes for which the verification of the history fails, such as an altered entry.
#[derive(Debug, thiserror::Error)]
pub enum NotVerified {
    /// Failed verification: a history entry was altered, or an entry in the middle of a hash chain
    /// is missing. A hash chain is the sequence of history entries about one record.
    #[error("the history is broken at {0}")]
    Line(#[from] BrokenLine),
    /// Failed verification: the last entries of a hash chain are missing. A hash chain is the
    /// sequence of history entries about one record.
    #[error("the history of {subject} ends at line {found}; lines up to {known} are missing")]
    CutOff {
        subject: String,
        /// The number of the last history entry that the verification found in the hash chain of
        /// the record; 0 if it found none.
        found: i64,
        /// The number of a history entry that is missing, although a checkpoint or the stored end
        /// of the hash chain refers to the entry.
        known: i64,
    },
    #[error("checkpoint {0} does not match its hash")]
    Checkpoint(i64),
    /// Verification that failed for a technical reason, such as an unavailable database, and not
    /// because of the content of the history.
    #[error(transparent)]
    Failed(#[from] Failure),
}

impl From<store::Error> for NotVerified {
    fn from(error: store::Error) -> Self {
        Self::Failed(error.into())
    }
}

/// Verifies the whole history of all acts. The inner error describes the first altered or missing
/// entry; the outer error means that the verification could not be completed.
pub fn verify_history(work: &mut UnitOfWork<'_, '_>) -> Result<Result<Verified, NotVerified>, Failure> {
    match walk(work) {
        Err(NotVerified::Failed(failure)) => Err(failure),
        other => Ok(other),
    }
}

/// The hashes that certain history entries must have, each under the record and the number of its
/// entry. These are the entries whose hash is also stored in a checkpoint, or as the stored end of
/// a hash chain (the sequence of history entries about one record).
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

/// Verifies all history entries in order. `marks` contains the expected hashes of some entries.
/// Each hash is removed when its entry is found, so that the hashes of missing entries remain.
/// Returns the number of the last entry of every hash chain.
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
