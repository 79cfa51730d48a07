//! Program that repeats one part of the application, so that its time or its instructions can be counted:
//! `parts NAME TIMES`. Without arguments it prints the names of the parts. `cargo xtask bench` runs it for each part.
#![allow(clippy::unwrap_used, clippy::print_stdout, reason = "a program for developers")]

#[path = "../tests/visitor/mod.rs"]
mod visitor;

use app::access::password_hash::hash_password;
use domain::catalogue::{Catalogue, RowId};
use domain::digest::Digest;
use domain::history::{BEGINNING, HistoryLine, walk};
use domain::narrowing::{Axis, Narrowing, values};
use exchange::oneroster;
use std::hint::black_box;
use std::path::Path;
use std::sync::Arc;
use std::time::Instant;
use testkit::World;
use visitor::Site;

/// A part of the application: its name, what it does once, and a function that prepares it.
struct Part {
    name: &'static str,
    meaning: &'static str,
    prepare: fn() -> Box<dyn FnMut()>,
}

const PARTS: [Part; 6] = [
    Part { name: "offer", meaning: "the rows of the rule table for one group, each checked", prepare: offer },
    Part { name: "narrow", meaning: "every value of the three fields of the form", prepare: narrow },
    Part { name: "prove", meaning: "a hash chain of 1,000 lines", prepare: prove },
    Part { name: "hash", meaning: "one password", prepare: hash },
    Part { name: "parse", meaning: "the roster of the demo", prepare: parse },
    Part { name: "render", meaning: "an instructor's groups, from the request to the page", prepare: render },
];

fn catalogue() -> Arc<Catalogue> {
    World::sqlite().as_("aliya", |work, _| work.catalogue(1)).unwrap()
}

fn offer() -> Box<dyn FnMut()> {
    let catalogue = catalogue();
    Box::new(move || {
        for row in catalogue.rows_on().filter(|row| row.is_offered_to("FIT")) {
            drop(black_box(catalogue.check(&RowId(row.id.0.clone()), "Zoom", "FIT")));
        }
    })
}

fn narrow() -> Box<dyn FnMut()> {
    let catalogue = catalogue();
    Box::new(move || {
        let rows: Vec<_> = catalogue.rows_on().collect();
        let picked = Narrowing::default().with(Axis::Platform, Some("univer"));
        for axis in Axis::ALL {
            for value in values(&catalogue, axis) {
                black_box(picked.standing(&rows, axis, value));
            }
        }
    })
}

fn prove() -> Box<dyn FnMut()> {
    let mut lines: Vec<HistoryLine> = Vec::new();
    for sequence in 1..=1_000 {
        let previous = lines.last().map_or(BEGINNING, |line| line.hash);
        let (subject, act, payload) = ("choice/1".to_owned(), "sent".to_owned(), "{\"version\":1}".to_owned());
        let at = chrono::DateTime::UNIX_EPOCH;
        let line = HistoryLine {
            subject,
            sequence,
            at,
            actor: None,
            role: None,
            act,
            payload,
            previous,
            hash: Digest([0; 32]),
        };
        lines.push(line.sealed());
    }
    Box::new(move || {
        black_box(walk(&lines).unwrap());
    })
}

fn hash() -> Box<dyn FnMut()> {
    Box::new(|| drop(black_box(hash_password("a password for measuring").unwrap())))
}

fn parse() -> Box<dyn FnMut()> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../demo/roster");
    Box::new(move || drop(black_box(oneroster::read(&folder).unwrap())))
}

fn render() -> Box<dyn FnMut()> {
    let site = Site::new();
    let mut instructor = site.signed_in("aliya");
    Box::new(move || {
        let _ = &site;
        assert_eq!(instructor.get("/groups").status, 200);
    })
}

fn main() {
    let mut arguments = std::env::args().skip(1);
    let Some(name) = arguments.next() else {
        for part in PARTS {
            println!("{}\t{}", part.name, part.meaning);
        }
        return;
    };
    let times: u32 = arguments.next().and_then(|times| times.parse().ok()).unwrap_or(1);
    let part = PARTS.into_iter().find(|part| part.name == name).unwrap();
    let mut run = (part.prepare)();
    let began = Instant::now();
    for _ in 0..times {
        run();
    }
    println!("{}", began.elapsed().as_nanos() / u128::from(times.max(1)));
}
