//! The command `emtihan demo`: creates a demo university through the same import and use cases as
//! real data, and serves it.

mod story;
mod university;

use crate::cli::{Demo, say};
use crate::config::this_machine;
use crate::{serve, startup};
use anyhow::{Context, Result, bail};
use app::app::App;
use app::clock::Clock;
use chrono::NaiveDate;
use domain::password::OneTimeHours;
use std::fs;
use std::path::{Path, PathBuf};
use story::Story;
use web::Settings;

/// The name of the file that marks a folder as a finished demo university. The file contains the
/// day on which the demo was created.
const MARK: &str = "demo.txt";

/// Creates the demo university if its folder does not contain one yet, then serves it.
pub(crate) fn run(asked: &Demo) -> Result<()> {
    if !asked.listen.ip().is_loopback() {
        bail!(
            "--listen {}: the demo listens on this machine only (127.0.0.1), because its passwords are public",
            asked.listen
        );
    }
    let folder = &asked.data_dir;
    if asked.fresh {
        remove(folder)?;
    }
    if !folder.join(MARK).exists() {
        fill(folder)?;
    }
    let app = startup::open(folder, &store::DatabaseLocation::File(folder.join("emtihan.db")))?;
    let story = Story::shipped()?;
    print_accounts(&app, asked, &story)?;
    let origins = this_machine(asked.listen.port());
    let demo_accounts = story
        .usernames()
        .into_iter()
        .map(|username| web::DemoAccount { role_key: format!("demo-{username}"), username })
        .collect();
    let settings = Settings {
        origins,
        is_secure: false,
        trusted_proxies: Vec::new(),
        demo_accounts,
        public_exams: true,
        setup_key: None,
        one_time_password_hours: OneTimeHours::default(),
    };
    let options = serve::ServeOptions { mail: None, hour: 8, public_url: String::new() };
    serve::serve(app, asked.listen, settings, options)
}

/// Creates the demo university in a temporary folder and renames the folder when the demo is
/// complete, so that an interrupted run leaves no incomplete demo.
fn fill(folder: &Path) -> Result<()> {
    if folder.exists() && fs::read_dir(folder)?.next().is_some() {
        bail!("{} contains files that are not a demo university; choose another --data-dir", folder.display());
    }
    say("Creating the demo university…");
    let half = half_of(folder);
    if half.exists() {
        fs::remove_dir_all(&half)?;
    }
    fs::create_dir_all(&half)?;
    let today = Clock::machine().today();
    university::fill(&half, today)?;
    fs::write(half.join(MARK), format!("A demo university of Emtihan, made on {today}.\n"))?;
    if folder.exists() {
        fs::remove_dir(folder)?;
    }
    fs::rename(&half, folder).with_context(|| format!("{} cannot be created", folder.display()))
}

fn half_of(folder: &Path) -> PathBuf {
    let mut name = folder.as_os_str().to_owned();
    name.push(".filling");
    PathBuf::from(name)
}

/// Removes the folder of a demo university. A folder that is not marked as a demo is not removed.
fn remove(folder: &Path) -> Result<()> {
    if !folder.exists() {
        return Ok(());
    }
    if !folder.join(MARK).exists() {
        bail!("{} is not a demo university; --fresh does not remove it", folder.display());
    }
    fs::remove_dir_all(folder).with_context(|| format!("{} cannot be removed", folder.display()))
}

fn print_accounts(app: &App, asked: &Demo, story: &Story) -> Result<()> {
    let term = app.read_now(|work| work.current_term())?;
    say(&format!("\nEmtihan is at http://{}  (Ctrl+C stops it; data in {})\n", asked.listen, asked.data_dir.display()));
    say("Sign in as one of these; the password of all is emtihan-demo\n");
    for username in story.usernames() {
        say(&format!("  {username:<12}{}", story::described(&username)));
    }
    let left = remaining(&term, app.clock.today());
    say(&left);
    Ok(())
}

fn remaining(term: &domain::term::Term, today: NaiveDate) -> String {
    match term.days_left(today) {
        Some(days) => format!("\nIn the current term instructors can choose for {days} more days."),
        None => "\nThe days for choosing are over. Start the demo with --fresh to create it anew.".to_owned(),
    }
}
