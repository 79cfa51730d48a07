//! The command line. Its doc comments are the texts of `--help`.

use chrono::NaiveDate;
use clap::builder::PossibleValuesParser;
use clap::{Args, Parser, Subcommand};
use domain::digest::Digest;
use domain::roster::plan::Absent;
use std::io::Write;
use std::net::SocketAddr;
use std::path::PathBuf;

/// Web application in which a university decides how each final exam of a term is held: on which platform, in which
/// form, of which type, with which programme.
#[derive(Debug, Parser)]
#[command(version, max_term_width = 100)]
pub(crate) struct Cli {
    /// TOML file with settings (see docs/operations/configuration.md). Environment variables take precedence.
    #[arg(long, global = true, env = "EMTIHAN_CONFIG", value_name = "FILE")]
    pub(crate) config: Option<PathBuf>,

    #[command(subcommand)]
    pub(crate) command: Command,
}

/// The subcommands of `emtihan`.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Create a demo university in a folder of its own and serve it on this machine only.
    Demo(Demo),
    /// Migrate the database, then serve pages and run background work until SIGTERM or Ctrl-C.
    Serve,
    /// Migrate the database and exit; `serve` also does this.
    Migrate,
    /// Manage accounts and appointments.
    #[command(subcommand)]
    User(User),
    /// Import a roster: OneRoster 1.2 CSV files or a sheet of groups. Exit code 2 if rows were refused.
    ImportRoster(ImportRoster),
    /// Check or load a catalogue (the permitted combinations of platform, form and type).
    #[command(subcommand)]
    Catalogue(CatalogueCommand),
    /// Check the whole history, or one order. Exit code 1 if it was changed.
    Verify {
        /// Check the order with this printed fingerprint instead: its content, its record in the history, and changes
        /// since.
        #[arg(long, value_name = "FINGERPRINT")]
        order: Option<Digest>,
    },
}

#[derive(Debug, Args)]
pub(crate) struct Demo {
    /// Address and port to listen on; only addresses of this machine, because the passwords of the demo are public.
    #[arg(long, default_value = "127.0.0.1:8080", value_name = "ADDRESS")]
    pub(crate) listen: SocketAddr,
    /// Folder of the demo university; created if it is missing.
    #[arg(long, default_value = "emtihan-demo", value_name = "FOLDER")]
    pub(crate) data_dir: PathBuf,
    /// Remove the demo university and create it anew.
    #[arg(long)]
    pub(crate) fresh: bool,
}

#[derive(Debug, Subcommand)]
pub(crate) enum User {
    /// Add a person who is not in the roster.
    Add(AddUser),
    /// Set a password from a prompt or from one line of the standard input, and end the person's sessions.
    SetPassword {
        /// Name with which the person signs in.
        username: String,
    },
    /// Appoint a person in a unit, or change the dates of that appointment.
    Appoint {
        /// Name with which the person signs in.
        username: String,
        /// Role: instructor, head or acting-head (in a department), dean or dean-office (in a faculty), registrar,
        /// auditor or administrator (in the university), or student.
        #[arg(long)]
        role: String,
        /// Code of the university, faculty or department: its `identifier` in the roster, or its `sourcedId`.
        #[arg(long)]
        org: String,
        /// First day, YYYY-MM-DD; without it the appointment is already in force.
        #[arg(long, value_name = "DATE")]
        from: Option<NaiveDate>,
        /// Last day, YYYY-MM-DD; without it the appointment has no end.
        #[arg(long, value_name = "DATE")]
        until: Option<NaiveDate>,
    },
    /// End all appointments of a person with this role in this unit. Yesterday is their last day; no roster renews
    /// them.
    Dismiss {
        /// Name with which the person signs in.
        username: String,
        /// Role: see `user appoint`.
        #[arg(long)]
        role: String,
        /// Code of the unit.
        #[arg(long)]
        org: String,
    },
    /// Disable an account and end its sessions. No roster enables it again.
    Disable {
        /// Name with which the person signs in.
        username: String,
    },
    /// Enable a disabled account.
    Enable {
        /// Name with which the person signs in.
        username: String,
    },
}

#[derive(Debug, Args)]
pub(crate) struct AddUser {
    /// Name with which the person signs in.
    pub(crate) username: String,
    /// Family name of the person.
    #[arg(long)]
    pub(crate) family_name: String,
    /// Given name of the person.
    #[arg(long, default_value = "")]
    pub(crate) given_name: String,
    /// Role to which the person is appointed at once; see `user appoint`.
    #[arg(long, requires = "org")]
    pub(crate) role: Option<String>,
    /// Code of the unit of that appointment.
    #[arg(long, requires = "role")]
    pub(crate) org: Option<String>,
}

#[derive(Debug, Args)]
pub(crate) struct ImportRoster {
    /// Folder or ZIP of OneRoster files, or a sheet of groups (XLSX or CSV).
    pub(crate) path: PathBuf,
    /// Deactivate records of this kind that are missing from the file; repeat it for several kinds.
    #[arg(long, value_name = "KIND", value_parser = PossibleValuesParser::new(Absent::KINDS))]
    pub(crate) deactivate: Vec<String>,
    /// Print what would change and write nothing.
    #[arg(long)]
    pub(crate) dry_run: bool,
    /// Import only the classes of this term (its `sourcedId`); by default of all terms.
    #[arg(long, value_name = "CODE")]
    pub(crate) term: Option<String>,
    /// Write all refused rows to this CSV file; the terminal shows the first 50.
    #[arg(long, value_name = "FILE")]
    pub(crate) refused: Option<PathBuf>,
}

#[derive(Debug, Subcommand)]
pub(crate) enum CatalogueCommand {
    /// Check a catalogue for faults. Exit code 2 if there are any.
    Check {
        /// TOML file, or folder with `rows.toml`; instructions and media are beside it.
        file: PathBuf,
    },
    /// Load a catalogue without faults as the next version.
    Load {
        /// TOML file, or folder with `rows.toml`; instructions and media are beside it.
        file: PathBuf,
        /// Code of a term for which the version comes into force at once.
        #[arg(long, value_name = "CODE")]
        term: Option<String>,
    },
}

/// Prints a line to the standard output; a closed output is ignored.
pub(crate) fn say(text: &str) {
    drop(writeln!(std::io::stdout(), "{text}"));
}

/// Prints a line to the standard error.
pub(crate) fn warn(text: &str) {
    drop(writeln!(std::io::stderr(), "{text}"));
}
