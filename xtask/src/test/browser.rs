//! Runs the tests in a real Chromium browser, against the program built in release mode.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::SystemTime;

use anyhow::{Result, bail};

use crate::{repo, run};

/// The folder that contains the tests in a real browser.
pub(super) const FOLDER: &str = "browser-tests";

/// Checks the sources of the website's script and style sheet, builds the program, and runs the tests
/// in a browser against this program. The build is that of `cargo test`, which checks arithmetic for
/// overflow; a release build would take as long as half of all journeys.
pub(super) fn run() -> Result<()> {
    let root = repo::root()?;
    run::run(Command::new("npm").args(["run", "lint"]).current_dir(root.join(FOLDER)))?;
    run::run(run::cargo().args(["build", "--locked"]).current_dir(&root))?;
    let Some(chromium) = chromium() else { bail!("Chromium is not installed") };
    let mut journeys = Command::new("npm");
    journeys.arg("test").current_dir(root.join(FOLDER));
    journeys.env("EMTIHAN_BIN", target(&root).join("debug/emtihan")).env("EMTIHAN_CHROMIUM", chromium);
    run::run(&mut journeys)
}

/// Finds the browser Chromium: at the path in the environment variable `EMTIHAN_CHROMIUM`, else in
/// the folders of `PATH`.
pub(super) fn chromium() -> Option<PathBuf> {
    let chosen = std::env::var_os("EMTIHAN_CHROMIUM").map(PathBuf::from).filter(|path| path.is_file());
    chosen.or_else(|| run::find("chromium")).or_else(|| run::find("chromium-browser"))
}

/// Returns whether the npm packages for the tests in a browser are missing or older than their lock
/// file.
pub(super) fn packages_are_stale(root: &Path) -> bool {
    let changed = |path: &str| -> Option<SystemTime> {
        fs::metadata(root.join(FOLDER).join(path)).and_then(|file| file.modified()).ok()
    };
    let Some(wanted) = changed("package-lock.json") else { return false };
    changed("node_modules/.package-lock.json").is_none_or(|installed| installed < wanted)
}

/// Installs the npm packages that the tests in a browser need, in the versions of their lock file.
pub(super) fn install_packages(root: &Path) -> Result<()> {
    println!("installing the packages of {FOLDER} (npm ci)");
    let mut npm = Command::new("npm");
    npm.args(["ci", "--ignore-scripts", "--no-audit", "--no-fund"]).current_dir(root.join(FOLDER));
    run::quietly(&mut npm).map(drop)
}

fn target(root: &Path) -> PathBuf {
    let chosen = std::env::var_os("CARGO_TARGET_DIR").or_else(|| std::env::var_os("CARGO_BUILD_TARGET_DIR"));
    chosen.map_or_else(|| root.join("target"), |folder| root.join(folder))
}
