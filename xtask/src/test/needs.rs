//! Finds out which programs the tests need and the machine does not have, and installs the Debian
//! packages that contain them.

use std::ffi::OsStr;
use std::fs;
use std::io::{self, IsTerminal};
use std::path::Path;
use std::process::{Command, Stdio};

use anyhow::{Context, Result, bail};

use super::{Options, browser};
use crate::{cluster, repo, run};

/// The minimum major version of Node.js that can run the tests in a browser.
const OLDEST_NODE: u32 = 18;
const NOTO: &str = "/usr/share/fonts/truetype/noto/NotoSans-Regular.ttf";

/// A Debian package that the tests need, and a function that checks whether the package's program
/// is installed, from this package or from elsewhere.
struct Need {
    package: &'static str,
    is_there: fn() -> bool,
}

const FOR_CARGO: &[Need] = &[
    Need { package: "postgresql", is_there: || cluster::programs().is_some() },
    // The tests use a mail server from the Debian package python3-aiosmtpd. The package installs
    // the mail server only for Debian's own Python, so this Python is asked whether it is
    // installed.
    Need {
        package: "python3-aiosmtpd",
        is_there: || run::answer("/usr/bin/python3", &["-c", "import aiosmtpd"]).is_some(),
    },
    Need { package: "libfaketime", is_there: has_faketime },
    // A test kills upgrades at their system calls.
    Need { package: "strace", is_there: || run::find("strace").is_some() },
];
/// The library with which a test turns the clock of the program, in a folder of `/usr/lib`.
const FAKETIME: &str = "faketime/libfaketimeMT.so.1";
const FOR_BROWSER: &[Need] = &[
    Need { package: "chromium", is_there: || browser::chromium().is_some() },
    Need { package: "fonts-noto-core", is_there: has_noto },
    Need { package: "nodejs", is_there: has_node },
    Need { package: "npm", is_there: || run::find("npm").is_some() },
];
/// The Java runtime is needed by the HTML checker vnu, which is a Java program.
const FOR_VNU: Need = Need { package: "default-jre-headless", is_there: || run::find("java").is_some() };

/// Installs the missing programs that the tests need. If installing is not allowed, fails with a
/// message that names the missing Debian packages.
pub(super) fn ensure(options: &Options) -> Result<()> {
    let root = repo::root()?;
    let missing = missing(&root, options);
    if !missing.is_empty() {
        let wish = format!("apt-get install {}", missing.join(" "));
        let advice = || format!("install the packages that the tests need and run again ({wish})");
        if !options.install {
            bail!(advice());
        }
        println!("installing missing packages: {wish}");
        install(&missing).with_context(advice)?;
    }
    let left = self::missing(&root, options);
    if !left.is_empty() {
        bail!("still too old or not found after installing: {}", left.join(", "));
    }
    if options.browser && browser::packages_are_stale(&root) {
        if !options.install {
            bail!("install the packages of the browser tests and run again: npm ci, in {}", browser::FOLDER);
        }
        browser::install_packages(&root)?;
    }
    Ok(())
}

fn missing(root: &Path, options: &Options) -> Vec<&'static str> {
    let cargo = FOR_CARGO.iter().filter(|_| options.cargo);
    let browser = FOR_BROWSER.iter().filter(|_| options.browser);
    let vnu = std::iter::once(&FOR_VNU).filter(|_| options.browser && checks_html(root));
    cargo.chain(browser).chain(vnu).filter(|need| !(need.is_there)()).map(|need| need.package).collect()
}

/// Installs Debian packages with apt-get, through sudo if the user is not root.
fn install(packages: &[&str]) -> Result<()> {
    if run::find("apt-get").is_none() {
        bail!("apt-get is not available");
    }
    // A failed update of apt-get's package list does not matter if the packages can be installed
    // all the same. Otherwise the failed update is reported as the reason.
    let renewed = run::quietly(apt_get()?.arg("update"));
    let installed = run::quietly(apt_get()?.args(["install", "--yes", "--no-install-recommends"]).args(packages));
    installed.or_else(|error| renewed.and(Err(error))).map(drop)
}

fn apt_get() -> Result<Command> {
    let settings = [OsStr::new("DEBIAN_FRONTEND=noninteractive"), OsStr::new("apt-get"), OsStr::new("--quiet")];
    let mut command = Command::new("env");
    if run::answer("id", &["-u"]).as_deref() != Some("0") {
        let Some(sudo) = run::find("sudo") else { bail!("this user is not root, and sudo is not installed") };
        command = Command::new(sudo);
        if !io::stdin().is_terminal() {
            command.arg("--non-interactive");
        }
        command.arg("env");
    }
    command.args(settings).stdin(Stdio::null());
    Ok(command)
}

fn has_faketime() -> bool {
    let folders = fs::read_dir("/usr/lib").into_iter().flatten().flatten();
    folders.map(|folder| folder.path().join(FAKETIME)).any(|library| library.is_file())
}

fn has_noto() -> bool {
    let known = || run::answer("fc-list", &[":", "family"]).is_some_and(|families| families.contains("Noto Sans"));
    Path::new(NOTO).is_file() || known()
}

fn has_node() -> bool {
    run::answer("node", &["--version"]).and_then(|said| major(&said)).is_some_and(|major| major >= OLDEST_NODE)
}

fn major(version: &str) -> Option<u32> {
    version.trim_start_matches('v').split('.').next()?.parse().ok()
}

fn checks_html(root: &Path) -> bool {
    repo::read(&root.join(browser::FOLDER).join("package.json")).is_ok_and(|list| list.contains("vnu"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_version_of_node_is_read() {
        assert_eq!(major("v18.19.0"), Some(18));
        assert_eq!(major("no version"), None);
    }
}
