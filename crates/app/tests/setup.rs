//! Tests first-run setup: the setup can be done once, and a later roster refers to the same university and the same
//! people.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, missing_docs, reason = "tests")]

use app::access::setup::{PendingSetup, pending_setup, set_up};
use app::failure::{Failure, Stale};
use app::history::verify_history::verify_history;
use app::roster::import_roster::{ImportOptions, ImportReport, import_roster, undo_import};
use app::staff::accounts;
use domain::id::{ImportId, OrgId, PersonId};
use domain::name::Name;
use domain::person::Role;
use domain::roster::{OrgKind, Roster};
use domain::setup::SetupForm;
use store::imports::Import;
use store::{orgs, people};
use testkit::{World, both, sample};

fn founding(username: &str) -> SetupForm {
    SetupForm {
        university: Some(Name::same("University")),
        username: username.into(),
        family_name: "Сынақова".into(),
        given_name: "Дана".into(),
    }
}

fn open(world: &World, username: &str) -> Result<(), Failure> {
    let founding = founding(username);
    world.app.write_now(move |work| set_up(work, &founding, "hash"))
}

fn import(world: &World, roster: &Roster) -> ImportReport {
    let roster = roster.clone();
    world.app.write_now(move |work| import_roster(work, &roster, &ImportOptions::default())).unwrap()
}

/// Finds the person with this username.
fn who(world: &World, username: &'static str) -> PersonId {
    world.app.read_now(move |work| Ok(people::by_username(work.tx, username)?)).unwrap().unwrap().person.id
}

fn renamed(mut roster: Roster, pairs: &[(&str, &str)]) -> Roster {
    for person in &mut roster.people {
        if let Some((_, to)) = pairs.iter().find(|(from, _)| person.username == *from) {
            person.username = (*to).into();
        }
    }
    roster
}

both! {
    in World::empty;

    fn an_empty_house_is_opened_once(world) {
        assert_eq!(world.app.read_now(pending_setup).unwrap(), Some(PendingSetup { has_university: false }));
        open(&world, "keeper").unwrap();
        assert!(world.actor("keeper").is(Role::Registrar));
        assert_eq!(world.app.read_now(pending_setup).unwrap(), None);
        assert!(matches!(open(&world, "thief"), Err(Failure::Stale(Stale::Lost))));
        assert!(world.app.read_now(|work| Ok(people::by_username(work.tx, "thief")?)).unwrap().is_none());
        // The installation counts as set up even if its only registrar is disabled; only the command line can change
        // that.
        world.app.write_now(|work| accounts::set_enabled(work, "keeper", false)).unwrap();
        assert!(matches!(open(&world, "thief"), Err(Failure::Stale(Stale::Lost))));
        world.app.read_now(verify_history).unwrap().unwrap();
    }

    fn a_roster_means_the_same_university_and_the_same_person(world) {
        open(&world, "keeper").unwrap();
        let roster = renamed(sample::roster(), &[("aliya", "keeper")]);
        let theirs = sample::person("aliya");
        let report = import(&world, &roster);
        assert_eq!((report.orgs.changed, report.people.changed), (1, 1));

        let units = world.app.read_now(|work| Ok(orgs::all(work.tx)?)).unwrap();
        let top: Vec<_> = units.iter().filter(|org| org.kind == OrgKind::University).collect();
        assert_eq!(top.len(), 1);
        assert_eq!(top[0].id, OrgId::founded());
        assert!(units.iter().filter(|org| org.kind == OrgKind::Faculty).all(|org| org.parent == Some(top[0].id)));

        let keeper = world.actor("keeper");
        assert_eq!(keeper.person, PersonId::by_hand("keeper"));
        assert!(keeper.is(Role::Registrar) && keeper.is(Role::Instructor));
        let offering = sample::offering("ALG-1");
        let taught = world.app.read_now(move |work| Ok(store::offerings::find(work.tx, offering)?)).unwrap().unwrap();
        assert_eq!(taught.responsible, Some(keeper.person));
        assert_ne!(theirs, keeper.person);
        assert_eq!(import(&world, &roster).changes(), 0);
    }

    fn whom_a_roster_has_once_it_keeps_under_any_name(world) {
        open(&world, "keeper").unwrap();
        import(&world, &renamed(sample::roster(), &[("aliya", "keeper")]));
        let (keeper, bolat) = (who(&world, "keeper"), who(&world, "bolat"));
        let report = import(&world, &renamed(sample::roster(), &[("aliya", "bolat"), ("bolat", "keeper")]));
        assert_eq!((report.people.new, report.people.changed), (0, 2));
        assert_eq!((who(&world, "bolat"), who(&world, "keeper")), (keeper, bolat));
        // Another person who gets the registrar's username later is a different person.
        import(&world, &sample::roster());
        assert_eq!((who(&world, "aliya"), who(&world, "bolat")), (keeper, bolat));
        import(&world, &renamed(sample::roster(), &[("bolat", "keeper")]));
        assert_eq!((who(&world, "aliya"), who(&world, "keeper")), (keeper, bolat));
    }

    fn no_file_shuts_out_who_could_mend_it(world) {
        open(&world, "keeper").unwrap();
        let mut roster = renamed(sample::roster(), &[("aliya", "keeper")]);
        for person in roster.people.iter_mut().filter(|person| ["keeper", "bolat"].contains(&person.username.as_str())) {
            person.is_enabled = false;
        }
        import(&world, &roster);
        let enabled = |name: &'static str| {
            world.app.read_now(move |work| Ok(people::by_username(work.tx, name)?)).unwrap().unwrap().person.is_enabled
        };
        assert!(enabled("keeper") && !enabled("bolat"));
    }

    fn an_import_that_adopted_somebody_is_taken_back(world) {
        open(&world, "keeper").unwrap();
        let (id, how) = (ImportId::of(&["roster"]), ImportOptions { import: Some(ImportId::of(&["roster"])), ..ImportOptions::default() });
        let roster = renamed(sample::roster(), &[("aliya", "keeper")]);
        let written = how.clone();
        world
            .app
            .write_now(move |work| {
                store::imports::add(work.tx, &Import::previewed(id, "roster.zip", work.now))?;
                import_roster(work, &roster, &written)
            })
            .unwrap();
        world.app.write_now(move |work| undo_import(work, id, &how)).unwrap();
        let keeper = world.app.read_now(|work| Ok(people::by_username(work.tx, "keeper")?)).unwrap().unwrap().person;
        assert_eq!((keeper.id, keeper.family_name.as_str()), (PersonId::by_hand("keeper"), "Сынақова"));
        assert!(world.actor("keeper").is(Role::Registrar) && !world.actor("keeper").is(Role::Instructor));
        // An undone roster import has no effect: the username may now belong to another person of the roster.
        import(&world, &renamed(sample::roster(), &[("bolat", "keeper")]));
        assert!(world.actor("keeper").is(Role::Instructor));
        assert_ne!(who(&world, "aliya"), keeper.id);
    }

    fn where_a_roster_came_first_its_university_stays_and_its_person_opens_the_house(world) {
        import(&world, &sample::roster());
        assert_eq!(world.app.read_now(pending_setup).unwrap(), Some(PendingSetup { has_university: true }));
        open(&world, "aliya").unwrap();
        let aliya = world.actor("aliya");
        assert!(aliya.is(Role::Registrar) && aliya.is(Role::Instructor));
        assert_eq!(import(&world, &sample::roster()).changes(), 0);
    }
}
