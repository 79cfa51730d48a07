//! Tests the life of a choice under random sequences of acts by several people: its invariants must always be true.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, missing_docs, reason = "tests")]

use chrono::{DateTime, TimeDelta, Utc};
use domain::answer::Answer;
use domain::catalogue::RowId;
use domain::choice::{Choice, ChoiceAct, ChoiceRefusal, ChoiceVersion, SendResult, Stage, Submission};
use domain::digest::Digest;
use domain::id::{DisciplineId, DocumentId, OrgId, TermId};
use domain::limits::UNDO_MINUTES;
use domain::name::{Language, Name};
use domain::offering::{Discipline, Level, Offering, StudyForm};
use domain::person::{Actor, Appointment, Role};
use domain::policy::{self, Deciders, DecisionUndoer};
use proptest::prelude::*;
use testkit::sample;

/// The people of the test: instructor, head, acting head who also teaches the offering, dean, registrar, and a person
/// without a role in the department.
const CAST: [&str; 6] = ["aliya", "head", "acting", "dean", "registrar", "stranger"];

fn offering() -> Offering {
    let name = Name::same("Алгоритмдер");
    Offering {
        id: sample::offering("ALG-1"),
        term: TermId::of(&["autumn"]),
        discipline: Discipline { id: DisciplineId::of(&["ALG"]), code: "ALG".into(), name },
        department: OrgId::of(&["CS"]),
        faculty: OrgId::of(&["FIT"]),
        faculty_code: "FIT".into(),
        group: "ALG-1".into(),
        language: Language::Kk,
        study_form: StudyForm::FullTime,
        level: Level::Bachelor,
        students: 20,
        responsible: Some(sample::person("aliya")),
        teachers: vec![sample::person("aliya"), sample::person("acting")],
    }
}

fn actor(name: &str) -> Actor {
    let (role, org) = match name {
        "head" => (Role::Head, "CS"),
        "acting" => (Role::ActingHead, "CS"),
        "dean" => (Role::Dean, "FIT"),
        "registrar" => (Role::Registrar, "UNI"),
        _ => (Role::Instructor, "CS"),
    };
    let (person, org) = (sample::person(name), OrgId::of(&[org]));
    let id = domain::id::AppointmentId::of(&[name]);
    let appointments = vec![Appointment::of(id, person, role, org)];
    Actor { person, short_name: name.into(), appointments }
}

fn submission(content: u8, seen: i64) -> Submission {
    let document = DocumentId::of(&[&content.to_string()]);
    let answer = Answer { row: RowId(format!("row-{}", content % 3)), info: String::new(), document };
    Submission { answer, document_sha: Digest::of(&[content]), catalogue: 1, seen }
}

#[derive(Debug, Clone)]
enum Step {
    Look,
    Send { content: u8 },
    Approve,
    Return,
    Reopen,
    Ask,
    Decline,
    UndoSend,
    Withdraw,
    Undo { act: ChoiceAct },
    Wait { minutes: i64 },
}

fn steps() -> impl Strategy<Value = Vec<(usize, Step)>> {
    let act = prop_oneof![Just(ChoiceAct::Approve), Just(ChoiceAct::Return), Just(ChoiceAct::Reopen)];
    let step = prop_oneof![
        3 => Just(Step::Look),
        3 => (0_u8..4).prop_map(|content| Step::Send { content }),
        3 => Just(Step::Approve),
        1 => Just(Step::Return),
        1 => Just(Step::Reopen),
        1 => Just(Step::Ask),
        1 => Just(Step::Decline),
        1 => Just(Step::UndoSend),
        1 => Just(Step::Withdraw),
        2 => act.prop_map(|act| Step::Undo { act }),
        1 => (0_i64..15).prop_map(|minutes| Step::Wait { minutes }),
    ];
    prop::collection::vec((0..CAST.len(), step), 1..60)
}

/// The version and fingerprint of the choice that a person has on the screen.
#[derive(Default, Clone)]
struct Screen {
    version: i64,
    fingerprint: Option<Digest>,
}

struct Play {
    offering: Offering,
    choice: Choice,
    screens: Vec<Screen>,
    now: DateTime<Utc>,
    contents: Vec<(i64, Answer)>,
    /// The versions that were returned or reopened and whose decision was not undone.
    returned: Vec<ChoiceVersion>,
}

impl Play {
    fn new() -> Self {
        let offering = offering();
        let choice = Choice::none(offering.id);
        let now = "2026-09-15T04:00:00Z".parse().unwrap();
        Self {
            offering,
            choice,
            screens: vec![Screen::default(); CAST.len()],
            now,
            contents: Vec::new(),
            returned: Vec::new(),
        }
    }

    fn deciders(&self) -> Deciders {
        let heads = vec![sample::person("head"), sample::person("acting")];
        Deciders { heads, sent_by: self.choice.current.as_ref().map(|current| current.sent_by) }
    }

    fn take(&mut self, who: usize, step: &Step) {
        let before = self.choice.clone();
        let (person, screen) = (actor(CAST[who]), self.screens[who].clone());
        self.now += TimeDelta::seconds(1);
        let deciders = self.deciders();
        let approver = policy::approver(&person, &self.offering, &deciders);
        let done = match step {
            Step::Look => {
                let (version, fingerprint) = (self.choice.version(), self.choice.fingerprint());
                self.screens[who] = Screen { version, fingerprint };
                return;
            }
            Step::Wait { minutes } => {
                self.now += TimeDelta::minutes(*minutes);
                return;
            }
            Step::Send { content } => match policy::chooser(&person, &self.offering) {
                Ok(by) => return self.send(by, *content, &screen),
                Err(_) => return,
            },
            Step::Approve => match (approver, screen.fingerprint) {
                (Ok(by), Some(seen)) => {
                    let done = self.choice.approve(by, seen, self.now);
                    if done.is_ok() {
                        // An approval is for exactly the version of the choice that was shown, and never by its teacher
                        // or sender.
                        assert_eq!(self.choice.fingerprint(), Some(seen));
                        assert!(!self.offering.is_taught_by(by.person()));
                        assert_ne!(before.current.as_ref().unwrap().sent_by, by.person());
                    }
                    done
                }
                _ => return,
            },
            Step::Return => match (approver, screen.fingerprint) {
                (Ok(by), Some(seen)) => self.choice.send_back(by, seen, "reason", self.now),
                _ => return,
            },
            Step::Reopen => match (policy::reopener(&person, &self.offering, &deciders), screen.fingerprint) {
                (Ok(by), Some(seen)) => self.choice.reopen(by, seen, "reason", self.now),
                _ => return,
            },
            Step::Ask | Step::Decline | Step::UndoSend | Step::Withdraw | Step::Undo { .. } => {
                match self.after_all(&person, step) {
                    Some(done) => done,
                    None => return,
                }
            }
        };
        match done {
            Ok(()) => self.remember_return(step),
            Err(_) => assert_eq!(self.choice, before, "a refused act changes nothing: {step:?}"),
        }
    }

    fn remember_return(&mut self, step: &Step) {
        match step {
            Step::Return | Step::Reopen => self.returned.extend(self.choice.current.clone()),
            Step::Undo { act: ChoiceAct::Return | ChoiceAct::Reopen } => drop(self.returned.pop()),
            _ => {}
        }
    }

    /// Performs a request to reopen the choice, its answer, or an undo; `None` if the person lacks the permission.
    fn after_all(&mut self, person: &Actor, step: &Step) -> Option<Result<(), ChoiceRefusal>> {
        let chooser = policy::chooser(person, &self.offering);
        let decliner = policy::reopen_decliner(person, &self.offering, &self.deciders());
        let undoer = policy::decision_undoer(person, &self.offering, &self.deciders());
        Some(match step {
            Step::Ask => self.choice.ask_reopening(chooser.ok()?, "please"),
            Step::Decline => self.choice.decline_reopening(decliner.ok()?),
            Step::Undo { act } => self.undo(&self.choice.clone(), undoer.ok()?, *act),
            Step::Withdraw => self.withdraw(chooser.ok()?),
            _ => self.choice.undo_send(chooser.ok()?),
        })
    }

    fn send(&mut self, by: policy::Chooser, content: u8, screen: &Screen) {
        let before = self.choice.clone();
        match self.choice.send(by, submission(content, screen.version), self.now) {
            Ok(SendResult::NewVersion) => {
                let current = self.choice.current.as_ref().unwrap();
                assert_eq!(current.stage, Stage::InReview);
                assert_eq!(current.version, before.latest_version + 1);
                assert_eq!(before.version(), screen.version);
                self.contents.push((current.version, current.answer.clone()));
            }
            Ok(SendResult::Unchanged) | Err(_) => assert_eq!(self.choice, before),
        }
    }

    fn withdraw(&mut self, by: policy::Chooser) -> Result<(), ChoiceRefusal> {
        let before = self.choice.clone();
        let done = self.choice.withdraw(by);
        assert_eq!(done.is_ok(), before.current.as_ref().is_some_and(|current| current.stage == Stage::InReview));
        if done.is_ok() {
            // The last decision still stands.
            assert_eq!(self.choice.current.as_ref(), self.returned.last());
            assert_eq!(self.choice.latest_version, before.latest_version);
        }
        done
    }

    fn undo(&mut self, before: &Choice, by: DecisionUndoer, act: ChoiceAct) -> Result<(), ChoiceRefusal> {
        let done = self.choice.undo_decision(by, act, self.now);
        if done.is_ok() {
            let last = before.last.as_ref().unwrap();
            assert!(self.now - last.at <= TimeDelta::minutes(UNDO_MINUTES) && last.by == by.person());
            assert!(!self.offering.is_taught_by(by.person()));
            assert_eq!(self.choice.version(), before.version());
            assert_eq!(self.choice.fingerprint(), before.fingerprint());
        }
        done
    }

    /// Checks the invariants of the choice after every step.
    fn holds(&self) {
        let Some(current) = &self.choice.current else { return };
        assert!(current.version <= self.choice.latest_version);
        // A version number of the choice never belongs to two different contents.
        let known = self.contents.iter().filter(|(version, _)| *version == current.version);
        assert!(known.map(|(_, answer)| answer).all(|answer| *answer == current.answer));
        if let Stage::Approved { by, .. } = current.stage {
            assert!(by != current.sent_by && !self.offering.is_taught_by(by));
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn whatever_people_do_the_invariants_hold(steps in steps()) {
        let mut play = Play::new();
        for (who, step) in &steps {
            play.take(*who, step);
            play.holds();
        }
    }
}

#[test]
fn sending_what_already_waits_changes_nothing_even_twice_at_once() {
    let (offering, mut choice) = (offering(), Choice::none(sample::offering("ALG-1")));
    let by = policy::chooser(&actor("aliya"), &offering).unwrap();
    let now = "2026-09-15T04:00:00Z".parse().unwrap();
    assert_eq!(choice.send(by, submission(1, 0), now), Ok(SendResult::NewVersion));
    let before = choice.clone();
    assert_eq!(choice.send(by, submission(1, 0), now), Ok(SendResult::Unchanged));
    assert_eq!(choice, before);
    assert_eq!(choice.send(by, submission(2, 0), now), Err(ChoiceRefusal::ChangedSinceShown));
}

#[test]
fn a_witness_for_one_offering_opens_no_other() {
    let (mut other, mut choice) = (offering(), Choice::none(sample::offering("ALG-1")));
    other.id = sample::offering("ALG-2");
    let by = policy::chooser(&actor("aliya"), &other).unwrap();
    let now = "2026-09-15T04:00:00Z".parse().unwrap();
    assert_eq!(choice.send(by, submission(1, 0), now), Err(ChoiceRefusal::OtherOffering));
}

/// The students know an exam that a new catalogue has moved, so withdrawing never leaves nothing in its place.
#[test]
fn a_choice_that_a_catalogue_has_moved_is_not_withdrawn_to_nothing() {
    let (offering, mut choice) = (offering(), Choice::none(sample::offering("ALG-1")));
    let by = policy::chooser(&actor("aliya"), &offering).unwrap();
    let now: DateTime<Utc> = "2026-09-15T04:00:00Z".parse().unwrap();
    let deciders = |choice: &Choice| Deciders {
        heads: vec![sample::person("head")],
        sent_by: choice.current.as_ref().map(|current| current.sent_by),
    };
    let approve = |choice: &mut Choice| {
        let approver = policy::approver(&actor("head"), &offering, &deciders(choice)).unwrap();
        choice.approve(approver, choice.fingerprint().unwrap(), now).unwrap();
    };
    choice.send(by, submission(1, 0), now).unwrap();
    approve(&mut choice);
    let editor = policy::catalogue_editor(&actor("registrar")).unwrap();
    let table = testkit::world::shipped_catalogue().catalogue;
    choice.move_by_rule(editor, &table.rows[6], 2, now).unwrap();
    let moved = choice.current.clone();
    assert_eq!(choice.withdraw(by), Err(ChoiceRefusal::ActedSince), "the instructor did not send it");
    // What the instructor sends instead is withdrawn to the moved version.
    for content in [2, 3] {
        choice.send(by, submission(content, choice.version()), now).unwrap();
    }
    approve(&mut choice);
    let undoer = policy::decision_undoer(&actor("head"), &offering, &deciders(&choice)).unwrap();
    choice.undo_decision(undoer, ChoiceAct::Approve, now).unwrap();
    choice.withdraw(by).unwrap();
    assert_eq!(choice.current, moved);
    assert_eq!(choice.withdraw(by), Err(ChoiceRefusal::ActedSince));
    // The same after the last sending is undone, and after a decision on the moved version is.
    choice.send(by, submission(2, choice.version()), now).unwrap();
    choice.undo_send(by).unwrap();
    assert_eq!(choice.withdraw(by), Err(ChoiceRefusal::ActedSince));
    assert_eq!(choice.current, moved);
    approve(&mut choice);
    let undoer = policy::decision_undoer(&actor("head"), &offering, &deciders(&choice)).unwrap();
    choice.undo_decision(undoer, ChoiceAct::Approve, now).unwrap();
    assert_eq!(choice.withdraw(by), Err(ChoiceRefusal::ActedSince));
    assert_eq!(choice.current, moved);
}
