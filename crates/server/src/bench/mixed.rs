//! Mixed use for a long time, which shows whether the memory of the server grows: instructors look at
//! their groups and send choices, heads return and approve, students and offices read, people sign in.

use super::http::{Connection, Requests};
use super::installation::Server;
use super::page_text::between;
use super::people::{Instructor, PASSWORD, People, Queue, pdf};
use super::report::Measure;
use anyhow::{Context, Result};
use indicatif::ProgressBar;
use std::collections::BTreeMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};
use tokio::task::JoinSet;
use tokio::time::sleep;

/// The number of people who use the server at the same time.
const PEOPLE: usize = 24;
/// The pause of a person between two acts.
const PAUSE: Duration = Duration::from_millis(600);
/// The number of times at which the memory is printed.
const SAMPLES: u64 = 10;
/// The number of choices that a head returns at once.
const RETURNED_AT_ONCE: usize = 3;

/// The answers of the server so far.
#[derive(Default)]
struct Answers {
    good: AtomicU64,
    /// The number of answers with an error status, by request and status. Some are expected: two
    /// people act on the same choice.
    refused: Mutex<BTreeMap<String, u64>>,
}

impl Answers {
    fn refuse(&self, reason: String) {
        *self.refused.lock().unwrap_or_else(PoisonError::into_inner).entry(reason).or_default() += 1;
    }
}

/// Lets everybody use the server for so many minutes. Returns its memory during this time.
pub(super) async fn use_for(minutes: u64, server: &Server, people: &People, bar: &ProgressBar) -> Result<Vec<Measure>> {
    let answers = Arc::new(Answers::default());
    let mut visitors = JoinSet::new();
    for number in 0..PEOPLE {
        let visitor = Visitor::new(number, people, Arc::clone(&answers)).await?;
        visitors.spawn(visitor.act_again_and_again());
    }
    let (began, mut measures) = (Instant::now(), Vec::new());
    bar.set_position(0);
    bar.set_length(SAMPLES);
    for sample in 1..=SAMPLES {
        let until = Duration::from_secs(minutes * 60 * sample / SAMPLES);
        while began.elapsed() < until {
            sleep(Duration::from_millis(500)).await;
        }
        let memory = server.memory_mib().context("the memory of a process can be measured on Linux only")?;
        measures.push(Measure::of(&format!("memory after {} seconds", until.as_secs()), memory, "MiB"));
        bar.set_message(format!("mixed use, {memory:.0} MiB"));
        bar.inc(1);
    }
    visitors.abort_all();
    let seconds = began.elapsed().as_secs_f64();
    let good = super::numbers::float(answers.good.load(Ordering::Relaxed)) / seconds;
    let refused = answers.refused.lock().unwrap_or_else(PoisonError::into_inner).clone();
    let errors = refused.values().sum();
    measures.push(Measure { errors, ..Measure::of("requests of the mixed use", good, "/s") });
    let refusals = refused.iter().map(|(reason, count)| Measure::of(reason, super::numbers::float(*count), "refused"));
    measures.extend(refusals);
    Ok(measures)
}

/// The first line of a request without its parameters and version, for example `GET /groups`.
fn line_of(request: &[u8]) -> String {
    let line = request.split(|byte| matches!(byte, b'?' | b'\r')).next().unwrap_or_default();
    String::from_utf8_lossy(line).trim_end_matches(" HTTP/1.1").to_owned()
}

/// One connection, on which one person after the other does something.
struct Visitor {
    number: usize,
    connection: Connection,
    /// The instructors for whom this visitor acts. No other visitor sends choices for them.
    instructors: Vec<Arc<Instructor>>,
    /// The heads of the departments whose choices are sent, returned and approved.
    heads: Vec<Requests>,
    students: Vec<Requests>,
    registrar: Requests,
    usernames: Vec<String>,
    answers: Arc<Answers>,
}

impl Visitor {
    async fn new(number: usize, people: &People, answers: Arc<Answers>) -> Result<Self> {
        let own = people.busy.iter().skip(number).step_by(PEOPLE);
        Ok(Self {
            number,
            connection: Connection::open(people.registrar.address).await?,
            instructors: own.cloned().collect(),
            heads: people.heads.iter().take(super::university::BUSY_DEPARTMENTS).cloned().collect(),
            students: people.students.clone(),
            registrar: people.registrar.clone(),
            usernames: people.with_password.clone(),
            answers,
        })
    }

    async fn act_again_and_again(mut self) {
        for turn in self.number.. {
            if let Err(error) = self.act(turn).await {
                self.answers.refuse(format!("{error:.80}"));
                let Ok(connection) = Connection::open(self.registrar.address).await else { return };
                self.connection = connection;
            }
            sleep(PAUSE).await;
        }
    }

    /// The act of a turn. Reading the groups and sending choices is what people do most.
    async fn act(&mut self, turn: usize) -> Result<()> {
        let Some(instructor) = self.instructors.get(turn % self.instructors.len().max(1)).cloned() else {
            return Ok(());
        };
        let student = self.students.get(turn % self.students.len().max(1)).cloned();
        let registrar = self.registrar.clone();
        match turn % 40 {
            0..12 => self.ask(&instructor.requests.get_compressed("/groups")).await,
            12..20 => self.ask(&instructor.requests.get_compressed(&instructor.form_path())).await,
            20..27 => self.send(&instructor, turn).await,
            27..33 => self.ask(&student.context("no student")?.get_compressed("/exams")).await,
            33 => self.upload(&instructor, turn).await,
            34 => self.sign_in(turn).await,
            35 => self.review(turn, false).await,
            36 => self.review(turn, turn % 400 < 40).await,
            37 => self.ask(&registrar.get_compressed("/progress")).await,
            38 => self.ask(&registrar.get_compressed("/changes")).await,
            _ if turn % 400 < 40 => self.ask(&registrar.get_compressed("/orders")).await,
            _ => self.ask(&registrar.get_compressed("/people?q=Student")).await,
        }
    }

    async fn ask(&mut self, request: &[u8]) -> Result<()> {
        self.is_accepted(request).await.map(drop)
    }

    async fn is_accepted(&mut self, request: &[u8]) -> Result<bool> {
        let status = self.connection.ask(request).await?;
        if status < 400 {
            self.answers.good.fetch_add(1, Ordering::Relaxed);
        } else {
            self.answers.refuse(format!("{} {status}", line_of(request)));
        }
        Ok(status < 400)
    }

    async fn send(&mut self, instructor: &Instructor, turn: usize) -> Result<()> {
        if !self.is_accepted(&instructor.send(turn)).await? {
            instructor.not_sent(turn);
        }
        Ok(())
    }

    async fn upload(&mut self, instructor: &Instructor, turn: usize) -> Result<()> {
        let Some(discipline) = instructor.discipline() else { return Ok(()) };
        let fields = [("csrf".to_owned(), instructor.csrf.clone()), ("discipline".to_owned(), discipline.to_owned())];
        let file = pdf(&format!("{discipline} {} {turn}", self.number));
        self.ask(&instructor.requests.upload("/documents", &fields, ("file", &file))).await
    }

    async fn sign_in(&mut self, turn: usize) -> Result<()> {
        let visitor = Requests { cookie: String::new(), ..self.registrar.clone() };
        let page = self.connection.page(&visitor.get("/sign-in")).await?;
        let csrf = between(&page, "name=\"csrf\" value=\"", "\"").context("no CSRF value")?;
        let cookie = self.connection.header("set-cookie").and_then(|cookie| cookie.split(';').next());
        let visitor = Requests { cookie: cookie.context("no cookie")?.to_owned(), ..visitor };
        let username = self.usernames.get(turn % self.usernames.len().max(1)).map_or("", String::as_str);
        let fields = format!("csrf={csrf}&next=/&username={username}&password={PASSWORD}");
        self.ask(&visitor.post("/sign-in", &fields)).await
    }

    /// A head opens the queue, and returns a few choices or approves one.
    async fn review(&mut self, turn: usize, approves: bool) -> Result<()> {
        let Some(head) = self.heads.get(turn % self.heads.len().max(1)).cloned() else { return Ok(()) };
        let queue = Queue::open(&mut self.connection, &head).await?;
        let first = turn * 7 % queue.seen.len().max(1);
        let seen = queue.seen.iter().skip(first).map(String::as_str);
        if queue.seen.is_empty() {
            return Ok(());
        }
        let request = if approves {
            queue.approve(&head, &seen.take(1).collect::<Vec<_>>())
        } else {
            queue.send_back(&head, &seen.take(RETURNED_AT_ONCE).collect::<Vec<_>>())
        };
        self.ask(&request).await
    }
}
