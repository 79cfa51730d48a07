//! Builds the static files of the website when the program is compiled. It joins and minifies the
//! modules of the style sheets and of the script, compresses all static files, and puts a hash of
//! the content into each file name.

#[path = "build/scripts.rs"]
mod scripts;
#[path = "build/styles.rs"]
mod styles;

use domain::digest::Digest;
use std::error::Error;
use std::fmt::Write as _;
use std::io::Write as _;
use std::path::Path;
use std::{env, fs};

type Failure = Box<dyn Error>;

/// A static file (script, style sheet or icon) as it is sent to browsers.
struct StaticFile {
    file: &'static str,
    mime: &'static str,
    /// The name of the Rust constant that contains the address of the static file.
    constant: &'static str,
    bytes: Vec<u8>,
}

fn assets() -> Result<[StaticFile; 4], Failure> {
    let source = Path::new("assets/src");
    let sheets = source.join("styles");
    styles::refuse_unused(&sheets)?;
    let css = styles::build(&sheets, styles::MAIN)?.into_bytes();
    let progress = styles::build(&sheets, styles::PROGRESS)?.into_bytes();
    let js = scripts::build(&source.join("scripts"))?.into_bytes();
    let icon = fs::read("assets/icon.svg")?;
    Ok([
        StaticFile { file: "app.css", mime: "text/css; charset=utf-8", constant: "CSS", bytes: css },
        StaticFile { file: "progress.css", mime: "text/css; charset=utf-8", constant: "PROGRESS_CSS", bytes: progress },
        StaticFile { file: "app.js", mime: "text/javascript; charset=utf-8", constant: "JS", bytes: js },
        StaticFile { file: "icon.svg", mime: "image/svg+xml; charset=utf-8", constant: "ICON", bytes: icon },
    ])
}

#[expect(clippy::disallowed_methods, reason = "cargo tells a build script where to write by environment only")]
fn main() -> Result<(), Failure> {
    let out = env::var("OUT_DIR")?;
    let mut table = String::from("/// Every static file.\npub(crate) const ASSETS: &[Asset] = &[\n");
    let mut names = String::new();
    for StaticFile { file, mime, constant, bytes } in assets()? {
        let digest = Digest::of(&bytes).to_string();
        let (stem, ending) = file.split_once('.').ok_or("a file name without an ending")?;
        let name = format!("{stem}-{}.{ending}", digest.get(..10).unwrap_or_default());
        let at = |suffix: &str| Path::new(&out).join(format!("{file}{suffix}"));
        fs::write(at(""), &bytes)?;
        fs::write(at(".br"), brotli(&bytes)?)?;
        fs::write(at(".gz"), gzip(&bytes)?)?;
        let include = |suffix: &str| format!("include_bytes!(concat!(env!(\"OUT_DIR\"), \"/{file}{suffix}\"))");
        writeln!(
            table,
            "    Asset {{ name: {name:?}, mime: {mime:?}, plain: {}, brotli: {}, gzip: {} }},",
            include(""),
            include(".br"),
            include(".gz")
        )?;
        writeln!(names, "/// Where `{file}` is.\npub(crate) const {constant}: &str = \"/assets/{name}\";")?;
    }
    fs::write(Path::new(&out).join("assets.rs"), format!("{names}{table}];\n"))?;
    for source in ["assets", "build.rs", "build", "../../locales"] {
        println!("cargo:rerun-if-changed={source}");
    }
    Ok(())
}

fn brotli(bytes: &[u8]) -> std::io::Result<Vec<u8>> {
    let mut packed = Vec::new();
    brotli::CompressorWriter::new(&mut packed, 4096, 11, 22).write_all(bytes)?;
    Ok(packed)
}

fn gzip(bytes: &[u8]) -> std::io::Result<Vec<u8>> {
    let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    packed.write_all(bytes)?;
    packed.finish()
}
