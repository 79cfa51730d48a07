//! Runs other programs. An error message contains the command line, so that a developer can repeat
//! the command.

use std::path::PathBuf;
use std::process::{Command, Output, Stdio};

use anyhow::{Context, Result, bail};

/// Returns a command that runs the same cargo that started `cargo xtask`.
pub(crate) fn cargo() -> Command {
    Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
}

/// Runs a command until it ends; its output is printed. Fails if the command fails.
pub(crate) fn run(command: &mut Command) -> Result<()> {
    let line = line(command);
    let status = command.status().with_context(|| format!("`{line}` did not start"))?;
    if !status.success() {
        bail!("`{line}` failed ({status})");
    }
    Ok(())
}

/// Returns the output of a command without surrounding white space; `None` if the command does not
/// start or fails.
pub(crate) fn answer(program: &str, arguments: &[&str]) -> Option<String> {
    let output = Command::new(program).args(arguments).stdin(Stdio::null()).output().ok()?;
    output.status.success().then(|| String::from_utf8_lossy(&output.stdout).trim().to_owned())
}

/// Runs a command without printing its output. If the command fails, the error contains the last
/// line that it wrote to standard error.
pub(crate) fn quietly(command: &mut Command) -> Result<Output> {
    let line = line(command);
    let output = command.output().with_context(|| format!("`{line}` did not start"))?;
    if !output.status.success() {
        let complaint = String::from_utf8_lossy(&output.stderr).into_owned();
        let last = complaint.lines().rfind(|line| !line.trim().is_empty()).unwrap_or("no reason given");
        bail!("`{line}`: {last}");
    }
    Ok(output)
}

/// Finds the full path of a program in the folders of `PATH`; `None` if the program is not
/// installed.
pub(crate) fn find(program: &str) -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    std::env::split_paths(&path).map(|folder| folder.join(program)).find(|candidate| candidate.is_file())
}

/// Returns the command line of a command as a developer would type it, without the folder of the
/// program.
fn line(command: &Command) -> String {
    let program = PathBuf::from(command.get_program());
    let mut words = vec![program.file_name().unwrap_or(command.get_program()).to_string_lossy().into_owned()];
    words.extend(command.get_args().map(|argument| argument.to_string_lossy().into_owned()));
    words.join(" ")
}
