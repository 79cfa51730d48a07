//! Tests that limit the work of use cases: the number of SQL statements, and the steps of SQLite's virtual machine. The
//! numbers do not depend on the machine. Raise a limit only on purpose.
#![allow(clippy::unwrap_used, reason = "tests")]

use app::choosing::my_offerings::my_offerings;
use app::choosing::open_choice::{ChoiceFormQuery, open_choice};
use app::choosing::reuse_last_term::reuse_last_term;
use app::choosing::view_choice::view_choice;
use app::failure::Failure;
use app::notifications::inbox::inbox;
use app::programmes::dossier::dossiers;
use app::reports::changes::changes_since;
use app::reports::late::lateness;
use app::reports::platforms::platforms;
use app::reports::progress::{ProgressQuery, board};
use app::reports::report_scope::ScopeQuery;
use app::reviewing::review_queue::review_queue;
use app::staff::people::find_people;
use app::student::student_exams::{exams_of_group, student_exams};
use app::unit_of_work::UnitOfWork;
use domain::id::OfferingId;
use domain::person::Actor;
use store::Cost;
use store::directory::PeopleSearch;
use testkit::engine::Engine;
use testkit::{World, bulk, sample};

/// A use case that reads what a page shows, without its result.
type Reading = fn(&mut UnitOfWork<'_, '_>, &Actor) -> Result<(), Failure>;

/// A page: its name, the person who opens it, what it reads, and the largest number of statements and steps.
struct Page {
    name: &'static str,
    who: &'static str,
    reading: Reading,
    most: Cost,
    /// By how many steps more than five percent the page may grow in a university of twenty times the size.
    growth: u64,
}

/// The steps for reading the names of the units that only the university of twenty times the size has.
const NAMES_OF_UNITS: u64 = 1_200;

const fn with_units(page: Page) -> Page {
    Page { growth: NAMES_OF_UNITS, ..page }
}

const fn page(name: &'static str, who: &'static str, reading: Reading, statements: u64, steps: u64) -> Page {
    Page { name, who, reading, most: Cost { statements, steps }, growth: 0 }
}

fn group() -> OfferingId {
    sample::offering("D0-0-0-0")
}

fn department() -> ScopeQuery {
    ScopeQuery { term: None, org: Some(sample::org("D0")) }
}

const PAGES: [Page; 14] = [
    page("an instructor's groups", "instructor-0-0", |work, actor| my_offerings(work, actor, None).map(drop), 9, 1_100),
    page(
        "the choice form",
        "instructor-0-0",
        |work, actor| {
            let asked = ChoiceFormQuery { offerings: vec![group()], ..ChoiceFormQuery::default() };
            open_choice(work, actor, &asked).map(drop)
        },
        15,
        1_500,
    ),
    page("an offering", "instructor-0-0", |work, actor| view_choice(work, actor, group()).map(drop), 11, 300),
    page("the dossiers", "instructor-0-0", |work, actor| dossiers(work, actor).map(drop), 10, 950),
    page("the queue", "head-0", |work, actor| review_queue(work, actor).map(drop), 22, 7_500),
    // The board also reads everybody who may approve.
    Page {
        growth: 2 * NAMES_OF_UNITS,
        ..page(
            "the board of a department",
            "head-0",
            |work, actor| {
                board(work, actor, &ProgressQuery { place: department(), ..ProgressQuery::default() }).map(drop)
            },
            12,
            8_500,
        )
    },
    page("a student's exams", "student-0-0-0", |work, actor| student_exams(work, actor).map(drop), 9, 750),
    page("reuse of earlier choices", "instructor-0-0", |work, actor| reuse_last_term(work, actor).map(drop), 8, 1_000),
    page("the notifications", "head-0", |work, actor| inbox(work, actor, 0).map(drop), 1, 25),
    with_units(page(
        "a head's people",
        "head-0",
        |work, actor| find_people(work, actor, &PeopleSearch::default()).map(drop),
        28,
        2_300,
    )),
    with_units(page("late choices", "head-0", |work, actor| lateness(work, actor, &department()).map(drop), 5, 1_600)),
    with_units(page(
        "the load of platforms",
        "head-0",
        |work, actor| platforms(work, actor, &department(), false).map(drop),
        4,
        1_400,
    )),
    with_units(page(
        "changed exams",
        "head-0",
        |work, actor| changes_since(work, actor, &department(), None).map(drop),
        4,
        850,
    )),
    page("a group's exams", "student-0-0-0", |work, _| exams_of_group(work, "D0-0-0-0").map(drop), 5, 250),
];

fn university(departments: usize) -> World {
    let world = World::sqlite();
    bulk::departments(&world, departments);
    world
}

fn cost(world: &World, page: &Page) -> Cost {
    let reading = page.reading;
    let measured = world.as_(page.who, move |work, actor| {
        let before = work.tx.cost();
        reading(work, actor)?;
        let after = work.tx.cost();
        Ok(Cost { statements: after.statements - before.statements, steps: after.steps - before.steps })
    });
    measured.unwrap()
}

#[test]
fn a_page_costs_the_same_in_a_university_of_twenty_times_the_size() {
    let (small, large) = (university(2), university(40));
    let mut wrong = Vec::new();
    for page in &PAGES {
        let (one, twenty) = (cost(&small, page), cost(&large, page));
        if one.statements > page.most.statements || one.steps > page.most.steps {
            wrong.push(format!("{}: {one:?}, at most {:?}", page.name, page.most));
        }
        if twenty.statements != one.statements || twenty.steps > one.steps + one.steps / 20 + page.growth {
            wrong.push(format!("{}: {one:?}, in the large university {twenty:?}", page.name));
        }
    }
    assert_eq!(wrong, Vec::<String>::new());
}

#[test]
fn postgres_has_counted_its_rows_after_a_large_import() {
    let world = World::on(Engine::Postgres);
    bulk::departments(&world, 20);
    let sql = "SELECT c.reltuples::bigint FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
                WHERE c.relname = 'offerings' AND n.nspname = current_schema()";
    let counted = world.app.read_now(move |work| Ok(work.tx.row(sql, &[], |row| row.next::<i64>())?)).unwrap();
    assert!(counted.is_some_and(|rows| rows > 500), "{counted:?}");
}
