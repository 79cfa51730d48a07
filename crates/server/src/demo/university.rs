//! Creates the demo university: imports the roster with its dates moved to the present, sets the
//! passwords, and carries out the choices and decisions.

use crate::demo::story::{DEMO, Story};
use crate::startup;
use anyhow::{Context, Result, bail};
use app::access::password_hash::hash_password;
use app::app::App;
use app::roster::import_roster::{ImportOptions, import_roster};
use app::staff::accounts;
use chrono::{NaiveDate, TimeDelta};
use domain::roster::authority::ImportAuthority;
use exchange::oneroster;
use std::fs;
use std::path::Path;
use store::Durability;
use store::{DatabaseLocation, Store};

/// Creates the demo university in an empty folder. All dates are moved so that the anchor date in
/// `demo/story.toml` becomes `today`.
pub(crate) fn fill(folder: &Path, today: NaiveDate) -> Result<()> {
    let story = Story::shipped()?;
    // An interrupted demo is created again from the beginning, so the data need not be durable
    // before the demo is complete.
    let store = Store::open_with(&DatabaseLocation::File(folder.join("emtihan.db")), Durability::None)?;
    let app = startup::with_store(folder, store)?;
    bring_in(&app, today - story.anchor())?;
    open_accounts(&app, &story)?;
    story.carry_out(&app, today)?;
    forget_last_term(&app, &story)
}

/// Marks the old notifications of the demo accounts as read. Notifications that are older than 60
/// days count as old, because they are from the previous term.
fn forget_last_term(app: &App, story: &Story) -> Result<()> {
    let long_ago = app.clock.now() - TimeDelta::days(60);
    for username in story.usernames() {
        app.write_now(move |work| {
            let person = accounts::by_username(work, &username)?;
            Ok(store::notifications::read_all(work.tx, person.id, long_ago, long_ago)?)
        })?;
    }
    Ok(())
}

/// Imports the OneRoster files that are compiled into the program. All dates in these files are
/// first moved by the same number of days.
fn bring_in(app: &App, by: TimeDelta) -> Result<()> {
    let moved = tempfile::tempdir()?;
    let roster = DEMO.get_dir("roster").context("the demo roster is not in the program")?;
    for file in roster.files() {
        let name = file.path().file_name().context("a file without a name")?;
        let text = file.contents_utf8().context("the demo roster is not UTF-8")?;
        fs::write(moved.path().join(name), move_dates(text, by))?;
    }
    let reading = oneroster::read(moved.path())?;
    if let Some(bad) = reading.refused.first() {
        bail!("the demo roster has refused rows: {bad:?}");
    }
    let roster = reading.roster;
    let authority = ImportAuthority::CommandLineWithAdministrators;
    let how = ImportOptions { authority, ..ImportOptions::default() };
    app.write_now(move |work| import_roster(work, &roster, &how))?;
    Ok(())
}

fn open_accounts(app: &App, story: &Story) -> Result<()> {
    let hash = hash_password(web::DEMO_PASSWORD)?;
    for username in story.usernames() {
        let hash = hash.clone();
        app.write_now(move |work| accounts::set_password(work, &username, &hash))?;
    }
    Ok(())
}

/// Moves dates in a CSV text by a number of days. Only a date `YYYY-MM-DD` that fills a whole cell
/// is moved.
pub(crate) fn move_dates(text: &str, by: TimeDelta) -> String {
    let mut moved = String::with_capacity(text.len());
    for line in text.split_inclusive('\n') {
        let cells: Vec<String> = line.split(',').map(|cell| move_cell(cell, by)).collect();
        moved.push_str(&cells.join(","));
    }
    moved
}

fn move_cell(cell: &str, by: TimeDelta) -> String {
    let day = cell.trim_end_matches(['\r', '\n']);
    let ending = cell.get(day.len()..).unwrap_or_default();
    match NaiveDate::parse_from_str(day, "%Y-%m-%d") {
        Ok(date) if day.len() == 10 => format!("{}{ending}", date + by),
        _ => cell.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_whole_cells_are_dates() {
        let moved = move_dates("a,2026-09-15,2026-09-15x,2026-09-30\r\nb,,2026-02-28\n", TimeDelta::days(2));
        assert_eq!(moved, "a,2026-09-17,2026-09-15x,2026-10-02\r\nb,,2026-03-02\n");
    }
}
