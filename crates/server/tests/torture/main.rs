//! Damages what the program stands on while people send choices, again and again, and checks after each time that every
//! choice that was acknowledged is there, once and whole. `cargo xtask torture` runs this with many rounds; a normal
//! test run makes a few.
#![allow(clippy::unwrap_used, clippy::panic, clippy::print_stdout, reason = "tests")]

mod clock_jumps;
mod disk;
mod disk_faults;
mod hung_database;
mod installation;
mod instructor;
mod kills;
mod upgrades;

use std::sync::RwLock;
use std::time::Duration;

/// Lets no other test use the PostgreSQL server while a test crashes or stops it.
static POSTGRES: RwLock<()> = RwLock::new(());

/// The number of repetitions of each scenario: a few in a normal test run.
fn rounds(few: usize) -> usize {
    asked("EMTIHAN_TORTURE_ROUNDS").unwrap_or(few)
}

/// The duration of a scenario without rounds: short in a normal test run.
fn duration(short: Duration) -> Duration {
    asked("EMTIHAN_TORTURE_SECONDS").map_or(short, Duration::from_secs)
}

fn asked<T: std::str::FromStr>(variable: &str) -> Option<T> {
    #[expect(clippy::disallowed_methods, reason = "`cargo xtask torture` says by environment how much")]
    let asked = std::env::var(variable);
    asked.ok().and_then(|value| value.parse().ok())
}

/// A wait that differs from round to round, so that the program is killed at different moments.
fn moment(round: usize) -> Duration {
    Duration::from_millis(u64::try_from(round * 37 % 500).unwrap())
}
