//! The subcommands of `emtihan user`, which manage accounts and appointments.

use crate::cli::{AddUser, User, say};
use anyhow::{Context, Result, bail};
use app::access::password_hash::hash_password;
use app::access::university_names::university_names;
use app::app::App;
use app::failure::Failure;
use app::staff::accounts::{self, AppointmentPeriod};
use domain::id::PersonId;
use domain::password::{NewPassword, check};
use domain::person::{Person, Role};
use std::io::{BufRead, IsTerminal};

/// Runs a subcommand of `emtihan user` on the opened database.
pub(crate) fn run(app: &App, command: User) -> Result<()> {
    match command {
        User::Add(asked) => add(app, &asked),
        User::SetPassword { username } => set_password(app, &username),
        User::Appoint { username, role, org, from, until } => {
            appoint(app, &username, &role, &org, AppointmentPeriod { from, until })
        }
        User::Dismiss { username, role, org } => dismiss(app, &username, &role, &org),
        User::Disable { username } => set_enabled(app, &username, false),
        User::Enable { username } => set_enabled(app, &username, true),
    }
}

fn set_enabled(app: &App, username: &str, enabled: bool) -> Result<()> {
    let name = username.to_owned();
    named(app.write_now(move |work| accounts::set_enabled(work, &name, enabled)), username)?;
    say(&format!("The account {username} is {}.", if enabled { "enabled" } else { "disabled" }));
    Ok(())
}

fn add(app: &App, asked: &AddUser) -> Result<()> {
    let username = asked.username.trim().to_lowercase();
    if username.is_empty() || username.contains(char::is_whitespace) {
        bail!("the username must not be empty or contain spaces");
    }
    let person = Person {
        id: PersonId::by_hand(&username),
        username: username.clone(),
        family_name: asked.family_name.clone(),
        given_name: asked.given_name.clone(),
        middle_name: String::new(),
        locale: None,
        is_enabled: true,
        email: None,
    };
    let wanted = match (&asked.role, &asked.org) {
        (Some(role), Some(org)) => Some((known_role(role)?, org.clone())),
        _ => None,
    };
    let (name, appointment) = (username.clone(), wanted.clone());
    let done = app.write_now(move |work| {
        accounts::add(work, &person)?;
        appointment
            .as_ref()
            .map_or(Ok(()), |(role, org)| accounts::appoint(work, &name, *role, org, AppointmentPeriod::default()))
    });
    match (done, wanted) {
        (Err(Failure::Stale(_)), _) => bail!("the username {username} is already in use"),
        (Err(Failure::NotFound), Some((role, org))) => bail!("{}; nobody was added", no_unit(role, &org)),
        (other, _) => other?,
    }
    say(&format!("{username} is added, without a password. Set one: emtihan user set-password {username}"));
    Ok(())
}

fn known_role(role: &str) -> Result<Role> {
    let known: Vec<&str> = Role::ALL.iter().map(|role| role.code()).collect();
    Role::from_code(role).with_context(|| format!("--role {role}: one of {} is expected", known.join(", ")))
}

fn appoint(app: &App, username: &str, role: &str, org: &str, dates: AppointmentPeriod) -> Result<()> {
    let role = known_role(role)?;
    if let (Some(from), Some(until)) = (dates.from, dates.until)
        && from > until
    {
        bail!("--until {until} is before --from {from}");
    }
    let (name, unit) = (username.to_owned(), org.to_owned());
    match app.write_now(move |work| accounts::appoint(work, &name, role, &unit, dates)) {
        Err(Failure::NotFound) => bail!("there is no user {username}, or {}", no_unit(role, org)),
        other => other?,
    }
    say(&format!("{username} is appointed as {} of {org}.", role.code()));
    Ok(())
}

fn no_unit(role: Role, org: &str) -> String {
    format!("there is no unit with the code {org} that can have the role {}", role.code())
}

fn dismiss(app: &App, username: &str, role: &str, org: &str) -> Result<()> {
    let role = known_role(role)?;
    let (name, unit) = (username.to_owned(), org.to_owned());
    match app.write_now(move |work| accounts::dismiss(work, &name, role, &unit)) {
        Err(Failure::NotFound) => {
            bail!("{username} has no appointment as {} of {org} that is in force today or later", role.code())
        }
        other => other?,
    }
    say(&format!("{username} is no longer {} of {org}.", role.code()));
    Ok(())
}

fn set_password(app: &App, username: &str) -> Result<()> {
    let password = ask_for_password()?;
    check_password(app, username, &password)?;
    let (name, hash) = (username.to_owned(), hash_password(&password)?);
    named(app.write_now(move |work| accounts::set_password(work, &name, &hash)), username)?;
    say(&format!("The password of {username} is set. All sessions of this user are ended."));
    Ok(())
}

/// Checks a new password by the same rules as in the browser.
fn check_password(app: &App, username: &str, password: &str) -> Result<()> {
    let university = app.read_now(university_names)?;
    let new = NewPassword { new: password, old: "", username, university: &university };
    if let Err(refused) = check(&new) {
        bail!("{refused}; choose another one");
    }
    Ok(())
}

fn ask_for_password() -> Result<String> {
    if std::io::stdin().is_terminal() {
        return Ok(rpassword::prompt_password("New password: ")?);
    }
    let mut line = String::new();
    std::io::stdin().lock().read_line(&mut line)?;
    Ok(line.trim_end_matches(['\r', '\n']).to_owned())
}

fn named(done: Result<(), Failure>, username: &str) -> Result<()> {
    match done {
        Err(Failure::NotFound) => bail!("there is no user {username}"),
        other => Ok(other?),
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;
    use testkit::World;

    #[test]
    fn the_command_line_refuses_the_same_passwords_as_the_browser() {
        let world = World::sqlite();
        let university = world.app.read_now(university_names).unwrap();
        let name = university.first().unwrap().as_str();
        let named = format!("{name} 2026");
        for (password, word) in [
            ("short one", "at least 10 characters"),
            ("password123", "common"),
            ("ALIYA-2026-2027", "username"),
            ("emtihan2026", "program"),
            (named.as_str(), "university"),
            ("          ", "repeats"),
            ("qwertyuiop", "keyboard"),
        ] {
            let refused = check_password(&world.app, "aliya", password).unwrap_err().to_string();
            assert!(refused.contains(word), "{password}: {refused}");
        }
        check_password(&world.app, "aliya", "long enough").unwrap();
    }
}
