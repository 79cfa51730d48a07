//! Adds many offerings with a choice each to a test university, for programs that measure speed.

use crate::{World, sample};
use app::roster::import_roster::{ImportOptions, import_roster};
use domain::answer::Answer;
use domain::catalogue::RowId;
use domain::choice::{Choice, ChoiceVersion, Stage};
use domain::digest::Digest;
use domain::id::{DocumentId, OfferingId, TermId};
use domain::person::Role;
use domain::roster::{Enrolment, Org, Roster, RosterOffering};
use store::choices::{self, StoredChoice};

/// The ids of the catalogue rows that the function `choices` of this module chooses in turn for the
/// added offerings.
const ROWS: [&str; 5] = ["moodle-essay", "moodle-case", "univer-test", "univer-oral", "oqylyq-written"];

/// An offering that the function `choices` of this module has added, and the catalogue row that was
/// chosen for it.
#[derive(Debug, Clone)]
pub struct ChosenRow {
    pub offering: OfferingId,
    pub row: RowId,
}

/// Adds `count` offerings of one discipline to an academic term, each with a choice in review. If
/// the term does not exist yet, it is created and begins on the date `starts`.
pub fn choices(world: &World, term: &str, starts: &str, count: usize) -> Vec<ChosenRow> {
    let mut roster = sample::roster();
    let model = roster.offerings.iter().find(|one| one.id == sample::offering("ALG-1")).unwrap().clone();
    let class = |place: usize| {
        let group = format!("G-{place}");
        let id = OfferingId::of(&[&group, term]);
        RosterOffering { id, group, term: TermId::of(&[term]), ..model.clone() }
    };
    let classes: Vec<RosterOffering> = (0..count).map(class).collect();
    roster.offerings.extend(classes.iter().cloned());
    if roster.terms.iter().all(|known| known.code != term) {
        roster.terms.push(sample::term(term, starts));
    }
    world.app.write_now(move |work| import_roster(work, &roster, &ImportOptions::default())).unwrap();
    let document = world.upload("aliya", "ALG", "ALG programme");
    let row = |place: usize| RowId(ROWS.get(place % ROWS.len()).copied().unwrap_or_default().to_owned());
    let chosen: Vec<_> =
        classes.iter().enumerate().map(|(place, one)| ChosenRow { offering: one.id, row: row(place) }).collect();
    keep(world, chosen.clone(), document);
    chosen
}

fn keep(world: &World, chosen: Vec<ChosenRow>, document: DocumentId) {
    world.changes_outside_program();
    world
        .app
        .write_now(move |work| {
            let sha = store::documents::find(work.tx, document)?.map(|found| found.sha256);
            for ChosenRow { offering, row } in &chosen {
                let current = current(row, document, sha.unwrap(), work.now);
                let choice =
                    Choice { offering: *offering, current: Some(current.clone()), last: None, latest_version: 1 };
                choices::save(work.tx, &StoredChoice { choice, revision: 0 })?;
                choices::add_version(work.tx, *offering, &current)?;
            }
            Ok(())
        })
        .unwrap();
}

fn current(
    row: &RowId,
    document: DocumentId,
    document_sha: Digest,
    at: chrono::DateTime<chrono::Utc>,
) -> ChoiceVersion {
    let info = if row.0 == "univer-oral" { "Zoom".to_owned() } else { String::new() };
    ChoiceVersion {
        version: 1,
        answer: Answer { row: row.clone(), info, document },
        document_sha,
        catalogue: 1,
        sent_by: sample::person("aliya"),
        sent_at: at,
        stage: Stage::InReview,
    }
}

const INSTRUCTORS: usize = 4;
const DISCIPLINES_OF_AN_INSTRUCTOR: usize = 2;
const GROUPS_OF_A_DISCIPLINE: usize = 3;
const STUDENTS_OF_A_GROUP: usize = 5;

/// Adds departments of the same size, two in each new faculty: each has a head, four instructors with
/// six offerings each in every term, and students who are enrolled in them. A choice in review exists
/// for each offering of the current term. The usernames are `head-7`, `instructor-7-0` and
/// `student-7-0-0` in the department `D7`.
pub fn departments(world: &World, count: usize) {
    let mut roster = sample::roster();
    for department in 0..count {
        add_department(&mut roster, department);
    }
    let autumn = TermId::of(&["autumn"]);
    let chosen: Vec<ChosenRow> = roster
        .offerings
        .iter()
        .filter(|offering| offering.term == autumn && offering.group.starts_with('D'))
        .zip(ROWS.iter().cycle())
        .map(|(offering, row)| ChosenRow { offering: offering.id, row: RowId((*row).to_owned()) })
        .collect();
    world.app.write_now(move |work| import_roster(work, &roster, &ImportOptions::default())).unwrap();
    let document = world.upload("aliya", "ALG", "ALG programme");
    keep(world, chosen, document);
}

fn add_department(roster: &mut Roster, number: usize) {
    let unit = format!("D{number}");
    let model = roster.orgs.iter().find(|org| org.code == "CS").unwrap().clone();
    let parent = format!("F{}", number / 2);
    if number.is_multiple_of(2) {
        let faculty = roster.orgs.iter().find(|org| org.code == "FIT").unwrap().clone();
        roster.orgs.push(Org { id: sample::org(&parent), code: parent.clone(), ..faculty });
    }
    let parent = Some(sample::org(&parent));
    roster.orgs.push(Org { id: sample::org(&unit), code: unit.clone(), parent, ..model });
    let mut add_person = |username: &str, role: Role| {
        roster.people.push(sample::person_record(username));
        roster.appointments.push(sample::appointment(username, role, &unit));
    };
    add_person(&format!("head-{number}"), Role::Head);
    for instructor in 0..INSTRUCTORS {
        add_person(&format!("instructor-{number}-{instructor}"), Role::Instructor);
        for student in 0..STUDENTS_OF_A_GROUP {
            add_person(&format!("student-{number}-{instructor}-{student}"), Role::Student);
        }
    }
    for instructor in 0..INSTRUCTORS {
        for discipline in 0..DISCIPLINES_OF_AN_INSTRUCTOR {
            let code = format!("{unit}-{instructor}-{discipline}");
            roster.disciplines.push(sample::taught(&code, &unit, &code));
            for group in 0..GROUPS_OF_A_DISCIPLINE {
                add_offerings(roster, &format!("{code}-{group}"), &code, number, instructor);
            }
        }
    }
}

fn add_offerings(roster: &mut Roster, group: &str, discipline: &str, department: usize, instructor: usize) {
    let teacher = format!("instructor-{department}-{instructor}");
    for term in ["spring", "autumn"] {
        let offering = sample::class_in(term, group, discipline, Some(&teacher), &[]);
        let enrolled = |student| sample::person(&format!("student-{department}-{instructor}-{student}"));
        let students = (0..STUDENTS_OF_A_GROUP).map(enrolled);
        roster.enrolments.extend(students.map(|person| Enrolment { offering: offering.id, person }));
        roster.offerings.push(offering);
    }
}
