//! Reads a catalogue (the table of permitted exams) from a folder. The file `rows.toml` contains
//! the catalogue rows, the files `<topic>.<kk|ru|en>.md` contain the instructions, and `rows.toml`
//! names the files with videos and captions.
//!
//! Reading a catalogue only checks that the files can be parsed; the module `domain::proofs` checks
//! that its content is consistent.

use crate::safe_path::stays_below;
use domain::catalogue::{Catalogue, Video};
use domain::limits::CATALOGUE_FILE_SIZE_LIMIT;
use domain::name::{Language, Name};
use std::collections::{BTreeMap, BTreeSet};
use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

pub mod archive;

/// A catalogue folder after reading: the catalogue, and the bytes of its videos and captions.
#[derive(Debug, Clone, PartialEq)]
pub struct CatalogueFolder {
    /// The catalogue (the table of permitted exams) with its instructions.
    pub catalogue: Catalogue,
    /// The bytes of the video and caption files. The map's key is the path of the file as written
    /// in the catalogue, with `/` between folders.
    pub media: BTreeMap<String, Vec<u8>>,
}

/// Reasons for which a catalogue folder or a catalogue archive cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CatalogueError {
    /// Error in a catalogue folder: the file with the catalogue rows cannot be opened.
    #[error("{file} cannot be read: {kind}")]
    Io {
        file: String,
        /// The error that the operating system returned for the file with the catalogue rows.
        kind: io::ErrorKind,
    },
    /// Error in a catalogue folder: the file with the catalogue rows is not valid TOML, or has
    /// unknown or missing keys.
    #[error("line {line}: {message}")]
    Rules {
        /// The line number of the error in the file with the catalogue rows, counted from 1.
        line: usize,
        /// The error message of the TOML parser for the file with the catalogue rows.
        message: String,
    },
    /// Error in a catalogue folder: a text file is not valid UTF-8.
    #[error("{file} is not UTF-8")]
    NotUtf8 { file: String },
    /// Error in a catalogue folder: the catalogue names a video or caption file that is missing in
    /// the folder.
    #[error("{file} is named by a video, but is not in the folder")]
    MediaMissing {
        /// The path of the missing video or caption file, as the catalogue names it.
        file: String,
    },
    /// Error in a catalogue folder or archive: the path of a file leads out of the folder or
    /// archive.
    #[error("{file} does not lie below the folder")]
    UnsafePath {
        /// The path that leads out of the catalogue folder or archive.
        file: String,
    },
    /// Error in a catalogue archive: the zip cannot be read or written, or has no file with
    /// catalogue rows.
    #[error("the zip cannot be read, or has no rows.toml")]
    Archive,
    /// Error in a catalogue folder: a file is larger than [`CATALOGUE_FILE_SIZE_LIMIT`].
    #[error("{file} is larger than {CATALOGUE_FILE_SIZE_LIMIT} bytes")]
    TooLarge { file: String },
}

impl CatalogueError {
    /// Returns the code of an error in a catalogue folder. The translation key `catalogue-…` ends
    /// with this code.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Io { .. } => "file-unreadable",
            Self::Rules { .. } => "rules-wrong",
            Self::NotUtf8 { .. } => "not-utf8",
            Self::MediaMissing { .. } => "media-missing",
            Self::UnsafePath { .. } => "unsafe-path",
            Self::Archive => "archive-unreadable",
            Self::TooLarge { .. } => "media-too-large",
        }
    }
}

/// The name of the file that contains the catalogue rows, in a catalogue folder or archive.
pub const ROWS_FILE: &str = "rows.toml";

/// The possible names of the file with the catalogue rows, the current name first. Earlier releases
/// wrote the second name.
const ROWS_FILE_NAMES: [&str; 2] = [ROWS_FILE, "rules.toml"];

/// Returns the path of the file with the catalogue rows in a catalogue folder. If no such file
/// exists, returns the path for the current name of the file.
pub fn rows_path(folder: &Path) -> PathBuf {
    let found = ROWS_FILE_NAMES.into_iter().map(|name| folder.join(name)).find(|path| path.is_file());
    found.unwrap_or_else(|| folder.join(ROWS_FILE))
}

/// Reads a catalogue: the file with the catalogue rows, and the instructions, videos and captions
/// in the folder of that file.
///
/// # Errors
/// The error names the first file that cannot be used; for the file with the catalogue rows also
/// the line.
pub fn read_catalogue(rows_file: &Path) -> Result<CatalogueFolder, CatalogueError> {
    let file = rows_file.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let rules =
        read_limited(rows_file).map_err(|error| CatalogueError::Io { file: file.clone(), kind: error.kind() })?;
    let folder = rows_file.parent().unwrap_or(Path::new(""));
    parse_catalogue(&text(&file, rules)?, &|path| read_limited(&folder.join(path)).ok())
}

/// Parses a catalogue whose files do not come from the disk, for example because they are compiled
/// into the program. The function `files` returns the bytes of a file of the catalogue by its path
/// in the catalogue folder, or `None` if there is no such file.
///
/// # Errors
/// The error names the first file that cannot be used; for the file with the catalogue rows also
/// the line.
pub fn parse_catalogue(
    rules: &str,
    files: &dyn Fn(&str) -> Option<Vec<u8>>,
) -> Result<CatalogueFolder, CatalogueError> {
    let rules = rules.trim_start_matches('\u{feff}');
    let mut catalogue: Catalogue = toml::from_str(rules).map_err(|error| wrong_rules(rules, &error))?;
    for topic in topics(&catalogue) {
        let mut name = catalogue.instructions.remove(&topic).unwrap_or_default();
        read_instructions(&topic, &mut name, files)?;
        if name != Name::default() {
            catalogue.instructions.insert(topic, name);
        }
    }
    let media = media(&catalogue.videos, files)?;
    Ok(CatalogueFolder { catalogue, media })
}

fn wrong_rules(rules: &str, error: &toml::de::Error) -> CatalogueError {
    let before = error.span().and_then(|span| rules.get(..span.start)).unwrap_or_default();
    CatalogueError::Rules { line: before.matches('\n').count() + 1, message: error.message().to_owned() }
}

/// Returns the topics of a catalogue for which files with instructions can exist: the general
/// topic, the exam platforms, and the catalogue rows. A code that cannot be part of a file name is
/// left out here; the checks of the catalogue report such a code as an error.
fn topics(catalogue: &Catalogue) -> BTreeSet<String> {
    let platforms = catalogue.platforms.iter().map(|label| label.code.clone());
    let rows = catalogue.rows.iter().map(|row| row.id.0.clone());
    let all = std::iter::once("general".to_owned()).chain(platforms).chain(rows);
    all.filter(|topic| stays_below(topic) && !topic.contains('/')).collect()
}

fn read_instructions(
    topic: &str,
    name: &mut Name,
    files: &dyn Fn(&str) -> Option<Vec<u8>>,
) -> Result<(), CatalogueError> {
    for language in Language::ALL {
        let file = format!("{topic}.{}.md", language.code());
        let Some(bytes) = files(&file) else { continue };
        let place = match language {
            Language::Kk => &mut name.kk,
            Language::Ru => &mut name.ru,
            Language::En => &mut name.en,
        };
        *place = text(&file, bytes)?;
    }
    Ok(())
}

fn text(file: &str, bytes: Vec<u8>) -> Result<String, CatalogueError> {
    within_limit(file, &bytes)?;
    let text = String::from_utf8(bytes).map_err(|_| CatalogueError::NotUtf8 { file: file.to_owned() })?;
    Ok(text.trim_start_matches('\u{feff}').to_owned())
}

fn media(
    videos: &[Video],
    files: &dyn Fn(&str) -> Option<Vec<u8>>,
) -> Result<BTreeMap<String, Vec<u8>>, CatalogueError> {
    let mut media = BTreeMap::new();
    for path in videos.iter().flat_map(named_files) {
        let file = path.to_owned();
        if !stays_below(path) {
            return Err(CatalogueError::UnsafePath { file });
        }
        let Some(bytes) = files(path) else { return Err(CatalogueError::MediaMissing { file }) };
        within_limit(path, &bytes)?;
        media.insert(file, bytes);
    }
    Ok(media)
}

/// Returns the paths of a video's file and of the files with its captions.
fn named_files(video: &Video) -> impl Iterator<Item = &str> {
    let captions = video.captions.iter().flat_map(|names| Language::ALL.map(|language| names.exactly(language)));
    video.file.as_deref().into_iter().chain(captions.filter(|path| !path.is_empty()))
}

fn within_limit(file: &str, bytes: &[u8]) -> Result<(), CatalogueError> {
    if bytes.len() as u64 > CATALOGUE_FILE_SIZE_LIMIT {
        Err(CatalogueError::TooLarge { file: file.to_owned() })
    } else {
        Ok(())
    }
}

/// Reads a file, but at most one byte more than the size limit. The additional byte lets the caller
/// detect that the file is too large.
fn read_limited(path: &Path) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    File::open(path)?.take(CATALOGUE_FILE_SIZE_LIMIT + 1).read_to_end(&mut bytes)?;
    Ok(bytes)
}

#[cfg(test)]
mod tests;
