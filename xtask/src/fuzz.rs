//! `cargo xtask fuzz`: runs the fuzz targets of the folder `fuzz` with cargo-fuzz. A fuzz target
//! calls a reader of files or requests with generated inputs, until an input fails or the time has
//! passed.

use std::path::Path;

use anyhow::{Context, Result, bail};

use crate::{repo, run};

/// Seconds for which each fuzz target runs, without the option `--seconds`.
const USUAL_SECONDS: u32 = 60;
/// Seconds within which a target has to read an input. Reading the text of a document, the slowest
/// work, is given up after ten seconds.
const LONGEST_SECONDS: u32 = 5;
/// The memory that a target may use, in megabytes.
const MOST_MEMORY: u32 = 2_048;

/// A run of `cargo xtask fuzz`, as its arguments describe it.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct FuzzRun {
    /// The name of the only target to run; `None` runs all targets.
    target: Option<String>,
    seconds: u32,
}

impl FuzzRun {
    /// Parses the arguments: the name of a target and `--seconds N`, both optional.
    pub(crate) fn parse(arguments: &[String]) -> Result<Self> {
        let mut options = Self { target: None, seconds: USUAL_SECONDS };
        let mut arguments = arguments.iter();
        while let Some(argument) = arguments.next() {
            match argument.as_str() {
                "--seconds" => {
                    let seconds = arguments.next().context("`--seconds` needs a number")?;
                    options.seconds = seconds.parse().with_context(|| format!("`{seconds}` is no number"))?;
                }
                name if options.target.is_none() && !name.starts_with('-') => options.target = Some(name.to_owned()),
                other => bail!("unknown argument `{other}`"),
            }
        }
        Ok(options)
    }
}

/// Runs one fuzz target or all of them, one after the other. Stops at the first input that fails;
/// cargo-fuzz prints the path of the file with this input.
pub(crate) fn run(asked: &FuzzRun) -> Result<()> {
    if run::find("cargo-fuzz").is_none() {
        bail!("install cargo-fuzz and run again: cargo install --locked cargo-fuzz");
    }
    let root = repo::root()?;
    let all = targets(&root)?;
    let chosen: Vec<&String> = all.iter().filter(|name| asked.target.as_ref().is_none_or(|one| one == *name)).collect();
    if chosen.is_empty() {
        bail!("the fuzz targets are {}", all.join(", "));
    }
    chosen.into_iter().try_for_each(|name| run_target(&root, name, asked.seconds))
}

/// Lists the names of the fuzz targets: one for each file of `fuzz/fuzz_targets`.
fn targets(root: &Path) -> Result<Vec<String>> {
    let files = repo::files(&root.join("fuzz").join("fuzz_targets"), "rs")?;
    Ok(files.iter().filter_map(|file| Some(file.file_stem()?.to_str()?.to_owned())).collect())
}

/// Runs a fuzz target. Inputs that reach new code are kept in `fuzz/generated`, which Git ignores,
/// and the next run begins with them.
fn run_target(root: &Path, name: &str, seconds: u32) -> Result<()> {
    let generated = format!("fuzz/generated/{name}");
    std::fs::create_dir_all(root.join(&generated)).with_context(|| format!("{generated} cannot be created"))?;
    let mut command = run::cargo();
    // The readers contain no unsafe code, so that the address sanitizer would only take time.
    command.args(["fuzz", "run", "--sanitizer", "none", "--codegen-units", "16"]);
    command.args([name, &generated, &format!("fuzz/corpus/{name}")]);
    command.args(["--", &format!("-max_total_time={seconds}"), &format!("-timeout={LONGEST_SECONDS}")]);
    command.args([&format!("-rss_limit_mb={MOST_MEMORY}"), "-max_len=65536", "-print_final_stats=1"]);
    // cargo has set these variables for `xtask`. Some build scripts would run again because of them,
    // and the crates that depend on them would be compiled again.
    for (name, _) in std::env::vars_os() {
        if ["CARGO_PKG_", "CARGO_MANIFEST_"].iter().any(|start| name.to_string_lossy().starts_with(start)) {
            command.env_remove(name);
        }
    }
    // Only a nightly compiler accepts the options of cargo-fuzz without this variable.
    run::run(command.env("RUSTC_BOOTSTRAP", "1").current_dir(root))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(arguments: &[&str]) -> Result<FuzzRun> {
        FuzzRun::parse(&arguments.iter().map(|&argument| argument.to_owned()).collect::<Vec<_>>())
    }

    #[test]
    fn a_target_and_a_time_can_be_given_in_any_order() {
        let chosen = |target: Option<&str>, seconds| FuzzRun { target: target.map(str::to_owned), seconds };
        assert_eq!(parsed(&[]).unwrap(), chosen(None, USUAL_SECONDS));
        assert_eq!(parsed(&["forms"]).unwrap(), chosen(Some("forms"), USUAL_SECONDS));
        assert_eq!(parsed(&["--seconds", "7", "forms"]).unwrap(), chosen(Some("forms"), 7));
        for wrong in [&["--seconds"][..], &["--seconds", "x"], &["forms", "cookies"], &["--fast"]] {
            assert!(parsed(wrong).is_err(), "{wrong:?}");
        }
    }
}
