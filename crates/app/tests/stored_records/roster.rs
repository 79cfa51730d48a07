//! The rosters of the stored scenario, and the files from which they are imported.

use super::{done, minute, runtime};
use app::roster::import_roster::{ImportOptions, import_roster};
use app::roster::imports::{self, ImportJob};
use domain::digest::Digest;
use domain::id::{AppointmentId, ImportId, OfferingId, PersonId};
use domain::name::{Language, Name};
use domain::offering::{Level, StudyForm};
use domain::person::{Appointment, Person, Role};
use domain::roster::plan::Absent;
use domain::roster::{Enrolment, Org, OrgKind, Roster, RosterDiscipline, RosterOffering};
use store::imports::Import;
use testkit::World;
use testkit::sample::{self, discipline, offering, org, person};

/// Classes in addition to those of the sample roster, taught by one instructor.
const MORE: [&str; 11] =
    ["ALG-3", "ALG-4", "ALG-5", "ALG-6", "ALG-7", "PYT-3", "PYT-4", "PYT-5", "PYT-6", "PYT-7", "PYT-8"];

/// A table of student groups for import, with an existing group and a new one; its third row is refused.
const PLANNED: &str = "term,department,discipline code,discipline (kk),group,students,instructor login\n\
    autumn,CS,ALG,,ALG-7,40,aliya\nautumn,CS,LOG,Логика,LOG-1,12,aliya\nautumn,CS,ALG,,ALG-2,many,\n";

/// The table of student groups `PLANNED` without the third row.
const UNDONE: &str = "term,department,discipline code,discipline (kk),group,students,instructor login\n\
    autumn,CS,ALG,,ALG-7,40,bolat\nautumn,CS,LOG,Логика,LOG-1,12,aliya\n";

/// The roster at the beginning of the scenario.
pub(crate) fn roster() -> Roster {
    let mut roster = sample::roster();
    let model = class(&mut roster, "PYT-1").clone();
    roster.offerings.extend(MORE.map(|group| RosterOffering {
        id: offering(group),
        discipline: discipline(&group[..3]),
        group: group.to_owned(),
        ..model.clone()
    }));
    let forms = StudyForm::ALL.into_iter().zip(Level::ALL.into_iter().cycle()).zip(Language::ALL.into_iter().cycle());
    for (one, ((form, level), language)) in roster.offerings.iter_mut().rev().zip(forms) {
        (one.study_form, one.level, one.language) = (form, level, language);
    }
    roster.enrolments.push(Enrolment { offering: offering("PYT-H"), person: person("student") });
    let gone = Person { id: person("gone"), username: "gone".into(), email: None, ..roster.people[0].clone() };
    roster.appointments.push(stored("gone", "CS"));
    roster.people.push(gone);
    roster
}

/// The roster at the end of the scenario: for every kind of record one is new, one is changed and one is missing.
pub(crate) fn next_roster() -> Roster {
    let mut roster = roster();
    for changed in roster.orgs.iter_mut().filter(|one| ["UNI", "FIT", "CLINIC"].contains(&one.code.as_str())) {
        changed.name.en = format!("The unit {}", changed.code);
    }
    let (id, parent, kind) = (org("PHYS"), Some(org("FIT")), OrgKind::Department);
    roster.orgs.push(Org { id, parent, kind, code: "PHYS".into(), name: Name::same("Физика") });
    roster.terms.iter_mut().find(|term| term.code == "autumn").unwrap().ends += chrono::TimeDelta::days(7);
    roster.terms.push(sample::term("winter", "2027-01-18"));
    roster.people.retain(|one| one.username != "gone");
    roster.appointments.retain(|one| one.person != person("gone"));
    // The roster covers every role and, with the last classes, every study form, level and language.
    roster.appointments.iter_mut().for_each(|stored| stored.until = "2027-08-31".parse().ok());
    roster.offerings.iter_mut().rev().take(StudyForm::ALL.len()).for_each(|class| class.students = 26);
    roster.people[1].middle_name = "Үлгіұлы".into();
    roster.people.iter_mut().find(|one| one.username == "medina").unwrap().username = "medina.k".into();
    let model = roster.people[0].clone();
    let newcomer =
        Person { id: person("new"), username: "newcomer".into(), locale: Some(Language::En), ..model.clone() };
    // The person who did the first-run setup is also in the roster.
    let founder = Person { id: person("founder"), username: "founder".into(), email: None, ..model };
    roster.people.extend([newcomer, founder]);
    let (from, until) = ("2026-10-01".parse().ok(), "2027-06-30".parse().ok());
    roster.appointments.push(Appointment { from, until, ..stored("new", "PHYS") });
    roster.disciplines[0].name.en = "Algorithms".into();
    let (id, department, name) = (discipline("PHY"), org("PHYS"), Name::same("Механика"));
    roster.disciplines.push(RosterDiscipline { id, department, code: "PHY".into(), name });
    roster.offerings.retain(|one| one.id != offering("MAT-1"));
    class(&mut roster, "ALG-1").responsible = Some(person("bolat"));
    let (new, model) = (person("new"), class(&mut roster, "ALG-2").clone());
    let (id, group, discipline) = (OfferingId::of(&["PHY-1", "autumn"]), "PHY-1".to_owned(), discipline("PHY"));
    roster.offerings.push(RosterOffering {
        id,
        group,
        discipline,
        responsible: Some(new),
        teachers: vec![new],
        ..model
    });
    let at = |class: &str| Enrolment { offering: offering(class), person: person("student") };
    roster.enrolments.retain(|one| *one != at("PYT-1") && one.offering != offering("MAT-1"));
    roster.enrolments.extend([at("ALG-2"), at("PHY-1")]);
    roster
}

fn class<'r>(roster: &'r mut Roster, class: &str) -> &'r mut RosterOffering {
    roster.offerings.iter_mut().find(|one| one.id == offering(class)).unwrap()
}

fn stored(who: &str, unit: &str) -> Appointment {
    let id = AppointmentId::of(&[who, Role::Instructor.code(), unit]);
    Appointment::of(id, PersonId::of(&[who]), Role::Instructor, org(unit))
}

/// Imports two tables of student groups: one import is only previewed, one is applied and undone.
pub(crate) fn sheets(world: &World) {
    world.clock.set("2026-10-05 11:30");
    look(world, PLANNED);
    minute(world);
    let (id, seen) = look(world, UNDONE);
    let (app, claim) = (world.app.clone(), world.claim("registrar"));
    runtime().block_on(imports::apply(&app, claim, id, decision(seen))).unwrap();
    minute(world);
    runtime().block_on(imports::undo(&app, claim, id)).unwrap();
}

fn look(world: &World, sheet: &str) -> (ImportId, Digest) {
    let (app, claim) = (world.app.clone(), world.claim("registrar"));
    let mut incoming = app.vault.begin(1 << 20).unwrap();
    incoming.write(sheet.as_bytes()).unwrap();
    runtime().block_on(async {
        let id = imports::upload(&app, claim, "groups.csv", incoming).await.unwrap();
        let standing = imports::standing(&app, claim, id).await.unwrap();
        let Some(ImportJob::Ready(outlook)) = standing.task else { panic!("not looked at") };
        (id, outlook.fingerprint)
    })
}

/// The roster import that is applied when the scenario ends.
pub(crate) fn last_import() -> ImportId {
    ImportId::of(&["roster.zip"])
}

/// Imports the last roster of the scenario, and deactivates all records that the roster does not name.
pub(crate) fn last_roster(world: &World) {
    world.clock.set("2026-10-05 12:04");
    let (roster, absent) = (next_roster(), Absent::of(Absent::KINDS));
    done(world, "registrar", move |work, actor| {
        let mut file = Import::previewed(last_import(), "roster.zip", work.now);
        (file.by, file.sha256) = (Some(actor.person), Some(Digest::of(b"roster.zip")));
        store::imports::add(work.tx, &file)?;
        let authority = domain::roster::authority::ImportAuthority::Person(actor.clone());
        let how = ImportOptions { absent, authority, import: Some(file.id), ..ImportOptions::default() };
        import_roster(work, &roster, &how)
    });
}

/// The decision to apply an import with all its dangerous changes.
fn decision(seen: domain::digest::Digest) -> app::roster::imports::ImportDecision {
    let confirmed = domain::roster::danger::DangerKind::ALL.to_vec();
    app::roster::imports::ImportDecision { seen, absent: domain::roster::plan::Absent::default(), confirmed }
}
