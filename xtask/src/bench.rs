//! `cargo xtask bench import`: measures the import of a large university's roster, and compares it
//! with SQLite's command-line program, which loads the same CSV files into plain tables. Each
//! program runs once in every round, and the report prints the median of all rounds.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Instant;

use anyhow::{Context, Result, bail};

use crate::cluster::VARIABLE;
use crate::{big_roster, repo, run};

const ROUNDS: usize = 3;
/// The exit code of `emtihan import-roster` if roster rows were refused. The roster that the
/// benchmark generates contains one row that is refused.
const SOME_REFUSED: i32 = 2;
/// The program GNU time, which measures the maximum amount of memory that another program uses.
const GNU_TIME: &str = "/usr/bin/time";
/// The SQL text that creates the tables into which SQLite's command-line program loads the CSV
/// files of the roster. The benchmark compares this loading with the roster import of Emtihan. The
/// tables have the primary keys of the CSV files, but no other constraints or indexes.
const PLAIN: &str = "\
CREATE TABLE orgs (sourcedId TEXT PRIMARY KEY, name, type, identifier, parentSourcedId);
CREATE TABLE academicSessions (sourcedId TEXT PRIMARY KEY, title, type, startDate, endDate, schoolYear);
CREATE TABLE courses (sourcedId TEXT PRIMARY KEY, title, courseCode, orgSourcedId);
CREATE TABLE users (sourcedId TEXT PRIMARY KEY, enabledUser, username, givenName, familyName, middleName);
CREATE TABLE roles (sourcedId TEXT PRIMARY KEY, userSourcedId, roleType, role, orgSourcedId);
CREATE TABLE classes (sourcedId TEXT PRIMARY KEY, title, courseSourcedId, classCode, classType, schoolSourcedId, termSourcedIds);
CREATE TABLE enrollments (sourcedId TEXT PRIMARY KEY, classSourcedId, schoolSourcedId, userSourcedId, role, \"primary\");
";
const FILES: [&str; 7] = ["orgs", "academicSessions", "courses", "users", "roles", "classes", "enrollments"];

/// The time and the memory that a program needed in one round of the benchmark: seconds, and
/// megabytes if GNU time is installed.
#[derive(Clone, Copy)]
struct Cost {
    seconds: f64,
    megabytes: Option<f64>,
}

/// One table row of the report of the benchmark: the name of the measured task, and the time and
/// memory that the task needed in each round.
struct Measured {
    what: String,
    rounds: Vec<Cost>,
}

/// A running benchmark of the roster import: the path of the program `emtihan`, the folder for
/// temporary files, and the measurements.
struct Bench {
    program: PathBuf,
    folder: PathBuf,
    measured: Vec<Measured>,
}

/// Runs the benchmark of the roster import and prints its report.
pub(crate) fn import() -> Result<()> {
    let root = repo::root()?;
    run::run(run::cargo().args(["build", "--release", "--locked", "-p", "emtihan"]).current_dir(&root))?;
    let folder = std::env::temp_dir().join(format!("emtihan-bench-{}", std::process::id()));
    let target = std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root.join("target"), PathBuf::from);
    let mut bench = Bench { program: target.join("release/emtihan"), folder, measured: Vec::new() };
    big_roster::write(&bench.roster())?;
    for round in 0..ROUNDS {
        println!("round {} of {ROUNDS}", round + 1);
        bench.round(round)?;
    }
    bench.report();
    Ok(())
}

impl Drop for Bench {
    fn drop(&mut self) {
        if let Err(error) = fs::remove_dir_all(&self.folder) {
            eprintln!("{} was not removed: {error}", self.folder.display());
        }
    }
}

impl Bench {
    fn roster(&self) -> PathBuf {
        self.folder.join("roster")
    }

    fn round(&mut self, round: usize) -> Result<()> {
        match run::find("sqlite3") {
            Some(shell) => self.plain_tables(&shell, round)?,
            None => println!("sqlite3 is not installed, so nothing is compared: apt-get install sqlite3"),
        }
        let database = self.folder.join(format!("{round}.db"));
        self.imports("SQLite", &database.display().to_string())?;
        match (std::env::var_os(VARIABLE), run::find("psql")) {
            (Some(address), Some(_)) => self.on_server(&address.to_string_lossy(), round),
            (None, _) => {
                println!("PostgreSQL is not measured: {VARIABLE} is not set (`cargo xtask postgres` prints it)");
                Ok(())
            }
            (_, None) => {
                println!("PostgreSQL is not measured: psql is not installed");
                Ok(())
            }
        }
    }

    /// Measures how long the command `.import` of SQLite's command-line program takes to load the
    /// CSV files of the roster. The report compares this time with the roster import of Emtihan.
    fn plain_tables(&mut self, shell: &Path, round: usize) -> Result<()> {
        let mut script = PLAIN.to_owned();
        for file in FILES {
            script += &format!(".import --csv --skip 1 {}/{file}.csv {file}\n", self.roster().display());
        }
        let path = self.folder.join("plain.sql");
        fs::write(&path, script)?;
        let mut command = Command::new(shell);
        command.arg(self.folder.join(format!("{round}-plain.db"))).arg(format!(".read {}", path.display()));
        self.measure("sqlite3 .import into plain tables", &mut command, 0)
    }

    fn imports(&mut self, engine: &str, database: &str) -> Result<()> {
        let roster = self.roster();
        let emtihan = |bench: &Self, arguments: &[&str]| {
            let mut command = Command::new(&bench.program);
            command.args(arguments).env("EMTIHAN_DATA_DIR", bench.folder.join("data"));
            command.env("EMTIHAN_DATABASE_URL", database);
            command
        };
        run::quietly(&mut emtihan(self, &["migrate"]))?;
        for (what, arguments) in [("plan", &["--dry-run"][..]), ("first import", &[]), ("the same again", &[])] {
            let mut command = emtihan(self, &["import-roster"]);
            command.args(arguments).arg(&roster);
            self.measure(&format!("{engine}: {what}"), &mut command, SOME_REFUSED)?;
        }
        Ok(())
    }

    /// Runs the roster imports of the benchmark in a new PostgreSQL schema, and deletes the schema
    /// afterwards.
    fn on_server(&mut self, address: &str, round: usize) -> Result<()> {
        let schema = format!("bench_{}_{round}", std::process::id());
        let psql = |sql: String| run::quietly(Command::new("psql").args([address, "-q", "-c", &sql]));
        psql(format!("CREATE SCHEMA {schema}"))?;
        let done = self.imports("PostgreSQL", &format!("{address}?options=-c%20search_path%3D{schema}"));
        psql(format!("DROP SCHEMA {schema} CASCADE"))?;
        done
    }

    fn measure(&mut self, what: &str, command: &mut Command, expected: i32) -> Result<()> {
        let note = self.folder.join("memory");
        let is_known = Path::new(GNU_TIME).is_file();
        let mut timed = Command::new(if is_known { GNU_TIME.as_ref() } else { command.get_program() });
        if is_known {
            timed.args(["-q", "-f", "%M", "-o"]).arg(&note).arg(command.get_program());
        }
        timed.args(command.get_args());
        timed.envs(command.get_envs().filter_map(|(name, value)| Some((name, value?))));
        let begun = Instant::now();
        let status = timed.stdout(Stdio::null()).stderr(Stdio::null()).status().context("it did not start")?;
        let seconds = begun.elapsed().as_secs_f64();
        if status.code() != Some(expected) {
            bail!("{what}: {status}");
        }
        let kilobytes = fs::read_to_string(&note).ok().and_then(|text| text.trim().parse::<f64>().ok());
        let cost = Cost { seconds, megabytes: kilobytes.filter(|_| is_known).map(|size| size / 1024.0) };
        match self.measured.iter_mut().find(|measured| measured.what == what) {
            Some(measured) => measured.rounds.push(cost),
            None => self.measured.push(Measured { what: what.to_owned(), rounds: vec![cost] }),
        }
        Ok(())
    }

    fn report(&self) {
        let plain = self.measured.iter().find(|measured| measured.what.starts_with("sqlite3")).map(Measured::median);
        println!("\n{:<36}{:>10}{:>10}{:>10}", "median of 3", "seconds", "ratio", "MB");
        for measured in &self.measured {
            let Cost { seconds, megabytes } = measured.median();
            let ratio = plain.map_or("–".to_owned(), |plain| format!("{:.2}", seconds / plain.seconds));
            let megabytes = megabytes.map_or("–".to_owned(), |size| format!("{size:.0}"));
            println!("{:<36}{seconds:>10.2}{ratio:>10}{megabytes:>10}", measured.what);
        }
    }
}

impl Measured {
    fn median(&self) -> Cost {
        let mut rounds = self.rounds.clone();
        rounds.sort_by(|one, other| one.seconds.total_cmp(&other.seconds));
        rounds.get(rounds.len() / 2).copied().unwrap_or(Cost { seconds: f64::NAN, megabytes: None })
    }
}
