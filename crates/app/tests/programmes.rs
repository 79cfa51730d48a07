//! Tests that exam programmes are checked when they are uploaded and that the findings are displayed; no upload is
//! refused because of a finding.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, missing_docs, reason = "tests")]

use app::choosing::open_choice::{ChoiceFormQuery, open_choice};
use app::choosing::send_choices::{ChoiceSubmission, send_choices};
use app::failure::Failure;
use app::programmes::check_programmes::check_waiting;
use app::programmes::dossier::dossiers;
use app::programmes::preview::preview;
use app::reviewing::decide::ShownChoice;
use app::reviewing::review_queue::review_queue;
use app::roster::import_roster::{ImportOptions, import_roster};
use domain::catalogue::RowId;
use domain::exam_entry::ExamEntry;
use domain::id::{DocumentId, OfferingId};
use domain::name::{Language, Name};
use domain::programme::check::{CHECKER, Finding};
use domain::review::Warning;
use store::documents;
use testkit::sample::{discipline, offering};
use testkit::sample_documents::{Layout, Sheet, docx, pdf};
use testkit::{Exam, World, both, files};

const METHOD_ONLY: [&str; 5] = [
    "Алгоритмдер",
    "Емтихан өткізу тәртібі",
    "Емтихан Moodle платформасында жазбаша өтеді, 120 минут беріледі, камера қосулы болады.",
    "Үш сұрақ 100 балмен бағаланады, нәтиже келесі күні жарияланады.",
    "Жауап файлы жүйеге жүктеледі.",
];

const IN_RUSSIAN: [&str; 8] = [
    "Дисциплина ALG",
    "Темы, выносимые на экзамен",
    "1. Основные понятия и их связь",
    "2. Выбор и сравнение методов",
    "3. Разбор сложных примеров",
    "Порядок проведения экзамена",
    "Экзамен проводится письменно в Moodle, на работу отводится 120 минут.",
    "Три вопроса оцениваются в 100 баллов.",
];

/// The findings that the choice form of a class shows for a document.
fn in_the_form(world: &World, who: &str, class: &str, document: DocumentId) -> Vec<Finding> {
    let asked = ChoiceFormQuery { offerings: vec![offering(class)], ..ChoiceFormQuery::default() };
    let sheet = world.as_(who, move |work, actor| open_choice(work, actor, &asked)).unwrap();
    sheet.dossiers[0].findings.get(&document).cloned().unwrap_or_default()
}

/// The warnings on the card of a class in the review queue; empty if the class is in the block of unchanged choices.
fn in_the_queue(world: &World, class: &str) -> Vec<Warning> {
    let queue = world.as_("head", review_queue).unwrap();
    let mut cards = queue.need.iter().chain(&queue.clean);
    cards.find(|card| card.first().unwrap().id == offering(class)).unwrap().warnings.clone()
}

fn approve_last_term(world: &World, class: &str, document: DocumentId) {
    let spring = OfferingId::of(&[class, "spring"]);
    let sending = ChoiceSubmission {
        offerings: vec![(spring, 0)],
        exam: ExamEntry::of_row(Some(RowId("moodle-essay".into())), String::new()),
        documents: [(discipline(&class[..3]), document)].into(),
        may_repeat_returned: true,
    };
    world.as_("aliya", move |work, actor| send_choices(work, actor, &sending)).unwrap();
    let shown = world.app.read_now(move |work| Ok(store::choices::find(work.tx, spring)?.choice.fingerprint()));
    let seen = ShownChoice { offering: spring, fingerprint: shown.unwrap().unwrap() };
    world.approve_shown("head", &[seen]).unwrap();
}

both! {
    fn a_good_programme_has_nothing_said_about_it(world) {
        let document = world.upload("aliya", "ALG", "ALG programme");
        world.send("aliya", &["ALG-1"], Exam::row("moodle-essay"), document).unwrap();
        assert_eq!(in_the_form(&world, "aliya", "ALG-1", document), []);
        assert_eq!(in_the_queue(&world, "ALG-1"), []);
        let shown = world.as_("aliya", move |work, actor| preview(work, actor, document)).unwrap();
        let told = shown.document.checked.unwrap();
        assert!(told.has_text && told.is_named && told.has_programme && told.has_method);
        assert_eq!((told.languages, shown.behind.unwrap().findings), (vec![Language::Kk], vec![]));
    }

    fn what_is_missing_is_said_in_the_form_the_dossier_and_the_queue_and_refuses_nothing(world) {
        let bytes = docx(&METHOD_ONLY, Sheet::Runs, "");
        let document = world.upload_bytes("aliya", "ALG", "ALG half.docx", &bytes);
        assert_eq!(in_the_form(&world, "aliya", "ALG-1", document), [Finding::ProgrammePartMissing]);
        let list = world.as_("aliya", dossiers).unwrap();
        let folder = list.folders.iter().find(|folder| folder.discipline.id == discipline("ALG")).unwrap();
        assert_eq!(folder.files[0].findings, [Finding::ProgrammePartMissing]);

        world.send("aliya", &["ALG-1"], Exam::row("moodle-essay"), document).unwrap();
        assert_eq!(in_the_queue(&world, "ALG-1"), [Warning::Programme(Finding::ProgrammePartMissing)]);
        let shown = world.as_("head", move |work, actor| preview(work, actor, document)).unwrap();
        assert_eq!(shown.behind.unwrap().findings, [Finding::ProgrammePartMissing]);
        world.approve("head", &["ALG-1"]).unwrap();
    }

    fn a_scan_is_taken_and_said_to_be_one(world) {
        let document = world.upload_bytes("aliya", "ALG", "ALG scan.pdf", &pdf(&METHOD_ONLY, Layout::Scan));
        assert_eq!(in_the_form(&world, "aliya", "ALG-1", document), [Finding::NoText]);
        world.send("aliya", &["ALG-1"], Exam::row("moodle-essay"), document).unwrap();
        assert_eq!(in_the_queue(&world, "ALG-1"), [Warning::Programme(Finding::NoText)]);
    }

    fn a_programme_of_another_discipline_is_noticed_by_its_text(world) {
        let bytes = files::good_programme(&world.discipline("PYT"), "PYT");
        let document = world.upload_bytes("aliya", "ALG", "ALG mixed up.pdf", &bytes);
        assert_eq!(in_the_form(&world, "aliya", "ALG-1", document), [Finding::DisciplineNotNamed]);
    }

    fn the_language_must_be_that_of_the_group(world) {
        let bytes = pdf(&IN_RUSSIAN, Layout::Paragraph);
        let document = world.upload_bytes("aliya", "ALG", "ALG ru.pdf", &bytes);
        assert_eq!(in_the_form(&world, "aliya", "ALG-1", document), [Finding::OtherLanguage]);
        let list = world.as_("aliya", dossiers).unwrap();
        assert!(list.folders.iter().flat_map(|folder| &folder.files).all(|file| file.findings.is_empty()));
    }

    fn last_terms_file_is_told_and_keeps_its_choice_out_of_the_clean_block(world) {
        world.clock.set("2026-02-01 09:00");
        let old = world.upload("aliya", "ALG", "ALG spring");
        approve_last_term(&world, "ALG-1", old);
        world.clock.set("2026-09-15 09:00");
        assert_eq!(in_the_form(&world, "aliya", "ALG-1", old), [Finding::SameAsLastTerm]);
        let fresh = world.upload("aliya", "ALG", "ALG autumn");
        world.send("aliya", &["ALG-1"], Exam::row("moodle-essay"), fresh).unwrap();
        assert_eq!(world.as_("head", review_queue).unwrap().clean_count(), 1);
        world.send("aliya", &["ALG-1"], Exam::row("moodle-essay"), old).unwrap();
        assert_eq!(world.as_("head", review_queue).unwrap().clean_count(), 0);
        assert_eq!(in_the_queue(&world, "ALG-1"), [Warning::Programme(Finding::SameAsLastTerm)]);
    }

    fn the_second_home_of_a_file_is_told_and_not_where_the_first_one_is(world) {
        let bytes = files::good_programme(&world.discipline("MAT"), "Алгоритмдер");
        let first = world.upload_bytes("saule", "MAT", "MAT.pdf", &bytes);
        world.clock.set("2026-09-15 10:00");
        let second = world.upload_bytes("aliya", "ALG", "ALG.pdf", &bytes);
        assert_eq!(in_the_form(&world, "aliya", "ALG-1", second), [Finding::SameAsOtherDiscipline]);
        assert_eq!(in_the_form(&world, "saule", "MAT-1", first), []);
        world.send("aliya", &["ALG-1"], Exam::row("moodle-essay"), second).unwrap();
        assert_eq!(in_the_queue(&world, "ALG-1"), [Warning::Programme(Finding::SameAsOtherDiscipline)]);
        let stranger = world.as_("aliya", move |work, actor| preview(work, actor, first));
        assert!(matches!(stranger, Err(Failure::NotFound)), "whose it is, is not told");
    }

    fn students_see_the_document_and_no_remarks(world) {
        let bytes = docx(&METHOD_ONLY, Sheet::Plain, "");
        let document = world.upload_bytes("aliya", "ALG", "ALG half.docx", &bytes);
        let look = |world: &World| world.as_("student", move |work, actor| preview(work, actor, document));
        world.send("aliya", &["ALG-1"], Exam::row("moodle-essay"), document).unwrap();
        assert!(matches!(look(&world), Err(Failure::NotFound)));
        world.approve("head", &["ALG-1"]).unwrap();
        assert!(look(&world).unwrap().behind.is_none());
    }

    fn documents_that_came_before_the_rules_are_looked_at_in_the_background(world) {
        let bytes = docx(&METHOD_ONLY, Sheet::Plain, "");
        let document = world.upload_bytes("aliya", "ALG", "ALG half.docx", &bytes);
        let others: Vec<DocumentId> = (0..20).map(|n| world.upload("aliya", "PYT", &format!("PYT {n}"))).collect();
        world.app.store.write_now(|tx| tx.change("UPDATE documents SET checker = 0", &[])).unwrap();
        assert_eq!(in_the_form(&world, "aliya", "ALG-1", document), [], "nobody has looked, so nothing is said");
        assert_eq!(check_waiting(&world.app).unwrap(), others.len() + 1);
        assert_eq!(in_the_form(&world, "aliya", "ALG-1", document), [Finding::ProgrammePartMissing]);
        assert_eq!((check_waiting(&world.app).unwrap(), CHECKER), (0, 1));
    }

    fn a_discipline_that_is_renamed_has_its_documents_looked_at_again(world) {
        let document = world.upload("aliya", "ALG", "ALG programme");
        let mut roster = testkit::sample::roster();
        let course = roster.disciplines.iter_mut().find(|known| known.id == discipline("ALG")).unwrap();
        course.name = Name::same("Бұлтты есептеулер");
        world.app.write_now(move |work| import_roster(work, &roster, &ImportOptions::default())).unwrap();
        assert_eq!(in_the_form(&world, "aliya", "ALG-1", document), [], "what was told counts until somebody looks");
        check_waiting(&world.app).unwrap();
        assert_eq!(in_the_form(&world, "aliya", "ALG-1", document), [Finding::DisciplineNotNamed]);
    }

    fn bytes_that_are_missing_are_waited_for(world) {
        let (one, other) = (world.upload("aliya", "ALG", "ALG one"), world.upload("aliya", "ALG", "ALG other"));
        world.app.store.write_now(|tx| tx.change("UPDATE documents SET checker = 0", &[])).unwrap();
        let gone = world.app.read_now(move |work| Ok(documents::find(work.tx, one)?.unwrap().sha256.0)).unwrap();
        std::fs::remove_file(world.app.vault.path(&gone)).unwrap();
        assert_eq!(check_waiting(&world.app).unwrap(), 1);
        let checked = |world: &World, id| world.app.read_now(move |work| Ok(documents::find(work.tx, id)?.unwrap().checked));
        assert_eq!(checked(&world, one).unwrap(), None);
        assert!(checked(&world, other).unwrap().unwrap().is_named);
    }
}
