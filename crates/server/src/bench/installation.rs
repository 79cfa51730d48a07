//! A scratch installation of Emtihan that `emtihan bench` measures: an empty database, a folder for
//! documents, and the server in a process of its own, so that its processor time and memory can be
//! told apart from those of the measuring program.

use anyhow::{Context, Result, bail};
use std::fs;
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};
use store::DatabaseLocation;
use store::scratch::ScratchSchema;
use tempfile::TempDir;

/// A scratch installation, which is removed at the end.
pub(super) struct Installation {
    folder: TempDir,
    schema: Option<ScratchSchema>,
}

impl Installation {
    /// Creates an empty installation: a SQLite file in a temporary folder, or a new schema in the
    /// PostgreSQL database with the given address.
    pub(super) fn create(address: Option<&str>) -> Result<Self> {
        let folder = tempfile::Builder::new().prefix("emtihan-bench-").tempdir()?;
        let name = format!("emtihan_bench_{}", std::process::id());
        let schema = address.map(|address| ScratchSchema::create(address, name));
        let schema = schema.transpose().context("--database")?;
        Ok(Self { folder, schema })
    }

    pub(super) fn folder(&self) -> &Path {
        self.folder.path()
    }

    pub(super) fn database(&self) -> DatabaseLocation {
        match &self.schema {
            Some(schema) => schema.location(),
            None => DatabaseLocation::File(self.folder().join("emtihan.db")),
        }
    }

    /// A command of the program that works with this installation.
    pub(super) fn command(&self, arguments: &[&str]) -> Result<Command> {
        let mut command = Command::new(std::env::current_exe()?);
        command.args(arguments).env("EMTIHAN_DATA_DIR", self.folder()).env("RUST_LOG", "warn");
        command.env_remove("EMTIHAN_CONFIG").stdin(Stdio::null()).stdout(Stdio::null());
        match self.database() {
            DatabaseLocation::File(path) => command.env("EMTIHAN_DATABASE_URL", path),
            DatabaseLocation::Address(address) => command.env("EMTIHAN_DATABASE_URL", address),
        };
        Ok(command)
    }

    /// Runs a command of the program to its end, and returns how many seconds it took.
    pub(super) fn run(&self, arguments: &[&str]) -> Result<f64> {
        let began = Instant::now();
        let status = self.command(arguments)?.stderr(Stdio::null()).status()?;
        if !status.success() {
            bail!("emtihan {} ended with {status}", arguments.join(" "));
        }
        Ok(began.elapsed().as_secs_f64())
    }

    /// Starts the server and waits until it answers. Also returns after how many seconds it did.
    pub(super) fn serve(&self) -> Result<(Server, f64)> {
        let address = TcpListener::bind("127.0.0.1:0")?.local_addr()?;
        let began = Instant::now();
        let mut command = self.command(&["serve"])?;
        let child = command.env("EMTIHAN_LISTEN", address.to_string()).spawn()?;
        let server = Server { child, address, counts_database: self.schema.is_some() };
        while TcpStream::connect(address).is_err() {
            if began.elapsed() > Duration::from_secs(30) {
                bail!("the server did not start within 30 seconds");
            }
            std::thread::yield_now();
        }
        Ok((server, began.elapsed().as_secs_f64()))
    }
}

/// The server as a child process. Dropping it stops the process.
pub(super) struct Server {
    child: Child,
    pub(super) address: SocketAddr,
    counts_database: bool,
}

impl Server {
    /// The processor time in seconds that the server has used, with that of all PostgreSQL processes
    /// of this machine if the installation is on PostgreSQL. `None` where `/proc` is missing.
    pub(super) fn cpu_seconds(&self) -> Option<f64> {
        let mut ticks = ticks_of(&PathBuf::from(format!("/proc/{}", self.child.id())))?;
        if self.counts_database {
            let processes = fs::read_dir("/proc").ok()?.flatten().map(|entry| entry.path());
            ticks += processes.filter(|path| is_postgres(path)).filter_map(|path| ticks_of(&path)).sum::<u64>();
        }
        Some(super::numbers::float(ticks) / super::numbers::float(rustix::param::clock_ticks_per_second()))
    }

    /// The memory of the server in MiB (proportional set size). `None` where `/proc` is missing.
    pub(super) fn memory_mib(&self) -> Option<f64> {
        let rollup = fs::read_to_string(format!("/proc/{}/smaps_rollup", self.child.id())).ok()?;
        let line = rollup.lines().find_map(|line| line.strip_prefix("Pss:"))?;
        let kib: u64 = line.trim().strip_suffix("kB")?.trim().parse().ok()?;
        Some(super::numbers::float(kib) / 1_024.0)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        drop(self.child.kill());
        drop(self.child.wait());
    }
}

/// The processor time of a process and of its children that have ended, in clock ticks.
fn ticks_of(process: &Path) -> Option<u64> {
    let stat = fs::read_to_string(process.join("stat")).ok()?;
    let fields = stat.rsplit_once(')')?.1.split_whitespace();
    Some(fields.skip(11).take(2).filter_map(|field| field.parse::<u64>().ok()).sum())
}

fn is_postgres(process: &Path) -> bool {
    fs::read_to_string(process.join("comm")).is_ok_and(|name| name.trim() == "postgres")
}
