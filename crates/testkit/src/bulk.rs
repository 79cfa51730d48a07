//! Adds many offerings with a choice each to a test university, for programs that measure speed.

use crate::{World, sample};
use app::roster::import_roster::{ImportOptions, import_roster};
use domain::answer::Answer;
use domain::catalogue::RowId;
use domain::choice::{Choice, ChoiceVersion, Stage};
use domain::digest::Digest;
use domain::id::{DocumentId, OfferingId, TermId};
use domain::roster::RosterOffering;
use store::choices::{self, StoredChoice};

/// The ids of the catalogue rows that the function `choices` of this module chooses in turn for the
/// added offerings.
const ROWS: [&str; 5] = ["moodle-essay", "moodle-case", "univer-test", "univer-oral", "oqylyq-written"];

/// An offering that the function `choices` of this module has added, and the catalogue row that was
/// chosen for it.
#[derive(Debug, Clone)]
pub struct ChosenRow {
    pub offering: OfferingId,
    pub row: RowId,
}

/// Adds `count` offerings of one discipline to an academic term, each with a choice in review. If
/// the term does not exist yet, it is created and begins on the date `starts`.
pub fn choices(world: &World, term: &str, starts: &str, count: usize) -> Vec<ChosenRow> {
    let mut roster = sample::roster();
    let model = roster.offerings.iter().find(|one| one.id == sample::offering("ALG-1")).unwrap().clone();
    let class = |place: usize| {
        let group = format!("G-{place}");
        let id = OfferingId::of(&[&group, term]);
        RosterOffering { id, group, term: TermId::of(&[term]), ..model.clone() }
    };
    let classes: Vec<RosterOffering> = (0..count).map(class).collect();
    roster.offerings.extend(classes.iter().cloned());
    if roster.terms.iter().all(|known| known.code != term) {
        roster.terms.push(sample::term(term, starts));
    }
    world.app.write_now(move |work| import_roster(work, &roster, &ImportOptions::default())).unwrap();
    let document = world.upload("aliya", "ALG", "ALG programme");
    let row = |place: usize| RowId(ROWS.get(place % ROWS.len()).copied().unwrap_or_default().to_owned());
    let chosen: Vec<_> =
        classes.iter().enumerate().map(|(place, one)| ChosenRow { offering: one.id, row: row(place) }).collect();
    keep(world, chosen.clone(), document);
    chosen
}

fn keep(world: &World, chosen: Vec<ChosenRow>, document: DocumentId) {
    world
        .app
        .write_now(move |work| {
            let sha = store::documents::find(work.tx, document)?.map(|found| found.sha256);
            for ChosenRow { offering, row } in &chosen {
                let current = current(row, document, sha.unwrap(), work.now);
                let choice =
                    Choice { offering: *offering, current: Some(current.clone()), last: None, latest_version: 1 };
                choices::save(work.tx, &StoredChoice { choice, revision: 0 })?;
                choices::add_version(work.tx, *offering, &current)?;
            }
            Ok(())
        })
        .unwrap();
}

fn current(
    row: &RowId,
    document: DocumentId,
    document_sha: Digest,
    at: chrono::DateTime<chrono::Utc>,
) -> ChoiceVersion {
    let info = if row.0 == "univer-oral" { "Zoom".to_owned() } else { String::new() };
    ChoiceVersion {
        version: 1,
        answer: Answer { row: row.clone(), info, document },
        document_sha,
        catalogue: 1,
        sent_by: sample::person("aliya"),
        sent_at: at,
        stage: Stage::InReview,
    }
}
