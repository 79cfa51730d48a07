//! Prints the key of the first-run setup, and a new key when the time of the last one is over.

use crate::cli::say;
use app::access::setup::pending_setup;
use app::access::setup_key::{NewSetupKey, SetupKey};
use app::app::App;
use app::failure::Failure;
use std::time::Duration;

/// The interval at which the program checks whether the setup key is still valid.
const INTERVAL: Duration = Duration::from_secs(30);

/// Issues and prints the setup key if no registrar and no administrator has a password. Otherwise
/// returns `None`.
pub(crate) fn first(app: &App, public_url: &str) -> Result<Option<SetupKey>, Failure> {
    if app.read_now(pending_setup)?.is_none() {
        return Ok(None);
    }
    let (holder, new) = SetupKey::issue(app.clock.now())?;
    say("Setup: open this address and enter the key to name the university and create the first registrar.");
    print(app, public_url, &new);
    Ok(Some(holder))
}

/// Prints a new setup key whenever the time of the last one is over, until the setup is done.
pub(crate) async fn renew(app: App, holder: SetupKey, public_url: String) {
    loop {
        tokio::time::sleep(INTERVAL).await;
        match renew_once(&app, &holder).await {
            Ok(Renewal::Done) => return,
            Ok(Renewal::NotDue) => {}
            Ok(Renewal::New(new)) => {
                say("Setup: the last key is no longer valid. This is the new one.");
                print(&app, &public_url, &new);
                tracing::info!("a new setup key was printed to the standard output");
            }
            Err(error) => tracing::error!(%error, "the setup key was not renewed, will try again"),
        }
    }
}

enum Renewal {
    /// The first-run setup is done, or the database has become that of a university in use.
    Done,
    NotDue,
    New(NewSetupKey),
}

async fn renew_once(app: &App, holder: &SetupKey) -> Result<Renewal, Failure> {
    if app.read(pending_setup).await?.is_none() {
        return Ok(Renewal::Done);
    }
    Ok(holder.renew(app.clock.now())?.map_or(Renewal::NotDue, Renewal::New))
}

fn print(app: &App, public_url: &str, new: &NewSetupKey) {
    let until = new.valid_until.with_timezone(&app.clock.zone()).format("%H:%M");
    say(&format!("\n  address: {public_url}{}\n  key:     {}  (valid until {until})\n", web::SETUP, new.key));
}
