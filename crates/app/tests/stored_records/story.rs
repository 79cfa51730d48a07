//! The scenario whose result is stored in `fixtures/stored_records.sql`: from the first-run setup of a university to
//! the last minutes of the window for choosing, played through the program's own use cases. The clock is set and
//! identifiers are derived. Random values are fixed: session tokens ([`TOKEN`]) are added as sign-in adds them, and the
//! salted hash of a password is a constant ([`PASSWORD_HASH`]).

mod choices;
mod office;
mod roster;

pub(crate) use choices::{CAN_BE_TAKEN_BACK, CHOSEN};
pub(crate) use roster::{last_import, next_roster, roster};

use app::catalogue::load_catalogue::ensure_catalogue;
use app::failure::Failure;
use app::history::verify_records::begin_hashes;
use app::roster::import_roster::{ImportOptions, import_roster};
use domain::digest::Digest;
use domain::name::Name;
use exchange::catalogue::CatalogueFolder;
use testkit::World;
use testkit::engine::Engine;
use testkit::world::shipped_catalogue;

/// The time at which the scenario ends; the last decisions can still be undone.
pub(crate) const NOW: &str = "2026-10-05 12:06";
/// The session token that the stored scenario uses.
pub(crate) const TOKEN: &str = "the token of a session";
/// The password of all people in the stored scenario who have one.
pub(crate) const PASSWORD: &str = "correct horse battery";
/// The hash of the scenario's password, with a salt that was generated once.
pub(crate) const PASSWORD_HASH: &str =
    "$argon2id$v=19$m=19456,t=2,p=1$MP3UsHWibtDODonaaf7zpg$5IQE2pRu795Zu/N8dWGzKDHhqA8gl2XMEDJxjwL5MEk";

/// Plays the whole stored scenario and returns the resulting university.
pub(crate) fn told() -> World {
    let world = World::without_rows(Engine::Sqlite);
    world.clock.set("2026-08-31 09:00");
    ensure_catalogue(&world.app, &catalogue()).unwrap();
    world.app.write_now(begin_hashes).unwrap();
    office::deadline_extension(&world);
    let first = roster();
    let authority = domain::roster::authority::ImportAuthority::CommandLineWithAdministrators;
    let how = ImportOptions { authority, ..ImportOptions::default() };
    world.app.write_now(move |work| import_roster(work, &first, &how)).unwrap();
    office::first_days(&world);
    choices::first_choices(&world);
    office::another_rule_table(&world);
    choices::september(&world);
    office::letters_of_the_term(&world);
    office::last_days(&world);
    roster::sheets(&world);
    choices::last_minutes(&world);
    roster::last_roster(&world);
    office::last_minute(&world);
    world.clock.set(NOW);
    world
}

/// The shipped catalogue with short instructions, and with a platform that has a link.
fn catalogue() -> CatalogueFolder {
    let mut folder = shipped_catalogue();
    let text = |heading: &str, text: &str| format!("# {heading}\n\n## {heading} {{#students}}\n\n{text}\n");
    for instructions in folder.catalogue.instructions.values_mut() {
        let (kk, ru) = (text("Нұсқаулық", "Уақытында келіңіз."), text("Инструкция", "Приходите вовремя."));
        *instructions = Name { kk, ru, en: text("Guide", "Come in time.") };
    }
    folder.catalogue.platforms[0].link = Some("https://oqylyq.uni.example".into());
    folder
}

/// The token hash under which a session or a web form is stored.
pub(crate) fn token() -> Digest {
    app::access::session::token_hash(TOKEN)
}

fn minute(world: &World) {
    world.clock.pass(chrono::TimeDelta::minutes(1));
}

fn runtime() -> tokio::runtime::Runtime {
    tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap()
}

/// Runs a use case as a person; it must succeed.
fn done<T: Send + 'static>(
    world: &World,
    who: &str,
    task: impl FnMut(&mut app::unit_of_work::UnitOfWork<'_, '_>, &domain::person::Actor) -> Result<T, Failure>
    + Send
    + 'static,
) -> T {
    world.as_(who, task).unwrap()
}
