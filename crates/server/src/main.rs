//! The program `emtihan`. It serves the web pages, migrates the database, imports rosters, manages
//! accounts and verifies the history.

mod accept;
mod bench;
mod cli;
mod commands;
mod config;
mod demo;
mod log;
mod mail;
mod private_files;
mod process_identity;
mod serve;
mod setup_key;
mod startup;

use clap::Parser;
use std::process::ExitCode;

fn main() -> ExitCode {
    private_files::create_private_files();
    match commands::run(cli::Cli::parse()) {
        Ok(code) => code,
        Err(error) => {
            cli::warn(&format!("emtihan: {error:#}"));
            ExitCode::FAILURE
        }
    }
}
