//! The project's folder: finds and reads its files, and prints the problems that a check has found.

use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};

use crate::run;

/// Returns the project's root folder, which contains the crate `xtask`.
pub(crate) fn root() -> Result<PathBuf> {
    let here = match std::env::var_os("CARGO_MANIFEST_DIR") {
        Some(folder) => PathBuf::from(folder),
        None => std::env::current_dir().context("the current folder is not readable")?,
    };
    let is_root = |folder: &&Path| folder.join("Cargo.lock").is_file() && folder.join("xtask").is_dir();
    here.ancestors().find(is_root).map(Path::to_path_buf).context("not inside the project: no Cargo.lock beside xtask/")
}

/// Reads the text of a file. If the file cannot be read, the error message names the file.
pub(crate) fn read(path: &Path) -> Result<String> {
    fs::read_to_string(path).with_context(|| format!("{} is not readable", path.display()))
}

/// Lists all files with this extension in `folder` and its subfolders, sorted. The list is empty if
/// the folder does not exist.
pub(crate) fn files(folder: &Path, ending: &str) -> Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    collect(folder, &mut |path| {
        if path.extension() == Some(OsStr::new(ending)) {
            found.push(path);
        }
    })?;
    found.sort();
    Ok(found)
}

/// Lists the folders directly in `folder`, sorted by name.
pub(crate) fn folders(folder: &Path) -> Result<Vec<PathBuf>> {
    let mut found: Vec<PathBuf> = entries(folder)?.into_iter().filter(|path| path.is_dir()).collect();
    found.sort();
    Ok(found)
}

/// Returns the folders of all crates of the project; `xtask` is the last one.
pub(crate) fn crates(root: &Path) -> Result<Vec<PathBuf>> {
    Ok(folders(&root.join("crates"))?.into_iter().chain([root.join("xtask")]).collect())
}

/// Runs a git command in the project's folder and returns its output.
pub(crate) fn git(root: &Path, arguments: &[&str]) -> Result<String> {
    // Git refuses to work in a folder that belongs to another user, and the user who runs the check
    // does not always own the project's folder. The setting `safe.directory` makes git accept the
    // folder.
    let trust = format!("safe.directory={}", root.display());
    let folder = root.to_str().context("the project's path is not UTF-8")?;
    let answer = run::answer("git", &[&["-C", folder, "-c", &trust], arguments].concat());
    answer.with_context(|| format!("`git {}` failed", arguments.join(" ")))
}

/// Returns whether a folder or one of its subfolders contains a file with this name. Build results
/// are not searched.
pub(crate) fn has_file_named(folder: &Path, name: &str) -> Result<bool> {
    let mut found = false;
    collect(folder, &mut |path| found |= path.file_name() == Some(OsStr::new(name)))?;
    Ok(found)
}

/// Returns the path of a file relative to the project's root folder, for messages.
pub(crate) fn shown(root: &Path, path: &Path) -> String {
    path.strip_prefix(root).unwrap_or(path).display().to_string()
}

/// Ends a check: prints every problem that the check has found on its own line, and fails if there
/// are problems.
pub(crate) fn conclude(check: &str, problems: &[String]) -> Result<()> {
    for problem in problems {
        eprintln!("{check}: {problem}");
    }
    match problems.len() {
        0 => Ok(()),
        1 => bail!("{check} found one problem"),
        many => bail!("{check} found {many} problems"),
    }
}

fn collect(folder: &Path, keep: &mut dyn FnMut(PathBuf)) -> Result<()> {
    for path in entries(folder)? {
        if path.is_dir() {
            collect(&path, keep)?;
        } else {
            keep(path);
        }
    }
    Ok(())
}

/// Lists the entries of a folder, except build results, installed npm packages and hidden files.
fn entries(folder: &Path) -> Result<Vec<PathBuf>> {
    if !folder.is_dir() {
        return Ok(Vec::new());
    }
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).with_context(|| format!("{} is not readable", folder.display()))? {
        let entry = entry?;
        let name = entry.file_name();
        let is_ours = name != "target" && name != "node_modules" && !name.to_string_lossy().starts_with('.');
        if is_ours {
            found.push(entry.path());
        }
    }
    Ok(found)
}
