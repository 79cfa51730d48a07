//! The developers' command `cargo xtask <command>`, with checks, tests and tools for the project.
//!
//! Developers and the CI machine run the same checks through this command. The crate depends only
//! on the standard library and `anyhow`, because it is built before anything can be checked.
#![expect(clippy::print_stdout, clippy::print_stderr, reason = "a command talks to the person who started it")]

mod bench;
mod ci;
mod cluster;
mod comments;
mod deny;
mod fuzz;
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
mod torture;
mod words;

use std::process::ExitCode;

use anyhow::{Result, bail};

const USAGE: &str = "\
cargo xtask <command>

  test [flags] [-- …]  run cargo test on both database engines, then the browser journeys
      --no-browser       only cargo test
      --only-browser     only the browser journeys
      --no-install       list missing packages instead of installing them
      -- …               arguments for cargo test (with -p, only that package is tested)
  ci [flags of test]   run fmt, clippy, doc, comments, layers, limits, names, searches, sizes, words, deny (cargo-deny
                       is installed in target/tools if it is missing) and test, and check that the working tree is clean
  postgres             run a private PostgreSQL for cargo test until Ctrl-C or the end of input
  bench [part]         measure parts of the application, each by itself: time, and instructions if valgrind is
                       installed (`emtihan bench` measures the whole program)
  torture [SCENARIO]   kill the program, its database server and its upgrades, cut the power, fill the disk, turn the
                       clock, send slowly, again and again, and check that nothing was lost; all scenarios, or those
                       with this part in their name
      --rounds N         rounds of each scenario; 100 without this option (a normal test run makes a few)
      --seconds N        seconds of a scenario without rounds (two programs); 60 without this option
  comments             check the doc comments of public items and the wording of comments
  deny [--no-install]  check packages with cargo-deny: licences, sources, banned and duplicate packages; install it in
                       target/tools if it is missing
  fuzz [TARGET]        run the readers of files and requests with generated inputs, all or one (needs cargo-fuzz)
      --seconds N        seconds for each target; 60 without this option
  layers [flag]        check the imports between crates and files
      --write            update the table in ARCHITECTURE.md
      --circles          list only import circles, with every import in them
  limits [--write]     check that docs/operations/limits.md lists every limit and duration; --write updates its table
  names                check that no type name is defined twice in a crate
  searches             check the search table in CONTRIBUTING.md
  sizes                check that no file has more than 300 lines, tests not counted, and that no line of a template
                       has more than 120 characters, and no line of a script or a style sheet more than 100
  words                check the interface texts: the same keys in three languages, all of them used";

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
        ("bench", []) => bench::parts(None),
        ("bench", [part]) => bench::parts(Some(part)),
        ("torture", rest) => torture::run(&torture::Torture::parse(rest)?),
        ("fuzz", _) => fuzz::run(&fuzz::FuzzRun::parse(rest)?),
        ("layers", []) => layers::check(),
        ("layers", [flag]) if flag == "--write" => layers::write(),
        ("layers", [flag]) if flag == "--circles" => layers::check_circles(),
        ("limits", []) => limits::check(),
        ("limits", [flag]) if flag == "--write" => limits::write(),
        ("comments", []) => comments::check(),
        ("deny", _) => deny::check(test::Options::parse(rest)?.may_install()),
        ("names", []) => names::check(),
        ("searches", []) => searches::check(),
        ("sizes", []) => sizes::check(),
        ("words", []) => words::check(),
        ("help" | "--help" | "-h", _) => {
            println!("{USAGE}");
            Ok(())
        }
        _ => bail!("unknown command `{}`\n\n{USAGE}", arguments.join(" ")),
    }
}
