//! Loads the bytes of the files of a OneRoster roster from a folder or a zip file. A zip file is
//! never unpacked to disk.

use crate::csv_text::shortened;
use crate::oneroster::schema;
use crate::roster_report::{UnreadableReason, UnreadableRoster, io_reason, zip_reason};
use crate::safe_path::stays_below;
use crate::zip_file::open_zip;
use domain::limits::{ROSTER_FILES_LIMIT, ROSTER_UNPACKED_SIZE_LIMIT};
use std::collections::{BTreeSet, HashMap};
use std::fs::{self, File};
use std::io::Read;
use std::path::Path;
use zip::ZipArchive;

/// The folder that macOS adds to every zip file. The folder is ignored when a roster is read.
const MAC_FOLDER: &str = "__MACOSX/";

/// The bytes of all OneRoster files that the folder or zip file of a roster contains.
#[derive(Default)]
pub(super) struct Bundle {
    files: HashMap<&'static str, Vec<u8>>,
    size: u64,
}

impl Bundle {
    /// Loads the bytes of the OneRoster files from a folder or a zip file.
    pub(super) fn open(source: &Path) -> Result<Self, UnreadableRoster> {
        let name = source.file_name().unwrap_or(source.as_os_str()).to_string_lossy();
        let metadata = fs::metadata(source).map_err(|error| io_reason(&error).of(&name))?;
        let mut bundle = Self::default();
        if metadata.is_dir() {
            bundle.add_folder(source)?;
        } else if metadata.is_file() {
            let file = File::open(source).map_err(|error| io_reason(&error).of(&name))?;
            bundle.add_zip(file, &name)?;
        } else {
            return Err(UnreadableReason::NotARoster.of(&name));
        }
        Ok(bundle)
    }

    /// Loads the bytes of the OneRoster files from a zip file that is already open. The parameter
    /// `name` is the name of the zip file for error messages.
    pub(super) fn of_zip(file: File, name: &str) -> Result<Self, UnreadableRoster> {
        let mut bundle = Self::default();
        bundle.add_zip(file, name)?;
        Ok(bundle)
    }

    /// Returns the bytes of one OneRoster file by its name; `None` if the roster does not contain
    /// the file.
    pub(super) fn bytes(&self, file: &str) -> Option<&[u8]> {
        self.files.get(file).map(Vec::as_slice)
    }

    /// Removes one OneRoster file from the loaded files, and returns its bytes; `None` if the
    /// roster does not contain the file.
    pub(super) fn take(&mut self, file: &str) -> Option<Vec<u8>> {
        self.files.remove(file)
    }

    fn add_folder(&mut self, folder: &Path) -> Result<(), UnreadableRoster> {
        for shape in schema::ALL {
            let path = folder.join(shape.file);
            if path.is_file() {
                let file = File::open(path).map_err(|error| io_reason(&error).of(shape.file))?;
                self.add(shape.file, file)?;
            }
        }
        Ok(())
    }

    fn add_zip(&mut self, file: File, name: &str) -> Result<(), UnreadableRoster> {
        let mut archive = open_archive(file).map_err(|reason| reason.of(name))?;
        let names = entry_names(&archive, name)?;
        let top = top_folder(&names).map_err(|reason| reason.of(name))?;
        for shape in schema::ALL {
            let Some(&place) = names.get(&format!("{top}{}", shape.file)) else { continue };
            let entry = archive.by_index(place).map_err(|error| zip_reason(&error).of(shape.file))?;
            self.add(shape.file, entry)?;
        }
        Ok(())
    }

    fn add(&mut self, file: &'static str, source: impl Read) -> Result<(), UnreadableRoster> {
        let mut bytes = Vec::new();
        let allowed = ROSTER_UNPACKED_SIZE_LIMIT - self.size;
        source.take(allowed + 1).read_to_end(&mut bytes).map_err(|error| io_reason(&error).of(file))?;
        if bytes.len() as u64 > allowed {
            return Err(UnreadableReason::ArchiveTooLarge.of(file));
        }
        self.size += bytes.len() as u64;
        self.files.insert(file, bytes);
        Ok(())
    }
}

fn open_archive(mut file: File) -> Result<ZipArchive<File>, UnreadableReason> {
    let mut magic = Vec::new();
    file.by_ref().take(2).read_to_end(&mut magic).map_err(|error| io_reason(&error))?;
    if magic != b"PK" {
        return Err(UnreadableReason::NotARoster);
    }
    let archive = open_zip(file, ROSTER_FILES_LIMIT)?;
    if archive.decompressed_size().is_some_and(|size| size > u128::from(ROSTER_UNPACKED_SIZE_LIMIT)) {
        return Err(UnreadableReason::ArchiveTooLarge);
    }
    Ok(archive)
}

/// Returns the position of every entry in a roster's zip file by the path of the entry, with `/` as
/// separator. The zip file is refused if one of its paths leads out of the zip file.
fn entry_names(archive: &ZipArchive<File>, zip: &str) -> Result<HashMap<String, usize>, UnreadableRoster> {
    let mut names = HashMap::new();
    for place in 0..archive.len() {
        let entry = archive.by_index_data(place).map_err(|error| zip_reason(&error).of(zip))?;
        let name = String::from_utf8_lossy(entry.name_raw()).replace('\\', "/");
        if !stays_below(name.strip_suffix('/').unwrap_or(&name)) {
            return Err(UnreadableReason::UnsafePath.of(&shortened(&name)));
        }
        names.insert(name, place);
    }
    Ok(names)
}

/// Returns the folder inside a roster's zip file in which the file `manifest.csv` is located: the
/// top level (`""`), or otherwise the only folder that contains this file, such as `"roster/"`.
fn top_folder(names: &HashMap<String, usize>) -> Result<String, UnreadableReason> {
    let manifests = names.keys().filter(|name| !name.starts_with(MAC_FOLDER));
    let folders: BTreeSet<&str> = manifests
        .filter_map(|name| name.strip_suffix(schema::MANIFEST.file))
        .filter(|folder| folder.is_empty() || folder.find('/') == Some(folder.len() - 1))
        .collect();
    match folders.first() {
        // If the file `manifest.csv` is missing, the error is reported later, when that file is
        // read.
        None => Ok(String::new()),
        Some(folder) if folder.is_empty() || folders.len() == 1 => Ok((*folder).to_owned()),
        Some(_) => Err(UnreadableReason::NotARoster),
    }
}
