//! The subcommands of `emtihan catalogue`, which check and load a catalogue (the permitted
//! combinations of platform, exam format and type).

use crate::cli::{CatalogueCommand, say, warn};
use crate::config::Config;
use crate::startup;
use anyhow::{Result, bail};
use app::catalogue::load_catalogue::{NotLoaded, load_catalogue};
use app::failure::Failure;
use domain::proofs::{CatalogueFault, faults};
use exchange::catalogue::{CatalogueFolder, read_catalogue, rows_path};
use std::path::Path;
use std::process::ExitCode;

/// Runs a subcommand of `emtihan catalogue` (check or load).
pub(crate) fn run(config: &Config, command: &CatalogueCommand) -> Result<ExitCode> {
    match command {
        CatalogueCommand::Check { file } => check(file),
        CatalogueCommand::Load { file, term } => load(config, file, term.as_deref()),
    }
}

fn check(file: &Path) -> Result<ExitCode> {
    let folder = read(file)?;
    let failed = faults(&folder.catalogue);
    if failed.is_empty() {
        say(&format!("No faults: {}.", described(&folder)));
        return Ok(ExitCode::SUCCESS);
    }
    complain(&failed);
    Ok(ExitCode::from(2))
}

fn load(config: &Config, file: &Path, term: Option<&str>) -> Result<ExitCode> {
    let folder = read(file)?;
    let app = startup::open_configured(config)?;
    match load_catalogue(&app, &folder, term) {
        Ok(version) => {
            say(&format!("Loaded as version {version}: {}.", described(&folder)));
            match term {
                Some(term) => say(&format!("It is in force for the term {term}.")),
                None => say("New terms will use it; to put it in force for an existing term, use --term CODE."),
            }
            Ok(ExitCode::SUCCESS)
        }
        Err(NotLoaded::Unsound(failed)) => {
            complain(&failed);
            Ok(ExitCode::from(2))
        }
        Err(NotLoaded::Failed(Failure::NotFound)) => {
            bail!("--term {}: there is no such term; nothing was loaded", term.unwrap_or_default())
        }
        Err(NotLoaded::Failed(failure)) => Err(failure.into()),
    }
}

/// Reads a catalogue from a TOML file, or from the `rows.toml` in a folder.
fn read(file: &Path) -> Result<CatalogueFolder> {
    let file = if file.is_dir() { rows_path(file) } else { file.to_owned() };
    Ok(read_catalogue(&file)?)
}

fn described(folder: &CatalogueFolder) -> String {
    let catalogue = &folder.catalogue;
    let (rows, platforms, forms) = (catalogue.rows.len(), catalogue.platforms.len(), catalogue.forms.len());
    format!("{rows} rows, {platforms} platforms, {forms} forms, {} types", catalogue.kinds.len())
}

fn complain(failed: &[CatalogueFault]) {
    for fault in failed {
        let rows: Vec<String> = fault.rows.iter().map(ToString::to_string).collect();
        warn(format!("{} {} {}", fault.code, rows.join(" "), fault.what).trim_end());
    }
    warn(&format!("{} faults; nothing was loaded.", failed.len()));
}
