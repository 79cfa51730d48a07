//! `cargo xtask bench`: measures parts of the application, each by itself. For each part it prints
//! the time and, if valgrind is installed, the number of processor instructions. The time depends on
//! the machine and on what else runs there; the number of instructions almost does not.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;

use anyhow::{Context, Result, bail};

use crate::{repo, run};

/// The time for which each part is repeated, for measuring its time.
const MEASURED: Duration = Duration::from_millis(500);
/// The largest number of repetitions.
const MOST: u128 = 100_000;
/// The number of repetitions of a part for counting its instructions.
const COUNTED: u32 = 5;

/// Measures the part with the given name, or all parts, and prints one table row for each.
pub(crate) fn parts(name: Option<&str>) -> Result<()> {
    let root = repo::root()?;
    run::run(
        run::cargo().args(["build", "--release", "--locked", "-p", "web", "--example", "parts"]).current_dir(&root),
    )?;
    let target = std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root.join("target"), PathBuf::from);
    let program = target.join("release/examples/parts");
    let valgrind = run::find("valgrind");
    if valgrind.is_none() {
        println!("instructions are not counted, because valgrind is not installed: apt-get install valgrind");
    }
    let list = output(&mut Command::new(&program))?;
    let known: Vec<(&str, &str)> = list.lines().filter_map(|line| line.split_once('\t')).collect();
    if let Some(name) = name.filter(|name| known.iter().all(|(part, _)| part != name)) {
        let names: Vec<&str> = known.iter().map(|(part, _)| *part).collect();
        bail!("there is no part `{name}`; the parts are {}", names.join(", "));
    }
    println!("{:<8} {:>14} {:>14}  meaning", "part", "microseconds", "instructions");
    for (part, meaning) in known.into_iter().filter(|(part, _)| name.is_none_or(|name| name == *part)) {
        let nanoseconds = time(&program, part)?;
        let (whole, tenth) = (nanoseconds / 1_000, nanoseconds % 1_000 / 100);
        let counted = valgrind.as_deref().map(|valgrind| instructions(valgrind, &program, part)).transpose()?;
        let counted = counted.map_or_else(|| "–".to_owned(), |counted| counted.to_string());
        println!("{part:<8} {:>14} {counted:>14}  {meaning}", format!("{whole}.{tenth}"));
    }
    Ok(())
}

/// Returns how many nanoseconds a part takes, on average of many repetitions.
fn time(program: &Path, part: &str) -> Result<u128> {
    let once = repeated(&mut Command::new(program), part, 3)?.max(1);
    let times = (MEASURED.as_nanos() / once).clamp(3, MOST);
    repeated(&mut Command::new(program), part, u32::try_from(times)?)
}

fn repeated(command: &mut Command, part: &str, times: u32) -> Result<u128> {
    let nanoseconds = output(command.args([part, &times.to_string()]))?;
    nanoseconds.trim().parse().context("the program printed no time")
}

/// Returns how many instructions a part takes: the difference between a run with more and a run with
/// fewer repetitions, so that its preparation does not count.
fn instructions(valgrind: &Path, program: &Path, part: &str) -> Result<u64> {
    let (few, many) = (collected(valgrind, program, part, 1)?, collected(valgrind, program, part, 1 + COUNTED)?);
    Ok(many.saturating_sub(few) / u64::from(COUNTED))
}

/// Returns how many instructions a run of the program takes, as callgrind counts them.
fn collected(valgrind: &Path, program: &Path, part: &str, times: u32) -> Result<u64> {
    let mut command = Command::new(valgrind);
    command.args(["--tool=callgrind", "--callgrind-out-file=/dev/null"]).arg(program);
    let run =
        command.args([part, &times.to_string()]).stdin(Stdio::null()).output().context("valgrind did not start")?;
    let report = String::from_utf8_lossy(&run.stderr);
    let line = report.lines().find_map(|line| line.split_once("Collected :"));
    let (_, number) = line.with_context(|| format!("callgrind counted nothing: {report}"))?;
    number.trim().parse().context("callgrind printed no number")
}

fn output(command: &mut Command) -> Result<String> {
    Ok(String::from_utf8_lossy(&run::quietly(command)?.stdout).into_owned())
}
