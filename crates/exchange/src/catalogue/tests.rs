//! Tests the reading of catalogue folders with a small catalogue, and with the catalogue that is
//! shipped with the program.

use super::archive::{is_captions, is_film, read_archive, write_archive};
use super::{CatalogueError, CatalogueFolder, parse_catalogue, read_catalogue};
use domain::catalogue::RowId;
use domain::limits::CATALOGUE_FILE_SIZE_LIMIT;
use domain::name::Name;
use domain::proofs::faults;
use std::collections::BTreeMap;
use std::fs;
use std::io::{self, Cursor};
use std::path::Path;
use tempfile::TempDir;

const RULES: &str = r#"
[[platform]]
code = "moodle"
name = { kk = "MOODLE ҚОЖ", ru = "СДО MOODLE", en = "MOODLE DLS" }

[[form]]
code = "written"
name = { kk = "ЖАЗБАША", ru = "ПИСЬМЕННЫЙ", en = "WRITTEN" }

[[type]]
code = "essay"
name = { kk = "Эссе", ru = "Эссе", en = "Essay" }

[[row]]
id = "moodle-essay"
number = 7
platform = "moodle"
form = "written"
type = "essay"
title = { kk = "Эссе", ru = "Эссе", en = "Essay" }

[[video]]
scope = "general"
title = { kk = "Бейне", ru = "Видео", en = "Video" }
file = "media/guide.webm"
captions = { kk = "media/guide.kk.vtt", ru = "media/guide.ru.vtt", en = "media/guide.en.vtt" }
"#;

fn files() -> BTreeMap<String, Vec<u8>> {
    let mut files = BTreeMap::new();
    for topic in ["general", "moodle", "moodle-essay"] {
        for language in ["kk", "ru", "en"] {
            files.insert(format!("{topic}.{language}.md"), format!("# {topic} {language}").into_bytes());
        }
    }
    for path in ["media/guide.webm", "media/guide.kk.vtt", "media/guide.ru.vtt", "media/guide.en.vtt"] {
        files.insert(path.to_owned(), path.into());
    }
    files
}

fn parse(rules: &str, files: &BTreeMap<String, Vec<u8>>) -> Result<CatalogueFolder, CatalogueError> {
    parse_catalogue(rules, &|path| files.get(path).cloned())
}

#[test]
fn rules_instructions_and_media_come_together() {
    let folder = parse(RULES, &files()).unwrap();
    assert_eq!(faults(&folder.catalogue), []);
    let essay = folder.catalogue.instructions_on("moodle-essay").unwrap();
    assert_eq!((essay.kk.as_str(), essay.en.as_str()), ("# moodle-essay kk", "# moodle-essay en"));
    assert_eq!(folder.media.len(), 4);
    assert_eq!(folder.media["media/guide.webm"], b"media/guide.webm");
    assert!(folder.catalogue.row(&RowId("moodle-essay".into())).is_some());
}

#[test]
fn a_folder_on_disk_reads_the_same() {
    let folder = TempDir::new().unwrap();
    fs::create_dir(folder.path().join("media")).unwrap();
    let rules = folder.path().join("rows.toml");
    fs::write(&rules, format!("\u{feff}{RULES}")).unwrap();
    for (path, bytes) in files() {
        fs::write(folder.path().join(path), bytes).unwrap();
    }
    assert_eq!(read_catalogue(&rules), parse(RULES, &files()));
    let missing = read_catalogue(&folder.path().join("other.toml"));
    assert_eq!(missing, Err(CatalogueError::Io { file: "other.toml".into(), kind: io::ErrorKind::NotFound }));
}

#[test]
fn instructions_that_are_missing_are_left_to_the_proofs() {
    let mut files = files();
    files.remove("moodle.ru.md");
    for language in ["kk", "ru", "en"] {
        files.remove(&format!("general.{language}.md"));
    }
    let catalogue = parse(RULES, &files).unwrap().catalogue;
    let moodle = Name { kk: "# moodle kk".into(), ru: String::new(), en: "# moodle en".into() };
    assert_eq!((catalogue.instructions_on("moodle"), catalogue.instructions_on("general")), (Some(&moodle), None));
    let missing: Vec<String> = faults(&catalogue).into_iter().map(|fault| fault.what).collect();
    assert_eq!(missing, ["general", "moodle"]);
}

#[test]
fn what_no_catalogue_says_is_refused_with_its_line() {
    let line_of = |rules: &str| match parse(rules, &files()).unwrap_err() {
        CatalogueError::Rules { line, message } => (line, message),
        other => panic!("{other}"),
    };
    let (line, message) = line_of(&RULES.replace("number = 7", "number = 7\ncolour = \"red\""));
    assert_eq!(line, 17);
    assert!(message.contains("colour"), "{message}");
    assert_eq!(line_of(&RULES.replace("number = 7", "number = seven")).0, 16);
    assert_eq!(line_of(&RULES.replace("number = 7", "number = \"7\"")).0, 16);
    assert!(line_of(&RULES.replace("[[form]]", "[[from]]")).1.contains("from"));
    assert!(line_of("").1.contains("platform"));
}

#[test]
fn media_must_lie_in_the_folder() {
    let mut files = files();
    files.remove("media/guide.en.vtt");
    let missing = parse(RULES, &files).unwrap_err();
    assert_eq!(missing, CatalogueError::MediaMissing { file: "media/guide.en.vtt".into() });
    for path in ["../guide.webm", "/etc/passwd", "media/../../x"] {
        let unsafe_path = parse(&RULES.replace("media/guide.webm", path), &files).unwrap_err();
        assert_eq!(unsafe_path, CatalogueError::UnsafePath { file: path.into() });
    }
    let large = vec![0; usize::try_from(CATALOGUE_FILE_SIZE_LIMIT).unwrap() + 1];
    files.insert("media/guide.webm".into(), large);
    assert_eq!(parse(RULES, &files).unwrap_err(), CatalogueError::TooLarge { file: "media/guide.webm".into() });
}

#[test]
fn instructions_are_utf8_and_topics_are_file_names() {
    let mut files = files();
    files.insert("moodle.kk.md".into(), b"\xd2".to_vec());
    assert_eq!(parse(RULES, &files).unwrap_err(), CatalogueError::NotUtf8 { file: "moodle.kk.md".into() });
    files.insert("moodle.kk.md".into(), "\u{feff}Нұсқаулық".into());
    let rules = RULES.replace("\"moodle-essay\"", "\"../secret\"");
    files.insert("../secret.kk.md".into(), b"secret".to_vec());
    let catalogue = parse(&rules, &files).unwrap().catalogue;
    assert_eq!(catalogue.instructions_on("moodle").unwrap().kk, "Нұсқаулық");
    assert_eq!(catalogue.instructions_on("../secret"), None);
}

#[test]
fn every_error_has_a_code_and_names_its_file() {
    let file = || "x".to_owned();
    let errors = [
        (CatalogueError::Io { file: file(), kind: io::ErrorKind::NotFound }, "file-unreadable"),
        (CatalogueError::NotUtf8 { file: file() }, "not-utf8"),
        (CatalogueError::MediaMissing { file: file() }, "media-missing"),
        (CatalogueError::UnsafePath { file: file() }, "unsafe-path"),
        (CatalogueError::TooLarge { file: file() }, "media-too-large"),
    ];
    for (error, code) in errors {
        assert!(error.code() == code && error.to_string().starts_with("x "), "{error}");
    }
    let wrong = CatalogueError::Rules { line: 3, message: "no".into() };
    assert_eq!((wrong.code(), wrong.to_string().as_str()), ("rules-wrong", "line 3: no"));
}

#[test]
fn the_real_catalogue_is_table_1() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../catalogue");
    // The video of the user guide is recorded from the running program, so the video file can still
    // be missing when this test runs.
    let film = |path: &str| path.starts_with("media/").then(Vec::new);
    let files = |path: &str| fs::read(folder.join(path)).ok().or_else(|| film(path));
    let rules = fs::read_to_string(folder.join("rows.toml")).unwrap();
    let catalogue = parse_catalogue(&rules, &files).unwrap().catalogue;
    assert_eq!((catalogue.rows.len(), catalogue.platforms.len()), (14, 5));
    assert_eq!((catalogue.forms.len(), catalogue.kinds.len()), (5, 8));
    assert_eq!(faults(&catalogue), []);
}

#[test]
fn what_is_packed_is_what_is_read_again() {
    let mut folder = parse(RULES, &files()).unwrap();
    folder.catalogue.rows[0].is_on = false;
    let packed = write_archive(&folder).unwrap();
    assert_eq!(read_archive(Cursor::new(&packed)).unwrap(), folder);
    // The test packs the same catalogue version twice and expects the same bytes.
    assert_eq!(write_archive(&folder).unwrap(), packed);
    let real = read_catalogue(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../../catalogue/rows.toml")).unwrap();
    let again = read_archive(Cursor::new(write_archive(&real).unwrap())).unwrap();
    assert_eq!(again, real);
    assert_eq!(faults(&again.catalogue), []);
}

#[test]
fn a_zip_that_is_none_or_leads_out_of_itself_is_refused() {
    assert_eq!(read_archive(Cursor::new(b"no zip")), Err(CatalogueError::Archive));
    let zip = |path: &str| {
        let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
        zip.start_file(path, zip::write::SimpleFileOptions::default()).unwrap();
        std::io::Write::write_all(&mut zip, RULES.as_bytes()).unwrap();
        zip.finish().unwrap().into_inner()
    };
    assert_eq!(read_archive(Cursor::new(zip("other.toml"))), Err(CatalogueError::Archive));
    let outside = read_archive(Cursor::new(zip("../rows.toml")));
    assert_eq!(outside, Err(CatalogueError::UnsafePath { file: "../rows.toml".into() }));
    for path in ["my-rules/rows.toml", "my-rules/rules.toml", "rules.toml"] {
        let missing = read_archive(Cursor::new(zip(path)));
        assert_eq!(missing, Err(CatalogueError::MediaMissing { file: "media/guide.webm".into() }), "{path}");
    }
    assert_eq!(read_archive(Cursor::new(zip("other-rows.toml"))), Err(CatalogueError::Archive));
}

#[test]
fn films_and_captions_are_known_by_their_first_bytes() {
    assert!(is_film(&[0x1a, 0x45, 0xdf, 0xa3, 1]) && !is_film(b"%PDF-1.7") && !is_film(b""));
    assert!(is_captions("\u{feff}WEBVTT\n\n00:00.000 --> 00:01.000\nСәлем".as_bytes()) && is_captions(b"WEBVTT"));
    assert!(!is_captions(b"WEBVTTX") && !is_captions(b"1\n00:00") && !is_captions(&[b'W', 0xff]));
}
