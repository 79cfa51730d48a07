//! `cargo xtask ci`: runs every check of the project, on a developer's machine and on the CI
//! machine.

use std::time::Instant;

use anyhow::{Context, Result, bail};

use crate::{comments, deny, layers, limits, names, repo, run, searches, sizes, test, words};

/// The outcome of one step of `cargo xtask ci`: the step was done, or it was skipped for a reason.
/// A step that fails returns an error instead.
enum Outcome {
    Done,
    Skipped(&'static str),
}

/// One step of `cargo xtask ci`: its name, and the function that runs it.
type Step<'a> = (&'static str, &'a dyn Fn() -> Result<Outcome>);

/// Runs all quick checks of `cargo xtask ci`, then the tests if all quick checks have passed.
pub(crate) fn run(options: &test::Options) -> Result<()> {
    let checks: [Step; 11] = [
        ("fmt", &|| cargo(&["fmt", "--all", "--check"])),
        ("clippy", &|| {
            cargo(&["clippy", "--quiet", "--workspace", "--all-targets", "--locked", "--", "--deny", "warnings"])
        }),
        ("doc", &doc),
        ("comments", &|| comments::check().map(|()| Outcome::Done)),
        ("layers", &|| layers::check().map(|()| Outcome::Done)),
        ("limits", &|| limits::check().map(|()| Outcome::Done)),
        ("names", &|| names::check().map(|()| Outcome::Done)),
        ("searches", &|| searches::check().map(|()| Outcome::Done)),
        ("sizes", &|| sizes::check().map(|()| Outcome::Done)),
        ("words", &|| words::check().map(|()| Outcome::Done)),
        ("deny", &|| deny::check(options.may_install()).map(|()| Outcome::Done)),
    ];
    all(&checks).context("the tests were not run")?;
    all(&[("test", &|| test::run(options).map(|()| Outcome::Done)), ("clean tree", &clean_tree)])
}

/// Runs all given steps of `cargo xtask ci`, even after one of them has failed. The error names the
/// failed steps.
fn all(steps: &[Step]) -> Result<()> {
    let failed: Vec<&str> = steps.iter().filter(|(name, check)| !step(name, check)).map(|(name, _)| *name).collect();
    if failed.is_empty() { Ok(()) } else { bail!("failed: {}", failed.join(", ")) }
}

/// Runs one step of `cargo xtask ci`, prints its outcome, and returns whether it passed.
fn step(name: &str, check: &dyn Fn() -> Result<Outcome>) -> bool {
    let start = Instant::now();
    let outcome = check();
    let seconds = start.elapsed().as_secs_f32();
    match &outcome {
        Ok(Outcome::Done) => println!("ok       {name:<10} {seconds:>7.1} s"),
        Ok(Outcome::Skipped(reason)) => println!("skipped  {name:<10} {seconds:>7.1} s  {reason}"),
        Err(error) => println!("FAILED   {name:<10} {seconds:>7.1} s  {error:#}"),
    }
    outcome.is_ok()
}

fn cargo(arguments: &[&str]) -> Result<Outcome> {
    run::run(run::cargo().args(arguments).current_dir(repo::root()?))?;
    Ok(Outcome::Done)
}

fn doc() -> Result<Outcome> {
    let mut command = run::cargo();
    command.args(["doc", "--quiet", "--workspace", "--no-deps", "--document-private-items", "--locked"]);
    run::run(command.env("RUSTDOCFLAGS", "--deny warnings").current_dir(repo::root()?))?;
    Ok(Outcome::Done)
}

/// Fails on the CI machine when the checks or tests have changed files of the project.
fn clean_tree() -> Result<Outcome> {
    if std::env::var_os("CI").is_none() {
        return Ok(Outcome::Skipped("only where CI is set"));
    }
    match repo::git(&repo::root()?, &["status", "--porcelain"])?.as_str() {
        "" => Ok(Outcome::Done),
        changes => bail!("uncommitted changes:\n{changes}"),
    }
}
