//! The file of a SQLite database: its state before it is opened (whether it is new, belongs to
//! Emtihan, and is of a version that this program knows), and whether it is still in its place while
//! it is open.

use crate::{Error, Result};
use rusqlite::{Connection, OpenFlags};
use std::ffi::OsString;
use std::fs::File;
use std::io::{ErrorKind, Read};
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};

/// The number by which the header of a SQLite file names the program that it belongs to: `EMTH`.
/// Migration V0017 writes it; the field is described in the file format of SQLite, section 1.3.16.
const APPLICATION_ID: i32 = 0x454D_5448;
/// The size in bytes of the header of a SQLite file, and so the smallest size of a database.
const SMALLEST: u64 = 100;
/// The first bytes of every SQLite file.
const SQLITE_HEADER: &[u8] = b"SQLite format 3\0";

/// The state of a SQLite database file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum FileState {
    /// There is no file, or the file is empty.
    New,
    /// A database of Emtihan, with the number of its newest migration.
    Version(i32),
}

/// Finds the state of a SQLite database file, without changing or creating anything.
///
/// # Errors
/// [`Error::Broken`] if the file is not a SQLite database, or belongs to another program, or if a
/// write-ahead log lies where no database is; [`Error::Unavailable`] if it cannot be read.
pub(crate) fn inspect(path: &Path) -> Result<FileState> {
    if !begins_like_sqlite(path)? {
        let log = beside(path, "-wal");
        if log.metadata().is_ok_and(|log| log.len() > 0) {
            return Err(Error::Broken(format!(
                "{} is missing or empty, but its write-ahead log {} is there: put the database file back beside it, or move the log away",
                path.display(),
                log.display()
            )));
        }
        return Ok(FileState::New);
    }
    let connection = Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_ONLY)?;
    connection.busy_timeout(std::time::Duration::from_secs(5))?;
    let id: i32 = connection.query_row("PRAGMA application_id", [], |row| row.get(0))?;
    let tables: i64 = connection.query_row("SELECT COUNT(*) FROM sqlite_master", [], |row| row.get(0))?;
    if id == 0 && tables == 0 {
        return Ok(FileState::New);
    }
    let has_history: bool = connection.query_row(
        "SELECT COUNT(*) > 0 FROM sqlite_master WHERE name = 'refinery_schema_history'",
        [],
        |row| row.get(0),
    )?;
    if ![0, APPLICATION_ID].contains(&id) || !has_history {
        return Err(Error::Broken(format!("{} is a database of another program", path.display())));
    }
    let newest = "SELECT COALESCE(MAX(version), 0) FROM refinery_schema_history";
    match connection.query_row(newest, [], |row| row.get(0))? {
        0 => Ok(FileState::New),
        version => Ok(FileState::Version(version)),
    }
}

/// Whether the file is there and begins like a SQLite database; an empty file does not.
fn begins_like_sqlite(path: &Path) -> Result<bool> {
    let unreadable = |error: std::io::Error| Error::Unavailable(format!("{} cannot be read: {error}", path.display()));
    let mut header = Vec::new();
    match File::open(path) {
        Ok(file) => file.take(16).read_to_end(&mut header).map_err(unreadable)?,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(false),
        Err(error) => return Err(unreadable(error)),
    };
    match header.as_slice() {
        [] => Ok(false),
        SQLITE_HEADER => Ok(true),
        _ => Err(Error::Broken(format!("{} is not a SQLite database, or its beginning is damaged", path.display()))),
    }
}

/// Returns the path of a file that belongs to the database and lies beside it.
pub(crate) fn beside(path: &Path, ending: &str) -> PathBuf {
    let mut name = OsString::from(path);
    name.push(ending);
    PathBuf::from(name)
}

/// The file of an open database. SQLite itself does not notice if the file is removed or replaced,
/// and would store further changes where nobody finds them.
#[derive(Debug)]
pub(crate) struct OpenFile {
    path: PathBuf,
    device: u64,
    inode: u64,
}

impl OpenFile {
    /// Remembers the file that is now at a path.
    ///
    /// # Errors
    /// [`Error::Unavailable`] if there is no such file.
    pub(crate) fn of(path: &Path) -> Result<Self> {
        let found = std::fs::metadata(path);
        let found = found.map_err(|error| Error::Unavailable(format!("{}: {error}", path.display())))?;
        Ok(Self { path: path.to_owned(), device: found.dev(), inode: found.ino() })
    }

    /// Checks that the same file is still in its place and is not empty.
    ///
    /// # Errors
    /// [`Error::Unavailable`] with what to do, if it is not.
    pub(crate) fn check(&self) -> Result<()> {
        let place = self.path.display();
        let what = match std::fs::metadata(&self.path) {
            Err(error) if error.kind() == ErrorKind::NotFound => "was removed",
            Err(error) => return Err(Error::Unavailable(format!("{place} cannot be read: {error}"))),
            Ok(found) if (found.dev(), found.ino()) != (self.device, self.inode) => "was replaced",
            Ok(found) if found.len() < SMALLEST => "was emptied",
            Ok(_) => return Ok(()),
        };
        Err(Error::Unavailable(format!(
            "the database file {place} {what} while the program uses it: stop the program, restore the file and start again"
        )))
    }
}
