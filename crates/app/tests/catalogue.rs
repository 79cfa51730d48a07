//! Catalogue editing by the registrar, on both database engines: drafts, checks, dry run, publishing, preview as an
//! instructor, export and import as a file.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, missing_docs, reason = "tests")]

use app::catalogue::catalogue_drafts::{
    CatalogueDraftView, ShownDraft, ShownFault, begin_draft, change_draft, discard_draft, fix_draft, open_draft,
};
use app::catalogue::catalogue_dry_run::{DryRun, run_dry};
use app::catalogue::catalogue_files::{import_catalogue, packed};
use app::catalogue::catalogue_versions::{CatalogueSource, compared, overview, table};
use app::catalogue::draft_preview::{find_groups, preview_as_instructor};
use app::catalogue::load_catalogue::{NotLoaded, load_catalogue};
use app::catalogue::publish_catalogue::{PublishRequest, PublishResult, publish_catalogue};
use app::catalogue::read_catalogue::rule_table;
use app::choosing::open_choice::{ChoiceFormQuery, open_choice};
use app::choosing::view_choice::view_choice;
use app::failure::{Failure, Refusal};
use app::history::verify_history::verify_history;
use app::notifications::inbox::inbox;
use app::reports::changes::{ChangeKind, changes_since};
use app::reports::report_scope::ScopeQuery;
use app::term::exceptions::{ExceptionTarget, NewFormException, set_form_exception};
use app::term::terms::{find_term, save_term};
use domain::catalogue::edit::Edit;
use domain::catalogue::{Catalogue, OfferedTo, Row, RowId};
use domain::choice::Stage;
use domain::dry_run::{BreakKind, Remedy};
use domain::id::{CatalogueDraftId, TermId};
use domain::name::Name;
use domain::notification::{MailPreference, NotificationKind};
use domain::proofs::faults;
use domain::report::ChoiceState;
use domain::term::{Term, TermError};
use std::collections::BTreeMap;
use testkit::sample::offering;
use testkit::world::shipped_catalogue;
use testkit::{Exam, World, both};

fn code<T>(done: Result<T, Failure>) -> &'static str {
    match done {
        Ok(_) => "done",
        Err(failure) => failure.code(),
    }
}

fn row(id: &str) -> RowId {
    RowId(id.to_owned())
}

fn autumn() -> TermId {
    TermId::of(&["autumn"])
}

fn begin(world: &World) -> CatalogueDraftId {
    world.as_("registrar", |work, actor| begin_draft(work, actor, 1)).unwrap()
}

fn open(world: &World, id: CatalogueDraftId) -> CatalogueDraftView {
    world.as_("registrar", move |work, actor| open_draft(work, actor, id)).unwrap()
}

fn edit(world: &World, id: CatalogueDraftId, edit: Edit) -> &'static str {
    let revision = open(world, id).head.revision;
    code(world.as_("registrar", move |work, actor| change_draft(work, actor, ShownDraft { id, revision }, &edit)))
}

fn changed_row(world: &World, id: CatalogueDraftId, name: &str, change: impl Fn(&mut Row)) -> &'static str {
    let mut changed = open(world, id).catalogue.row(&row(name)).unwrap().clone();
    change(&mut changed);
    edit(world, id, Edit::ChangeRow(Box::new(changed)))
}

fn dry(world: &World, id: CatalogueDraftId) -> DryRun {
    world.as_("registrar", move |work, actor| run_dry(work, actor, id, Some(&[autumn()]))).unwrap()
}

fn plan(world: &World, draft: CatalogueDraftId, remedies: &[(BreakKind, Remedy)]) -> PublishRequest {
    let (seen, remedies) = (dry(world, draft).seen, remedies.iter().cloned().collect::<BTreeMap<_, _>>());
    PublishRequest { draft, terms: vec![autumn()], seen, remedies, reason: "Бұл жол жабылды".into() }
}

fn publish(world: &World, what: &PublishRequest) -> Result<PublishResult, Failure> {
    let what = what.clone();
    world.as_("registrar", move |work, actor| publish_catalogue(work, actor, &what))
}

/// The report of changed exams since a day: groups, kinds of change, reasons.
fn changed(world: &World, since: &str) -> Vec<(String, ChangeKind, String)> {
    let since = since.parse().ok();
    let scope = ScopeQuery::default();
    let found = world.as_("registrar", move |work, actor| changes_since(work, actor, &scope, since)).unwrap();
    found.lines.into_iter().map(|line| (line.offering.group, line.kind, line.reason.en)).collect()
}

/// Creates choices: an essay in review, an approved essay, an oral exam, and a returned case study.
fn with_choices(world: &World) {
    let algorithms = world.upload("aliya", "ALG", "ALG programme");
    let python = world.upload("aliya", "PYT", "PYT programme");
    world.send("aliya", &["ALG-1"], Exam::row("moodle-essay"), algorithms).unwrap();
    world.send("bolat", &["ALG-2"], Exam::row("moodle-essay"), algorithms).unwrap();
    world.approve("head", &["ALG-2"]).unwrap();
    world.send("aliya", &["PYT-1"], Exam { row: "univer-oral", info: "Zoom" }, python).unwrap();
    world.send("aliya", &["PYT-2"], Exam::row("moodle-case"), python).unwrap();
}

both! {
    fn a_draft_is_changed_step_by_step_and_its_proofs_run_along(world) {
        let id = begin(&world);
        assert_eq!(open(&world, id).faults, []);
        assert_eq!(changed_row(&world, id, "moodle-essay", |row| row.title.ru.clear()), "done");
        let found = open(&world, id).faults;
        assert_eq!((found[0].code, found[0].rows[0].0.as_str()), ("language-missing", "moodle-essay"));
        assert_eq!(code(publish(&world, &plan(&world, id, &[]))), "rules-unsound");
        // Two people edit one catalogue draft: the second one gets a stale error.
        let stale = Edit::Switch(row("moodle-case"), false);
        let late = world.as_("registrar", move |work, actor| change_draft(work, actor, ShownDraft { id, revision: 1 }, &stale));
        assert_eq!(code(late), "written-meanwhile");
        assert_eq!(edit(&world, id, Edit::Switch(row("nowhere"), false)), "rules-line-missing");
        // An error that can be corrected automatically is corrected, but only if the catalogue draft really has it.
        let label = domain::catalogue::Label { code: "paper".into(), name: Name::same("Қағаз"), link: None };
        assert_eq!(edit(&world, id, Edit::PutLabel(domain::narrowing::Axis::Form, label)), "done");
        let mend = |code_: &'static str, what: &'static str| {
            let revision = open(&world, id).head.revision;
            let fault = ShownFault { code: code_.to_owned(), what: what.to_owned(), rows: Vec::new() };
            code(world.as_("registrar", move |work, actor| fix_draft(work, actor, ShownDraft { id, revision }, &fault)))
        };
        assert_eq!((mend("dead-end", "form oral"), mend("dead-end", "form paper")), ("not-found", "done"));
        assert_eq!(open(&world, id).faults.len(), 1);
        world.as_("registrar", move |work, actor| discard_draft(work, actor, id)).unwrap();
        assert_eq!(code(world.as_("registrar", move |work, actor| open_draft(work, actor, id))), "not-found");
        assert!(world.app.read_now(verify_history).unwrap().is_ok());
    }

    fn only_the_registrar_changes_and_those_who_read_everything_look(world) {
        let id = begin(&world);
        for who in ["aliya", "head", "dean", "office", "student"] {
            assert_eq!(code(world.as_(who, overview)), "role-missing", "{who}");
            assert_eq!(code(world.as_(who, |work, actor| table(work, actor, CatalogueSource::Version(1)))), "role-missing", "{who}");
        }
        let what = plan(&world, id, &[]);
        for who in ["auditor", "admin"] {
            let seen = world.as_(who, overview).unwrap();
            assert_eq!((seen.versions.len(), seen.drafts.len(), seen.may_change), (1, 0, false));
            let what = what.clone();
            assert_eq!(code(world.as_(who, |work, actor| begin_draft(work, actor, 1))), "role-missing");
            assert_eq!(code(world.as_(who, move |work, actor| table(work, actor, CatalogueSource::Draft(id)))), "role-missing");
            assert_eq!(code(world.as_(who, move |work, actor| publish_catalogue(work, actor, &what))), "role-missing");
        }
        for _ in 0..4 {
            world.clock.pass(chrono::TimeDelta::seconds(1));
            begin(&world);
        }
        let sixth = world.as_("registrar", |work, actor| begin_draft(work, actor, 1));
        assert_eq!(code(sixth), "rules-too-many-drafts");
    }

    fn what_a_new_version_breaks_is_listed_and_done_with_as_the_registrar_says(world) {
        with_choices(&world);
        let seen = world.seen(&["PYT-2"]);
        world.as_("head", move |work, actor| app::reviewing::return_choices::return_choices(work, actor, &seen, "Қайта")).unwrap();
        let id = begin(&world);
        edit(&world, id, Edit::Switch(row("moodle-essay"), false));
        edit(&world, id, Edit::Switch(row("moodle-case"), false));
        changed_row(&world, id, "univer-oral", |row| row.info = None);
        let told = open(&world, id).warnings;
        assert_eq!(told.iter().map(|one| one.code).collect::<Vec<_>>(), ["used-row-off", "used-row-off"]);
        let run = dry(&world, id);
        assert_eq!((run.looked_at, run.kinds()), (4, vec![BreakKind::RowGone, BreakKind::InfoForbidden]));
        let counts = [ChoiceState::InReview, ChoiceState::Approved, ChoiceState::Returned].map(|state| run.count(BreakKind::RowGone, state));
        assert_eq!(counts, [1, 1, 1]);

        // A catalogue row that requires information does not accept choices without it; a reason is required.
        let unfit = plan(&world, id, &[(BreakKind::RowGone, Remedy::Move(row("alt-cert")))]);
        assert_eq!(code(publish(&world, &unfit)), "rules-target-unfit");
        let mut silent = plan(&world, id, &[(BreakKind::InfoForbidden, Remedy::Return)]);
        silent.reason = " ".into();
        assert_eq!(code(publish(&world, &silent)), "reason-missing");
        assert_eq!(code(publish(&world, &PublishRequest { terms: Vec::new(), ..silent })), "rules-no-term");
        assert_eq!(world.as_("registrar", overview).unwrap().versions.len(), 1);

        let remedies = [(BreakKind::RowGone, Remedy::Move(row("moodle-project"))), (BreakKind::InfoForbidden, Remedy::Return)];
        let done = publish(&world, &plan(&world, id, &remedies)).unwrap();
        assert_eq!(done, PublishResult { version: 2, returned: 1, moved: 2, left: 1 });
        for class in ["ALG-1", "ALG-2"] {
            let current = world.choice(class).current.unwrap();
            assert_eq!((current.version, current.catalogue, current.answer.row.0.as_str()), (2, 2, "moodle-project"));
            assert_eq!(current.stage, Stage::InReview, "nobody approves what they did not see");
        }
        let returned = world.choice("PYT-1").current.unwrap();
        assert!(matches!(&returned.stage, Stage::Returned { reason, .. } if reason == "Бұл жол жабылды"));
        assert_eq!((returned.catalogue, world.choice("PYT-2").current.unwrap().catalogue), (1, 1));
        let view = world.as_("aliya", |work, actor| view_choice(work, actor, offering("PYT-1"))).unwrap();
        assert_eq!(view.history[0].act, "choice-returned-by-rule");
        let moved = world.as_("aliya", |work, actor| view_choice(work, actor, offering("ALG-1"))).unwrap();
        assert_eq!(moved.history[0].act, "choice-moved-by-rule");

        // The instructor is notified that publishing moved the choice to another row; the notification names the old
        // and the new exam.
        let told = world.as_("aliya", |work, actor| inbox(work, actor, 0)).unwrap().groups;
        let (about, kind) = told.iter().map(|group| (&group.notification.about, group.notification.kind)).find(|(_, kind)| *kind == NotificationKind::Moved).unwrap();
        assert_eq!((kind.usual(), about.reason.as_str()), (MailPreference::AtOnce, "Бұл жол жабылды"));
        let kinds = [&about.before, &about.now].map(|exam| exam.as_ref().unwrap().kind.as_ref().unwrap().en.as_str());
        assert_eq!(kinds, ["Essay", "Project"]);

        // The instructor sees the new catalogue, and the head approves the moved choice.
        let asked = ChoiceFormQuery { offerings: vec![offering("PYT-1")], ..ChoiceFormQuery::default() };
        let sheet = world.as_("aliya", move |work, actor| open_choice(work, actor, &asked)).unwrap();
        assert!(sheet.rows().iter().all(|row| row.id.0 != "moodle-essay") && sheet.barred_rows().len() == 1);
        assert_eq!(code(world.approve("head", &["ALG-1"])), "done");
        let again = world.upload("aliya", "PYT", "PYT programme 2");
        assert_eq!(code(world.send("aliya", &["PYT-1"], Exam { row: "univer-oral", info: "Zoom" }, again)), "info-forbidden");
        assert_eq!(code(world.send("aliya", &["PYT-1"], Exam::row("univer-oral"), again)), "done");
        assert_eq!(world.as_("aliya", |work, _| rule_table(work)).unwrap().version, 2);
        assert!(world.app.read_now(verify_history).unwrap().is_ok());
    }

    fn a_form_that_is_set_centrally_keeps_its_row(world) {
        let scope = ExceptionTarget::Code("ALG".into(), None);
        let wanted = NewFormException { scope, row: row("moodle-essay"), info: String::new(), reason: "Бәріне бірдей".into() };
        world.as_("registrar", move |work, actor| set_form_exception(work, actor, &wanted).map(drop)).unwrap();
        let id = begin(&world);
        edit(&world, id, Edit::Switch(row("moodle-essay"), false));
        let told = open(&world, id).warnings;
        assert_eq!((told[0].code, told[0].rows[0].0.as_str(), told[0].what.as_str()), ("set-row-off", "moodle-essay", "1"));
        assert_eq!(code(publish(&world, &plan(&world, id, &[]))), "rules-set-form");
        // A catalogue row that a centrally set exam form needs must not be restricted to other faculties either.
        edit(&world, id, Edit::Switch(row("moodle-essay"), true));
        assert_eq!(open(&world, id).warnings, []);
        changed_row(&world, id, "moodle-essay", |row| {
            let (reason, note) = (Name::same("Тек медицина"), Name::same("Медицина"));
            row.offered = Some(OfferedTo { faculties: vec!["MED".into()], reason, note });
        });
        assert_eq!(open(&world, id).warnings[0].code, "set-row-off");
        assert_eq!(code(publish(&world, &plan(&world, id, &[]))), "rules-set-form");
        // A term without centrally set exam forms may use the catalogue version.
        let spring = TermId::of(&["spring"]);
        let seen = world.as_("registrar", move |work, actor| run_dry(work, actor, id, Some(&[spring]))).unwrap().seen;
        let elsewhere = PublishRequest { terms: vec![spring], seen, ..plan(&world, id, &[]) };
        assert_eq!(publish(&world, &elsewhere).unwrap().version, 2);
        // The catalogue version cannot be put in force on the web page of the term either.
        let moved = world.as_("registrar", |work, actor| {
            let term = find_term(work, actor, autumn())?;
            save_term(work, actor, &Term { catalogue: 2, ..term }, false)
        });
        assert!(matches!(moved, Err(Failure::Refused(Refusal::Term(wrong))) if wrong == [TermError::SetFormLost]));
    }

    fn a_term_in_which_exams_are_chosen_gets_another_version_only_by_publishing(world) {
        with_choices(&world);
        world.changes_outside_program();
        world.app.write_now(|work| {
            let next = Catalogue { version: 2, ..work.catalogue(1)?.as_ref().clone() };
            Ok(store::catalogues::add(work.tx, &next, work.now)?)
        }).unwrap();
        let save = |id| world.as_("registrar", move |work, actor| {
            let term = find_term(work, actor, id)?;
            save_term(work, actor, &Term { catalogue: 2, ..term }, false)
        });
        let refused = save(autumn());
        assert!(matches!(refused, Err(Failure::Refused(Refusal::Term(wrong))) if wrong == [TermError::DryRunNeeded]));
        save(TermId::of(&["spring"])).unwrap();
        let loaded = load_catalogue(&world.app, &shipped_catalogue(), Some("autumn"));
        assert!(matches!(loaded, Err(NotLoaded::Failed(failure)) if failure.code() == "rules-dry-run-needed"));
    }

    fn publishing_after_something_changed_is_refused_whole(world) {
        with_choices(&world);
        let id = begin(&world);
        edit(&world, id, Edit::Switch(row("moodle-essay"), false));
        let what = plan(&world, id, &[(BreakKind::RowGone, Remedy::Return)]);
        // After the dry run the head approves one of the choices that the dry run listed.
        world.approve("head", &["ALG-1"]).unwrap();
        assert_eq!(code(publish(&world, &what)), "dry-run-changed");
        let stale = plan(&world, id, &[(BreakKind::RowGone, Remedy::Return)]);
        edit(&world, id, Edit::Move(row("moodle-test"), true));
        assert_eq!(code(publish(&world, &stale)), "dry-run-changed");
        assert_eq!(world.as_("registrar", overview).unwrap().versions.len(), 1);
        assert!(matches!(world.choice("ALG-1").current.unwrap().stage, Stage::Approved { .. }));
        let left = publish(&world, &plan(&world, id, &[])).unwrap();
        assert_eq!((left.version, left.left, left.returned), (2, 2, 0));
        // A choice that publishing left unchanged refers to its old catalogue version and stays approved.
        let kept = world.choice("ALG-1").current.unwrap();
        assert_eq!((kept.catalogue, kept.answer.row.0.as_str()), (1, "moodle-essay"));
        let versions = world.as_("auditor", overview).unwrap().versions;
        assert_eq!((versions[0].number, versions[0].terms.len(), versions[1].terms.len()), (2, 1, 1));
    }

    fn an_approved_exam_that_the_rules_returned_is_listed_as_changed(world) {
        with_choices(&world);
        world.clock.set("2026-09-16 09:00");
        assert_eq!(changed(&world, "2026-09-16"), []);
        let id = begin(&world);
        edit(&world, id, Edit::Switch(row("moodle-essay"), false));
        let published = publish(&world, &plan(&world, id, &[(BreakKind::RowGone, Remedy::Return)])).unwrap();
        assert_eq!(published.returned, 2);
        // The choice for ALG-1 was not approved.
        let expected = ("ALG-2".to_owned(), ChangeKind::ReturnedByRule, "Бұл жол жабылды".to_owned());
        assert_eq!(changed(&world, "2026-09-16"), [expected]);
        assert_eq!(changed(&world, "2026-09-17"), []);
    }

    fn an_approved_exam_that_the_rules_moved_is_listed_as_changed(world) {
        with_choices(&world);
        world.clock.set("2026-09-16 09:00");
        let id = begin(&world);
        edit(&world, id, Edit::Switch(row("moodle-essay"), false));
        let moved = Remedy::Move(row("moodle-project"));
        assert_eq!(publish(&world, &plan(&world, id, &[(BreakKind::RowGone, moved)])).unwrap().moved, 2);
        let expected = ("ALG-2".to_owned(), ChangeKind::MovedByRule, String::new());
        assert_eq!(changed(&world, "2026-09-16"), [expected]);
        world.approve("head", &["ALG-2"]).unwrap();
        assert_eq!(changed(&world, "2026-09-16")[0].1, ChangeKind::Changed);
    }

    fn two_versions_are_compared(world) {
        let id = begin(&world);
        changed_row(&world, id, "moodle-essay", |row| row.minutes = 45);
        let which = (CatalogueSource::Version(1), CatalogueSource::Draft(id));
        let changes = world.as_("registrar", move |work, actor| compared(work, actor, which.0, which.1)).unwrap();
        let field = &changes[0].fields[0];
        assert_eq!((changes.len(), changes[0].kind, field.field), (1, "row-changed", "minutes"));
        assert_eq!((field.before.as_str(), field.after.as_str()), ("120", "45"));
        publish(&world, &plan(&world, id, &[])).unwrap();
        let which = (CatalogueSource::Version(1), CatalogueSource::Version(2));
        assert_eq!(world.as_("auditor", move |work, actor| compared(work, actor, which.0, which.1)).unwrap(), changes);
        let beyond = (CatalogueSource::Version(1), CatalogueSource::Version(3));
        assert_eq!(code(world.as_("auditor", move |work, actor| compared(work, actor, beyond.0, beyond.1))), "not-found");
    }

    fn the_form_is_seen_as_a_groups_instructor_would_see_it(world) {
        with_choices(&world);
        let id = begin(&world);
        edit(&world, id, Edit::Switch(row("moodle-test"), false));
        let found = world.as_("registrar", |work, actor| find_groups(work, actor, "ALG")).unwrap();
        assert_eq!(found.len(), 2);
        let look = |class: &'static str| {
            world.as_("registrar", move |work, actor| preview_as_instructor(work, actor, id, offering(class))).unwrap()
        };
        let has = |class: &'static str, id: &str| look(class).rows().iter().any(|row| row.id.0 == id);
        assert!(!has("ALG-1", "moodle-test") && !has("ALG-1", "startexam-test") && has("ANA-1", "startexam-test"));
        // The search for a preview also finds approved groups and vacancies; private drafts of instructors are not
        // shown.
        assert!(has("ALG-2", "moodle-essay") && has("PYT-V", "moodle-essay"));
        assert!(!look("ALG-1").filled.is_draft);
        assert_eq!(code(world.as_("auditor", move |work, actor| preview_as_instructor(work, actor, id, offering("ALG-1")))), "role-missing");
    }

    fn a_version_goes_out_as_a_file_and_comes_in_as_the_same_draft(world) {
        let id = begin(&world);
        edit(&world, id, Edit::Switch(row("moodle-case"), false));
        let catalogue = open(&world, id).catalogue;
        let bytes = packed(&world.app, &catalogue).unwrap();
        // The command line can read the exported catalogue file and finds no errors in it.
        let read = exchange::catalogue::archive::read_archive(std::io::Cursor::new(&bytes)).unwrap();
        assert_eq!(faults(&read.catalogue), []);
        let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build().unwrap();
        let take_in = |bytes: &[u8]| {
            let mut incoming = world.app.vault.begin(1 << 24).unwrap();
            incoming.write(bytes).unwrap();
            runtime.block_on(import_catalogue(&world.app, world.claim("registrar"), incoming))
        };
        world.clock.pass(chrono::TimeDelta::seconds(1));
        let again = open(&world, take_in(&bytes).unwrap());
        let plain = |catalogue: &Catalogue| Catalogue { version: 0, ..catalogue.clone() };
        assert_eq!(plain(&again.catalogue), plain(&catalogue));
        assert_eq!(code(take_in(b"PK no zip")), "rules-file-unreadable");
    }
}
