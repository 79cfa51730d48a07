//! The vault: stores the bytes of documents as files in a folder, each file named by the SHA-256
//! hash of its bytes.
//!
//! An [`Incoming`] file hashes the bytes that are written to it, and [`Vault::keep`] stores it
//! durably under that hash. An incoming file that is dropped without being stored is deleted. All
//! functions block, so call them on a thread that is allowed to block.

use sha2::{Digest, Sha256};
use std::fs::{self, File};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};
use tempfile::NamedTempFile;

/// The age after which an incomplete upload is deleted from the vault.
const LEFT_BEHIND: std::time::Duration = std::time::Duration::from_hours(24);

/// The number of bytes of a file that are read at once when it is compared with its hash.
const READ_AT_ONCE: usize = 1 << 16;

/// A vault: a folder of stored files, each named by the SHA-256 hash of its bytes.
#[derive(Debug, Clone)]
pub struct Vault {
    folder: PathBuf,
}

/// The errors that the functions of the document vault return.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// Error of the document vault: the file is larger than the maximum size that was given for it.
    #[error("more than {limit} bytes")]
    TooLarge {
        /// The maximum size of the file in bytes, which the file exceeds.
        limit: u64,
    },
    /// Error of the document vault: there is no file with this hash.
    #[error("the file is missing in the folder of documents")]
    Missing,
    /// Error of the document vault: the bytes of the stored file are not those that were stored.
    #[error("the file in the folder of documents has other bytes than were stored")]
    Altered,
    /// Error of the document vault: reading from or writing to the disk failed.
    #[error("the folder of documents cannot be used: {0}")]
    Io(#[from] io::Error),
}

/// A file that the vault is receiving. The bytes of the file are hashed while they are written. If
/// the received file is dropped before it is stored, it is deleted.
pub struct Incoming {
    file: NamedTempFile,
    hash: Sha256,
    size: u64,
    limit: u64,
}

/// The hash and the size of a file that is stored in the vault.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct StoredFile {
    /// The SHA-256 hash of the stored file's bytes, which is also the name of the file.
    pub sha256: [u8; 32],
    /// The size of the stored file in bytes.
    pub size: u64,
}

impl Vault {
    /// Opens a vault in a folder, and creates the folder if it is missing.
    pub fn open(folder: &Path) -> Result<Self, Error> {
        fs::create_dir_all(folder.join("incoming"))?;
        Ok(Self { folder: folder.to_owned() })
    }

    /// Opens a vault only for reading: a missing folder is not created.
    ///
    /// # Errors
    /// [`Error::Io`] if there is no such folder.
    pub fn open_existing(folder: &Path) -> Result<Self, Error> {
        fs::read_dir(folder)?;
        Ok(Self { folder: folder.to_owned() })
    }

    /// Opens another vault in a subfolder of this vault, for files that are not documents and that
    /// are deleted later. An incoming file of this vault can be stored in the vault of the
    /// subfolder.
    pub fn subfolder(&self, name: &str) -> Result<Self, Error> {
        Self::open(&self.folder.join(name))
    }

    /// Deletes the file with this SHA-256 hash from the vault, if it exists.
    pub fn forget(&self, sha256: &[u8; 32]) -> Result<(), Error> {
        match fs::remove_file(self.path(sha256)) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error.into()),
            _ => Ok(()),
        }
    }

    /// Deletes incomplete uploads that are older than a day. A crash can leave incomplete uploads
    /// in the vault.
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

    /// Begins to receive a file whose size must not exceed `limit` bytes.
    pub fn begin(&self, limit: u64) -> Result<Incoming, Error> {
        let file = NamedTempFile::new_in(self.folder.join("incoming"))?;
        Ok(Incoming { file, hash: Sha256::new(), size: 0, limit })
    }

    /// Stores a received file durably under its SHA-256 hash. Two files with the same bytes are
    /// stored only once. If the disk has damaged a stored file, the received file replaces it.
    pub fn keep(&self, incoming: Incoming) -> Result<StoredFile, Error> {
        let kept = StoredFile { sha256: incoming.hash.finalize().into(), size: incoming.size };
        let path = self.path(&kept.sha256);
        if self.verify(&kept.sha256).is_ok() {
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

    /// Returns the path at which the vault stores the file with this SHA-256 hash, even if the file
    /// does not exist.
    pub fn path(&self, sha256: &[u8; 32]) -> PathBuf {
        let [first, rest @ ..] = sha256;
        self.folder.join(hex(&[*first])).join(hex(rest))
    }

    /// Opens the stored file with this SHA-256 hash for reading, after comparing its bytes with the
    /// hash.
    ///
    /// # Errors
    /// The same as those of [`Vault::verify`].
    pub fn read(&self, sha256: &[u8; 32]) -> Result<File, Error> {
        self.verify(sha256)?;
        Ok(File::open(self.path(sha256))?)
    }

    /// Compares the bytes of a stored file with its SHA-256 hash, and returns its size in bytes. Reads
    /// the whole file.
    ///
    /// # Errors
    /// [`Error::Missing`] if there is no such file, [`Error::Altered`] if its bytes are others, and
    /// [`Error::Io`] if the disk cannot be read.
    pub fn verify(&self, sha256: &[u8; 32]) -> Result<u64, Error> {
        let mut file = match File::open(self.path(sha256)) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Err(Error::Missing),
            opened => opened?,
        };
        let (mut hash, mut size, mut block) = (Sha256::new(), 0, vec![0; READ_AT_ONCE]);
        loop {
            let read = file.read(&mut block)?;
            if read == 0 {
                break;
            }
            hash.update(block.get(..read).unwrap_or_default());
            size += read as u64;
        }
        if hash.finalize().as_slice() == sha256.as_slice() { Ok(size) } else { Err(Error::Altered) }
    }

    /// Lists the hashes of all stored files, sorted. Files with other names are left out.
    pub fn stored(&self) -> Result<Vec<[u8; 32]>, Error> {
        let mut found = Vec::new();
        for folder in fs::read_dir(&self.folder)? {
            let folder = folder?;
            let Some(first) = folder.file_name().to_str().and_then(unhex::<1>) else { continue };
            for file in fs::read_dir(folder.path())? {
                let Some(rest) = file?.file_name().to_str().and_then(unhex::<31>) else { continue };
                let mut sha256 = [0; 32];
                sha256.iter_mut().zip(first.iter().chain(&rest)).for_each(|(to, from)| *to = *from);
                found.push(sha256);
            }
        }
        found.sort_unstable();
        Ok(found)
    }

    /// Checks that the vault can be written to, by writing a temporary file.
    pub fn check(&self) -> Result<(), Error> {
        let mut incoming = self.begin(1)?;
        incoming.write(b"?")
    }
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |text, byte| text + &format!("{byte:02x}"))
}

/// Reads `N` bytes from hexadecimal digits; `None` if the text is anything else.
fn unhex<const N: usize>(text: &str) -> Option<[u8; N]> {
    let mut bytes = [0; N];
    if text.len() != 2 * N || !text.is_ascii() {
        return None;
    }
    for (place, byte) in bytes.iter_mut().enumerate() {
        *byte = u8::from_str_radix(text.get(2 * place..2 * place + 2)?, 16).ok()?;
    }
    Some(bytes)
}

impl Incoming {
    /// Appends bytes to an incoming file.
    ///
    /// # Errors
    /// [`Error::TooLarge`] if the file would exceed its maximum size; none of these bytes are then
    /// written.
    pub fn write(&mut self, bytes: &[u8]) -> Result<(), Error> {
        self.size += bytes.len() as u64;
        if self.size > self.limit {
            return Err(Error::TooLarge { limit: self.limit });
        }
        self.hash.update(bytes);
        self.file.write_all(bytes)?;
        Ok(())
    }

    /// The number of bytes that an incoming file has received so far.
    pub fn size(&self) -> u64 {
        self.size
    }

    /// Opens an incoming file for reading the bytes received so far, for example to check them
    /// before the file is stored.
    pub fn reader(&self) -> Result<File, Error> {
        Ok(self.file.reopen()?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

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
    fn a_damaged_file_is_not_read_and_the_right_bytes_replace_it() {
        let folder = tempfile::tempdir().unwrap();
        let vault = Vault::open(folder.path()).unwrap();
        let kept = store(&vault, b"programme");
        assert_eq!(vault.stored().unwrap(), [kept.sha256]);
        for damage in [b"programmE".as_slice(), b"", b"programme and more"] {
            fs::write(vault.path(&kept.sha256), damage).unwrap();
            assert!(matches!(vault.read(&kept.sha256), Err(Error::Altered)));
            assert_eq!(store(&vault, b"programme"), kept);
            assert_eq!(vault.verify(&kept.sha256).unwrap(), 9);
        }
        fs::remove_file(vault.path(&kept.sha256)).unwrap();
        assert!(matches!(vault.verify(&kept.sha256), Err(Error::Missing)));
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
