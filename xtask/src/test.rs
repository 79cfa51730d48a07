//! `cargo xtask test`: runs all tests of the project. It installs missing programs on Debian; only
//! Rust must be installed before.

mod browser;
mod needs;

use anyhow::{Result, bail};

use crate::cluster::{Cluster, VARIABLE};
use crate::{repo, run};

/// The options of `cargo xtask test`: the tests to run, and whether to install missing programs.
#[derive(Debug, PartialEq)]
pub(crate) struct Options {
    cargo: bool,
    browser: bool,
    install: bool,
    /// The command-line arguments that are passed on to `cargo test`.
    rest: Vec<String>,
    /// Environment variables for the tests, with their values.
    variables: Vec<(&'static str, String)>,
}

impl Options {
    pub(crate) fn parse(arguments: &[String]) -> Result<Self> {
        let mut options = Self { cargo: true, browser: true, install: true, rest: Vec::new(), variables: Vec::new() };
        let mut arguments = arguments.iter();
        while let Some(argument) = arguments.next() {
            match argument.as_str() {
                "--no-browser" => options.browser = false,
                "--only-browser" => options.cargo = false,
                "--no-install" => options.install = false,
                "--" => options.rest = arguments.by_ref().cloned().collect(),
                unknown => bail!("`{unknown}` is an unknown flag; arguments for cargo test come after `--`"),
            }
        }
        if !options.cargo && !options.browser {
            bail!("--no-browser and --only-browser together leave nothing to test");
        }
        Ok(options)
    }

    /// Gives the tests an environment variable.
    pub(crate) fn with_variable(mut self, name: &'static str, value: &str) -> Self {
        self.variables.push((name, value.to_owned()));
        self
    }

    /// Returns whether missing programs can be installed.
    pub(crate) fn may_install(&self) -> bool {
        self.install
    }
}

/// Runs the Rust tests on SQLite and PostgreSQL, then the tests in a browser.
pub(crate) fn run(options: &Options) -> Result<()> {
    needs::ensure(options)?;
    if options.cargo {
        cargo_test(options)?;
    }
    if options.browser {
        browser::run()?;
    }
    Ok(())
}

fn cargo_test(options: &Options) -> Result<()> {
    let (rest, cluster) = (&options.rest, Cluster::start()?);
    let mut test = run::cargo();
    test.arg("test").arg("--locked").env(VARIABLE, cluster.url()).current_dir(repo::root()?);
    test.envs(options.variables.clone());
    if !names_a_package(rest) {
        test.arg("--workspace");
    }
    run::run(test.args(rest))
}

/// Returns whether the arguments for `cargo test` select single packages. `--workspace` must then
/// be left out, because it would select all packages.
fn names_a_package(rest: &[String]) -> bool {
    let for_cargo = rest.iter().take_while(|argument| *argument != "--");
    for_cargo.into_iter().any(|argument| argument.starts_with("-p") || argument.starts_with("--package"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(arguments: &[&str]) -> Result<Options> {
        Options::parse(&arguments.iter().map(|&argument| argument.to_owned()).collect::<Vec<_>>())
    }

    #[test]
    fn flags_come_first_and_cargo_gets_the_rest() {
        let options = parse(&["--no-browser", "--", "-p", "store", "--", "--nocapture"]).unwrap();
        assert!(options.cargo && !options.browser && options.install);
        assert_eq!(options.rest, ["-p", "store", "--", "--nocapture"]);
        assert!(names_a_package(&options.rest));
        assert!(!names_a_package(&["name".to_owned(), "--".to_owned(), "-p".to_owned()]));
    }

    #[test]
    fn nonsense_is_refused() {
        assert!(parse(&["--fast"]).is_err());
        assert!(parse(&["--no-browser", "--only-browser"]).is_err());
    }
}
