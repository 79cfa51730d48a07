//! A catalogue version as one file: the catalogue folder in a zip archive. This module writes and reads such archives;
//! once unpacked, the command line reads them too.

use super::{CatalogueError, CatalogueFolder, ROWS_FILE, ROWS_FILE_NAMES, parse_catalogue};
use crate::safe_path::stays_below;
use domain::catalogue::Catalogue;
use domain::limits::{CATALOGUE_FILE_SIZE_LIMIT, CATALOGUE_FILES_LIMIT, CATALOGUE_UNPACKED_SIZE_LIMIT};
use domain::name::{Language, Name};
use std::cell::RefCell;
use std::collections::{BTreeMap, HashMap};
use std::io::{Cursor, Read, Seek, Write};
use zip::result::ZipError;
use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

/// The first bytes of a `WebM` file, the video format that plays in the web page (EBML, RFC 8794).
const WEBM: [u8; 4] = [0x1a, 0x45, 0xdf, 0xa3];

/// Returns whether a file begins like a `WebM` video.
pub fn is_film(beginning: &[u8]) -> bool {
    beginning.starts_with(&WEBM)
}

/// Returns whether these bytes are video captions (`WebVTT`): UTF-8 text that begins with the word `WEBVTT`.
pub fn is_captions(bytes: &[u8]) -> bool {
    std::str::from_utf8(bytes).is_ok_and(|text| {
        let rest = text.trim_start_matches('\u{feff}').strip_prefix("WEBVTT");
        rest.is_some_and(|rest| rest.chars().next().is_none_or(char::is_whitespace))
    })
}

/// Packs a catalogue folder as a zip archive: `rows.toml`, one file per topic and language, and videos and captions
/// under the names that the catalogue gives them.
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

/// A file of a catalogue archive.
struct ArchiveFile {
    /// The path of the file inside the archive.
    path: String,
    bytes: Vec<u8>,
}

fn pack(files: &[ArchiveFile]) -> Result<Vec<u8>, ZipError> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for ArchiveFile { path, bytes } in files {
        // The same catalogue version always gives the same bytes, since no time is stored in the archive.
        zip.start_file(path.as_str(), SimpleFileOptions::default())?;
        zip.write_all(bytes)?;
    }
    Ok(zip.finish()?.into_inner())
}

/// Reads a catalogue from a zip archive whose `rows.toml` (or `rules.toml`, its earlier name) is at the top level or in
/// the only folder.
pub fn read_archive(source: impl Read + Seek) -> Result<CatalogueFolder, CatalogueError> {
    let mut archive = ZipArchive::new(source).map_err(|_| CatalogueError::Archive)?;
    if archive.len() > CATALOGUE_FILES_LIMIT {
        return Err(CatalogueError::TooLarge { file: "zip".to_owned() });
    }
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

/// The place of the file with the catalogue rows inside an archive.
struct RowsPlace {
    /// The folder that contains the catalogue in the archive, with a final `/`; empty for the top level.
    folder: String,
    /// The name of the file with the catalogue rows.
    file: &'static str,
}

/// Finds the folder of the catalogue inside the archive, with a final `/`, and the name of the file with the catalogue
/// rows.
fn rows_place(places: &HashMap<String, usize>) -> Option<RowsPlace> {
    ROWS_FILE_NAMES.into_iter().find_map(|file| {
        let folders = places.keys().filter_map(|path| path.strip_suffix(file));
        let shortest =
            folders.filter(|folder| folder.is_empty() || folder.ends_with('/')).min_by_key(|path| path.len());
        shortest.map(|folder| RowsPlace { folder: folder.to_owned(), file })
    })
}

/// The index of every entry of a catalogue archive by the entry's path. The archive is refused if any path leads out of
/// it.
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

/// The file names under which the videos and captions of a catalogue version are packed, by the hash of each.
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

/// Returns the catalogue with the names of its videos and captions replaced according to `names`, which maps hashes to
/// file names, or the reverse.
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
