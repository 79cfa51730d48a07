//! Roster imports: previewed, applied as shown, absent records deactivated on request, and undone if no record depends
//! on the imported ones.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, missing_docs, reason = "tests")]

use app::choosing::my_offerings::my_offerings;
use app::choosing::view_choice::view_choice;
use app::failure::{Failure, Refusal};
use app::notifications::inbox::inbox;
use app::reports::progress::{self, board};
use app::roster::import_roster::{ImportOptions, ImportReport, import_roster, undo_import};
use app::roster::imports::{self, ImportDecision, ImportJob, ImportPreview, ImportState, ImportStatus};
use app::staff::accounts;
use app::staff::people::view_person;
use chrono::TimeDelta;
use domain::exam_entry::ExamEntry;
use domain::id::{AppointmentId, ImportId, OfferingId, OrgId};
use domain::limits::IMPORT_UNDO_HOURS;
use domain::person::{Appointment, EmailAddress, Role};
use domain::roster::authority::ImportAuthority;
use domain::roster::danger::DangerKind;
use domain::roster::plan::{Absent, ImportScope};
use domain::roster::plan_view::Value;
use domain::roster::{KindDifference, Roster, RosterOffering};
use std::sync::Arc;
use store::imports::Import;
use testkit::{Exam, World, both, sample};

fn import(world: &World, roster: &Roster, how: &ImportOptions) -> Result<ImportReport, Failure> {
    let (roster, how) = (roster.clone(), how.clone());
    world.app.write_now(move |work| import_roster(work, &roster, &how))
}

/// Imports a roster in such a way that the import can be undone.
fn imported(world: &World, roster: &Roster, absent: Absent) -> ImportId {
    let id = ImportId::of(&[&world.app.clock.now().to_rfc3339()]);
    let (roster, how) = (roster.clone(), ImportOptions { absent, import: Some(id), ..ImportOptions::default() });
    let done = world.app.write_now(move |work| {
        let kept = Import::previewed(id, "roster.zip", work.now);
        store::imports::add(work.tx, &kept)?;
        import_roster(work, &roster, &how)
    });
    done.unwrap();
    world.clock.pass(TimeDelta::minutes(1));
    id
}

fn undo(world: &World, id: ImportId) -> &'static str {
    let done = world.app.write_now(move |work| undo_import(work, id, &ImportOptions::default()));
    done.map_or_else(|failure| failure.code(), |()| "yes")
}

fn offering<'r>(roster: &'r mut Roster, class: &str) -> &'r mut RosterOffering {
    roster.offerings.iter_mut().find(|offering| offering.id == sample::offering(class)).unwrap()
}

/// The sample roster without one class, with a changed student group, a changed username and a new class.
fn next_roster() -> Roster {
    let mut roster = sample::roster();
    roster.offerings.retain(|offering| offering.id != sample::offering("MAT-1"));
    offering(&mut roster, "ALG-1").group = "ALG-9".into();
    roster.people[1].username = "bolat2".into();
    let new = RosterOffering {
        id: OfferingId::of(&["NEW", "autumn"]),
        group: "NEW".into(),
        ..offering(&mut roster, "ALG-2").clone()
    };
    roster.offerings.push(new);
    let mut somebody = roster.people[0].clone();
    (somebody.id, somebody.username) = (sample::person("new"), "newcomer".into());
    roster.people.push(somebody);
    roster
}

fn groups(world: &World, who: &str) -> Vec<String> {
    let list = world.as_(who, |work, actor| my_offerings(work, actor, None)).unwrap();
    format!("{list:?}").split("group: \"").skip(1).map(|rest| rest.split('"').next().unwrap().to_owned()).collect()
}

fn untouched(world: &World) {
    let report =
        import(world, &sample::roster(), &ImportOptions { dry_run: true, ..ImportOptions::default() }).unwrap();
    assert!(
        report
            .kinds()
            .iter()
            .all(|KindDifference { difference, .. }| difference.new + difference.changed + difference.absent == 0),
        "{report:?}"
    );
}

/// Previews a roster file as the web page does.
fn look(world: &World, who: &str, file: &'static str) -> Result<(ImportId, Arc<ImportPreview>), Failure> {
    let (app, claim) = (world.app.clone(), world.claim(who));
    let mut incoming = app.vault.begin(1 << 20).unwrap();
    incoming.write(file.as_bytes()).unwrap();
    runtime().block_on(async {
        let id = imports::upload(&app, claim, "groups.csv", incoming).await?;
        match imports::standing(&app, claim, id).await?.task {
            Some(ImportJob::Ready(preview)) => Ok((id, preview)),
            _ => panic!("not looked at"),
        }
    })
}

fn runtime() -> tokio::runtime::Runtime {
    tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap()
}

fn apply(
    world: &World,
    id: ImportId,
    (seen, absent): (domain::digest::Digest, Absent),
) -> Result<ImportStatus, Failure> {
    let (app, claim) = (world.app.clone(), world.claim("registrar"));
    runtime().block_on(async {
        let decision = ImportDecision { seen, absent, confirmed: DangerKind::ALL.to_vec() };
        imports::apply(&app, claim, id, decision).await?;
        imports::standing(&app, claim, id).await
    })
}

const SHEET: &str = "term,department,discipline code,discipline (kk),group,students,instructor login\n\
    autumn,CS,ALG,,ALG-1,40,bolat\nautumn,CS,LOG,Логика,LOG-1,12,aliya\nautumn,CS,ALG,,ALG-2,many,\n";

both! {
    fn a_person_whom_an_import_appoints_is_told_until_the_import_is_undone(world) {
        let told = |who: &str| {
            let groups = world.as_(who, |work, actor| inbox(work, actor, 0)).unwrap().groups;
            groups.iter().map(|group| group.notification.kind.code()).collect::<Vec<_>>()
        };
        let mut roster = sample::roster();
        for (who, role, unit) in [("bolat", Role::Head, "CS"), ("aliya", Role::DeanOffice, "FIT")] {
            let id = AppointmentId::of(&["by import", who]);
            roster.appointments.push(Appointment::of(id, sample::person(who), role, OrgId::of(&[unit])));
        }
        let id = imported(&world, &roster, Absent::default());
        assert_eq!((told("bolat"), told("aliya")), (vec!["appointed"], vec![]));
        assert_eq!(undo(&world, id), "yes");
        assert!(told("bolat").is_empty());
    }

    fn a_file_is_looked_at_then_carried_out_as_it_was_shown_and_taken_back(world) {
        let document = world.upload("aliya", "ALG", "ALG programme");
        world.send("aliya", &["ALG-1"], Exam::row("moodle-essay"), document).unwrap();
        let (id, preview) = look(&world, "registrar", SHEET).unwrap();
        assert_eq!((preview.report.offerings.new, preview.report.offerings.changed), (1, 1));
        assert_eq!((preview.refusals, preview.refused[0].line, preview.refused[0].column.as_str()), (1, 4, "students"));
        // Of the other student groups of the department, only those that the roster file does not name count as absent.
        assert_eq!(preview.report.offerings.absent, 5);
        assert_eq!(preview.dangers.iter().map(|danger| danger.kind).collect::<Vec<_>>(), [DangerKind::Choices]);
        // Both changes belong to one offering, so one line lists them.
        assert_eq!((preview.dangers[0].count, preview.dangers[0].lines.len()), (1, 1));
        let noted = preview.dangers[0].lines.iter().flat_map(|line| &line.changes);
        assert_eq!(noted.map(|change| change.field).collect::<Vec<_>>(), ["students", "responsible"]);
        assert_eq!(preview.dangers[0].lines[0].changes[0].after, Value::Number(40));
        assert_eq!(groups(&world, "aliya").len(), 4, "nothing is written yet");
        // The third row of the roster file was refused: its group is not missing, so that no record may be deactivated.
        let Err(unsure) = apply(&world, id, (preview.fingerprint, Absent::of(["offerings"]))) else { panic!() };
        assert_eq!(unsure.code(), "import-rows-refused");
        let done = apply(&world, id, (preview.fingerprint, Absent::default())).unwrap();
        assert_eq!((done.import.state, done.may_be_undone), (ImportState::Applied, true));
        assert!(groups(&world, "aliya").contains(&"LOG-1".to_owned()));
        let view = world.as_("registrar", |work, actor| view_choice(work, actor, sample::offering("ALG-1"))).unwrap();
        assert_eq!(view.history[0].act, "instructor-replaced");
        // A preview of the same roster file after its import has no changes.
        world.clock.pass(TimeDelta::minutes(1));
        let (_, again) = look(&world, "registrar", SHEET).unwrap();
        assert_eq!(again.report.changes(), 0);
        let (app, claim) = (world.app.clone(), world.claim("registrar"));
        runtime().block_on(async { imports::undo(&app, claim, id).await }).unwrap();
        untouched(&world);
    }

    fn dangerous_changes_are_applied_only_when_each_kind_is_confirmed(world) {
        let document = world.upload("aliya", "ALG", "ALG programme");
        world.send("aliya", &["ALG-1"], Exam::row("moodle-essay"), document).unwrap();
        let (id, preview) = look(&world, "registrar", SHEET).unwrap();
        let (app, claim, seen) = (world.app.clone(), world.claim("registrar"), preview.fingerprint);
        let decision = ImportDecision { seen, absent: Absent::default(), confirmed: vec![DangerKind::Periods] };
        let unsure = runtime().block_on(imports::apply(&app, claim, id, decision)).unwrap_err();
        assert_eq!(unsure.code(), "import-not-confirmed");
        untouched(&world);
        apply(&world, id, (seen, Absent::default())).unwrap();
    }

    fn an_uploaded_roster_leaves_administrators_alone(world) {
        let administrator = |roster: &Roster| {
            roster.appointments.iter().position(|one| one.role == Role::Administrator).unwrap()
        };
        let upload = |roster: &Roster, expected: &str| {
            let authority = ImportAuthority::Person(world.actor("registrar"));
            let before = (world.actor("admin"), world.actor("bolat"), world.actor("registrar"));
            let done = import(&world, roster, &ImportOptions { authority, ..ImportOptions::default() });
            let after = (world.actor("admin"), world.actor("bolat"), world.actor("registrar"));
            assert_eq!((done.unwrap().changes(), after), (0, before), "{expected}");
        };
        let mut promoted = sample::roster();
        let (id, uni) = (AppointmentId::of(&["promoted"]), OrgId::of(&["UNI"]));
        promoted.appointments.push(Appointment::of(id, sample::person("bolat"), Role::Administrator, uni));
        upload(&promoted, "an instructor does not become administrator");
        let mut ended = sample::roster();
        let number = administrator(&ended);
        ended.appointments[number].until = "2026-09-01".parse().ok();
        upload(&ended, "the administrator is not ended");
        let mut taken = sample::roster();
        let number = administrator(&taken);
        taken.appointments[number].person = sample::person("bolat");
        upload(&taken, "the appointment does not go to another person");
        let mut demoted = sample::roster();
        let number = administrator(&demoted);
        demoted.appointments[number].role = Role::Auditor;
        upload(&demoted, "the administrator does not become auditor");
        let mut renamed = sample::roster();
        renamed.people.iter_mut().find(|one| one.username == "admin").unwrap().username = "root".into();
        upload(&renamed, "the administrator keeps the username");
        let mut email = sample::roster();
        email.people.iter_mut().find(|one| one.username == "admin").unwrap().email = EmailAddress::parse("a@b.kz");
        upload(&email, "the administrator keeps the address for mails");
        let mut last = sample::roster();
        for one in last.appointments.iter_mut().filter(|one| one.role == Role::Registrar) {
            one.until = "2026-09-01".parse().ok();
        }
        upload(&last, "a registrar remains");
        // On the command line, the operator may change administrators.
        let authority = ImportAuthority::CommandLineWithAdministrators;
        let done = import(&world, &promoted, &ImportOptions { authority, ..ImportOptions::default() }).unwrap();
        assert_eq!(done.appointments.new, 1);
        assert!(world.actor("bolat").is(Role::Administrator));
        let bolat = sample::person("bolat");
        let seen = world.as_("registrar", move |work, actor| view_person(work, actor, bolat)).unwrap();
        assert_eq!(seen.history[0].act, "person-appointed");
    }

    fn what_changed_since_it_was_shown_is_shown_again(world) {
        let (id, preview) = look(&world, "registrar", SHEET).unwrap();
        let mut roster = sample::roster();
        offering(&mut roster, "ALG-1").students = 39;
        import(&world, &roster, &ImportOptions::default()).unwrap();
        let Err(refused) = apply(&world, id, (preview.fingerprint, Absent::default())) else { panic!() };
        assert_eq!(refused.code(), "plan-changed");
        let (app, claim) = (world.app.clone(), world.claim("registrar"));
        let standing = runtime().block_on(imports::standing(&app, claim, id)).unwrap();
        let Some(ImportJob::Ready(preview)) = standing.task else { panic!("not looked at again") };
        apply(&world, id, (preview.fingerprint, Absent::default())).unwrap();
        let Err(twice) = apply(&world, id, (preview.fingerprint, Absent::default())) else { panic!() };
        assert_eq!(twice.code(), "import-done");
    }

    fn only_the_registrar_imports_and_a_file_that_is_none_is_not_kept(world) {
        for who in ["aliya", "head", "office", "auditor", "admin", "student"] {
            assert!(matches!(look(&world, who, SHEET), Err(Failure::Denied(_))), "{who}");
        }
        let Err(Failure::Refused(Refusal::Roster(wrong))) = look(&world, "registrar", "a,b\n1,2\n") else { panic!() };
        assert_eq!(wrong.reason.code(), "wrong-header");
        assert!(world.as_("registrar", imports::list_imports).unwrap().is_empty());
    }

    fn what_is_missing_stays_unless_it_is_put_aside(world) {
        let document = world.upload("saule", "MAT", "MAT programme");
        world.send("saule", &["MAT-1"], Exam::row("moodle-essay"), document).unwrap();
        let mut roster = next_roster();
        roster.people.retain(|person| person.username != "medina" && person.username != "registrar");
        roster.appointments.retain(|one| one.person != sample::person("medina") && one.person != sample::person("registrar"));
        roster.offerings.iter_mut().filter(|one| one.responsible == Some(sample::person("medina"))).for_each(|one| {
            (one.responsible, one.teachers) = (None, Vec::new());
        });
        let report = import(&world, &roster, &ImportOptions::default()).unwrap();
        assert_eq!((report.offerings.absent, report.people.absent, report.appointments.absent), (1, 1, 1));
        assert!(!groups(&world, "saule").is_empty());
        let how = ImportOptions { absent: Absent::of(Absent::KINDS), ..ImportOptions::default() };
        import(&world, &roster, &how).unwrap();
        assert!(groups(&world, "saule").is_empty());
        let seen = world.as_("registrar", |work, actor| view_choice(work, actor, sample::offering("MAT-1")));
        assert!(matches!(seen, Err(Failure::NotFound)));
        let total = world.as_("registrar", |work, actor| board(work, actor, &progress::ProgressQuery::default())).unwrap().total;
        assert_eq!(total.in_review, 0);
        let medina = world.app.read_now(|work| accounts::by_username(work, "medina")).unwrap();
        let registrar = world.app.read_now(|work| accounts::by_username(work, "registrar")).unwrap();
        assert!(!medina.is_enabled && registrar.is_enabled, "nobody is left to mend it");
        assert!(world.actor("medina").appointments.is_empty() && world.actor("registrar").is(Role::Registrar));
        // A roster that contains a deactivated group again restores the group with its choice.
        import(&world, &sample::roster(), &ImportOptions::default()).unwrap();
        assert_eq!(world.as_("registrar", |work, actor| view_choice(work, actor, sample::offering("MAT-1"))).unwrap().history.len(), 1);
    }

    fn who_is_shut_out_by_an_import_has_it_in_their_own_history(world) {
        let mut roster = sample::roster();
        roster.people.retain(|person| person.username != "medina");
        roster.people.iter_mut().filter(|person| person.username == "saule").for_each(|person| person.is_enabled = false);
        let id = imported(&world, &roster, Absent::of(["people"]));
        assert_eq!(undo(&world, id), "yes");
        for who in ["medina", "saule"] {
            let subject = format!("person:{}", sample::person(who));
            let told = world.app.read_now(move |work| Ok(store::history::of_subject(work.tx, &subject)?)).unwrap();
            let acts: Vec<_> = told.iter().map(|told| told.line.act.as_str()).collect();
            assert_eq!(acts, ["person-disabled", "person-enabled"], "{who}");
        }
    }

    fn an_import_is_taken_back_whole(world) {
        let id = imported(&world, &next_roster(), Absent::of(Absent::KINDS));
        assert!(groups(&world, "bolat2").contains(&"ALG-2".to_owned()));
        assert_eq!(undo(&world, id), "yes");
        untouched(&world);
        assert_eq!(undo(&world, id), "nothing-to-undo");
    }

    fn what_something_depends_on_is_not_taken_back(world) {
        let id = imported(&world, &next_roster(), Absent::default());
        let document = world.upload("aliya", "ALG", "ALG programme");
        // The document belongs to a discipline that existed before the import; the choice belongs to the new group.
        let new = OfferingId::of(&["NEW", "autumn"]);
        let sending = app::choosing::send_choices::ChoiceSubmission {
            offerings: vec![(new, 0)],
            exam: ExamEntry::of_row(Some(domain::catalogue::RowId("moodle-essay".into())), String::new()),
            documents: [(sample::discipline("ALG"), document)].into(),
            may_repeat_returned: true,
        };
        world.as_("bolat2", move |work, actor| app::choosing::send_choices::send_choices(work, actor, &sending)).unwrap();
        assert_eq!(undo(&world, id), "import-chosen");
    }

    fn a_newcomer_with_a_password_stays_and_so_does_the_import(world) {
        let id = imported(&world, &next_roster(), Absent::default());
        world.set_password("newcomer", "correct horse");
        assert_eq!(undo(&world, id), "import-in-use");
        assert!(groups(&world, "bolat2").contains(&"NEW".to_owned()), "nothing of it was taken back");
    }

    fn an_import_is_taken_back_within_a_day_and_only_the_newest(world) {
        let first = imported(&world, &next_roster(), Absent::default());
        let mut roster = next_roster();
        offering(&mut roster, "PYT-1").students = 7;
        let second = imported(&world, &roster, Absent::default());
        assert_eq!(undo(&world, first), "import-not-newest");
        assert_eq!(undo(&world, second), "yes");
        assert_eq!(undo(&world, first), "yes");
        let third = imported(&world, &next_roster(), Absent::default());
        world.clock.pass(TimeDelta::hours(IMPORT_UNDO_HOURS + 1));
        assert_eq!(undo(&world, third), "import-undo-too-late");
    }

    fn what_was_changed_again_since_is_not_overwritten(world) {
        let id = imported(&world, &next_roster(), Absent::default());
        world.app.write_now(|work| accounts::set_enabled(work, "bolat2", false)).unwrap();
        assert_eq!(undo(&world, id), "import-changed-since");
    }

    fn files_are_forgotten_after_a_week(world) {
        let (id, _) = look(&world, "registrar", SHEET).unwrap();
        world.clock.pass(TimeDelta::days(6));
        let runtime = runtime();
        runtime.block_on(imports::forget_old_files(&world.app)).unwrap();
        let sha256 = world.as_("registrar", move |work, actor| imports::find_import(work, actor, id)).unwrap().sha256.unwrap();
        let room = world.app.vault.subfolder("imports").unwrap();
        assert!(room.read(&sha256.0).is_ok());
        world.clock.pass(TimeDelta::days(2));
        runtime.block_on(imports::forget_old_files(&world.app)).unwrap();
        assert!(room.read(&sha256.0).is_err());
        assert!(world.as_("registrar", move |work, actor| imports::find_import(work, actor, id)).unwrap().sha256.is_none());
    }
}

#[test]
fn a_sheet_says_nothing_about_who_else_is_there() {
    let world = World::sqlite();
    let autumn = sample::roster().terms.into_iter().filter(|term| term.code == "autumn");
    let mut roster = Roster { terms: autumn.collect(), ..Roster::default() };
    roster.offerings.push(offering(&mut sample::roster(), "ALG-1").clone());
    let report = import(
        &world,
        &roster,
        &ImportOptions { scope: ImportScope::Sheet, dry_run: true, ..ImportOptions::default() },
    )
    .unwrap();
    let absent: Vec<_> = report.kinds().iter().map(|one| one.difference.absent).collect();
    assert_eq!(absent, [0, 0, 0, 0, 0, 5, 0]);
}
