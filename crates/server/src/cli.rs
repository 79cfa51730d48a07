//! The command line. What it explains here is what `--help` says.

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
    /// A TOML file with settings; see docs/operations/configuration.md. Environment variables outweigh it.
    #[arg(long, global = true, env = "EMTIHAN_CONFIG")]
    pub(crate) config: Option<PathBuf>,

    #[command(subcommand)]
    pub(crate) command: Command,
}

/// The commands of the command line.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Fill a folder of its own with a demo university and serve it on this machine only.
    Demo(Demo),
    /// Serve the pages and run the background work.
    Serve,
    /// Bring the database up to date and stop. `serve` does it by itself.
    Migrate,
    /// Manage accounts and appointments.
    #[command(subcommand)]
    User(User),
    /// Bring in a roster: a folder or zip of OneRoster 1.2 CSV files, or one sheet of groups. Exit code 2 when a row was refused.
    ImportRoster(ImportRoster),
    /// Keep the rule table.
    #[command(subcommand)]
    Catalogue(CatalogueCommand),
    /// Walk the history and name the first broken line, if there is one.
    Verify {
        /// Check this order instead, by the fingerprint that is printed on it: what it said, that it was issued, and what
        /// has changed since.
        #[arg(long, value_name = "FINGERPRINT")]
        order: Option<Digest>,
    },
}

#[derive(Debug, Args)]
pub(crate) struct Demo {
    /// Where to listen; only addresses of this machine are taken, since the demo's passwords are public.
    #[arg(long, default_value = "127.0.0.1:8080")]
    pub(crate) listen: SocketAddr,
    /// The folder of the demo university.
    #[arg(long, default_value = "emtihan-demo")]
    pub(crate) data_dir: PathBuf,
    /// Remove the demo university and start over.
    #[arg(long)]
    pub(crate) fresh: bool,
}

#[derive(Debug, Subcommand)]
pub(crate) enum User {
    /// Add a person who is not in the roster.
    Add(AddUser),
    /// Set a password; it is asked for, or read from the standard input. Ends the person's sessions.
    SetPassword {
        /// The name to sign in with.
        username: String,
    },
    /// Appoint somebody in a unit.
    Appoint {
        /// The name to sign in with.
        username: String,
        /// head, acting-head (of a department), dean, dean-office (of a faculty), registrar, auditor, administrator (of the
        /// university), instructor or student.
        #[arg(long)]
        role: String,
        /// The code of the university, faculty or department.
        #[arg(long)]
        org: String,
        /// First day, YYYY-MM-DD; from now on without it.
        #[arg(long)]
        from: Option<NaiveDate>,
        /// Last day, YYYY-MM-DD; without an end without it.
        #[arg(long)]
        until: Option<NaiveDate>,
    },
    /// End all appointments of somebody with this role in this unit. A roster that still names them appoints them again.
    Dismiss {
        /// The name to sign in with.
        username: String,
        /// The role: see `user appoint`.
        #[arg(long)]
        role: String,
        /// The code of the unit.
        #[arg(long)]
        org: String,
    },
    /// Let an account sign in no longer, and end its sessions. No roster lets it in again.
    Disable {
        /// The name to sign in with.
        username: String,
    },
    /// Let a disabled account sign in again.
    Enable {
        /// The name to sign in with.
        username: String,
    },
}

#[derive(Debug, Args)]
pub(crate) struct AddUser {
    /// The name to sign in with.
    pub(crate) username: String,
    /// The family name of the person.
    #[arg(long)]
    pub(crate) family_name: String,
    /// The given name of the person.
    #[arg(long, default_value = "")]
    pub(crate) given_name: String,
    /// Appoint them at once: see `user appoint`.
    #[arg(long, requires = "org")]
    pub(crate) role: Option<String>,
    /// The code of the unit of that appointment.
    #[arg(long, requires = "role")]
    pub(crate) org: Option<String>,
}

#[derive(Debug, Args)]
pub(crate) struct ImportRoster {
    /// The folder or zip; or one sheet of groups, XLSX or CSV.
    pub(crate) path: PathBuf,
    /// Put aside what is missing from the file: people, appointments, offerings, enrolments. May be given several times.
    #[arg(long, value_name = "KIND", value_parser = PossibleValuesParser::new(Absent::KINDS))]
    pub(crate) deactivate: Vec<String>,
    /// Only say what would change.
    #[arg(long)]
    pub(crate) dry_run: bool,
    /// Only the classes of this term (its `sourcedId`).
    #[arg(long)]
    pub(crate) term: Option<String>,
    /// Write the refused rows to this CSV file.
    #[arg(long)]
    pub(crate) refused: Option<PathBuf>,
}

#[derive(Debug, Subcommand)]
pub(crate) enum CatalogueCommand {
    /// Prove that a rule table is sound.
    Check {
        /// The TOML file, or the folder with its `rows.toml`; instructions and media stand beside it.
        file: PathBuf,
    },
    /// Load a sound rule table as the next version.
    Load {
        /// The TOML file, or the folder with its `rows.toml`; instructions and media stand beside it.
        file: PathBuf,
        /// Put it in force for this term.
        #[arg(long)]
        term: Option<String>,
    },
}

/// Says something on the standard output. Whoever closed it does not want to hear it.
pub(crate) fn say(text: &str) {
    drop(writeln!(std::io::stdout(), "{text}"));
}

/// Says something on the standard error.
pub(crate) fn warn(text: &str) {
    drop(writeln!(std::io::stderr(), "{text}"));
}
