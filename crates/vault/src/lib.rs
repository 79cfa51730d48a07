//! The vault: stores the bytes of documents in a folder, each file named by its SHA-256 hash.
//!
//! Bytes are written to an [`Incoming`] file that hashes them; [`Vault::keep`] stores it durably under its hash. An
//! incoming file that is dropped before that is deleted. All functions block: call them on a blocking thread.

use sha2::{Digest, Sha256};
use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use tempfile::NamedTempFile;

/// The age at which an incomplete upload is removed from the vault.
const LEFT_BEHIND: std::time::Duration = std::time::Duration::from_hours(24);

/// A vault: a folder of stored files, each named by the SHA-256 hash of its bytes.
#[derive(Debug, Clone)]
pub struct Vault {
    folder: PathBuf,
}

/// The errors that functions of the vault return.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// Error of the vault: the file is larger than allowed.
    #[error("more than {limit} bytes")]
    TooLarge {
        /// The largest allowed size of a file, in bytes.
        limit: u64,
    },
    /// Error of the vault: reading or writing the disk failed.
    #[error("the folder of documents cannot be used: {0}")]
    Io(#[from] io::Error),
}

/// A file that is being received: hashed while it is written, deleted when dropped.
pub struct Incoming {
    file: NamedTempFile,
    hash: Sha256,
    size: u64,
    limit: u64,
}

/// A file that is stored in the vault, by hash and size.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct StoredFile {
    /// The SHA-256 hash of the stored bytes, by which the file is named.
    pub sha256: [u8; 32],
    /// The size of the stored file in bytes.
    pub size: u64,
}

impl Vault {
    /// Opens a vault in a folder, which is created if needed.
    pub fn open(folder: &Path) -> Result<Self, Error> {
        fs::create_dir_all(folder.join("incoming"))?;
        Ok(Self { folder: folder.to_owned() })
    }

    /// Opens a second vault in a subfolder, for files that are not documents and may be removed. A file that is being
    /// received by this vault can be stored in the second one.
    pub fn subfolder(&self, name: &str) -> Result<Self, Error> {
        Self::open(&self.folder.join(name))
    }

    /// Removes the stored file with this hash, if the file exists.
    pub fn forget(&self, sha256: &[u8; 32]) -> Result<(), Error> {
        match fs::remove_file(self.path(sha256)) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error.into()),
            _ => Ok(()),
        }
    }

    /// Removes incomplete uploads that are older than a day, which a crash may leave in the vault.
    pub fn tidy(&self) -> Result<(), Error> {
        for entry in fs::read_dir(self.folder.join("incoming"))? {
            let entry = entry?;
            let age = entry.metadata()?.modified()?.elapsed().unwrap_or_default();
            if age > LEFT_BEHIND {
                fs::remove_file(entry.path())?;
            }
        }
        Ok(())
    }

    /// Begins to receive a file of at most `limit` bytes.
    pub fn begin(&self, limit: u64) -> Result<Incoming, Error> {
        let file = NamedTempFile::new_in(self.folder.join("incoming"))?;
        Ok(Incoming { file, hash: Sha256::new(), size: 0, limit })
    }

    /// Stores a received file durably under its hash. Identical files are stored once.
    pub fn keep(&self, incoming: Incoming) -> Result<StoredFile, Error> {
        let kept = StoredFile { sha256: incoming.hash.finalize().into(), size: incoming.size };
        let path = self.path(&kept.sha256);
        if path.exists() {
            return Ok(kept);
        }
        incoming.file.as_file().sync_all()?;
        let folder = path.parent().unwrap_or(&self.folder);
        fs::create_dir_all(folder)?;
        incoming.file.persist(&path).map_err(|failed| failed.error)?;
        File::open(folder)?.sync_all()?;
        File::open(&self.folder)?.sync_all()?;
        Ok(kept)
    }

    /// The path of the stored file with this hash, whether or not the file exists.
    pub fn path(&self, sha256: &[u8; 32]) -> PathBuf {
        let [first, rest @ ..] = sha256;
        self.folder.join(hex(&[*first])).join(hex(rest))
    }

    /// Opens the stored file with this hash for reading.
    pub fn read(&self, sha256: &[u8; 32]) -> Result<File, Error> {
        Ok(File::open(self.path(sha256))?)
    }

    /// Checks that files can be written to the vault, by writing one.
    pub fn check(&self) -> Result<(), Error> {
        let mut incoming = self.begin(1)?;
        incoming.write(b"?")
    }
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |text, byte| text + &format!("{byte:02x}"))
}

impl Incoming {
    /// Appends bytes to a file that is being received.
    ///
    /// # Errors
    /// [`Error::TooLarge`] beyond the limit; none of the bytes are stored then.
    pub fn write(&mut self, bytes: &[u8]) -> Result<(), Error> {
        self.size += bytes.len() as u64;
        if self.size > self.limit {
            return Err(Error::TooLarge { limit: self.limit });
        }
        self.hash.update(bytes);
        self.file.write_all(bytes)?;
        Ok(())
    }

    /// The number of bytes of the incoming file received so far.
    pub fn size(&self) -> u64 {
        self.size
    }

    /// Opens the bytes received so far for reading from the start, such as for a check before the file is stored.
    pub fn reader(&self) -> Result<File, Error> {
        Ok(self.file.reopen()?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Read;

    fn store(vault: &Vault, bytes: &[u8]) -> StoredFile {
        let mut incoming = vault.begin(100).unwrap();
        bytes.chunks(3).for_each(|chunk| incoming.write(chunk).unwrap());
        vault.keep(incoming).unwrap()
    }

    #[test]
    fn the_same_bytes_are_kept_once_and_read_back() {
        let folder = tempfile::tempdir().unwrap();
        let vault = Vault::open(folder.path()).unwrap();
        let (first, second) = (store(&vault, b"programme"), store(&vault, b"programme"));
        assert_eq!(first, second);
        let mut read = Vec::new();
        vault.read(&first.sha256).unwrap().read_to_end(&mut read).unwrap();
        assert_eq!(read, b"programme");
        assert_eq!(fs::read_dir(folder.path().join("incoming")).unwrap().count(), 0);
    }

    #[test]
    fn a_subfolder_stores_files_on_its_own_and_removes_only_these() {
        let folder = tempfile::tempdir().unwrap();
        let vault = Vault::open(folder.path()).unwrap();
        let (subfolder, document) = (vault.subfolder("imports").unwrap(), store(&vault, b"roster"));
        let mut incoming = vault.begin(100).unwrap();
        incoming.write(b"roster").unwrap();
        let kept = subfolder.keep(incoming).unwrap();
        assert_eq!(kept, document);
        subfolder.forget(&kept.sha256).unwrap();
        subfolder.forget(&kept.sha256).unwrap();
        assert!(subfolder.read(&kept.sha256).is_err() && vault.read(&document.sha256).is_ok());
    }

    #[test]
    fn what_a_crash_left_behind_is_removed_after_a_day_and_nothing_else() {
        let folder = tempfile::tempdir().unwrap();
        let vault = Vault::open(folder.path()).unwrap();
        let (kept, incoming) = (store(&vault, b"programme"), folder.path().join("incoming"));
        fs::write(incoming.join("fresh"), b"?").unwrap();
        let old = File::create(incoming.join("old")).unwrap();
        old.set_modified(std::time::SystemTime::now() - LEFT_BEHIND - std::time::Duration::from_secs(1)).unwrap();
        vault.tidy().unwrap();
        assert!(incoming.join("fresh").exists() && !incoming.join("old").exists() && vault.read(&kept.sha256).is_ok());
    }

    #[test]
    fn what_is_too_large_or_given_up_leaves_nothing_behind() {
        let folder = tempfile::tempdir().unwrap();
        let vault = Vault::open(folder.path()).unwrap();
        let mut incoming = vault.begin(5).unwrap();
        incoming.write(b"12345").unwrap();
        assert!(matches!(incoming.write(b"6"), Err(Error::TooLarge { limit: 5 })));
        drop(incoming);
        assert_eq!(fs::read_dir(folder.path().join("incoming")).unwrap().count(), 0);
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    }
}
