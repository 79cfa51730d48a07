//! Program that measures whether Emtihan stays fast as terms accumulate: it reads the current term with no earlier
//! terms and with nineteen earlier terms, and reads the oldest term, which is closed. It prints medians and their
//! ratios and sets no limits. Run it with `cargo run --release -p testkit --example ten_years [groups in a term]`.
#![allow(clippy::unwrap_used, clippy::print_stdout, reason = "a program for developers")]

use app::choosing::my_offerings::my_offerings;
use app::reports::platforms::platforms;
use app::reports::progress::{ProgressQuery, board};
use app::reports::report_scope::ScopeQuery;
use app::term::terms::close_term;
use domain::id::{OrgId, TermId};
use std::time::{Duration, Instant};
use testkit::{World, bulk, sample};

const TERMS: i32 = 20;
const ROUNDS: usize = 31;

/// A use case whose speed is measured on a test university. It reads the academic term with the
/// given code, or the current term if no code is given.
type Reading = fn(&World, Option<&str>);

const READINGS: [(&str, Reading); 4] = [
    ("board, university", |world, term| read_board(world, term, None)),
    ("board, department", |world, term| read_board(world, term, Some(sample::org("CS")))),
    ("platform load", read_platforms),
    ("an instructor's list", |world, _| {
        drop(world.as_("bolat", |work, actor| my_offerings(work, actor, None)).unwrap());
    }),
];

fn main() {
    let groups = std::env::args().nth(1).and_then(|text| text.parse().ok()).unwrap_or(2_000);
    let (young, old) = (World::sqlite(), World::sqlite());
    for world in [&young, &old] {
        bulk::choices(world, "autumn", "2026-09-01", groups);
    }
    let mut oldest = String::new();
    for back in 1..TERMS {
        let (year, is_spring) = (2026 - back / 2, back % 2 == 1);
        oldest = format!("{year}-{}", if is_spring { "spring" } else { "autumn" });
        let starts = format!("{year}-{}", if is_spring { "01-19" } else { "09-01" });
        bulk::choices(&old, &oldest, &starts, groups);
        let id = TermId::of(&[&oldest]);
        old.as_("registrar", move |work, actor| close_term(work, actor, id)).unwrap();
    }
    println!("{groups} groups in a term; medians of {ROUNDS} rounds, one after the other by turns");
    println!("{:<24}{:>12}{:>14}{:>8}{:>16}", "", "one term", "of 20 terms", "ratio", "oldest, closed");
    for (name, reading) in READINGS {
        let [one, many, closed] =
            by_turns([&|| reading(&young, None), &|| reading(&old, None), &|| reading(&old, Some(&oldest))]);
        let ratio = many.as_secs_f64() / one.as_secs_f64();
        println!("{name:<24}{one:>12.2?}{many:>14.2?}{ratio:>8.2}{closed:>16.2?}");
    }
}

fn read_board(world: &World, term: Option<&str>, org: Option<OrgId>) {
    let asked = ProgressQuery { place: ScopeQuery { term: term.map(str::to_owned), org }, ..ProgressQuery::default() };
    drop(world.as_("registrar", move |work, actor| board(work, actor, &asked)).unwrap());
}

fn read_platforms(world: &World, term: Option<&str>) {
    let place = ScopeQuery { term: term.map(str::to_owned), org: None };
    drop(world.as_("registrar", move |work, actor| platforms(work, actor, &place, false)).unwrap());
}

/// Runs several functions in turn, and returns the median time of each function. Because the
/// functions take turns, other load on the machine affects all of them alike.
fn by_turns<const N: usize>(works: [&dyn Fn(); N]) -> [Duration; N] {
    let mut times = [const { Vec::new() }; N];
    for _ in 0..ROUNDS {
        for (task, times) in works.iter().zip(&mut times) {
            let begun = Instant::now();
            task();
            times.push(begun.elapsed());
        }
    }
    times.map(|mut times: Vec<Duration>| {
        times.sort();
        times.get(ROUNDS / 2).copied().unwrap_or_default()
    })
}
