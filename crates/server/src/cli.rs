//! The command line of the program `emtihan`. The comments on commands and options are the texts of
//! `--help`.

use crate::log::printable;
use chrono::NaiveDate;
use clap::builder::PossibleValuesParser;
use clap::{Args, Parser, Subcommand};
use domain::digest::Digest;
use domain::roster::plan::Absent;
use std::io::Write;
use std::net::SocketAddr;
use std::path::PathBuf;

/// Web application in which a university decides how each final exam of a term is held: on which
/// platform, in which format, of which type, with which programme.
#[derive(Debug, Parser)]
#[command(version, max_term_width = 100)]
pub(crate) struct Cli {
    /// TOML file with settings (see docs/operations/configuration.md). Environment variables take precedence.
    #[arg(long, global = true, env = "EMTIHAN_CONFIG", value_name = "FILE")]
    pub(crate) config: Option<PathBuf>,

    #[command(subcommand)]
    pub(crate) command: Command,
}

/// The subcommands of the program `emtihan`, such as `serve` and `migrate`.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Create a demo university in a separate folder and serve it on this machine only.
    Demo(Demo),
    /// Migrate the database, then serve pages and run background work until SIGTERM or Ctrl-C.
    Serve,
    /// Migrate the database and exit. The command `serve` also migrates the database.
    Migrate {
        /// Begin an empty university, even if documents of an earlier installation lie in the data
        /// folder
        #[arg(long)]
        new: bool,
    },
    /// Manage the accounts of people and their appointments to roles.
    #[command(subcommand)]
    User(User),
    /// Import a roster: OneRoster 1.2 CSV files or a sheet of groups. Exit code 2 if rows of the
    /// roster were refused.
    ImportRoster(ImportRoster),
    /// Check or load a catalogue (the permitted combinations of platform, exam format and type).
    #[command(subcommand)]
    Catalogue(CatalogueCommand),
    /// Check that the database, the history and the documents are whole and agree with each other.
    /// Changes nothing. Exit code 1 if the check fails.
    Verify(Verify),
    /// Measure the speed of a new installation in a scratch place, beside references that are measured in the same run.
    Bench(Bench),
}

#[derive(Debug, Args)]
pub(crate) struct Bench {
    /// Measure on PostgreSQL, in a new schema of the database with this postgres:// address. The schema
    /// is removed at the end. Without the option, a SQLite file in a temporary folder is measured.
    #[arg(long, value_name = "ADDRESS")]
    pub(crate) database: Option<String>,
    /// Size of the university: 1 has about 7,000 student groups and 25,000 students, 20 has twenty
    /// times as many, 0 has 360 student groups.
    #[arg(long, default_value_t = 1, value_name = "N")]
    pub(crate) scale: usize,
    /// Number of rounds in which each load and its reference are measured. The median counts.
    #[arg(long, default_value_t = 3, value_name = "N")]
    pub(crate) rounds: usize,
    /// Duration of a load in each round, in milliseconds.
    #[arg(long, default_value_t = 2000, value_name = "MS")]
    pub(crate) milliseconds: u64,
    /// Instead of speed, measure the memory of the server while everybody uses it, for so many minutes.
    #[arg(long, value_name = "MINUTES")]
    pub(crate) mixed: Option<u64>,
    /// File to which the results are written as JSON.
    #[arg(long, value_name = "FILE")]
    pub(crate) json: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub(crate) struct Demo {
    /// Address and port on which the demo listens; only addresses of this machine, because the
    /// passwords of the demo are public.
    #[arg(long, default_value = "127.0.0.1:8080", value_name = "ADDRESS")]
    pub(crate) listen: SocketAddr,
    /// Folder of the demo university; it is created if it is missing.
    #[arg(long, default_value = "emtihan-demo", value_name = "FOLDER")]
    pub(crate) data_dir: PathBuf,
    /// Remove the existing demo university and create a new one.
    #[arg(long)]
    pub(crate) fresh: bool,
}

#[derive(Debug, Subcommand)]
pub(crate) enum User {
    /// Add a person who is not in the roster.
    Add(AddUser),
    /// Set a password, read from a prompt or from one line of the standard input, and end all
    /// sessions of the person.
    SetPassword {
        /// Name with which the person signs in.
        username: String,
    },
    /// Appoint a person to a role in a unit, or change the dates of an existing appointment.
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
        /// First day of the appointment, YYYY-MM-DD; without it the appointment is already in
        /// force.
        #[arg(long, value_name = "DATE")]
        from: Option<NaiveDate>,
        /// Last day of the appointment, YYYY-MM-DD; without it the appointment has no end.
        #[arg(long, value_name = "DATE")]
        until: Option<NaiveDate>,
    },
    /// End all appointments of a person to a role in a unit. Yesterday becomes the last day of
    /// these appointments, and no roster import renews them.
    Dismiss {
        /// Name with which the person signs in.
        username: String,
        /// Role that the person no longer has; `user appoint` lists the roles.
        #[arg(long)]
        role: String,
        /// Code of the university, faculty or department of the appointment.
        #[arg(long)]
        org: String,
    },
    /// Disable an account and end its sessions. A later roster import does not enable the account
    /// again.
    Disable {
        /// Name with which the person signs in.
        username: String,
    },
    /// Enable an account that was disabled.
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
    /// Role to which the new person is appointed; `user appoint` lists the roles.
    #[arg(long, requires = "org")]
    pub(crate) role: Option<String>,
    /// Code of the university, faculty or department in which the new person is appointed.
    #[arg(long, requires = "role")]
    pub(crate) org: Option<String>,
}

#[derive(Debug, Args)]
pub(crate) struct ImportRoster {
    /// Folder or ZIP of OneRoster files, or a sheet of groups (XLSX or CSV).
    pub(crate) path: PathBuf,
    /// Deactivate records of this kind that are missing from the roster; repeat the option for
    /// several kinds.
    #[arg(long, value_name = "KIND", value_parser = PossibleValuesParser::new(Absent::KINDS))]
    pub(crate) deactivate: Vec<String>,
    /// Print the changes that the import would make, and write nothing.
    #[arg(long)]
    pub(crate) dry_run: bool,
    /// Allow the roster to make, change and end administrators, and to change their accounts. Without
    /// the option, rows that would do so are refused.
    #[arg(long)]
    pub(crate) administrators: bool,
    /// Import only the groups (OneRoster classes) of the term with this `sourcedId`; without it, of
    /// all terms.
    #[arg(long, value_name = "CODE")]
    pub(crate) term: Option<String>,
    /// Write all refused rows of the roster to this CSV file; the terminal shows only the first 50.
    #[arg(long, value_name = "FILE")]
    pub(crate) refused: Option<PathBuf>,
}

#[derive(Debug, Subcommand)]
pub(crate) enum CatalogueCommand {
    /// Check a catalogue for faults. Exit code 2 if the catalogue has faults.
    Check {
        /// TOML file of the catalogue, or folder with `rows.toml`; instructions and media are
        /// beside that file.
        file: PathBuf,
    },
    /// Load a catalogue as the next version, if it has no faults.
    Load {
        /// TOML file of the catalogue, or folder with `rows.toml`; instructions and media are
        /// beside that file.
        file: PathBuf,
        /// Code of a term for which the new catalogue version comes into force at once.
        #[arg(long, value_name = "CODE")]
        term: Option<String>,
    },
}

/// Prints a line to standard output, with control characters escaped. It is not an error if standard
/// output is closed.
pub(crate) fn say(text: &str) {
    drop(writeln!(std::io::stdout(), "{}", printable(text)));
}

/// Prints a line to standard error, with control characters escaped.
pub(crate) fn warn(text: &str) {
    drop(writeln!(std::io::stderr(), "{}", printable(text)));
}

/// The options of the command `emtihan verify`.
#[derive(Debug, Args)]
pub(crate) struct Verify {
    /// Check only the printed order with this fingerprint: its content, its record in the history, and
    /// the changes of its exams since it was issued.
    #[arg(long, value_name = "FINGERPRINT", conflicts_with = "checkpoint")]
    pub(crate) order: Option<Digest>,
    /// Also check that the history has a checkpoint with this hash, which was printed on an order, logged
    /// by the server or kept elsewhere. Otherwise the end of the history was cut off or replaced.
    #[arg(long, value_name = "HASH")]
    pub(crate) checkpoint: Option<Digest>,
    /// Also list every subject of the history, and from which line on a hash proves its records.
    #[arg(long, conflicts_with = "order")]
    pub(crate) subjects: bool,
}
