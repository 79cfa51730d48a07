//! The step "deny" of `cargo xtask ci`: checks the packages of the program with cargo-deny, which is
//! installed first if it is missing.

use std::path::PathBuf;
use std::process::Command;

use anyhow::{Context, Result, bail};

use crate::{repo, run};

/// The version of cargo-deny that is installed. Another version that is already installed is used
/// as it is.
const VERSION: &str = "0.20.2";

/// Checks with cargo-deny the licences and sources of packages, and that no package is banned or
/// present twice. Security advisories are not checked, because that needs a network.
pub(crate) fn check(may_install: bool) -> Result<()> {
    let mut command = Command::new(cargo_deny(may_install)?);
    command.args(["--offline", "check", "bans", "licenses", "sources"]);
    run::run(command.current_dir(repo::root()?))
}

/// Finds cargo-deny in the folders of `PATH` or among the tools in the target folder, where it is
/// installed if it is missing.
fn cargo_deny(may_install: bool) -> Result<PathBuf> {
    if let Some(found) = run::find("cargo-deny") {
        return Ok(found);
    }
    let tools = tools()?;
    let program = tools.join("bin").join("cargo-deny");
    let version = run::answer(&program.to_string_lossy(), &["--version"]);
    if version.is_some_and(|version| version.ends_with(VERSION)) {
        return Ok(program);
    }
    if !may_install {
        bail!("install cargo-deny and run again: cargo install --locked cargo-deny --version {VERSION}");
    }
    println!("installing cargo-deny {VERSION} in {} (a few minutes, once)", tools.display());
    let mut install = run::cargo();
    // Without optimisation the build takes three minutes of processor time, and the check three
    // seconds.
    install.args(["install", "--quiet", "--locked", "--force", "--debug", "cargo-deny", "--version", VERSION]);
    install.arg("--root");
    install.arg(&tools).env("CARGO_PROFILE_DEV_DEBUG", "0");
    // The files of the build go to a temporary folder, which cargo removes.
    install.env_remove("CARGO_TARGET_DIR").env_remove("RUSTFLAGS");
    run::run(&mut install).context("cargo-deny cannot be installed")?;
    Ok(program)
}

/// The folder for tools, below the target folder. A CI machine that caches the target folder
/// installs the tools once.
fn tools() -> Result<PathBuf> {
    let target = match std::env::var_os("CARGO_TARGET_DIR") {
        Some(folder) => PathBuf::from(folder),
        None => repo::root()?.join("target"),
    };
    Ok(target.join("tools"))
}
