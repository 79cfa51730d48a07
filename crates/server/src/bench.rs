//! The command `emtihan bench`: builds a university in a scratch place, measures the server with it,
//! and sets each number beside a reference that was measured in the same run. With `--mixed` it
//! measures the memory of the server instead, while everybody uses it.

mod http;
mod installation;
mod mixed;
mod numbers;
mod page_text;
mod people;
mod reference;
mod report;
mod scenarios;
mod university;
mod writes;

use crate::cli::{Bench, say};
use crate::startup;
use anyhow::{Result, bail};
use app::clock::Clock;
use indicatif::{ProgressBar, ProgressStyle};
use installation::{Installation, Server};
use people::People;
use report::{Measure, Report};
use scenarios::Scenarios;
use std::time::Duration;
use university::University;

/// Measures a new installation, prints a table and removes the installation.
pub(crate) fn run(asked: &Bench) -> Result<()> {
    if asked.database.as_deref().is_some_and(|address| !address.starts_with("postgres")) {
        bail!("--database takes a postgres:// address; without the option, SQLite is measured in a temporary folder");
    }
    let installation = Installation::create(asked.database.as_deref())?;
    let roster = installation.folder().join("roster");
    std::fs::create_dir(&roster)?;
    let bar = progress_bar();
    bar.set_message("writing the roster");
    let university = university::write(&roster, asked.scale, Clock::machine().today())?;
    bar.set_message("importing the roster");
    let mut measures = Vec::from(import(&installation, &roster.display().to_string())?);
    measures.extend(measure_server(asked, &installation, &university, &bar)?);
    bar.set_message("verifying");
    measures.push(Measure::of("verify", installation.run(&["verify"])?, "s"));
    bar.finish_and_clear();
    let report = Report {
        version: env!("CARGO_PKG_VERSION"),
        database: if asked.database.is_some() { "PostgreSQL" } else { "SQLite" },
        scale: asked.scale,
        processors: std::thread::available_parallelism().map_or(1, usize::from),
        offerings: university.offerings,
        students: university.students,
        measures,
    };
    report.print();
    if let Some(path) = &asked.json {
        report.write(path)?;
        say(&format!("\nWritten to {}.", path.display()));
    }
    Ok(())
}

fn import(installation: &Installation, roster: &str) -> Result<[Measure; 2]> {
    installation.run(&["migrate"])?;
    let app = startup::open(installation.folder(), &installation.database())?;
    let (imported, wait) = writes::longest_wait(&app, || installation.run(&["import-roster", roster]))?;
    let measure = Measure::of("first import of the whole university", imported, "s");
    let reference = reference::sqlite_import_seconds(roster.as_ref(), installation.folder())?;
    let measure = reference.map_or(measure.clone(), |reference| measure.beside("sqlite3 .import", reference));
    Ok([measure, Measure::of("longest wait of another writer meanwhile", wait, "s")])
}

fn measure_server(
    asked: &Bench,
    installation: &Installation,
    university: &University,
    bar: &ProgressBar,
) -> Result<Vec<Measure>> {
    bar.set_message("starting the server");
    let (server, start) = installation.serve()?;
    let mut measures = vec![Measure::of("start to the first connection", start, "s")];
    measures.extend(server.memory_mib().map(|memory| Measure::of("memory after the start", memory, "MiB")));
    bar.set_message("signing people in");
    let app = startup::open(installation.folder(), &installation.database())?;
    let mut people = People::sign_in(&app, university, server.address)?;
    drop(app);
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    measures.extend(runtime.block_on(measure_requests(asked, installation, &server, &mut people, bar))?);
    Ok(measures)
}

async fn measure_requests(
    asked: &Bench,
    installation: &Installation,
    server: &Server,
    people: &mut People,
    bar: &ProgressBar,
) -> Result<Vec<Measure>> {
    let (folder, rounds, time) =
        (installation.folder(), asked.rounds.max(1), Duration::from_millis(asked.milliseconds));
    bar.set_message("sending the first choices");
    let upload = Measure::of("first choice with an uploaded programme", people.send_first_choices(bar).await?, "ms");
    let files = 1_000.0 / reference::files_per_second(folder, 800, time)?;
    let mut measures = vec![upload.beside("write and sync a file", files)];
    bar.set_message("approving the choices of most departments");
    people.approve_others().await?;
    if let Some(minutes) = asked.mixed {
        measures.extend(mixed::use_for(minutes, server, people, bar).await?);
        return Ok(measures);
    }
    let scenarios = Scenarios { server, people, folder, rounds, time };
    measures.extend(scenarios.measure(bar).await?);
    Ok(measures)
}

fn progress_bar() -> ProgressBar {
    let style = ProgressStyle::with_template("{elapsed_precise} {bar:30} {pos}/{len} {msg}");
    let bar = ProgressBar::new(1).with_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()));
    bar.enable_steady_tick(Duration::from_millis(200));
    bar
}
