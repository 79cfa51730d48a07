//! Verifies the stored records against the history: each hash chain ends with the hash that its
//! subject's records must have. Records that were changed outside the program differ from it.

use crate::failure::Failure;
use crate::history::record::STATE;
use crate::unit_of_work::UnitOfWork;
use domain::history::{Act, Subject};
use serde_json::Value;
use std::collections::HashSet;
use store::subject_state::{self, LastLine};

/// The result of comparing the stored records with the history.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct VerifiedRecords {
    /// The number of subjects whose records agree with the history.
    pub subjects: u64,
    /// The number of these subjects that are proven only since the program noted their state, because their
    /// records are older than the hashes, or were last changed by a roster import.
    pub as_found: u64,
    pub faults: Vec<RecordFault>,
}

/// A subject whose records do not agree with the history.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RecordFault {
    #[error("the records of {subject} were changed outside the program since line {sequence} of its history")]
    Changed { subject: String, sequence: i64 },
    #[error("{subject} has records, but no history")]
    NoHistory { subject: String },
    #[error("line {sequence}, the last one about {subject}, has no hash of the records")]
    NoHash { subject: String, sequence: i64 },
    #[error("the history contains no hashes of the records: the program was never started on this database")]
    NotBegun,
}

/// Compares all stored records with the hashes at the ends of their hash chains.
pub fn verify_records(work: &mut UnitOfWork<'_, '_>) -> Result<VerifiedRecords, Failure> {
    let mut verified = VerifiedRecords::default();
    if subject_state::beginning(work.tx)?.is_none() {
        verified.faults.push(RecordFault::NotBegun);
        return Ok(verified);
    }
    let mut known = HashSet::new();
    for line in subject_state::last_lines(work.tx)? {
        verify_subject(work, &line, &mut verified)?;
        known.insert(line.subject);
    }
    for subject in subject_state::recorded_subjects(work.tx)? {
        let subject = subject.to_string();
        if !known.contains(&subject) {
            verified.faults.push(RecordFault::NoHistory { subject });
        }
    }
    Ok(verified)
}

fn verify_subject(
    work: &mut UnitOfWork<'_, '_>,
    line: &LastLine,
    verified: &mut VerifiedRecords,
) -> Result<(), Failure> {
    let LastLine { subject, sequence, act, payload } = line;
    let (subject, sequence) = (subject.clone(), *sequence);
    let Ok(parsed) = subject.parse::<Subject>() else {
        return Err(Failure::Broken(format!("the history has an unknown subject {subject}")));
    };
    if parsed == Subject::Roster {
        return Ok(());
    }
    match state_in(payload) {
        None => verified.faults.push(RecordFault::NoHash { subject, sequence }),
        Some(state) if state != subject_state::of(work.tx, &parsed)?.to_string() => {
            verified.faults.push(RecordFault::Changed { subject, sequence });
        }
        Some(_) => {
            verified.subjects += 1;
            verified.as_found += u64::from(act == Act::RecordsAsFound.code());
        }
    }
    Ok(())
}

/// Returns the hash of the records that the details of an act contain.
fn state_in(payload: &str) -> Option<String> {
    let details: Value = serde_json::from_str(payload).ok()?;
    details.get(STATE)?.as_str().map(str::to_owned)
}

/// Notes the state of all records whose history does not end with a hash of them. An upgrade from a
/// version without such hashes does so once, and a new installation before it has any records.
///
/// # Errors
/// [`Failure::Unavailable`] if the database cannot be written.
pub fn begin_hashes(work: &mut UnitOfWork<'_, '_>) -> Result<(), Failure> {
    if subject_state::beginning(work.tx)?.is_some() {
        return Ok(());
    }
    let mut hashed = HashSet::new();
    let mut found = Vec::new();
    for line in subject_state::last_lines(work.tx)? {
        if state_in(&line.payload).is_some() {
            hashed.insert(line.subject);
        } else {
            found.extend(line.subject.parse::<Subject>().ok());
        }
    }
    found.extend(subject_state::recorded_subjects(work.tx)?);
    for subject in found {
        if subject != Subject::Roster && hashed.insert(subject.to_string()) {
            work.record_state(subject)?;
        }
    }
    Ok(subject_state::begin(work.tx, work.now)?)
}
