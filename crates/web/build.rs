//! Compresses the style sheet, the script and the icon at build time, and gives them names with a hash of their
//! content.

use domain::digest::Digest;
use std::error::Error;
use std::fmt::Write as _;
use std::io::Write as _;
use std::path::Path;
use std::{env, fs};

const FILES: [(&str, &str, &str); 3] = [
    ("app.css", "text/css; charset=utf-8", "CSS"),
    ("app.js", "text/javascript; charset=utf-8", "JS"),
    ("icon.svg", "image/svg+xml", "ICON"),
];

#[expect(clippy::disallowed_methods, reason = "cargo tells a build script where to write by environment only")]
fn main() -> Result<(), Box<dyn Error>> {
    let out = env::var("OUT_DIR")?;
    let mut table = String::from("/// Every static file.\npub(crate) const ASSETS: &[Asset] = &[\n");
    let mut names = String::new();
    for (file, mime, constant) in FILES {
        let source = Path::new("assets").join(file);
        println!("cargo:rerun-if-changed={}", source.display());
        let bytes = fs::read(&source)?;
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
    println!("cargo:rerun-if-changed=../../locales");
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
