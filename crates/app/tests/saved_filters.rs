//! Saved filters of the progress report, on both database engines: private, unique by name, at most twenty.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, missing_docs, reason = "tests")]

use app::failure::Failure;
use app::reports::report_scope::ScopeQuery;
use app::reports::saved_filters::{SavedFilter, filters_of, remove_filter, save_filter};
use domain::limits::{SAVED_FILTER_QUERY_LIMIT, SAVED_FILTERS_LIMIT};
use testkit::sample::org;
use testkit::{World, both};

fn code<T>(done: Result<T, Failure>) -> &'static str {
    match done {
        Ok(_) => "done",
        Err(failure) => failure.code(),
    }
}

fn save(world: &World, who: &str, (name, query): (&str, &str)) -> &'static str {
    save_at(world, who, (ScopeQuery::default(), name, query))
}

fn save_at(world: &World, who: &str, (place, name, query): (ScopeQuery, &str, &str)) -> &'static str {
    let (name, query) = (name.to_owned(), query.to_owned());
    code(world.as_(who, move |work, actor| save_filter(work, actor, &place, &name, |_| query.clone())))
}

fn kept(world: &World, who: &str) -> Vec<SavedFilter> {
    world.as_(who, filters_of).unwrap()
}

fn names(world: &World, who: &str) -> Vec<String> {
    kept(world, who).into_iter().map(|view| view.name).collect()
}

both! {
    fn views_stand_by_kazakh_name_and_the_same_name_replaces_one(world) {
        for name in ["Қалғандар", "кафедра", "Ә", "1"] {
            assert_eq!(save(&world, "registrar", (name, "state=returned")), "done");
        }
        assert_eq!(names(&world, "registrar"), ["1", "Ә", "кафедра", "Қалғандар"]);
        let before = kept(&world, "registrar");
        world.clock.set("2026-09-16 09:00");
        assert_eq!(save(&world, "registrar", (" кафедра ", "org=x&state=approved")), "done");
        let after = kept(&world, "registrar");
        assert_eq!((after.len(), after[2].id, after[2].query.as_str()), (4, before[2].id, "org=x&state=approved"));
    }

    fn a_view_is_its_owners_alone(world) {
        assert_eq!(save(&world, "registrar", ("Mine", "state=returned")), "done");
        assert_eq!(save(&world, "auditor", ("Mine", "state=approved")), "done");
        let (mine, theirs) = (kept(&world, "registrar"), kept(&world, "auditor"));
        assert_eq!((mine[0].query.as_str(), theirs[0].query.as_str()), ("state=returned", "state=approved"));
        let remove = |who: &str, view: &SavedFilter| {
            let id = view.id;
            code(world.as_(who, move |work, actor| remove_filter(work, actor, id)))
        };
        assert_eq!((remove("auditor", &mine[0]), remove("registrar", &mine[0])), ("not-found", "done"));
        assert_eq!(remove("registrar", &mine[0]), "not-found");
        assert_eq!((names(&world, "registrar").len(), names(&world, "auditor").len()), (0, 1));
    }

    fn what_is_wrong_with_a_view_is_refused_and_nothing_is_kept(world) {
        assert_eq!(save(&world, "head", ("", "state=returned")), "view-name-missing");
        assert_eq!(save(&world, "head", ("x", "")), "view-empty");
        assert_eq!(save(&world, "head", ("x", &"q".repeat(SAVED_FILTER_QUERY_LIMIT + 1))), "view-too-long");
        let at = |term: Option<&str>, unit: Option<&str>| {
            let place = ScopeQuery { term: term.map(str::to_owned), org: unit.map(org) };
            save_at(&world, "head", (place, "x", "state=returned"))
        };
        assert_eq!((at(None, Some("CS")), at(None, Some("MED")), at(Some("never"), None)), ("done", "not-found", "not-found"));
        for who in ["aliya", "student"] {
            assert_eq!(save(&world, who, ("x", "state=returned")), "role-missing");
        }
        for number in 2..=SAVED_FILTERS_LIMIT {
            assert_eq!(save(&world, "head", (&number.to_string(), "state=returned")), "done");
        }
        assert_eq!(save(&world, "head", ("one more", "state=returned")), "too-many-views");
        assert_eq!((save(&world, "head", ("20", "q=x")), names(&world, "head").len()), ("done", SAVED_FILTERS_LIMIT));
    }
}
