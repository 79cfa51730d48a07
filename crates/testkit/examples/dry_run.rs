//! Program that measures the dry run of a catalogue draft over ten thousand stored choices. It also
//! checks each choice separately, and fails if the dry run finds a different number of choices that
//! the draft no longer allows. Run it with `cargo run --release -p testkit --example dry_run`. It
//! prints times and sets no limit for them.
#![allow(clippy::unwrap_used, clippy::print_stdout, reason = "a program for developers")]

use app::catalogue::catalogue_drafts::{ShownDraft, begin_draft, change_draft};
use app::catalogue::catalogue_dry_run::run_dry;
use domain::catalogue::RowId;
use domain::catalogue::edit::Edit;
use domain::id::TermId;
use std::time::Instant;
use store::choices;
use testkit::{World, bulk};

const CHOICES: usize = 10_000;

fn main() {
    let world = World::sqlite();
    let offerings = bulk::choices(&world, "autumn", "2026-09-01", CHOICES);
    let draft = world.as_("registrar", |work, actor| begin_draft(work, actor, 1)).unwrap();
    let off = Edit::Switch(RowId("moodle-essay".to_owned()), false);
    world
        .as_("registrar", move |work, actor| change_draft(work, actor, ShownDraft { id: draft, revision: 1 }, &off))
        .unwrap();
    let mut times = Vec::new();
    for _ in 0..5 {
        let begun = Instant::now();
        let terms = [TermId::of(&["autumn"])];
        let run = world.as_("registrar", move |work, actor| run_dry(work, actor, draft, Some(&terms))).unwrap();
        times.push(begun.elapsed());
        let expected = offerings.iter().filter(|chosen| {
            let info = world.app.read_now({
                let id = chosen.offering;
                move |work| Ok(choices::find(work.tx, id)?.choice.current.map(|current| current.answer.info))
            });
            times.len() == 1 && run.catalogue.check(&chosen.row, &info.unwrap().unwrap_or_default(), "FIT").is_err()
        });
        let (found, expected) = (run.broken.len(), expected.count());
        assert!(times.len() > 1 || found == expected, "{found} found, {expected} expected");
        println!("{} looked at, {found} broken", run.looked_at);
    }
    times.sort();
    println!("dry run over {CHOICES} choices: {:?} in the middle of {times:?}", times.get(2));
}
