//! Scenarios with the progress report, on both database engines: down to the instructor, sort order, other terms,
//! complete lists.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, missing_docs, reason = "tests")]

use app::failure::Failure;
use app::reports::progress::{ProgressBoard, ProgressLink, ProgressQuery, Responsible, board};
use app::reports::report_scope::ScopeQuery;
use domain::progress_order::{Column, Sort};
use domain::report::ChoiceState;
use testkit::sample::{org, person};
use testkit::{Exam, World, both};

fn code<T>(done: Result<T, Failure>) -> &'static str {
    match done {
        Ok(_) => "done",
        Err(failure) => failure.code(),
    }
}

fn at(unit: &str) -> ScopeQuery {
    ScopeQuery { term: None, org: (!unit.is_empty()).then(|| org(unit)) }
}

fn look(world: &World, who: &str, asked: ProgressQuery) -> Result<ProgressBoard, Failure> {
    world.as_(who, move |work, actor| board(work, actor, &asked))
}

fn names(board: &ProgressBoard) -> Vec<&str> {
    board.units.iter().map(|unit| unit.name.kk.as_str()).collect()
}

fn groups(board: &ProgressBoard) -> Vec<&str> {
    board.lines.iter().map(|line| line.listed.offering.group.as_str()).collect()
}

/// Approves the choice of one of eight student groups and sends that of another one for review.
fn busy(world: &World) {
    let document = world.upload("aliya", "ALG", "ALG programme");
    world.send("aliya", &["ALG-1"], Exam::row("moodle-essay"), document).unwrap();
    world.send("bolat", &["ALG-2"], Exam::row("moodle-essay"), document).unwrap();
    world.approve("head", &["ALG-2"]).unwrap();
}

both! {
    fn the_board_goes_down_from_the_university_to_an_instructor_worst_first(world) {
        busy(&world);
        let top = look(&world, "registrar", ProgressQuery::default()).unwrap();
        assert_eq!((names(&top), top.total.total()), (vec!["FIT бөлімі", "MED бөлімі"], 8));
        assert!(top.lines.is_empty());
        let faculty = look(&world, "registrar", ProgressQuery { place: at("FIT"), ..ProgressQuery::default() }).unwrap();
        assert_eq!(names(&faculty), ["CS бөлімі", "MATH бөлімі"]);
        let department = look(&world, "registrar", ProgressQuery { place: at("CS"), ..ProgressQuery::default() }).unwrap();
        // Aliya has three unfinished groups, the vacancy and the head have one each; Bolat's only group is approved.
        assert_eq!(names(&department), ["Сынақ-aliya Ү.", "", "Сынақ-head Ү.", "Сынақ-bolat Ү."]);
        assert_eq!(department.lines.len(), 6);
        let one = |instructor| ProgressQuery { place: at("CS"), instructor: Some(instructor), ..ProgressQuery::default() };
        let aliya = look(&world, "registrar", one(Responsible::Person(person("aliya")))).unwrap();
        assert_eq!((groups(&aliya), aliya.total.in_review), (vec!["PYT-1", "PYT-2", "ALG-1"], 1));
        assert_eq!(aliya.instructor.as_ref().unwrap().1, "Сынақ-aliya Ү.");
        let vacant = look(&world, "registrar", one(Responsible::Vacancy)).unwrap();
        assert_eq!((groups(&vacant), vacant.units.len()), (vec!["PYT-V"], 0));
        let elsewhere = one(Responsible::Person(person("medina")));
        assert_eq!(code(look(&world, "registrar", elsewhere)), "not-found");
    }

    fn every_column_puts_the_lines_in_order_and_the_rest_stays_total(world) {
        busy(&world);
        let by = |column, is_descending| {
            let sort = Some(Sort { column, is_descending });
            look(&world, "head", ProgressQuery { sort, ..ProgressQuery::default() }).unwrap()
        };
        assert_eq!(names(&by(Column::Approved, true))[0], "Сынақ-bolat Ү.");
        assert_eq!(names(&by(Column::Name, true)), ["Сынақ-head Ү.", "Сынақ-bolat Ү.", "Сынақ-aliya Ү.", ""]);
        let first = |column, descending| groups(&by(column, descending))[0].to_owned();
        assert_eq!((first(Column::Group, false), first(Column::Group, true)), ("ALG-1".into(), "PYT-V".into()));
        assert_eq!((first(Column::Instructor, false), first(Column::Instructor, true)), ("PYT-V".into(), "PYT-H".into()));
        assert_eq!((first(Column::State, false), first(Column::State, true)), ("PYT-1".into(), "ALG-2".into()));
        assert_eq!((first(Column::Discipline, false), first(Column::Discipline, true)), ("PYT-1".into(), "ALG-1".into()));
        for column in Column::ALL {
            for descending in [false, true] {
                let board = by(column, descending);
                assert_eq!((board.units.len(), board.lines.len()), (4, 6), "{column:?}");
            }
        }
    }

    fn any_term_can_be_looked_at_and_each_sees_only_their_own(world) {
        busy(&world);
        let term = |code: &str, unit| ProgressQuery { place: ScopeQuery { term: Some(code.into()), ..at(unit) }, ..ProgressQuery::default() };
        let spring = look(&world, "registrar", term("spring", "")).unwrap();
        assert_eq!((spring.total.not_chosen, spring.total.total()), (8, 8));
        assert_eq!(spring.scope.term.code, "spring");
        assert_eq!(code(look(&world, "registrar", term("no-such", ""))), "not-found");
        assert_eq!(look(&world, "mathhead", term("spring", "")).unwrap().total.total(), 1);
        for (who, unit) in [("mathhead", "CS"), ("head", "FIT"), ("office", "MED"), ("dean", "CLINIC")] {
            assert_eq!(code(look(&world, who, term("autumn", unit))), "not-found", "{who} {unit}");
        }
        for who in ["aliya", "student"] {
            assert_eq!(code(look(&world, who, ProgressQuery::default())), "role-missing", "{who}");
        }
    }

    fn the_figures_count_choices_by_day_and_exams_by_platform(world) {
        busy(&world);
        world.clock.set("2026-09-17 23:30");
        world.send("bolat", &["ALG-2"], Exam::row("moodle-essay"), world.upload("aliya", "ALG", "ALG programme")).unwrap_err();
        world.send("aliya", &["PYT-1"], Exam::row("univer-test"), world.upload("aliya", "PYT", "PYT programme")).unwrap();
        let figures = |who, asked: ProgressQuery| look(&world, who, asked).unwrap().figures;
        let drawn = figures("registrar", ProgressQuery::default()).unwrap();
        let newest: Vec<_> = drawn.days.iter().rev().take(4).map(|count| (count.sent, count.approved)).collect();
        assert_eq!(newest, [(3, 1), (2, 1), (2, 1), (0, 0)], "17 September, and back to the 14th");
        let loads: Vec<_> = drawn.platforms.iter().map(|one| (one.platform.en.as_str(), one.load.exams)).collect();
        assert_eq!(loads, [("UNIVER system", 1), ("MOODLE LMS", 2)]);
        let faculty = figures("office", ProgressQuery { place: at("FIT"), ..ProgressQuery::default() }).unwrap();
        assert_eq!(faculty.days.last().map(|count| count.sent), Some(3));
        for narrowed in [
            ProgressQuery { text: "ALG".to_owned(), ..ProgressQuery::default() },
            ProgressQuery { state: Some(ChoiceState::Approved), ..ProgressQuery::default() },
            ProgressQuery { is_whole: true, ..ProgressQuery::default() },
        ] {
            assert!(figures("registrar", narrowed).is_none());
        }
    }

    fn a_file_holds_every_line_of_what_is_asked_for(world) {
        busy(&world);
        let whole = |asked: ProgressQuery| ProgressQuery { is_whole: true, ..asked };
        let all = look(&world, "auditor", whole(ProgressQuery::default())).unwrap();
        assert_eq!((all.lines.len(), all.listed), (8, 8));
        let beyond = look(&world, "auditor", ProgressQuery { page: 9, text: "ALG".to_owned(), ..ProgressQuery::default() });
        let beyond = beyond.unwrap();
        assert_eq!((beyond.page, beyond.listed, beyond.lines.len()), (1, 2, 2), "the nearest page instead");
        let waiting = ProgressQuery { state: Some(ChoiceState::InReview), ..ProgressQuery::default() };
        assert_eq!(groups(&look(&world, "auditor", whole(waiting)).unwrap()), ["ALG-1"]);
        assert_eq!(look(&world, "office", whole(ProgressQuery::default())).unwrap().lines.len(), 7);
        let line = all.lines.iter().find(|line| line.listed.offering.group == "ALG-2").unwrap();
        assert!(line.listed.sent_at.is_some() && line.listed.decided_at.is_some());
        assert_eq!(line.picked.as_ref().unwrap().row.0, "moodle-essay");
        assert!(matches!(all.units[0].below, ProgressLink::Org(_)));
    }
}
