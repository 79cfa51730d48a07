//! The command `emtihan verify`: checks the database, the history, the records and the documents, and
//! names every damage.

use super::orders;
use crate::cli::{Verify, say};
use crate::config::Config;
use crate::startup;
use anyhow::{Result, bail};
use app::app::App;
use app::history::verify_documents::{VerifiedDocuments, verify_documents};
use app::history::verify_history::{Verified, verify_history};
use app::history::verify_records::{VerifiedRecords, verify_records};
use domain::digest::Digest;
use store::subject_state::{self, ChainProof};
use store::{checkpoints, integrity};

/// Checks everything and prints what was found.
///
/// # Errors
/// An error if there is any damage, or if something cannot be checked.
pub(crate) fn run(config: &Config, asked: &Verify) -> Result<()> {
    let app = startup::open_read_only(config)?;
    if let Some(fingerprint) = asked.order {
        return orders::verify(&app, fingerprint);
    }
    let mut damages = integrity::damages(&config.database)?;
    if damages.is_empty() {
        say("The database is whole.");
    }
    // A damaged database can prevent the other checks; then the damages so far are still printed.
    if let Err(error) = check_contents(&app, asked, &mut damages) {
        damages.push(format!("not everything could be checked: {error:#}"));
    }
    if damages.is_empty() {
        say("Everything agrees.");
        return Ok(());
    }
    for damage in &damages {
        say(&format!("DAMAGE: {damage}"));
    }
    bail!("{} damages were found", damages.len());
}

fn check_contents(app: &App, asked: &Verify, damages: &mut Vec<String>) -> Result<()> {
    match app.read_now(verify_history)? {
        Ok(Verified { lines, subjects, checkpoints }) => {
            say(&format!("The history is intact: {lines} lines in {subjects} chains, {checkpoints} checkpoints."));
        }
        Err(broken) => damages.push(broken.to_string()),
    }
    check_checkpoint(app, asked.checkpoint, damages)?;
    let VerifiedRecords { subjects, as_found, faults } = app.read_now(verify_records)?;
    if faults.is_empty() {
        say(&format!(
            "The records agree with the history: {subjects} subjects, {as_found} of them only since the program noted \
             their state (act records-as-found)."
        ));
    }
    damages.extend(faults.iter().map(ToString::to_string));
    if asked.subjects {
        app.read_now(|work| Ok(subject_state::chain_proofs(work.tx)?))?.iter().for_each(|proof| say(&described(proof)));
    }
    let VerifiedDocuments { files, unused, faults } = verify_documents(app)?;
    if faults.is_empty() {
        say(&format!("The documents are intact: {files} files, {unused} others that nothing refers to."));
    }
    damages.extend(faults.iter().map(ToString::to_string));
    Ok(())
}

/// Describes from which line of its history on the records of a subject are proven.
fn described(proof: &ChainProof) -> String {
    let ChainProof { subject, lines, proven_from } = proof;
    match proven_from {
        Some(line) => format!("{subject}: proven from line {line} of {lines}"),
        // Only the lines themselves are proven, for example of roster imports.
        None => format!("{subject}: {lines} lines without hashes of records"),
    }
}

/// Looks for a checkpoint that was kept elsewhere, and prints the newest one.
fn check_checkpoint(app: &App, asked: Option<Digest>, damages: &mut Vec<String>) -> Result<()> {
    let all = app.read_now(|work| Ok(checkpoints::all(work.tx)?))?;
    if let Some(hash) = asked {
        match all.iter().find(|checkpoint| checkpoint.hash == hash) {
            Some(found) => say(&format!("The history contains checkpoint {}, which was asked for.", found.sequence)),
            None => damages.push(format!("the history has no checkpoint {hash}: it was cut off or replaced")),
        }
    }
    if let Some(newest) = all.last() {
        let at = newest.at.with_timezone(&app.clock.zone()).format("%Y-%m-%d %H:%M");
        say(&format!("Newest checkpoint: {} of {at}. Keep it outside the database.", newest.hash));
    }
    Ok(())
}
