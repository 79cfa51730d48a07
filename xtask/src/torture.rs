//! `cargo xtask torture`: runs the tests that damage what the program stands on, with many rounds.

use anyhow::{Context, Result};

use crate::test;

/// A run of `cargo xtask torture`, as its arguments describe it.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Torture {
    /// A part of the names of the scenarios to run; `None` runs all.
    scenario: Option<String>,
    rounds: u32,
    seconds: u32,
}

impl Torture {
    /// Parses the arguments: a part of a scenario's name, `--rounds N` and `--seconds N`, all optional.
    pub(crate) fn parse(arguments: &[String]) -> Result<Self> {
        let mut options = Self { scenario: None, rounds: 100, seconds: 60 };
        let mut arguments = arguments.iter();
        while let Some(argument) = arguments.next() {
            let mut number = || {
                let value = arguments.next().with_context(|| format!("`{argument}` needs a number"))?;
                value.parse().with_context(|| format!("`{value}` is no number"))
            };
            match argument.as_str() {
                "--rounds" => options.rounds = number()?,
                "--seconds" => options.seconds = number()?,
                name if options.scenario.is_none() && !name.starts_with('-') => {
                    options.scenario = Some(name.to_owned());
                }
                other => anyhow::bail!("unknown argument `{other}`"),
            }
        }
        Ok(options)
    }
}

/// Runs the scenarios one after the other, with those of slow clients.
pub(crate) fn run(asked: &Torture) -> Result<()> {
    let mut flags: Vec<String> = ["--no-browser", "--", "-p", "emtihan", "--test", "torture", "--test", "slow_clients"]
        .map(str::to_owned)
        .into();
    flags.extend(["--", "--nocapture", "--include-ignored", "--test-threads=1"].map(str::to_owned));
    flags.extend(asked.scenario.clone());
    let options = test::Options::parse(&flags)?
        .with_variable("EMTIHAN_TORTURE_ROUNDS", &asked.rounds.to_string())
        .with_variable("EMTIHAN_TORTURE_SECONDS", &asked.seconds.to_string());
    test::run(&options)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(arguments: &[&str]) -> Result<Torture> {
        Torture::parse(&arguments.iter().map(|&argument| argument.to_owned()).collect::<Vec<_>>())
    }

    #[test]
    fn a_scenario_and_numbers_can_be_given_in_any_order() {
        let asked = |scenario: Option<&str>, rounds, seconds| Torture {
            scenario: scenario.map(str::to_owned),
            rounds,
            seconds,
        };
        assert_eq!(parsed(&[]).unwrap(), asked(None, 100, 60));
        assert_eq!(parsed(&["--rounds", "7", "kill"]).unwrap(), asked(Some("kill"), 7, 60));
        assert_eq!(parsed(&["clock", "--seconds", "9"]).unwrap(), asked(Some("clock"), 100, 9));
        for wrong in [&["--rounds"][..], &["--rounds", "x"], &["kill", "clock"], &["--fast"]] {
            assert!(parsed(wrong).is_err(), "{wrong:?}");
        }
    }
}
