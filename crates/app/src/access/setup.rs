//! First-run setup. While no registrar and no administrator has a password, the operator of a new
//! installation can name the university and create the first account. The `web` crate asks for the
//! secret key and checks it.

use crate::access::sign_in::{Client, Credentials, NewSession, NotSignedIn, PasswordSignIn};
use crate::access::university_names::university_names;
use crate::app::App;
use crate::failure::{Failure, Stale};
use crate::staff::accounts::set_password;
use crate::unit_of_work::UnitOfWork;
use domain::history::Act;
use domain::person::Person;
use domain::roster::{Org, OrgKind};
use domain::setup::{SetupError, SetupForm};
use store::people::Account;
use store::{orgs, people};

/// The state of a new installation in which no registrar or administrator has a password yet, so
/// that the first-run setup is still possible.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PendingSetup {
    /// Whether a roster was imported that already contains the university's name.
    pub has_university: bool,
}

/// Returns the state of a new installation whose first-run setup is still possible. Returns `None`
/// once a registrar or an administrator has a password.
pub fn pending_setup(work: &mut UnitOfWork<'_, '_>) -> Result<Option<PendingSetup>, Failure> {
    if people::is_set_up(work.tx)? {
        return Ok(None);
    }
    let has_university = orgs::all(work.tx)?.iter().any(|org| org.kind == OrgKind::University);
    Ok(Some(PendingSetup { has_university }))
}

/// The new password of the first account, typed twice to catch typing errors.
#[derive(Clone, Copy)]
pub struct RepeatedPassword<'p> {
    /// The new password of the first account, as typed the first time.
    pub password: &'p str,
    /// The new password of the first account, as typed the second time.
    pub again: &'p str,
}

/// The causes for which the first-run setup is refused, such as wrong fields of its form.
#[derive(Debug, thiserror::Error)]
pub enum SetupFailure {
    /// Refused first-run setup: some fields of the setup form are wrong. Contains the error of each
    /// wrong field.
    #[error("the form has {} errors", .0.len())]
    Wrong(Vec<SetupError>),
    /// First-run setup that failed for a technical reason, such as an unavailable database, and not
    /// because of the typed values.
    #[error(transparent)]
    Failed(#[from] Failure),
}

impl PasswordSignIn {
    /// Creates the university and its first registrar, then signs the registrar in. Returns `None`
    /// instead of a session if sign-in is refused, for example because too many attempts of the
    /// browser `client` have failed.
    pub async fn set_up(
        &self,
        app: &App,
        founding: SetupForm,
        RepeatedPassword { password, again }: RepeatedPassword<'_>,
        client: &Client,
    ) -> Result<Option<NewSession>, SetupFailure> {
        let wrong = founding.wrong(password, again, &app.read(university_names).await?);
        if !wrong.is_empty() {
            return Err(SetupFailure::Wrong(wrong));
        }
        let (hash, username) = (self.hash(password).await?, founding.username.clone());
        app.write(move |work| set_up(work, &founding, &hash)).await?;
        match self.sign_in(app, Credentials { username: &username, password }, client).await {
            Ok(session) => Ok(Some(session)),
            Err(NotSignedIn::Failed(failure)) => Err(failure.into()),
            Err(NotSignedIn::Wrong { .. } | NotSignedIn::OneTimePasswordOver { .. } | NotSignedIn::Wait { .. }) => {
                Ok(None)
            }
        }
    }
}

/// Creates the first registrar, whose password has the given hash. Also creates the university,
/// unless an imported roster already contains it.
///
/// # Errors
/// [`Stale::Lost`] if a registrar or an administrator already has a password.
pub fn set_up(work: &mut UnitOfWork<'_, '_>, founding: &SetupForm, hash: &str) -> Result<(), Failure> {
    if pending_setup(work)?.is_none() {
        return Err(Stale::Lost.into());
    }
    let university = university(work, founding)?;
    let person = registrar(work, founding)?;
    let appointment = SetupForm::appointment(person.id, university.id);
    people::put_appointment(work.tx, &appointment)?;
    let role = appointment.role.code();
    let act = Act::PersonAppointed { role, org: &university.code, dates: None, order: None };
    work.record_person(None, person.id, &act)?;
    set_password(work, &person.username, hash)
}

fn university(work: &mut UnitOfWork<'_, '_>, founding: &SetupForm) -> Result<Org, Failure> {
    let known = orgs::all(work.tx)?.into_iter().find(|org| org.kind == OrgKind::University);
    match (known, founding.org()) {
        (Some(known), _) => Ok(known),
        (None, None) => Err(Failure::NotFound),
        (None, Some(new)) => {
            orgs::put(work.tx, &new)?;
            Ok(new)
        }
    }
}

/// Finds the person with the user name that the operator typed for the first registrar, or adds a
/// new person. A person who was imported with a roster keeps the imported name.
fn registrar(work: &mut UnitOfWork<'_, '_>, founding: &SetupForm) -> Result<Person, Failure> {
    if let Some(Account { person: known, .. }) = people::by_username(work.tx, &founding.username)? {
        if !known.is_enabled {
            people::set_enabled(work.tx, known.id, true)?;
            work.record_person(None, known.id, &Act::PersonEnabled)?;
        }
        return Ok(known);
    }
    let new = founding.person();
    people::put(work.tx, &new)?;
    work.record_person(None, new.id, &Act::PersonAdded)?;
    Ok(new)
}
