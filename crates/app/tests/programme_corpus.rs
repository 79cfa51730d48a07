//! Measures the text check of exam programmes on hundreds of generated documents, some with a planted error: the share
//! of errors that the check finds, and the share of good documents for which it raises a false alarm.
#![allow(
    clippy::cast_precision_loss,
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::print_stdout,
    missing_docs,
    reason = "tests"
)]

use domain::digest::Digest;
use domain::id::{DisciplineId, DocumentId, PersonId, TermId};
use domain::name::{Language, Name};
use domain::offering::Discipline;
use domain::programme::check::{Finding, Purpose, check};
use domain::programme::{Document, Media};
use exchange::document::{inspect, text};
use serde::Deserialize;
use std::collections::{BTreeMap, HashMap, HashSet};
use std::io::Cursor;
use std::path::Path;
use testkit::sample_documents::{Layout, Sheet, docx, pdf};

/// Phrases from real exam programmes, by kind of sentence.
#[derive(Deserialize)]
struct Phrases {
    open: Vec<String>,
    naming: Vec<String>,
    note: Vec<String>,
    topics: Vec<String>,
    questions: Vec<String>,
    question: Vec<String>,
    programme_more: Vec<String>,
    method: Vec<String>,
    r#where: Vec<String>,
    time: Vec<String>,
    watch: Vec<String>,
    grading: Vec<String>,
    send: Vec<String>,
    trouble: Vec<String>,
    end: Vec<String>,
    general: Vec<String>,
    grades_in_programme: String,
}

/// A generated exam programme with its planted error.
struct Sample {
    discipline: Discipline,
    bytes: Vec<u8>,
    media: Media,
    taught_in: Language,
    planted: Option<Finding>,
    told: String,
}

/// A random number generator that yields the same numbers on every machine.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % sides
    }

    fn pick<'a>(&mut self, from: &'a [String]) -> &'a str {
        &from[self.roll(from.len())]
    }

    /// Picks this many different phrases, in random order.
    fn some<'a>(&mut self, from: &'a [String], many: usize) -> Vec<&'a str> {
        let mut left: Vec<&str> = from.iter().map(String::as_str).collect();
        (0..many.min(from.len())).map(|_| left.remove(self.roll(left.len()))).collect()
    }
}

struct Library {
    phrases: HashMap<String, Phrases>,
    disciplines: Vec<(Discipline, HashMap<String, Vec<String>>)>,
}

impl Library {
    fn open() -> Self {
        let here = Path::new(env!("CARGO_MANIFEST_DIR"));
        let read = |path: &str| std::fs::read_to_string(here.join(path)).unwrap();
        let words: toml::Table = toml::from_str(&read("../../demo/programmes.toml")).unwrap();
        let topics: HashMap<String, HashMap<String, Vec<String>>> = words["topics"].clone().try_into().unwrap();
        let courses = read("../../demo/roster/courses.csv");
        let mut disciplines = Vec::new();
        for line in courses.lines().skip(1) {
            let cells = cells(line);
            let [code, kk, ru, en] = [5, 10, 11, 12].map(|cell: usize| cells[cell].clone());
            if let Some(topics) = topics.get(&code) {
                let id = DisciplineId::of(&[&code]);
                disciplines.push((Discipline { id, code, name: Name { kk, ru, en } }, topics.clone()));
            }
        }
        assert!(disciplines.len() > 40, "{}", disciplines.len());
        Self { phrases: toml::from_str(&read("tests/corpus/phrases.toml")).unwrap(), disciplines }
    }

    fn phrases(&self, language: Language) -> &Phrases {
        &self.phrases[language.code()]
    }

    /// Picks a discipline that has exam topics in this language.
    fn discipline(&self, dice: &mut Dice, language: Language) -> (&Discipline, &[String]) {
        let having: Vec<_> =
            self.disciplines.iter().filter(|(_, topics)| topics.contains_key(language.code())).collect();
        let (discipline, topics) = having[dice.roll(having.len())];
        (discipline, &topics[language.code()])
    }
}

/// Splits a line of a CSV file into cells; a comma between quotes belongs to its cell.
fn cells(line: &str) -> Vec<String> {
    let (mut cells, mut is_quoted) = (vec![String::new()], false);
    for letter in line.chars() {
        match letter {
            '"' => is_quoted = !is_quoted,
            ',' if !is_quoted => cells.push(String::new()),
            other => cells.last_mut().unwrap().push(other),
        }
    }
    cells
}

/// The opening lines of an exam programme: ministry and department, title, discipline.
fn deadline_extension(dice: &mut Dice, phrases: &Phrases, discipline: &Discipline, language: Language) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    let general = dice.roll(4);
    lines.extend(dice.some(&phrases.general, general).into_iter().map(str::to_owned));
    lines.push(dice.pick(&phrases.open).to_owned());
    let naming = dice.pick(&phrases.naming);
    lines.push(naming.replace("{name}", discipline.name.exactly(language)).replace("{code}", &discipline.code));
    if dice.roll(2) == 0 {
        lines.push(dice.pick(&phrases.note).to_owned());
    }
    lines
}

/// The section of an exam programme with the topics of the exam.
fn programme(dice: &mut Dice, phrases: &Phrases, topics: &[String]) -> Vec<String> {
    let mut lines = Vec::new();
    let marks = ["{n}. ", "{n}) ", "– ", "• "];
    let mark = marks[dice.roll(marks.len())];
    let listed = |lines: &mut Vec<String>, items: Vec<String>| {
        for (number, item) in items.into_iter().enumerate() {
            lines.push(format!("{}{item}", mark.replace("{n}", &(number + 1).to_string())));
        }
    };
    let kind = dice.roll(3);
    if kind != 1 {
        lines.push(dice.pick(&phrases.topics).to_owned());
        listed(&mut lines, topics.to_vec());
    }
    if kind != 0 {
        lines.push(dice.pick(&phrases.questions).to_owned());
        let asked = dice.pick(&phrases.question);
        listed(&mut lines, topics.iter().map(|topic| asked.replace("{topic}", topic)).collect());
    }
    let more = dice.roll(4);
    lines.extend(dice.some(&phrases.programme_more, more).into_iter().map(str::to_owned));
    lines
}

/// The section of an exam programme that describes the exam form.
fn method(dice: &mut Dice, phrases: &Phrases) -> Vec<String> {
    let mut lines = vec![dice.pick(&phrases.method).to_owned()];
    lines.push(dice.pick(&phrases.r#where).to_owned());
    let others = [&phrases.time, &phrases.grading, &phrases.watch, &phrases.send, &phrases.trouble];
    let (first, many) = (dice.roll(others.len()), 2 + dice.roll(4));
    lines.extend((0..many).map(|place| dice.pick(others[(first + place) % others.len()]).to_owned()));
    let is_listed = dice.roll(3) == 0;
    let lines = lines.into_iter().enumerate();
    lines.map(|(number, line)| if is_listed && number > 0 { format!("{number}. {line}") } else { line }).collect()
}

/// Prints an exam programme in one of many layouts.
fn printed(dice: &mut Dice, lines: &[String], discipline: &Discipline) -> (Vec<u8>, Media) {
    let lines: Vec<&str> = lines.iter().flat_map(|line| line.split('\n')).collect();
    let layouts = [Layout::Lines, Layout::Paragraph, Layout::Words, Layout::Torn];
    let sheets = [Sheet::Plain, Sheet::Runs, Sheet::Table, Sheet::Lists];
    if dice.roll(2) == 0 {
        return (pdf(&lines, layouts[dice.roll(layouts.len())]), Media::Pdf);
    }
    let header = if dice.roll(4) == 0 { discipline.code.as_str() } else { "2026" };
    (docx(&lines, sheets[dice.roll(sheets.len())], header), Media::Docx)
}

fn sample(library: &Library, dice: &mut Dice, language: Language, planted: Option<Finding>) -> Sample {
    let phrases = library.phrases(language);
    let (discipline, topics) = library.discipline(dice, language);
    let mut asked = discipline.clone();
    let mut lines = deadline_extension(dice, phrases, discipline, language);
    let (content, manner) = (programme(dice, phrases, topics), method(dice, phrases));
    let is_turned = dice.roll(5) == 0;
    match planted {
        Some(Finding::ProgrammePartMissing) => lines.extend(manner),
        Some(Finding::MethodPartMissing) => {
            lines.extend(content);
            if dice.roll(3) == 0 {
                lines.push(phrases.grades_in_programme.clone());
            }
        }
        _ if is_turned => lines.extend([manner, content].concat()),
        _ => lines.extend([content, manner].concat()),
    }
    lines.push(dice.pick(&phrases.end).to_owned());
    if planted == Some(Finding::DisciplineNotNamed) {
        // An exam programme of another discipline, which does not name the expected one.
        while asked.id == discipline.id || topics.iter().any(|topic| topic.contains(asked.name.exactly(language))) {
            asked = library.disciplines[dice.roll(library.disciplines.len())].0.clone();
        }
    }
    let (bytes, media) = match planted {
        Some(Finding::NoText) => unreadable(dice, &lines),
        _ => printed(dice, &lines, discipline),
    };
    let taught_in = match planted {
        Some(Finding::OtherLanguage) => {
            *Language::ALL.iter().filter(|other| **other != language).nth(dice.roll(2)).unwrap()
        }
        _ => language,
    };
    Sample { discipline: asked, bytes, media, taught_in, planted, told: lines.join("\n") }
}

/// Creates unreadable documents: scans, letters without meaning, and a PDF page that refers to another place.
fn unreadable(dice: &mut Dice, lines: &[String]) -> (Vec<u8>, Media) {
    let lines: Vec<&str> = lines.iter().flat_map(|line| line.split('\n')).collect();
    match dice.roll(4) {
        0 => ([pdf(&lines, Layout::Scan), format!("%{}", dice.roll(1_000_000)).into_bytes()].concat(), Media::Pdf),
        1 => (pdf(&lines, Layout::Blind), Media::Pdf),
        2 => (docx(&[&dice.roll(1_000_000).to_string()], Sheet::Plain, ""), Media::Docx),
        _ => (pdf(&[lines[0], &dice.roll(1_000_000).to_string()], Layout::Lines), Media::Pdf),
    }
}

fn corpus() -> Vec<Sample> {
    let (library, mut dice) = (Library::open(), Dice(2026));
    let mut samples = Vec::new();
    for language in Language::ALL {
        let plan = [
            (None, 80),
            (Some(Finding::DisciplineNotNamed), 25),
            (Some(Finding::ProgrammePartMissing), 25),
            (Some(Finding::MethodPartMissing), 25),
            (Some(Finding::OtherLanguage), 12),
            (Some(Finding::NoText), 8),
        ];
        for (planted, many) in plan {
            samples.extend((0..many).map(|_| sample(&library, &mut dice, language, planted)));
        }
    }
    copies(&mut samples, Finding::SameAsLastTerm, &mut dice);
    copies(&mut samples, Finding::SameAsOtherDiscipline, &mut dice);
    samples
}

/// Adds good exam programmes a second time: from last term, or from another discipline with the same name.
fn copies(samples: &mut Vec<Sample>, planted: Finding, dice: &mut Dice) {
    let good: Vec<usize> = (0..samples.len()).filter(|place| samples[*place].planted.is_none()).collect();
    for _ in 0..12 {
        let from = &samples[good[dice.roll(good.len())]];
        let mut discipline = from.discipline.clone();
        if planted == Finding::SameAsOtherDiscipline {
            discipline.id = DisciplineId::of(&["another", &discipline.code]);
        }
        let (bytes, media, taught_in, told) = (from.bytes.clone(), from.media, from.taught_in, from.told.clone());
        samples.push(Sample { discipline, bytes, media, taught_in, planted: Some(planted), told });
    }
}

/// The findings of the text check in every document, in the sequence of upload.
fn looked_at(samples: &[Sample]) -> Vec<Vec<Finding>> {
    let (now, before) = (TermId::of(&["autumn"]), TermId::of(&["spring"]));
    let mut dossiers: HashMap<Digest, HashSet<DisciplineId>> = HashMap::new();
    samples
        .iter()
        .map(|sample| {
            assert_eq!(inspect(&mut Cursor::new(&sample.bytes)), Ok(sample.media), "{}", sample.told);
            let read = text::text(sample.bytes.clone(), sample.media).unwrap_or_default();
            let sha256 = Digest::of(&sample.bytes);
            let homes = dossiers.entry(sha256).or_default();
            let is_last = sample.planted == Some(Finding::SameAsLastTerm) && homes.contains(&sample.discipline.id);
            let lies_elsewhere = homes.iter().any(|home| *home != sample.discipline.id);
            homes.insert(sample.discipline.id);
            let document = Document {
                id: DocumentId::of(&[&sha256.to_string()]),
                discipline: sample.discipline.id,
                name: "programme".to_owned(),
                version: 1,
                media: sample.media,
                size: 1,
                sha256,
                uploader: PersonId::of(&["x"]),
                uploaded_at: chrono::DateTime::UNIX_EPOCH,
                term: if is_last { before } else { now },
                checked: Some(check(&read, &sample.discipline)),
            };
            let languages = &[sample.taught_in];
            document.findings(&Purpose { term: now, languages, was_used_before: is_last, lies_elsewhere })
        })
        .collect()
}

#[derive(Default)]
struct Measure {
    planted: usize,
    found: usize,
    without: usize,
    alarms: usize,
}

impl Measure {
    fn recall(&self) -> f64 {
        self.found as f64 / self.planted.max(1) as f64
    }

    fn false_alarms(&self) -> f64 {
        self.alarms as f64 / self.without.max(1) as f64
    }
}

#[test]
fn planted_faults_are_found_and_good_programmes_left_in_peace() {
    let samples = corpus();
    let said = looked_at(&samples);
    let (mut each, mut all): (BTreeMap<Finding, Measure>, Measure) = (BTreeMap::new(), Measure::default());
    for (sample, said) in samples.iter().zip(&said) {
        for finding in Finding::ALL {
            let measure = each.entry(finding).or_default();
            let (is_planted, is_said) = (sample.planted == Some(finding), said.contains(&finding));
            measure.planted += usize::from(is_planted);
            measure.found += usize::from(is_planted && is_said);
            measure.without += usize::from(!is_planted);
            measure.alarms += usize::from(!is_planted && is_said);
        }
        let wrong = said.iter().any(|finding| Some(*finding) != sample.planted);
        all.planted += usize::from(sample.planted.is_some());
        all.found += usize::from(sample.planted.is_some_and(|planted| said.contains(&planted)));
        // A wrong finding of any kind counts as a false alarm for the document.
        all.without += 1;
        all.alarms += usize::from(wrong);
    }
    println!("{} documents", samples.len());
    for (finding, measure) in &each {
        let (recall, alarms) = (measure.recall(), measure.false_alarms());
        println!("{:28} recall {recall:.3} of {:3}   false alarms {alarms:.4}", finding.code(), measure.planted);
    }
    println!("{:28} recall {:.3} of {:3}   false alarms {:.4}", "all", all.recall(), all.planted, all.false_alarms());
    assert!(samples.len() >= 200);
    for measure in each.values().chain([&all]) {
        assert!(measure.recall() >= 0.95 && measure.false_alarms() <= 0.02);
    }
}

#[test]
fn the_demos_programmes_have_what_they_need_but_for_the_draft() {
    let here = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../demo");
    let story: toml::Table = toml::from_str(&std::fs::read_to_string(here.join("story.toml")).unwrap()).unwrap();
    let library = Library::open();
    let mut remarked = Vec::new();
    for act in story["act"].as_array().unwrap().iter().filter(|act| act["do"].as_str() == Some("upload")) {
        let [file, course] = ["file", "course"].map(|field| act[field].as_str().unwrap());
        let (discipline, _) = library.disciplines.iter().find(|(known, _)| known.code == course).unwrap();
        let bytes = std::fs::read(here.join(file)).unwrap();
        let media = inspect(&mut Cursor::new(&bytes)).unwrap();
        let told = check(&text::text(bytes, media).unwrap(), discipline);
        let language = ["-ru", "-en"].into_iter().find(|mark| file.contains(mark)).map_or("kk", |mark| &mark[1..]);
        assert_eq!(told.languages, [Language::from_code(language).unwrap()], "{file}");
        assert!(told.has_text && told.is_named && told.has_programme, "{file}: {told:?}");
        remarked.extend((!told.has_method).then_some(file));
    }
    assert_eq!(remarked, ["programmes/DBS2202-2026-autumn-draft.docx"]);
}
