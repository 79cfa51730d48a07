//! Phrases, the frequent reasons for returning a choice, on both database engines: who keeps them, and in which
//! language they are read.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, missing_docs, reason = "tests")]

use app::choosing::my_offerings::my_offerings;
use app::choosing::view_choice::view_choice;
use app::failure::Failure;
use app::history::search_history::{HistoryQuery, search_history};
use app::notifications::inbox::inbox;
use app::reviewing::phrases::{NewPhrase, phrase_list, reason_with_phrase, remove_phrase, save_phrase};
use app::reviewing::return_choices::return_choices;
use app::reviewing::review_queue::review_queue;
use domain::id::PhraseId;
use domain::name::{Language, Name};
use domain::phrase::Phrase;
use testkit::sample::offering;
use testkit::{Exam, World, both};

fn code<T>(done: Result<T, Failure>) -> &'static str {
    match done {
        Ok(_) => "done",
        Err(failure) => failure.code(),
    }
}

fn name(kk: &str, ru: &str, en: &str) -> Name {
    Name { kk: kk.into(), ru: ru.into(), en: en.into() }
}

fn save(world: &World, who: &str, is_office: bool, text: Name, replaces: Option<PhraseId>) -> &'static str {
    let new = NewPhrase { is_office, text, replaces };
    code(world.as_(who, move |work, actor| save_phrase(work, actor, &new)))
}

fn own(world: &World, who: &str) -> Vec<Phrase> {
    world.as_(who, phrase_list).unwrap().own
}

/// Returns ALG-1 with a phrase and a typed text, as a head who reads in this language.
fn return_with(world: &World, phrase: PhraseId, typed: &'static str, language: Language) {
    let document = world.upload("aliya", "ALG", "ALG programme");
    world.send("aliya", &["ALG-1"], Exam::row("moodle-essay"), document).unwrap();
    let seen = world.seen(&["ALG-1"]);
    world
        .as_("head", move |work, actor| {
            let reason = reason_with_phrase(work, actor, Some(phrase), typed, language)?;
            return_choices(work, actor, &seen, &reason)
        })
        .unwrap();
}

/// The reason for the return of ALG-1 as the instructor reads it in the list.
fn read(world: &World) -> Name {
    let my = world.as_("aliya", |work, actor| my_offerings(work, actor, None)).unwrap();
    my.lines().find(|line| line.offering.group == "ALG-1").unwrap().returned.as_ref().unwrap().reason.clone()
}

both! {
    fn a_reason_is_read_in_the_language_of_the_reader_wherever_it_stands(world) {
        let office = world.as_("head", phrase_list).unwrap().office;
        assert_eq!(office.len(), 3);
        let phrase = office.iter().find(|phrase| phrase.text.en == "The programme has no exam instructions").unwrap();
        return_with(&world, phrase.id, "3-бет", Language::Ru);
        let expected = name(
            "Бағдарламада емтихан өткізу нұсқаулығы жоқ. 3-бет",
            "В программе нет инструкции по проведению экзамена. 3-бет",
            "The programme has no exam instructions. 3-бет",
        );
        assert_eq!(read(&world), expected);
        let view = world.as_("aliya", |work, actor| view_choice(work, actor, offering("ALG-1"))).unwrap();
        assert_eq!((view.return_reason(), &view.history[0].reason), (Some(&expected), &expected));
        let searched = world.as_("registrar", |work, actor| search_history(work, actor, &HistoryQuery::default())).unwrap();
        let returned = searched.lines.iter().find(|line| line.told.line.act == "choice-returned").unwrap();
        assert_eq!(returned.reason, expected, "in the search of the history");
        let inbox = world.as_("aliya", |work, actor| inbox(work, actor, 0)).unwrap();
        let about = &inbox.groups[0].notification.about;
        assert_eq!((about.reason.as_str(), about.reason_in.as_ref()), (expected.ru.as_str(), Some(&expected)));
        // The history stores the text that the head saw.
        let stored = world.choice("ALG-1").current.unwrap().stage;
        assert!(format!("{stored:?}").contains(&expected.ru));
    }

    fn the_most_used_stand_first_and_a_removed_one_is_still_read(world) {
        assert_eq!(save(&world, "head", false, name("Сілтеме жұмыс істемейді.", "", "The link is dead"), None), "done");
        let mine = own(&world, "head").remove(0);
        return_with(&world, mine.id, "", Language::Kk);
        let offered = world.as_("head", review_queue).unwrap().phrases;
        assert_eq!((offered[0].id, offered[0].uses, offered.len()), (mine.id, 1, 4));
        // A language that the head left out falls back to another one.
        let expected = name("Сілтеме жұмыс істемейді", "Сілтеме жұмыс істемейді", "The link is dead");
        assert_eq!(read(&world), expected);
        assert_eq!(save(&world, "head", false, name("Сілтеме ескі", "", ""), Some(mine.id)), "done");
        let texts: Vec<String> = own(&world, "head").into_iter().map(|phrase| phrase.text.kk).collect();
        assert_eq!((texts, own(&world, "head")[0].uses), (vec!["Сілтеме ескі".to_owned()], 1));
        assert_eq!(read(&world), expected, "decisions keep the text of their time");
    }

    fn each_keeps_what_is_theirs(world) {
        let text = || name("а", "б", "c");
        assert_eq!(save(&world, "head", true, text(), None), "role-missing");
        assert_eq!(save(&world, "registrar", false, text(), None), "role-missing");
        assert_eq!(save(&world, "aliya", false, text(), None), "role-missing");
        assert_eq!(code(world.as_("aliya", phrase_list)), "role-missing");
        assert_eq!(save(&world, "registrar", true, name("а", "", "c"), None), "phrase-missing");
        assert_eq!(save(&world, "registrar", true, text(), None), "done");
        assert_eq!(save(&world, "dean", false, text(), None), "done");
        let of_dean = own(&world, "dean")[0].id;
        let remove = |who: &str, id| code(world.as_(who, move |work, actor| remove_phrase(work, actor, id)));
        assert_eq!(remove("head", of_dean), "not-found");
        let used = world.as_("head", move |work, actor| reason_with_phrase(work, actor, Some(of_dean), "", Language::Kk));
        assert_eq!(code(used), "not-found");
        let office = world.as_("head", phrase_list).unwrap().office[0].id;
        assert_eq!((remove("head", office), remove("registrar", office)), ("role-missing", "done"));
        assert!(own(&world, "head").is_empty() && own(&world, "acting").is_empty());
        // The reason of a head is not read in the words that another person keeps for it.
        let document = world.upload("aliya", "ALG", "ALG programme");
        world.send("aliya", &["ALG-1"], Exam::row("moodle-essay"), document).unwrap();
        remove("dean", of_dean);
        assert_eq!(save(&world, "dean", false, name("Көшірме", "", "Copy"), None), "done");
        let seen = world.seen(&["ALG-1"]);
        world.as_("head", move |work, actor| return_choices(work, actor, &seen, "Көшірме")).unwrap();
        assert_eq!(read(&world), Name::same("Көшірме"));
    }
}
