//! The developers' command: `cargo xtask <command>`.
//!
//! What a person or a CI machine needs to know about the project's health is asked here and nowhere else, so that both
//! get the same answer. Plain `std` and `anyhow` only: this crate is built before anything can be checked.
#![expect(clippy::print_stdout, clippy::print_stderr, reason = "a command talks to the person who started it")]

mod bench;
mod big_roster;
mod ci;
mod cluster;
mod layers;
mod limits;
mod names;
mod postgres;
mod repo;
mod run;
mod rust;
mod searches;
mod section;
mod sizes;
mod test;
mod words;

use std::process::ExitCode;

use anyhow::{Result, bail};

const USAGE: &str = "\
cargo xtask <command>

  test [flags] [-- …]  everything: cargo test on both database engines, then the browser journeys
      --no-browser       only cargo test
      --only-browser     only the browser journeys
      --no-install       say what is missing instead of installing it
      -- …               the rest goes to cargo test (with -p, only that package is tested)
  ci [flags of test]   fmt, clippy, doc, layers, limits, names, searches, sizes, words, deny (where installed), test, clean tree
  postgres             a private PostgreSQL for `cargo test` by hand, until Ctrl-C or the end of input
  big-roster FOLDER    an invented university of the largest size as OneRoster files, to see how long it takes to come in
  bench import         how long that takes on SQLite and PostgreSQL, beside sqlite3's own .import, and how much memory
  layers [flag]        which crate may know what, and no import circle between the files of a crate
      --write            renews the table in ARCHITECTURE.md
      --circles          only the circles, each with every arrow between its files
  limits [--write]     every limit and duration stands in docs/operations/limits.md; --write renews its table
  names                no type name twice in a crate, a doc comment on what is public, and its wording
  searches             the words of the table in CONTRIBUTING.md lead to few files and the right one
  sizes                no file longer than 300 lines without its tests, no line of the script and the style sheet
                       wider than 100 characters
  words                the interface texts: same keys in three languages, all of them used";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match carry_out(&arguments) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn carry_out(arguments: &[String]) -> Result<()> {
    let Some((command, rest)) = arguments.split_first() else { bail!("no command given\n\n{USAGE}") };
    match (command.as_str(), rest) {
        ("test", _) => test::run(&test::Options::parse(rest)?),
        ("ci", _) => ci::run(&test::Options::parse(rest)?),
        ("postgres", []) => postgres::run(),
        ("big-roster", [folder]) => big_roster::write(std::path::Path::new(folder)),
        ("bench", [what]) if what == "import" => bench::import(),
        ("layers", []) => layers::check(),
        ("layers", [flag]) if flag == "--write" => layers::write(),
        ("layers", [flag]) if flag == "--circles" => layers::check_circles(),
        ("limits", []) => limits::check(),
        ("limits", [flag]) if flag == "--write" => limits::write(),
        ("names", []) => names::check(),
        ("searches", []) => searches::check(),
        ("sizes", []) => sizes::check(),
        ("words", []) => words::check(),
        ("help" | "--help" | "-h", _) => {
            println!("{USAGE}");
            Ok(())
        }
        _ => bail!("`{}` is not understood\n\n{USAGE}", arguments.join(" ")),
    }
}
