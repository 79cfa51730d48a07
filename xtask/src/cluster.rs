//! A private PostgreSQL server (cluster) for tests. It is created in a temporary folder on a free
//! port, and is deleted after the tests.
//!
//! PostgreSQL refuses to run as root, so if `cargo xtask` runs as root, PostgreSQL runs as an
//! ordinary user. A small shell script supervises the server and waits for the end of its input. If
//! `cargo xtask` ends in any way (error, Ctrl-C, `kill -9`), the script's input ends, and the
//! script stops the server and deletes the folder.

use std::ffi::OsStr;
use std::fs;
use std::io::{BufRead, BufReader};
use std::net::TcpListener;
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use anyhow::{Context, Result, bail};

use crate::run;

/// The oldest major version of PostgreSQL that the application supports.
pub(crate) const OLDEST: u32 = 15;
/// The environment variable from which the tests read the address of the PostgreSQL server.
pub(crate) const VARIABLE: &str = "EMTIHAN_TEST_POSTGRES";
/// The maximum number of attempts to start the PostgreSQL server, each on a port that is free at
/// that time. An attempt fails if another program takes the port before the PostgreSQL server uses
/// it.
const ATTEMPTS: u32 = 3;

/// The shell script that supervises the PostgreSQL server. Its arguments are the folder of
/// PostgreSQL's programs, the folder of the server's data, and the port.
const KEEPER: &str = r#"
bin=$1 folder=$2 port=$3
umask 077
trap '' PIPE # nobody may be left to hear `ready`; the server is stopped all the same
end() {
    "$bin/pg_ctl" -D "$folder/data" -m immediate -w stop
    rm -rf "$folder"
}
fail() {
    tail -n 5 "$folder/log" >&2
    end >/dev/null 2>&1
    exit 1
}
mkdir "$folder" || exit 1
cd "$folder" || exit 1
"$bin/initdb" -D "$folder/data" -U postgres --auth=trust --encoding=UTF8 --locale=C.UTF-8 --no-sync >log 2>&1 || fail
"$bin/pg_ctl" -D "$folder/data" -l "$folder/log" -w -t 60 start -o "-c listen_addresses=127.0.0.1 -c port=$port \
    -c unix_socket_directories=$folder -c max_connections=200 -c fsync=off -c full_page_writes=off \
    -c timezone=UTC" >/dev/null 2>&1 || fail
echo ready 2>/dev/null
cat >/dev/null
cd /
end >/dev/null 2>&1
"#;

/// A running private PostgreSQL server. Dropping this value stops the server and deletes its
/// folder.
pub(crate) struct Cluster {
    keeper: Child,
    url: String,
}

impl Cluster {
    /// Starts a private PostgreSQL server and waits until it answers.
    pub(crate) fn start() -> Result<Self> {
        let programs = programs()
            .with_context(|| format!("PostgreSQL {OLDEST} or newer is missing: apt-get install postgresql"))?;
        let user = ordinary_user()?;
        for attempt in 1..=ATTEMPTS {
            let port = free_port()?;
            let cluster = Self { keeper: keeper(&programs, user, port)?, url: url(port) };
            if let Some(cluster) = cluster.ready() {
                return Ok(cluster);
            }
            eprintln!("PostgreSQL did not start on port {port} (attempt {attempt} of {ATTEMPTS})");
        }
        bail!("PostgreSQL did not start")
    }

    /// Returns the address of the PostgreSQL server. The tests read it from the environment
    /// variable [`VARIABLE`].
    pub(crate) fn url(&self) -> &str {
        &self.url
    }

    /// Waits until the shell script that supervises the PostgreSQL server prints `ready`. Returns
    /// `None` if the script ends without printing it, because the PostgreSQL server cannot start.
    fn ready(mut self) -> Option<Self> {
        let mut said = String::new();
        BufReader::new(self.keeper.stdout.take()?).read_line(&mut said).ok()?;
        (said.trim() == "ready").then_some(self)
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        drop(self.keeper.stdin.take());
        if let Err(error) = self.keeper.wait() {
            eprintln!("the private PostgreSQL may still be running: {error}");
        }
    }
}

/// Finds the folder with the programs of the newest installed PostgreSQL, among Debian's packages
/// and the folders in `PATH`. Returns `None` if no installed version is new enough.
pub(crate) fn programs() -> Option<PathBuf> {
    let debian =
        fs::read_dir("/usr/lib/postgresql").into_iter().flatten().flatten().map(|entry| entry.path().join("bin"));
    let in_path = run::find("pg_ctl").and_then(|path| path.canonicalize().ok());
    let candidates = debian.chain(in_path.as_deref().and_then(Path::parent).map(Path::to_path_buf));
    let versions = candidates.filter_map(|folder| Some((version(&folder)?, folder)));
    versions.filter(|(version, _)| *version >= OLDEST).max().map(|(_, folder)| folder)
}

/// Returns the major version of PostgreSQL's programs in a folder; `None` if some of the programs
/// are missing.
fn version(folder: &Path) -> Option<u32> {
    let is_complete = ["initdb", "postgres"].iter().all(|program| folder.join(program).is_file());
    let said = run::answer(folder.join("pg_ctl").to_str()?, &["--version"])?;
    parse_version(&said).filter(|_| is_complete)
}

fn parse_version(said: &str) -> Option<u32> {
    let (_, number) = said.split_once("(PostgreSQL) ")?;
    number.split(|c: char| !c.is_ascii_digit()).next()?.parse().ok()
}

fn keeper(programs: &Path, user: Option<(u32, u32)>, port: u16) -> Result<Child> {
    // The folder for temporary files that TMPDIR names is not used: the path of a socket is limited
    // to 107 bytes, and an ordinary user is possibly not allowed to read a folder of root.
    let folder = format!("/tmp/emtihan-pg-{}-{port}", std::process::id());
    let mut command = Command::new("/bin/sh");
    command.arg("-c").arg(KEEPER).arg("keeper").args([programs.as_os_str(), OsStr::new(&folder)]).arg(port.to_string());
    command.env_clear().env("PATH", std::env::var_os("PATH").unwrap_or_default()).env("LC_ALL", "C.UTF-8");
    command.current_dir("/").process_group(0).stdin(Stdio::piped()).stdout(Stdio::piped());
    if let Some((uid, gid)) = user {
        command.uid(uid).gid(gid);
    }
    command.spawn().context("the shell that starts PostgreSQL did not start")
}

/// Returns the ids of the user and the group as which PostgreSQL runs if `cargo xtask` runs as
/// root; `None` if it does not run as root.
fn ordinary_user() -> Result<Option<(u32, u32)>> {
    if run::answer("id", &["-u"]).as_deref() != Some("0") {
        return Ok(None);
    }
    let users = fs::read_to_string("/etc/passwd").context("/etc/passwd is not readable")?;
    let found = ["postgres", "nobody"].iter().find_map(|name| user_in(&users, name));
    found.map(Some).context("PostgreSQL does not run as root, and there is neither a user postgres nor nobody")
}

fn user_in(users: &str, name: &str) -> Option<(u32, u32)> {
    let mut fields = users.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(':'))?.split(':').skip(1);
    Some((fields.next()?.parse().ok()?, fields.next()?.parse().ok()?))
}

fn free_port() -> Result<u16> {
    let listener = TcpListener::bind(("127.0.0.1", 0)).context("no free port on 127.0.0.1")?;
    Ok(listener.local_addr()?.port())
}

fn url(port: u16) -> String {
    format!("postgres://postgres@127.0.0.1:{port}/postgres")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_major_version_is_read() {
        assert_eq!(parse_version("pg_ctl (PostgreSQL) 15.8 (Debian 15.8-0+deb12u1)"), Some(15));
        assert_eq!(parse_version("pg_ctl (PostgreSQL) 18devel"), Some(18));
        assert_eq!(parse_version("something else"), None);
    }

    #[test]
    fn a_user_is_found_by_their_whole_name() {
        let users = "postgresql:x:1:2::/:/bin/sh\npostgres:x:101:104:PostgreSQL administrator,,,:/var:/bin/bash\n";
        assert_eq!(user_in(users, "postgres"), Some((101, 104)));
        assert_eq!(user_in(users, "nobody"), None);
    }
}
