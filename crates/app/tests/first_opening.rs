//! A house is opened once; the roster that comes then means the same university and the same people.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, missing_docs, reason = "tests")]

use app::access::found_house::{Unopened, found_house, unopened};
use app::failure::{Failure, Stale};
use app::records::verify_history::verify_history;
use app::roster::import_roster::{How, Report, import_roster};
use domain::founding::Founding;
use domain::id::{OrgId, PersonId};
use domain::name::Name;
use domain::person::Role;
use domain::roster::{OrgKind, Roster};
use store::{orgs, people};
use testkit::engine::Engine;
use testkit::{World, sample};

fn founding(username: &str) -> Founding {
    Founding {
        university: Some(Name::same("University")),
        username: username.into(),
        family_name: "Сынақова".into(),
        given_name: "Дана".into(),
    }
}

fn open(world: &World, username: &str) -> Result<(), Failure> {
    let founding = founding(username);
    world.app.write_now(move |desk| found_house(desk, &founding, "hash"))
}

fn import(world: &World, roster: &Roster) -> Report {
    let roster = roster.clone();
    world.app.write_now(move |desk| import_roster(desk, &roster, &How::default())).unwrap()
}

/// The sample roster, in which the person of this name is called like the one who opened the house.
fn roster_with(name: &str, username: &str) -> Roster {
    let mut roster = sample::roster();
    let found = roster.people.iter_mut().find(|person| person.username == name).unwrap();
    found.username = username.into();
    roster
}

fn on_both(test: fn(World)) {
    for engine in [Engine::Sqlite, Engine::Postgres] {
        test(World::empty(engine));
    }
}

#[test]
fn an_empty_house_is_opened_once() {
    on_both(|world| {
        assert_eq!(world.app.read_now(unopened).unwrap(), Some(Unopened { has_university: false }));
        open(&world, "keeper").unwrap();
        assert!(world.actor("keeper").is(Role::Registrar));
        assert_eq!(world.app.read_now(unopened).unwrap(), None);
        assert!(matches!(open(&world, "thief"), Err(Failure::Stale(Stale::Lost))));
        assert!(world.app.read_now(|desk| Ok(people::by_username(desk.tx, "thief")?)).unwrap().is_none());
        world.app.read_now(verify_history).unwrap().unwrap();
    });
}

#[test]
fn a_roster_means_the_same_university_and_the_same_person() {
    on_both(|world| {
        open(&world, "keeper").unwrap();
        let roster = roster_with("aliya", "keeper");
        let theirs = roster.people.iter().find(|person| person.username == "keeper").unwrap().id;
        let report = import(&world, &roster);
        assert_eq!((report.orgs.changed, report.people.changed), (1, 1));

        let units = world.app.read_now(|desk| Ok(orgs::all(desk.tx)?)).unwrap();
        let top: Vec<_> = units.iter().filter(|org| org.kind == OrgKind::University).collect();
        assert_eq!(top.len(), 1);
        assert_eq!(top[0].id, OrgId::founded());
        assert!(units.iter().filter(|org| org.kind == OrgKind::Faculty).all(|org| org.parent == Some(top[0].id)));

        let keeper = world.actor("keeper");
        assert_eq!(keeper.person, PersonId::by_hand("keeper"));
        assert!(keeper.is(Role::Registrar) && keeper.is(Role::Instructor));
        let offering = sample::offering("ALG-1");
        let taught = world.app.read_now(move |desk| Ok(store::offerings::find(desk.tx, offering)?)).unwrap().unwrap();
        assert_eq!(taught.responsible, Some(keeper.person));
        assert_ne!(theirs, keeper.person);

        let again = import(&world, &roster);
        assert_eq!(again.changes(), 0, "{again:?}");
    });
}

#[test]
fn where_a_roster_came_first_its_university_stays_and_its_person_opens_the_house() {
    on_both(|world| {
        import(&world, &sample::roster());
        assert_eq!(world.app.read_now(unopened).unwrap(), Some(Unopened { has_university: true }));
        open(&world, "aliya").unwrap();
        let aliya = world.actor("aliya");
        assert!(aliya.is(Role::Registrar) && aliya.is(Role::Instructor));
        assert_eq!(import(&world, &sample::roster()).changes(), 0);
    });
}
