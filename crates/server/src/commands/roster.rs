//! The command `emtihan import-roster`: imports a roster, or shows the changes that the import
//! would make.

use crate::cli::{ImportRoster, say, warn};
use crate::log::one_line;
use anyhow::{Context, Result, bail};
use app::app::App;
use app::failure::{Failure, Stale};
use app::roster::import_roster::{ImportOptions, only_term};
use app::roster::imports::{NamedImport, import_named};
use domain::limits::IMPORT_CONSOLE_LISTED;
use domain::roster::authority::ImportAuthority;
use domain::roster::danger::DangerKind;
use domain::roster::plan::Absent;
use domain::roster::{BadLine, KindDifference};
use exchange::oneroster;
use exchange::roster_file::RosterFile;
use exchange::table::refused_csv;
use indicatif::{ProgressBar, ProgressStyle};
use std::fs::File;
use std::process::ExitCode;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;

/// Imports a roster, then prints the number of changes and the refused rows of the roster file.
pub(crate) fn run(app: &App, asked: &ImportRoster) -> Result<ExitCode> {
    let mut file = open(asked).with_context(|| format!("{} was refused", asked.path.display()))?;
    if let (Some(code), RosterFile::OneRoster(reading)) = (&asked.term, &mut file) {
        only_term(&mut reading.roster, code).with_context(|| format!("--term {code}: no such term in the roster"))?;
    }
    let done = carry_out(app, file, asked)?;
    for warning in &done.warnings {
        warn(&one_line(&format!("note: {warning}")));
    }
    show(&done, asked.dry_run);
    complain(&done.refused, asked)?;
    Ok(if done.refused.is_empty() { ExitCode::SUCCESS } else { ExitCode::from(2) })
}

fn open(asked: &ImportRoster) -> Result<RosterFile> {
    if asked.path.is_dir() {
        return Ok(RosterFile::OneRoster(Box::new(oneroster::read(&asked.path)?)));
    }
    let name = asked.path.file_name().unwrap_or(asked.path.as_os_str()).to_string_lossy();
    Ok(RosterFile::read(File::open(&asked.path)?, &name)?)
}

fn carry_out(app: &App, file: RosterFile, asked: &ImportRoster) -> Result<NamedImport> {
    let absent = Absent::of(asked.deactivate.iter().map(String::as_str));
    let authority = if asked.administrators {
        ImportAuthority::CommandLineWithAdministrators
    } else {
        ImportAuthority::CommandLine
    };
    let how = ImportOptions { dry_run: asked.dry_run, absent, authority, ..ImportOptions::default() };
    let bar = ProgressBar::new(size(&file)).with_style(style());
    let (seen, shown) = (Arc::clone(&how.written), bar.clone());
    let watcher = std::thread::spawn(move || watch(&shown, || seen.load(Ordering::Relaxed)));
    let name = asked.path.display().to_string();
    let report = app.write_now(move |work| import_named(work, &file, &how, &name));
    bar.finish_and_clear();
    drop(watcher.join());
    match report {
        Err(Failure::Stale(Stale::Import(moved))) => bail!("{moved}; nothing was written"),
        Err(Failure::Stale(_)) => {
            bail!("a username or term code of the roster already belongs to another record; nothing was written")
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

fn size(file: &RosterFile) -> u64 {
    match file {
        RosterFile::OneRoster(reading) => reading.roster.size() as u64,
        RosterFile::Sheet(sheet) => sheet.size() as u64,
    }
}

fn show(done: &NamedImport, dry_run: bool) {
    say(if dry_run { "Preview, nothing was written:" } else { "Imported:" });
    say(&format!("{:<14}{:>9}{:>9}{:>11}{:>9}", "", "new", "changed", "unchanged", "absent"));
    for KindDifference { kind, difference: counted } in done.report.kinds() {
        let (new, changed, unchanged, absent) = (counted.new, counted.changed, counted.unchanged, counted.absent);
        say(&format!("{kind:<14}{new:>9}{changed:>9}{unchanged:>11}{absent:>9}"));
    }
    for danger in &done.dangers {
        say(&format!("attention: {} ({})", described(danger.kind), danger.count));
    }
}

fn described(kind: DangerKind) -> &'static str {
    match kind {
        DangerKind::Periods => "dates of terms change",
        DangerKind::SignIn => "accounts are disabled or renamed",
        DangerKind::Deciders => "people who approve or administer change",
        DangerKind::Choices => "groups that already have a choice change",
    }
}

fn complain(refused: &[BadLine], asked: &ImportRoster) -> Result<()> {
    if refused.is_empty() {
        return Ok(());
    }
    warn(&format!("{} rows were refused, with all rows that refer to them:", refused.len()));
    for bad in refused.iter().take(IMPORT_CONSOLE_LISTED) {
        let described = format!("{}:{}: {} «{}»: {}", bad.file, bad.line, bad.column, bad.value, bad.reason);
        warn(&one_line(&described));
    }
    if refused.len() > IMPORT_CONSOLE_LISTED {
        warn(&format!("… and {} more; --refused FILE writes all of them", refused.len() - IMPORT_CONSOLE_LISTED));
    }
    if let Some(path) = &asked.refused {
        std::fs::write(path, refused_csv(refused)).with_context(|| format!("--refused {}", path.display()))?;
    }
    Ok(())
}
