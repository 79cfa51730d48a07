//! Keeps the files of an installation private: only the user that runs the program can read or
//! write the database and the documents, which hold password hashes and personal data.

use anyhow::{Context, Result};
use rustix::fs::Mode;
use std::ffi::OsString;
use std::fs::{self, Metadata};
use std::io::{self, ErrorKind};
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use store::DatabaseLocation;

/// The permission bits of the group and of all other users of the machine.
const OF_OTHERS: u32 = 0o077;

/// The endings of the files that belong to a SQLite database: the database itself, and the files
/// that SQLite keeps beside it.
const DATABASE_FILES: [&str; 4] = ["", "-wal", "-shm", "-journal"];

/// Gives every file that the program creates from now on the permissions 0600, and every folder
/// 0700, whatever the user's shell or service has set.
pub(crate) fn create_private_files() {
    rustix::process::umask(Mode::from_raw_mode(OF_OTHERS));
}

/// Removes the permissions of other users of the machine from the data folder with all its content,
/// and from the database file. Logs one warning if there were such permissions.
pub(crate) fn restrict(data_dir: &Path, database: &DatabaseLocation) -> Result<()> {
    let mut restricted = Restricted::default();
    let folder = || format!("the permissions of data_dir (EMTIHAN_DATA_DIR) {} cannot be read", data_dir.display());
    restricted.all_below(data_dir).with_context(folder)?;
    // The folder of documents can be a link to another disk. Other links are not followed.
    restricted.all_below(&data_dir.join("documents")).with_context(folder)?;
    if let DatabaseLocation::File(path) = database {
        for ending in DATABASE_FILES {
            let mut name = OsString::from(path);
            name.push(ending);
            restricted.one(Path::new(&name), fs::metadata(&name)).with_context(folder)?;
        }
    }
    restricted.warn(data_dir);
    Ok(())
}

/// The numbers of files and folders whose permissions were too wide.
#[derive(Default)]
struct Restricted {
    /// The number of files and folders that are private now.
    changed: usize,
    /// The number of files and folders that other users can still read, because they belong to
    /// another user than the one that runs the program.
    failed: usize,
}

impl Restricted {
    /// Makes a folder private, then everything in it. The folder comes first, so that other users
    /// cannot exchange its content meanwhile.
    fn all_below(&mut self, folder: &Path) -> io::Result<()> {
        let Some(mut folders) = self.one(folder, fs::metadata(folder))?.map(|folder| vec![folder]) else {
            return Ok(());
        };
        while let Some(folder) = folders.pop() {
            let entries = match fs::read_dir(&folder) {
                // A folder of another user, such as `lost+found`.
                Err(error) if error.kind() == ErrorKind::PermissionDenied => continue,
                entries => entries?,
            };
            for entry in entries {
                let path = entry?.path();
                let metadata = fs::symlink_metadata(&path);
                folders.extend(self.one(&path, metadata)?);
            }
        }
        Ok(())
    }

    /// Makes a single file or folder private. Returns the path if it is a folder.
    fn one(&mut self, path: &Path, metadata: io::Result<Metadata>) -> io::Result<Option<PathBuf>> {
        let metadata = match metadata {
            // Another process may have finished with a temporary file meanwhile.
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
            metadata => metadata?,
        };
        if !metadata.is_dir() && !metadata.is_file() {
            return Ok(None);
        }
        let mut permissions = metadata.permissions();
        if permissions.mode() & OF_OTHERS != 0 {
            permissions.set_mode(permissions.mode() & !OF_OTHERS);
            match fs::set_permissions(path, permissions) {
                Ok(()) => self.changed += 1,
                Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
                Err(_) => self.failed += 1,
            }
        }
        Ok(metadata.is_dir().then(|| path.to_owned()))
    }

    fn warn(&self, data_dir: &Path) {
        let Self { changed, failed } = *self;
        if changed + failed > 0 {
            let data_dir = data_dir.display();
            tracing::warn!(%data_dir, changed, failed, "other users of this machine could read files; they are private now");
        }
    }
}
