//! `emtihan import-roster`

use crate::cli::{ImportRoster, say, warn};
use anyhow::{Context, Result, bail};
use app::desk::App;
use app::failure::Failure;
use app::import_roster::{How, Report, import_roster, only_term};
use domain::roster::Roster;
use exchange::oneroster::{self, Reading};
use exchange::table::refused_csv;
use indicatif::{ProgressBar, ProgressStyle};
use std::process::ExitCode;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;

/// At most this many refused rows are listed on the screen.
const LISTED: usize = 50;

/// Imports, and says exactly what was refused.
pub(crate) fn run(app: &App, asked: &ImportRoster) -> Result<ExitCode> {
    let mut reading = oneroster::read(&asked.path).with_context(|| format!("{} was refused", asked.path.display()))?;
    for notice in &reading.notices {
        warn(&format!("note: {notice}"));
    }
    if let Some(code) = &asked.term {
        only_term(&mut reading.roster, code).with_context(|| format!("--term {code}: no such term in the roster"))?;
    }
    let report = carry_out(app, std::mem::take(&mut reading.roster), asked.dry_run)?;
    show(&report, asked.dry_run);
    complain(&reading, asked)?;
    Ok(if reading.refused.is_empty() { ExitCode::SUCCESS } else { ExitCode::from(2) })
}

fn carry_out(app: &App, roster: Roster, dry_run: bool) -> Result<Report> {
    let how = How { dry_run, ..How::default() };
    let bar = ProgressBar::new(size(&roster)).with_style(style());
    let (seen, shown) = (Arc::clone(&how.written), bar.clone());
    let watcher = std::thread::spawn(move || watch(&shown, || seen.load(Ordering::Relaxed)));
    let report = app.write_now(move |desk| import_roster(desk, &roster, &how));
    bar.finish_and_clear();
    drop(watcher.join());
    match report {
        Err(Failure::Stale(_)) => {
            bail!(
                "a username or term code of the roster belongs to somebody or something else here; nothing was written"
            )
        }
        other => Ok(other?),
    }
}

#[expect(clippy::disallowed_methods, reason = "a progress bar looks again ten times a second")]
fn watch(bar: &ProgressBar, seen: impl Fn() -> u64) {
    while !bar.is_finished() {
        bar.set_position(seen());
        std::thread::sleep(Duration::from_millis(100));
    }
}

fn style() -> ProgressStyle {
    let style = ProgressStyle::with_template("{bar:40} {pos}/{len} records, {elapsed}");
    style.unwrap_or_else(|_| ProgressStyle::default_bar())
}

fn size(roster: &Roster) -> u64 {
    let parts = [
        roster.orgs.len(),
        roster.terms.len(),
        roster.people.len(),
        roster.appointments.len(),
        roster.disciplines.len(),
        roster.offerings.len(),
        roster.enrolments.len(),
    ];
    parts.iter().sum::<usize>() as u64
}

fn show(report: &Report, dry_run: bool) {
    say(if dry_run { "It would change (nothing was written):" } else { "Imported:" });
    say(&format!("{:<14}{:>9}{:>9}{:>11}{:>9}", "", "new", "changed", "unchanged", "absent"));
    for (kind, counted) in report.kinds() {
        let (new, changed, unchanged, absent) = (counted.new, counted.changed, counted.unchanged, counted.absent);
        say(&format!("{kind:<14}{new:>9}{changed:>9}{unchanged:>11}{absent:>9}"));
    }
}

fn complain(reading: &Reading, asked: &ImportRoster) -> Result<()> {
    if reading.refused.is_empty() {
        return Ok(());
    }
    warn(&format!("{} rows were refused, with everything that refers to them:", reading.refused.len()));
    for bad in reading.refused.iter().take(LISTED) {
        warn(&format!("{}:{}: {} «{}»: {}", bad.file, bad.line, bad.column, bad.value, bad.reason));
    }
    if reading.refused.len() > LISTED {
        warn(&format!("… and {} more; --refused FILE writes all of them", reading.refused.len() - LISTED));
    }
    if let Some(path) = &asked.refused {
        std::fs::write(path, refused_csv(&reading.refused)).with_context(|| format!("--refused {}", path.display()))?;
    }
    Ok(())
}
