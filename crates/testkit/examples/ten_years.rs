//! Whether a university stays fast as its terms add up: what people read of the current term with no past behind it and with
//! twenty terms of ten years, and what they read of the oldest one, which is closed. Ratios of medians in one run.
//! `cargo run --release -p testkit --example ten_years [groups in a term]`; prints, judges nothing.
#![allow(clippy::unwrap_used, clippy::print_stdout, missing_docs, reason = "a program for developers")]

use app::choosing::my_offerings::my_offerings;
use app::reports::outlook::Where;
use app::reports::platforms::platforms;
use app::reports::progress::{Asked, board};
use app::term::terms::close_term;
use domain::id::{OrgId, TermId};
use std::time::{Duration, Instant};
use testkit::{World, many, sample};

const TERMS: i32 = 20;
const ROUNDS: usize = 15;

/// What is read: a name, and how long it took in the middle.
type Readings = Vec<(&'static str, Duration)>;

fn main() {
    let groups = std::env::args().nth(1).and_then(|text| text.parse().ok()).unwrap_or(2_000);
    let world = World::sqlite();
    many::choices(&world, ("autumn", "2026-09-01"), groups);
    let alone = readings(&world, None);
    let past: Vec<(String, String)> = (1..TERMS)
        .map(|back| {
            let (year, is_spring) = (2026 - back / 2, back % 2 == 1);
            let code = format!("{year}-{}", if is_spring { "spring" } else { "autumn" });
            (code, format!("{year}-{}", if is_spring { "01-19" } else { "09-01" }))
        })
        .collect();
    for (code, starts) in &past {
        many::choices(&world, (code, starts), groups);
        let id = TermId::of(&[code]);
        world.as_("registrar", move |desk, actor| close_term(desk, actor, id)).unwrap();
    }
    let behind = readings(&world, None);
    let oldest = readings(&world, past.last().map(|(code, _)| code.as_str()));
    println!("{groups} groups in a term; {ROUNDS} rounds; medians");
    println!("{:<28}{:>12}{:>14}{:>8}{:>14}", "", "one term", "of 20 terms", "ratio", "oldest, closed");
    for ((name, one), ((_, many), (_, old))) in alone.iter().zip(behind.iter().zip(&oldest)) {
        let ratio = many.as_secs_f64() / one.as_secs_f64();
        println!("{name:<28}{one:>12.2?}{many:>14.2?}{ratio:>8.2}{old:>14.2?}");
    }
}

fn readings(world: &World, term: Option<&str>) -> Readings {
    let term = term.map(str::to_owned);
    let place = |org: Option<OrgId>| Where { term: term.clone(), org };
    let board_of = |org| {
        let asked = Asked { place: place(org), ..Asked::default() };
        time(|| {
            let asked = asked.clone();
            drop(world.as_("registrar", move |desk, actor| board(desk, actor, &asked)).unwrap());
        })
    };
    let load = || {
        let place = place(None);
        drop(world.as_("registrar", move |desk, actor| platforms(desk, actor, (&place, false))).unwrap());
    };
    let list = || drop(world.as_("bolat", |desk, actor| my_offerings(desk, actor, None)).unwrap());
    vec![
        ("board, university", board_of(None)),
        ("board, department", board_of(Some(sample::org("CS")))),
        ("platform load", time(load)),
        ("an instructor's list", time(list)),
    ]
}

/// The median of some rounds.
fn time(mut work: impl FnMut()) -> Duration {
    let round = |_| {
        let begun = Instant::now();
        work();
        begun.elapsed()
    };
    let mut times: Vec<Duration> = (0..ROUNDS).map(round).collect();
    times.sort();
    times.get(ROUNDS / 2).copied().unwrap_or_default()
}
