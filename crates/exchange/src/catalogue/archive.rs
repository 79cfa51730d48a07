//! Writes and reads catalogue archives: zip files that contain all files of one catalogue version.
//! The command line can also read the unpacked folder.

use super::{CatalogueError, CatalogueFolder, ROWS_FILE, ROWS_FILE_NAMES, parse_catalogue};
use crate::safe_path::stays_below;
use crate::zip_file::{ZipOpenError, open_zip};
use domain::catalogue::Catalogue;
use domain::limits::{CATALOGUE_FILE_SIZE_LIMIT, CATALOGUE_FILES_LIMIT, CATALOGUE_UNPACKED_SIZE_LIMIT};
use domain::name::{Language, Name};
use std::cell::RefCell;
use std::collections::{BTreeMap, HashMap};
use std::io::{Cursor, Read, Seek, Write};
use zip::result::ZipError;
use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

/// The first bytes of a `WebM` file, the video format of the catalogue's videos (EBML, RFC 8794).
const WEBM: [u8; 4] = [0x1a, 0x45, 0xdf, 0xa3];

/// Returns whether a file begins like a `WebM` video.
pub fn is_film(beginning: &[u8]) -> bool {
    beginning.starts_with(&WEBM)
}

/// Returns whether these bytes are video captions in the format `WebVTT`: UTF-8 text that begins
/// with the word `WEBVTT`.
pub fn is_captions(bytes: &[u8]) -> bool {
    std::str::from_utf8(bytes).is_ok_and(|text| {
        let rest = text.trim_start_matches('\u{feff}').strip_prefix("WEBVTT");
        rest.is_some_and(|rest| rest.chars().next().is_none_or(char::is_whitespace))
    })
}

/// Packs a catalogue as a zip archive: `rows.toml`, one file of instructions per topic and
/// language, and the videos and captions under the names that the catalogue gives them.
pub fn write_archive(folder: &CatalogueFolder) -> Result<Vec<u8>, CatalogueError> {
    let mut plain = Catalogue { instructions: BTreeMap::new(), ..folder.catalogue.clone() };
    plain.version = 0;
    let rules = toml::to_string(&plain).map_err(|_| CatalogueError::Archive)?;
    let mut files = vec![ArchiveFile { path: ROWS_FILE.to_owned(), bytes: rules.into_bytes() }];
    for (topic, text) in &folder.catalogue.instructions {
        let texts = Language::ALL.into_iter().map(|language| (language, text.exactly(language)));
        let written = texts.filter(|(_, text)| !text.is_empty());
        files.extend(written.map(|(language, text)| ArchiveFile {
            path: format!("{topic}.{}.md", language.code()),
            bytes: text.into(),
        }));
    }
    files.extend(folder.media.iter().map(|(path, bytes)| ArchiveFile { path: path.clone(), bytes: bytes.clone() }));
    pack(&files).map_err(|_| CatalogueError::Archive)
}

/// A file that is packed into a catalogue archive.
struct ArchiveFile {
    /// The path of the file inside the catalogue archive.
    path: String,
    bytes: Vec<u8>,
}

fn pack(files: &[ArchiveFile]) -> Result<Vec<u8>, ZipError> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for ArchiveFile { path, bytes } in files {
        // No time is stored in the archive, so that packing the same catalogue version always gives
        // the same bytes.
        zip.start_file(path.as_str(), SimpleFileOptions::default())?;
        zip.write_all(bytes)?;
    }
    Ok(zip.finish()?.into_inner())
}

/// Reads a catalogue from a zip archive. The file `rows.toml` (in archives of earlier releases
/// `rules.toml`) can be at the top level of the archive or in a folder.
pub fn read_archive(source: impl Read + Seek) -> Result<CatalogueFolder, CatalogueError> {
    let mut archive = open_zip(source, CATALOGUE_FILES_LIMIT).map_err(|error| match error {
        ZipOpenError::TooManyEntries => CatalogueError::TooLarge { file: "zip".to_owned() },
        ZipOpenError::Zip(_) => CatalogueError::Archive,
    })?;
    let places = places(&archive)?;
    let RowsPlace { folder: top, file } = rows_place(&places).ok_or(CatalogueError::Archive)?;
    let room = RefCell::new((&mut archive, CATALOGUE_UNPACKED_SIZE_LIMIT));
    let files = |path: &str| {
        let (archive, room) = &mut *room.borrow_mut();
        let entry = archive.by_index(*places.get(&format!("{top}{path}"))?).ok()?;
        let mut bytes = Vec::new();
        entry.take((CATALOGUE_FILE_SIZE_LIMIT + 1).min(*room)).read_to_end(&mut bytes).ok()?;
        *room = room.saturating_sub(bytes.len() as u64);
        Some(bytes)
    };
    let text = files(file).ok_or(CatalogueError::Archive)?;
    let text = String::from_utf8(text).map_err(|_| CatalogueError::NotUtf8 { file: file.to_owned() })?;
    parse_catalogue(&text, &files)
}

/// The location of the file with the catalogue rows inside a catalogue archive.
struct RowsPlace {
    /// The folder of the archive that contains the catalogue, with a final `/`; empty for the top
    /// level.
    folder: String,
    /// The name of the file with the catalogue rows in the catalogue archive.
    file: &'static str,
}

/// Finds the file with the catalogue rows inside a catalogue archive: returns its folder and its
/// name.
fn rows_place(places: &HashMap<String, usize>) -> Option<RowsPlace> {
    ROWS_FILE_NAMES.into_iter().find_map(|file| {
        let folders = places.keys().filter_map(|path| path.strip_suffix(file));
        let shortest =
            folders.filter(|folder| folder.is_empty() || folder.ends_with('/')).min_by_key(|path| path.len());
        shortest.map(|folder| RowsPlace { folder: folder.to_owned(), file })
    })
}

/// Returns the position of every entry in a catalogue archive by the path of the entry. An archive
/// is refused if one of its paths leads out of the archive.
fn places<R: Read + Seek>(archive: &ZipArchive<R>) -> Result<HashMap<String, usize>, CatalogueError> {
    let mut places = HashMap::new();
    for place in 0..archive.len() {
        let entry = archive.by_index_data(place).map_err(|_| CatalogueError::Archive)?;
        let name = String::from_utf8_lossy(entry.name_raw()).replace('\\', "/");
        if !stays_below(name.strip_suffix('/').unwrap_or(&name)) {
            return Err(CatalogueError::UnsafePath { file: name });
        }
        places.insert(name, place);
    }
    Ok(places)
}

/// Returns the paths at which the video and caption files of a catalogue version are packed into an
/// archive. The key is the hash of the file.
pub fn media_names(catalogue: &Catalogue) -> BTreeMap<String, String> {
    let mut names = BTreeMap::new();
    for video in &catalogue.videos {
        names.extend(video.file.iter().map(|hash| (hash.clone(), format!("media/{hash}.webm"))));
        let captions = video.captions.iter().flat_map(|names| Language::ALL.map(|language| names.exactly(language)));
        let present = captions.filter(|hash| !hash.is_empty());
        names.extend(present.map(|hash| (hash.to_owned(), format!("media/{hash}.vtt"))));
    }
    names
}

/// Returns a copy of the catalogue that refers to its videos and captions by other names. When a
/// catalogue is packed, hashes are replaced by file names; when it is unpacked, file names are
/// replaced by hashes. The map `names` gives the new name for each old name.
pub fn renamed(catalogue: &Catalogue, names: &BTreeMap<String, String>) -> Catalogue {
    let known = |path: &str| names.get(path).cloned().unwrap_or_default();
    let mut renamed = catalogue.clone();
    for video in &mut renamed.videos {
        video.file = video.file.as_deref().map(known);
        video.captions = video.captions.as_ref().map(|captions| {
            let [kk, ru, en] = Language::ALL.map(|language| known(captions.exactly(language)));
            Name { kk, ru, en }
        });
    }
    renamed
}
