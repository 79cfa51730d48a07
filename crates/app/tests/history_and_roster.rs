//! Tests, on both database engines, that verification detects every damage to the history, and that a roster is
//! imported completely or not at all and changes nothing the second time.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, missing_docs, reason = "tests")]

use app::choosing::view_choice::view_choice;
use app::failure::Failure;
use app::history::checkpoint::checkpoint;
use app::history::verify_history::{NotVerified, verify_history};
use app::reports::progress::{self, board};
use app::roster::import_roster::{ImportOptions, ImportReport, import_roster, only_term};
use app::staff::accounts::{self, AppointmentPeriod};
use app::staff::gaps::DepartmentGap;
use chrono::TimeDelta;
use domain::name::Language;
use domain::person::Role;
use domain::roster::Roster;
use store::people;
use testkit::{Exam, World, both, sample};

fn busy(world: &World) {
    let document = world.upload("aliya", "ALG", "ALG programme");
    world.send("aliya", &["ALG-1"], Exam::row("moodle-essay"), document).unwrap();
    world.app.write_now(|work| checkpoint(work, "node")).unwrap();
    world.clock.pass(TimeDelta::minutes(1));
    world.approve("head", &["ALG-1"]).unwrap();
    world.app.write_now(|work| checkpoint(work, "node")).unwrap();
    world.clock.pass(TimeDelta::minutes(1));
    world.send("bolat", &["ALG-2"], Exam::row("moodle-essay"), document).unwrap();
}

fn verified(world: &World) -> Result<app::history::verify_history::Verified, NotVerified> {
    world.app.read_now(verify_history).unwrap()
}

fn damage(world: &World, sql: &'static str) {
    world.changes_outside_program();
    assert!(world.app.store.write_now(move |tx| tx.change(sql, &[])).unwrap() > 0, "{sql}");
}

fn import(world: &World, roster: &Roster, dry_run: bool) -> Result<ImportReport, Failure> {
    let (roster, how) = (roster.clone(), ImportOptions { dry_run, ..ImportOptions::default() });
    world.app.write_now(move |work| import_roster(work, &roster, &how))
}

both! {
    fn an_honest_history_verifies(world) {
        busy(&world);
        let found = verified(&world).unwrap();
        assert_eq!(found.checkpoints, 2);
        assert!(found.lines >= 5 && found.subjects >= 4, "{found:?}");
        // No act was recorded since the last checkpoint, so no new checkpoint is made.
        world.app.write_now(|work| checkpoint(work, "node")).unwrap();
        assert!(!world.app.write_now(|work| checkpoint(work, "node")).unwrap());
    }

    fn a_changed_line_is_named(world) {
        busy(&world);
        damage(&world, "UPDATE history SET payload = '{}' WHERE act = 'choice-approved'");
        let Err(NotVerified::Line(broken)) = verified(&world) else { panic!("not noticed") };
        assert_eq!((broken.subject, broken.sequence), (format!("choice:{}", sample::offering("ALG-1")), 2));
    }

    fn a_line_cut_off_at_the_end_is_noticed(world) {
        busy(&world);
        damage(&world, "DELETE FROM history WHERE act = 'choice-approved'");
        assert!(matches!(verified(&world), Err(NotVerified::CutOff { found: 1, known: 2, .. })));
    }

    fn a_chain_that_is_gone_altogether_is_noticed_even_without_its_head(world) {
        busy(&world);
        damage(&world, "DELETE FROM history WHERE act IN ('choice-approved', 'choice-sent')");
        damage(&world, "DELETE FROM chain_heads WHERE subject LIKE 'choice:%'");
        assert!(matches!(verified(&world), Err(NotVerified::CutOff { .. })));
    }

    fn a_changed_checkpoint_is_noticed(world) {
        busy(&world);
        damage(&world, "UPDATE checkpoint_heads SET sequence = 9 WHERE checkpoint = 1 AND subject LIKE 'choice:%'");
        assert!(matches!(verified(&world), Err(NotVerified::Checkpoint(1))));
    }

    fn the_same_roster_twice_changes_nothing(world) {
        let report = import(&world, &sample::roster(), false).unwrap();
        assert_eq!(report.changes(), 0);
        assert_eq!(report.offerings.unchanged, 16);
        assert!(report.kinds().iter().all(|one| one.difference.absent == 0));
    }

    fn a_dry_run_counts_and_writes_nothing(world) {
        let mut roster = sample::roster();
        roster.offerings[0].students = 99;
        roster.people[0].family_name = "Өзгерген".into();
        roster.enrolments.pop();
        for dry_run in [true, true, false] {
            let report = import(&world, &roster, dry_run).unwrap();
            assert_eq!((report.offerings.changed, report.people.changed, report.enrolments.absent), (1, 1, 1));
        }
        assert_eq!(import(&world, &roster, false).unwrap().changes(), 0);
    }

    fn an_import_that_breaks_leaves_nothing_behind(world) {
        let mut roster = sample::roster();
        let mut stranger = roster.people[0].clone();
        // Two people of a roster have one username: the second one cannot be written.
        stranger.id = sample::person("stranger");
        roster.people.push(stranger);
        roster.orgs[0].code = "CHANGED".into();
        assert!(import(&world, &roster, false).is_err());
        let report = import(&world, &sample::roster(), true).unwrap();
        assert_eq!(report.changes(), 0);
    }

    fn two_people_may_swap_their_usernames(world) {
        let mut roster = sample::roster();
        let (one, other) = (roster.people[0].username.clone(), roster.people[1].username.clone());
        (roster.people[0].username, roster.people[1].username) = (other.clone(), one);
        assert_eq!(import(&world, &roster, false).unwrap().people.changed, 2);
        let found = world.app.read_now(move |work| accounts::by_username(work, &other)).unwrap();
        assert_eq!(found.id, roster.people[0].id);
    }

    fn another_instructor_is_told_in_the_history_of_what_was_chosen(world) {
        busy(&world);
        let mut roster = sample::roster();
        let class = |id| move |offering: &&mut domain::roster::RosterOffering| offering.id == sample::offering(id);
        for id in ["ALG-1", "PYT-1"] {
            roster.offerings.iter_mut().find(class(id)).unwrap().responsible = Some(sample::person("bolat"));
        }
        assert_eq!(import(&world, &roster, false).unwrap().offerings.changed, 2);
        let view = world.as_("registrar", |work, actor| view_choice(work, actor, sample::offering("ALG-1"))).unwrap();
        let told = &view.history[0];
        assert_eq!(told.act, "instructor-replaced");
        assert!(told.replaced.as_ref().is_some_and(|(before, after)| before.contains("aliya") && after != before), "{told:?}");
        // The offering never had a choice, so a new instructor is not recorded in its history.
        let view = world.as_("registrar", |work, actor| view_choice(work, actor, sample::offering("PYT-1"))).unwrap();
        assert!(view.history.is_empty());
        verified(&world).unwrap();
    }

    fn departments_without_anybody_to_decide_are_shown_to_those_who_watch(world) {
        let orphaned = |world: &World, who| {
            let board = world.as_(who, |work, actor| board(work, actor, &progress::ProgressQuery::default())).unwrap();
            let told = |one: DepartmentGap| (one.gap.why.code(), one.count());
            assert!(board.gaps.iter().all(|one| one.is_now && one.department.code == "CS"));
            board.gaps.into_iter().map(told).collect::<Vec<_>>()
        };
        assert!(orphaned(&world, "registrar").is_empty());
        let dismiss = |world: &World, who: &'static str, role, org: &'static str| {
            world.app.write_now(move |work| accounts::dismiss(work, who, role, org)).unwrap();
        };
        // Without a head, the dean remains, who neither teaches nor chooses for vacancies.
        dismiss(&world, "head", Role::Head, "CS");
        dismiss(&world, "acting", Role::ActingHead, "CS");
        assert_eq!(orphaned(&world, "registrar"), [("nobody-chooses", 1)]);
        // After the dean's dismissal, no person remains who may approve.
        dismiss(&world, "dean", Role::Dean, "FIT");
        assert_eq!(orphaned(&world, "registrar"), [("nobody-appointed", 6)]);
        assert_eq!(orphaned(&world, "office"), [("nobody-appointed", 6)]);
        // The only head cannot decide on offerings that the head teaches or has sent.
        let appoint = |who: &'static str, role, org: &'static str| {
            world.app.write_now(move |work| accounts::appoint(work, who, role, org, AppointmentPeriod::default())).unwrap();
        };
        appoint("head", Role::Head, "CS");
        assert_eq!(orphaned(&world, "registrar"), [("own-only", 1), ("chooser-alone", 1)]);
        let document = world.upload("head", "PYT", "PYT programme");
        world.send("head", &["PYT-V"], Exam::row("moodle-test"), document).unwrap();
        assert_eq!(orphaned(&world, "registrar"), [("own-only", 2)]);
    }

    fn a_role_is_only_held_in_its_kind_of_unit(world) {
        let wrong = world.app.write_now(|work| accounts::appoint(work, "aliya", Role::Head, "FIT", AppointmentPeriod::default()));
        assert!(matches!(wrong, Err(Failure::NotFound)));
        let gone = world.app.write_now(|work| accounts::dismiss(work, "aliya", Role::Head, "CS"));
        assert!(matches!(gone, Err(Failure::NotFound)));
    }

    fn only_one_term_comes_in_when_one_is_named(world) {
        let mut roster = sample::roster();
        only_term(&mut roster, "spring").unwrap();
        assert_eq!((roster.terms.len(), roster.offerings.len(), roster.enrolments.len()), (1, 8, 0));
        assert!(matches!(only_term(&mut roster, "winter"), Err(Failure::NotFound)));
    }

    fn the_language_that_a_person_chose_outweighs_the_rosters(world) {
        world.app.write_now(|work| Ok(people::set_locale(work.tx, sample::person("aliya"), Language::En)?)).unwrap();
        let mut roster = sample::roster();
        roster.people[0].locale = Some(Language::Ru);
        assert_eq!(import(&world, &roster, false).unwrap().people.changed, 0);
    }

    fn no_roster_lets_a_disabled_account_in_again(world) {
        world.app.write_now(|work| accounts::set_enabled(work, "aliya", false)).unwrap();
        assert_eq!(import(&world, &sample::roster(), false).unwrap().people.changed, 0);
        let found = world.app.read_now(|work| accounts::by_username(work, "aliya")).unwrap();
        assert!(!found.is_enabled);
    }
}

/// Runs one long scenario on both database engines: the stored data must be the same, byte for byte.
#[test]
fn stories_agree() {
    use testkit::engine::Engine;
    let told = [Engine::Sqlite, Engine::Postgres].map(|engine| {
        let world = World::on(engine);
        busy(&world);
        let lines = world.app.store.read_now(|tx| store::history::page_after(tx, "", 0)).unwrap();
        let choices = ["ALG-1", "ALG-2", "PYT-1"].map(|class| world.choice(class));
        let sheets = world.as_("head", app::reviewing::review_queue::review_queue).unwrap();
        format!("{lines:#?}{choices:#?}{sheets:#?}")
    });
    let [sqlite, postgres] = told;
    assert_eq!(sqlite, postgres);
}
