//! How long the dry run of a draft takes over ten thousand choices that are really kept, and whether its list is that of a
//! full re-evaluation of each. `cargo run --release -p testkit --example dry_run`; prints, judges nothing about time.
#![allow(clippy::unwrap_used, clippy::print_stdout, missing_docs, reason = "a program for developers")]

use app::roster::import_roster::{How, import_roster};
use app::rules::rule_drafts::{begin_draft, change_draft};
use app::rules::rule_dry_run::run_dry;
use domain::answer::Answer;
use domain::catalogue::RowId;
use domain::catalogue::edit::Edit;
use domain::choice::{Choice, Stage, Stand};
use domain::id::{OfferingId, TermId};
use domain::roster::RosterOffering;
use std::time::Instant;
use store::choices::{self, Held};
use testkit::{World, sample};

const CHOICES: usize = 10_000;

fn main() {
    let world = World::sqlite();
    let offerings = keep_choices(&world);
    let draft = world.as_("registrar", |desk, actor| begin_draft(desk, actor, 1)).unwrap();
    let off = Edit::Switch(RowId("moodle-essay".to_owned()), false);
    world.as_("registrar", move |desk, actor| change_draft(desk, actor, (draft, 1), &off)).unwrap();
    let mut times = Vec::new();
    for _ in 0..5 {
        let begun = Instant::now();
        let terms = [TermId::of(&["autumn"])];
        let run = world.as_("registrar", move |desk, actor| run_dry(desk, actor, draft, Some(&terms))).unwrap();
        times.push(begun.elapsed());
        let expected = offerings.iter().filter(|(id, row)| {
            let info = world.app.read_now({
                let id = *id;
                move |desk| Ok(choices::find(desk.tx, id)?.choice.stand.map(|stand| stand.answer.info))
            });
            times.len() == 1 && run.catalogue.check(row, &info.unwrap().unwrap_or_default(), "FIT").is_err()
        });
        let (found, expected) = (run.broken.len(), expected.count());
        assert!(times.len() > 1 || found == expected, "{found} found, {expected} expected");
        println!("{} looked at, {found} broken", run.looked_at);
    }
    times.sort();
    println!("dry run over {CHOICES} choices: {:?} in the middle of {times:?}", times.get(2));
}

/// Ten thousand groups of one discipline, each with a choice.
fn keep_choices(world: &World) -> Vec<(OfferingId, RowId)> {
    let mut roster = sample::roster();
    let model = roster.offerings.iter().find(|one| one.id == sample::offering("ALG-1")).unwrap().clone();
    let class = |place: usize| {
        let group = format!("G-{place}");
        RosterOffering { id: OfferingId::of(&[&group, "autumn"]), group, ..model.clone() }
    };
    let classes: Vec<RosterOffering> = (0..CHOICES).map(class).collect();
    roster.offerings.extend(classes.iter().cloned());
    world.app.write_now(move |desk| import_roster(desk, &roster, &How::default())).unwrap();
    let document = world.upload("aliya", "ALG", "ALG programme");
    let rows = ["moodle-essay", "moodle-case", "univer-test", "univer-oral", "oqylyq-written"];
    let row = move |place: usize| RowId(rows.get(place % rows.len()).copied().unwrap_or_default().to_owned());
    let kept: Vec<(OfferingId, RowId)> = classes.iter().enumerate().map(|(place, one)| (one.id, row(place))).collect();
    let all = kept.clone();
    world
        .app
        .write_now(move |desk| {
            let sha = store::documents::find(desk.tx, document)?.map(|found| found.sha256);
            for (id, row) in &all {
                let info = if row.0 == "univer-oral" { "Zoom".to_owned() } else { String::new() };
                let stand = Stand {
                    version: 1,
                    answer: Answer { row: row.clone(), info, document },
                    document_sha: sha.unwrap(),
                    catalogue: 1,
                    sent_by: sample::person("aliya"),
                    sent_at: desk.now,
                    stage: Stage::InReview,
                };
                let choice = Choice { offering: *id, stand: Some(stand.clone()), last: None, latest_version: 1 };
                choices::save(desk.tx, &Held { choice, revision: 0 })?;
                choices::add_version(desk.tx, *id, &stand)?;
            }
            Ok(())
        })
        .unwrap();
    kept
}
