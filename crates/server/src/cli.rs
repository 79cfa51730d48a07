//! The command line. Its doc comments are the text that `--help` prints.

use chrono::NaiveDate;
use clap::builder::PossibleValuesParser;
use clap::{Args, Parser, Subcommand};
use domain::digest::Digest;
use domain::roster::plan::Absent;
use std::io::Write;
use std::net::SocketAddr;
use std::path::PathBuf;

/// Emtihan decides how each final exam of a term is held: on which platform, in which form, of which type, with which
/// programme.
#[derive(Debug, Parser)]
#[command(version, max_term_width = 100)]
pub(crate) struct Cli {
    /// A TOML file with settings; see docs/operations/configuration.md. Environment variables take precedence over it.
    #[arg(long, global = true, env = "EMTIHAN_CONFIG")]
    pub(crate) config: Option<PathBuf>,

    #[command(subcommand)]
    pub(crate) command: Command,
}

/// The subcommands of `emtihan`.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Create a demo university in a folder of its own and serve it on this machine only.
    Demo(Demo),
    /// Serve the web pages and run the background work.
    Serve,
    /// Bring the database schema up to date and stop. `serve` does so at its start.
    Migrate,
    /// Manage accounts and appointments.
    #[command(subcommand)]
    User(User),
    /// Import a roster: a folder or zip of OneRoster 1.2 CSV files, or one sheet of groups. Exits with code 2 if a row
    /// was refused.
    ImportRoster(ImportRoster),
    /// Check or load a catalogue.
    #[command(subcommand)]
    Catalogue(CatalogueCommand),
    /// Verify the chain of the history and print the first broken line, if there is one.
    Verify {
        /// Verify this order instead, by the fingerprint printed on it: its content, whether it was issued, and what
        /// has changed since.
        #[arg(long, value_name = "FINGERPRINT")]
        order: Option<Digest>,
    },
}

#[derive(Debug, Args)]
pub(crate) struct Demo {
    /// Address and port to listen on; only addresses of this machine are accepted, because the demo's passwords are
    /// public.
    #[arg(long, default_value = "127.0.0.1:8080")]
    pub(crate) listen: SocketAddr,
    /// The folder of the demo university.
    #[arg(long, default_value = "emtihan-demo")]
    pub(crate) data_dir: PathBuf,
    /// Remove the existing demo university and create a new one.
    #[arg(long)]
    pub(crate) fresh: bool,
}

#[derive(Debug, Subcommand)]
pub(crate) enum User {
    /// Add a person who is not in the roster.
    Add(AddUser),
    /// Set a password; it is read from the terminal or from standard input. Ends the person's sessions.
    SetPassword {
        /// The person's username.
        username: String,
    },
    /// Appoint a person to a role in a unit.
    Appoint {
        /// The person's username.
        username: String,
        /// The role: head or acting-head of a department, dean or dean-office of a faculty, registrar, auditor or
        /// administrator of the university, instructor or student.
        #[arg(long)]
        role: String,
        /// The code of the university, faculty or department.
        #[arg(long)]
        org: String,
        /// The first day, YYYY-MM-DD; default: today.
        #[arg(long)]
        from: Option<NaiveDate>,
        /// The last day, YYYY-MM-DD; default: no end.
        #[arg(long)]
        until: Option<NaiveDate>,
    },
    /// End all appointments of a person to a role in a unit. A roster that still contains them appoints the person
    /// again.
    Dismiss {
        /// The person's username.
        username: String,
        /// The role; see `user appoint`.
        #[arg(long)]
        role: String,
        /// The code of the unit.
        #[arg(long)]
        org: String,
    },
    /// Disable an account and end its sessions. No roster import enables it again.
    Disable {
        /// The person's username.
        username: String,
    },
    /// Enable a disabled account.
    Enable {
        /// The person's username.
        username: String,
    },
}

#[derive(Debug, Args)]
pub(crate) struct AddUser {
    /// The person's username.
    pub(crate) username: String,
    /// The person's family name.
    #[arg(long)]
    pub(crate) family_name: String,
    /// The person's given name.
    #[arg(long, default_value = "")]
    pub(crate) given_name: String,
    /// Appoint the person to this role; see `user appoint`.
    #[arg(long, requires = "org")]
    pub(crate) role: Option<String>,
    /// The code of the appointment's unit.
    #[arg(long, requires = "role")]
    pub(crate) org: Option<String>,
}

#[derive(Debug, Args)]
pub(crate) struct ImportRoster {
    /// The folder or zip; or one sheet of groups, XLSX or CSV.
    pub(crate) path: PathBuf,
    /// Deactivate records of this kind that are missing from the file: people, appointments, offerings, enrolments. Can
    /// be given several times.
    #[arg(long, value_name = "KIND", value_parser = PossibleValuesParser::new(Absent::KINDS))]
    pub(crate) deactivate: Vec<String>,
    /// Only print the changes, without making them.
    #[arg(long)]
    pub(crate) dry_run: bool,
    /// Import only the classes of this term (its `sourcedId`).
    #[arg(long)]
    pub(crate) term: Option<String>,
    /// Write the refused rows to this CSV file.
    #[arg(long)]
    pub(crate) refused: Option<PathBuf>,
}

#[derive(Debug, Subcommand)]
pub(crate) enum CatalogueCommand {
    /// Check a catalogue for faults.
    Check {
        /// The TOML file, or the folder with its `rows.toml`; instructions and media are in the same folder.
        file: PathBuf,
    },
    /// Load a catalogue without faults as the next version.
    Load {
        /// The TOML file, or the folder with its `rows.toml`; instructions and media are in the same folder.
        file: PathBuf,
        /// Put the new version in force for this term.
        #[arg(long)]
        term: Option<String>,
    },
}

/// Prints text to standard output. A closed output is ignored.
pub(crate) fn say(text: &str) {
    drop(writeln!(std::io::stdout(), "{text}"));
}

/// Prints text to standard error. A closed output is ignored.
pub(crate) fn warn(text: &str) {
    drop(writeln!(std::io::stderr(), "{text}"));
}
