//! Tests that every later version of the program reads the stored records, writes them again byte for byte, and
//! can continue from them.
//!
//! `fixtures/stored_records.sql` is not regenerated when a name in the source code changes: its content must stay the
//! same. A new kind of record is added to the scenario, and the file is written again with `cargo test -p app --test
//! stored_records -- --ignored`; `git diff` must then show that the existing lines are unchanged. After a rename there
//! must be no difference at all, which proves that the stored names have not changed.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, missing_docs, reason = "tests")]

#[path = "stored_records/every_variant.rs"]
mod every_variant;
#[path = "stored_records/rows.rs"]
mod rows;
#[path = "stored_records/story.rs"]
mod story;
#[path = "stored_records/written_again.rs"]
mod written_again;

use app::access::restored_form;
use app::access::session::{SessionClaim, SessionStatus, find_session, token_hash};
use app::catalogue::catalogue_dry_run::run_dry;
use app::catalogue::publish_catalogue::{PublishRequest, publish_catalogue};
use app::choosing::view_choice::view_choice;
use app::choosing::withdraw_choices::undo_send;
use app::history::search_history::{HistoryQuery, search_history};
use app::history::verify_history::verify_history;
use app::history::verify_records::{RecordFault, begin_hashes, verify_records};
use app::notifications::inbox::inbox;
use app::reports::orders::verify_order;
use app::reports::saved_filters::filters_of;
use app::reviewing::decide::undo;
use app::roster::import_roster::{ImportOptions, import_roster};
use app::roster::imports;
use app::staff::people::view_person;
use domain::choice::{Choice, ChoiceAct, Stage};
use domain::id::{NotificationId, PersonId, TermId};
use domain::person::Role;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use story::{CAN_BE_TAKEN_BACK, CHOSEN};
use testkit::World;
use testkit::engine::Engine;
use testkit::sample::{offering, person};

fn file() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/stored_records.sql")
}

/// Returns the rows of a table in `fixtures/stored_records.sql`.
fn stored(table: &str) -> Vec<String> {
    let all = rows::inserts(&std::fs::read_to_string(file()).unwrap());
    all.into_iter().filter(|insert| rows::named(insert).0 == table).collect()
}

/// Loads the university of the stored rows, as it is at the end of the scenario.
fn loaded() -> World {
    loaded_from(&file())
}

fn loaded_from(file: &Path) -> World {
    let world = World::without_rows(Engine::Sqlite);
    world.clock.set(story::NOW);
    // A new database begins with the phrases of the office, which are in the file, too.
    rows::change(&world.app.store, ["DELETE FROM phrases".to_owned()]);
    rows::change(&world.app.store, rows::inserts(&std::fs::read_to_string(file).unwrap()));
    world
}

#[test]
fn records_from_before_the_hashes_are_proven_from_the_first_start_on() {
    let world = loaded_from(&file().with_file_name("stored_records_without_hashes.sql"));
    let verify = || world.app.read_now(verify_records).unwrap();
    assert_eq!(verify().faults, [RecordFault::NotBegun]);
    for _ in 0..2 {
        world.app.write_now(begin_hashes).unwrap();
    }
    let verified = verify();
    assert_eq!(verified.faults, []);
    assert!(verified.as_found > 10 && verified.as_found == verified.subjects, "{verified:?}");
    assert!(world.app.read_now(verify_history).unwrap().is_ok());
    // What is changed later outside the program is noticed.
    world.changes_outside_program();
    rows::change(&world.app.store, vec!["UPDATE choices SET stage = 'approved'".to_owned()]);
    assert!(
        matches!(verify().faults.as_slice(), [RecordFault::Changed { subject, .. }, ..] if subject.starts_with("choice:"))
    );
}

/// Verifies the whole history, as `emtihan verify` does.
fn verify(world: &World) {
    let found = world.app.read_now(verify_history).unwrap().unwrap();
    assert!(found.lines >= 90 && found.checkpoints >= 5, "{found:?}");
}

#[test]
#[ignore = "writes the file that the other tests read"]
fn write_the_stored_records() {
    let world = story::told();
    let mut text = String::from(
        "-- Every row that the story in crates/app/tests/stored_records has left in SQLite; written by the test\n\
         -- `write_the_stored_records`, one INSERT a row. Tokens of sessions and hashes of passwords are fixed by the story.\n",
    );
    for table in rows::tables(&world.app.store) {
        let rows = rows::dump(&world.app.store, &table, None);
        assert!(!rows.is_empty(), "{table} has no row");
        text.push_str(&format!("\n-- {table}\n{}\n", rows.join("\n")));
    }
    std::fs::write(file(), text).unwrap();
}

#[test]
fn every_last_act_is_taken_back_to_the_state_before_it() {
    let world = loaded();
    verify(&world);
    for (class, act, who) in CAN_BE_TAKEN_BACK {
        let last = world.choice(class).last.unwrap();
        assert_eq!((last.act, last.by), (act, person(who)), "{class}");
        let done = world.as_(who, move |work, actor| match act {
            ChoiceAct::Send => undo_send(work, actor, &[offering(class)]).map(drop),
            ChoiceAct::Approve | ChoiceAct::Return | ChoiceAct::Reopen => undo(work, actor, act, &[offering(class)]),
        });
        done.unwrap();
        let Choice { current, last: again, .. } = world.choice(class);
        // A choice that is in review again can be withdrawn again.
        let is_in_review = last.before.as_ref().is_some_and(|before| before.stage == Stage::InReview);
        assert_eq!(again.map(|again| again.act), is_in_review.then_some(ChoiceAct::Send), "{class}");
        assert_eq!(current, last.before, "{class}");
    }
    verify(&world);
}

#[test]
fn the_import_is_taken_back_whole() {
    let world = loaded();
    let (app, claim) = (world.app.clone(), world.claim("registrar"));
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(imports::undo(&app, claim, story::last_import())).unwrap();
    let how = ImportOptions { dry_run: true, ..ImportOptions::default() };
    let report = world.app.write_now(move |work| import_roster(work, &story::roster(), &how)).unwrap();
    let is_whole = report.kinds().iter().all(|one| one.difference.new + one.difference.changed == 0);
    assert!(is_whole && report.offerings.absent + report.enrolments.absent + report.terms.absent == 1, "{report:?}");
    assert!(rows::dump(&world.app.store, "adopted_people", None).is_empty());
    let import = world.as_("registrar", |work, actor| imports::find_import(work, actor, story::last_import())).unwrap();
    assert_eq!(import.state, imports::ImportState::Undone);
    verify(&world);
}

#[test]
fn every_draft_of_the_rule_table_is_published() {
    let world = loaded();
    let drafts = world.app.read_now(|work| Ok(store::catalogue_drafts::all(work.tx)?)).unwrap();
    assert_eq!(drafts.len(), 2);
    for (version, draft) in (3..).zip(drafts.iter().map(|head| head.id)) {
        let (done, kept) = world
            .as_("registrar", move |work, actor| {
                let terms = vec![TermId::of(&["autumn"])];
                let seen = run_dry(work, actor, draft, Some(&terms))?.seen;
                let drafted = store::catalogue_drafts::find(work.tx, draft)?.unwrap().catalogue;
                let what = PublishRequest { draft, terms, seen, remedies: BTreeMap::new(), reason: String::new() };
                let done = publish_catalogue(work, actor, &what)?.version;
                Ok((done, (drafted.rows.clone(), work.catalogue(done)?.rows.clone())))
            })
            .unwrap();
        assert_eq!(done, version);
        assert_eq!(kept.0, kept.1);
    }
    verify(&world);
}

#[test]
fn orders_are_proven_by_their_fingerprints() {
    let world = loaded();
    let orders = world.app.read_now(|work| Ok(store::orders::of_term(work.tx, TermId::of(&["autumn"]))?)).unwrap();
    assert_eq!(orders.len(), 2);
    for order in orders {
        let proven = world.app.read_now(move |work| verify_order(work, order.fingerprint)).unwrap().unwrap();
        let since = (proven.since.changed.len(), proven.since.reopened.len(), proven.since.added.len());
        assert_eq!((proven.exams, since), (6, (0, 2, 1)));
    }
}

#[test]
fn a_session_goes_on_and_what_was_kept_for_it_is_handed_over() {
    let world = loaded();
    let (aliya, new) = (person("aliya"), token_hash("a new session"));
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let origin = store::sessions::SessionOrigin::default();
    world.app.write_now(move |work| Ok(store::sessions::add(work.tx, new, aliya, &origin, work.now)?)).unwrap();
    let claim = SessionClaim { token: new, may_skip_password_change: true };
    runtime.block_on(restored_form::hand_over(&world.app, story::token(), claim)).unwrap();
    let kept = world.app.read_now(move |work| {
        Ok((restored_form::find(work, story::token(), aliya)?, restored_form::find(work, new, aliya)?))
    });
    let (old, new) = kept.unwrap();
    assert_eq!((old, new.unwrap().body.as_str()), (None, "row=moodle-essay&info=%D2%9A%20'x'"));
    for (name, is_expired) in [(story::TOKEN, true), ("signed out", false), ("ended by another password", false)] {
        let standing = runtime.block_on(find_session(&world.app, token_hash(name))).unwrap();
        assert_eq!(matches!(standing, SessionStatus::Expired(who) if who.id == aliya), is_expired, "{name}");
    }
}

#[test]
fn views_and_notices_are_listed_for_their_people() {
    let world = loaded();
    for (who, name) in [("registrar", "Қайтарылғандар"), ("head", "Кафедра")] {
        let views = world.as_(who, filters_of).unwrap();
        assert_eq!((views[0].name.as_str(), views[0].query.as_str()), (name, "state=returned"));
    }
    let mut told = BTreeSet::new();
    for people in world.app.read_now(|work| Ok(store::people::all(work.tx)?)).unwrap() {
        let inbox = world.as_(&people.username, |work, actor| inbox(work, actor, 0)).unwrap();
        assert!(inbox.groups.iter().all(|group| group.notification.person == people.id));
        told.extend(inbox.groups.into_iter().flat_map(|group| group.ids).map(|id| id.0));
    }
    let sql = "SELECT id FROM notices";
    let all = world.app.store.read_now(move |tx| tx.rows(sql, &[], |row| Ok(NotificationId(row.next()?).0))).unwrap();
    assert_eq!(told, all.into_iter().collect());
}

#[test]
fn the_history_is_told_with_what_its_payloads_say() {
    let world = loaded();
    let seen = |class: &'static str| {
        world.as_("registrar", move |work, actor| view_choice(work, actor, offering(class))).unwrap().history
    };
    let (first, last) = (seen("ALG-1"), seen("ALG-6"));
    let acts: Vec<_> = first.iter().map(|event| (event.act.as_str(), event.version)).collect();
    let sent_twice = [("choice-sent", Some(2)), ("choice-returned", Some(1)), ("choice-sent", Some(1))];
    let expected = [&[("instructor-replaced", None), ("choice-approved", Some(2))][..], &sent_twice[..]].concat();
    assert_eq!(acts, expected);
    assert!(
        first[0].replaced.as_ref().is_some_and(|(before, after)| before.contains("aliya") && after.contains("bolat"))
    );
    assert_eq!(first[4].picked.as_ref().unwrap().row.0, "moodle-essay");
    assert_eq!((last[0].act.as_str(), last[0].reason.kk.as_str()), ("choice-returned", "Нұсқаулық 'жоқ'"));
    let bolat = world.as_("registrar", |work, actor| view_person(work, actor, person("bolat"))).unwrap().history;
    let changed = bolat.iter().find(|event| event.act == "appointment-changed" && !event.order.is_empty()).unwrap();
    assert_eq!((changed.appointed.as_ref().unwrap().0, changed.order.as_str()), (Role::ActingHead, "№ 17-к"));
    assert_eq!(changed.days, ("2026-09-20".parse().ok(), "2026-09-29".parse().ok()));
    let asked = HistoryQuery { is_whole: true, ..HistoryQuery::default() };
    let page = world.as_("auditor", move |work, actor| search_history(work, actor, &asked)).unwrap();
    assert_eq!(page.lines.len(), stored("history").len());
    for line in page.lines {
        let says =
            line.told.line.payload.contains(r#""reason":""#) && !line.told.line.payload.contains(r#""reason":"""#);
        assert_eq!(!line.reason.text(domain::name::Language::Kk).is_empty(), says, "{}", line.told.line.payload);
        assert_eq!(
            line.told.line.actor == Some(PersonId::of(&["registrar"])),
            line.told.actor_name.contains("registrar")
        );
    }
}
