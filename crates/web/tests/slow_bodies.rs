//! Tests that a request body which arrives too slowly is refused with 408 and nothing of it is kept, and that a slow
//! but honest upload is accepted. The deadlines are shorter than those of the application.
#![allow(clippy::unwrap_used, reason = "tests")]

mod visitor;

use axum::body::{Body, Bytes, HttpBody};
use chrono::TimeDelta;
use domain::limits::SESSION_IDLE_HOURS;
use domain::name::Language;
use http_body::Frame;
use std::convert::Infallible;
use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::{Duration, Instant};
use testkit::Exam;
use testkit::files;
use testkit::sample::{discipline, offering};
use tokio::time::{Sleep, sleep};
use visitor::{Answer, Site, Visitor};
use web::BodyDeadlines;
use web::i18n::Texts;

const URLENCODED: &str = "application/x-www-form-urlencoded";
const MULTIPART: &str = "multipart/form-data; boundary=b";
/// A time after which an answer is certainly not the effect of a deadline of these tests.
const LONG: Duration = Duration::from_secs(20);
const DEADLINES: BodyDeadlines = BodyDeadlines {
    silence: LONG,
    form: Duration::from_millis(300),
    upload_grace: Duration::from_millis(300),
    upload_bytes_per_second: 32 * 1024,
};

/// A request body of which one part arrives after each pause, except the first part, which arrives at once. A body
/// without parts left never ends.
struct Trickle {
    parts: std::vec::IntoIter<Bytes>,
    pause: Duration,
    sleep: Pin<Box<Sleep>>,
    ends: bool,
}

impl HttpBody for Trickle {
    type Data = Bytes;
    type Error = Infallible;

    fn poll_frame(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, Infallible>>> {
        ready!(self.sleep.as_mut().poll(cx));
        let next = tokio::time::Instant::now() + self.pause;
        match self.parts.next() {
            Some(part) => {
                self.sleep.as_mut().reset(next);
                Poll::Ready(Some(Ok(Frame::data(part))))
            }
            None if self.ends => Poll::Ready(None),
            None => {
                self.sleep.as_mut().reset(next + LONG);
                self.sleep.as_mut().poll(cx).map(|()| None)
            }
        }
    }
}

/// A body whose first `at_once` bytes arrive immediately, and then `step` bytes after each pause of 20 ms.
fn trickle(bytes: &[u8], at_once: usize, step: usize) -> Body {
    let (first, rest) = bytes.split_at(at_once);
    let rest = rest.chunks(step).map(Bytes::copy_from_slice);
    let parts: Vec<Bytes> = std::iter::once(Bytes::copy_from_slice(first)).chain(rest).collect();
    // The timer needs the runtime that the visitor starts, therefore it is created when it is first polled.
    lazy(move || Trickle {
        parts: parts.clone().into_iter(),
        pause: Duration::from_millis(20),
        sleep: Box::pin(sleep(Duration::ZERO)),
        ends: true,
    })
}

/// A body that sends `bytes` at once and then falls silent.
fn cut(bytes: &[u8]) -> Body {
    let parts = vec![Bytes::copy_from_slice(bytes)];
    lazy(move || Trickle {
        parts: parts.clone().into_iter(),
        pause: Duration::ZERO,
        sleep: Box::pin(sleep(Duration::ZERO)),
        ends: false,
    })
}

struct Lazy<F> {
    begin: F,
    body: Option<Trickle>,
}

fn lazy(begin: impl Fn() -> Trickle + Send + Unpin + 'static) -> Body {
    Body::new(Lazy { begin, body: None })
}

impl<F: Fn() -> Trickle + Unpin> HttpBody for Lazy<F> {
    type Data = Bytes;
    type Error = Infallible;

    fn poll_frame(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, Infallible>>> {
        if self.body.is_none() {
            self.body = Some((self.begin)());
        }
        Pin::new(self.body.as_mut().unwrap()).poll_frame(cx)
    }
}

fn is_refused(answer: &Answer, began: Instant) {
    assert_eq!(answer.status, 408, "{}", answer.body);
    assert_eq!(answer.header("connection"), "close");
    let words = Texts::of(Language::Kk).code("refused", "too-slow");
    assert!(answer.body.contains("<h1>") && answer.body.contains(&words), "{}", answer.body);
    assert!(began.elapsed() < LONG, "the answer waits for the rest of the body");
}

fn documents(site: &Site) -> usize {
    site.world.as_("aliya", |work, _| Ok(store::documents::of_discipline(work.tx, discipline("ALG"))?.len())).unwrap()
}

fn choice(csrf: &str) -> String {
    let alg = offering("ALG-1");
    format!("csrf={csrf}&o={alg}&g={alg}&rule=univer-oral&info_univer-oral=Jitsi&x={}", "x".repeat(2_000))
}

#[test]
fn a_form_that_trickles_is_refused_and_not_carried_out() {
    let site = Site::with_deadlines(DEADLINES);
    let mut aliya = site.signed_in("aliya");
    aliya.get("/groups");
    let body = choice(aliya.csrf());
    for (path, at_once) in [("/choices", 0), ("/choices", body.len() - 30), ("/password", 0)] {
        let began = Instant::now();
        is_refused(&aliya.send(path, URLENCODED, trickle(body.as_bytes(), at_once, 1)), began);
        assert!(began.elapsed() >= DEADLINES.form);
    }
    assert!(site.world.choice("ALG-1").current.is_none());
    let quick = aliya.send("/choices", URLENCODED, trickle(body.as_bytes(), 0, 1_000));
    assert_ne!(quick.status, 408, "the same form in time is read");
}

#[test]
fn nobody_needs_a_session_to_be_refused() {
    let site = Site::with_deadlines(DEADLINES);
    let mut stranger = site.stranger();
    stranger.get("/sign-in");
    let body = format!("username=aliya&password={}", "x".repeat(1_000));
    for kind in [URLENCODED, MULTIPART, "text/plain"] {
        let began = Instant::now();
        is_refused(&stranger.send("/sign-in", kind, trickle(body.as_bytes(), 10, 1)), began);
    }
}

#[test]
fn a_trickling_form_of_an_ended_session_is_not_kept_for_later() {
    let site = Site::with_deadlines(DEADLINES);
    let mut aliya = site.signed_in("aliya");
    aliya.get("/groups");
    let body = choice(aliya.csrf());
    site.world.clock.pass(TimeDelta::hours(SESSION_IDLE_HOURS + 1));
    let began = Instant::now();
    is_refused(&aliya.send("/choices", URLENCODED, trickle(body.as_bytes(), 100, 1)), began);
    aliya.sign_in("aliya", "correct horse");
    assert_eq!(aliya.get("/restored-form").location(), "/");
}

#[test]
fn a_form_that_falls_silent_is_refused() {
    let silence = Duration::from_millis(200);
    let site = Site::with_deadlines(BodyDeadlines { silence, form: LONG, upload_grace: LONG, ..DEADLINES });
    let mut aliya = site.signed_in("aliya");
    aliya.get("/groups");
    let form = choice(aliya.csrf());
    let file = aliya.upload_body(discipline("ALG"), "a.pdf", &files::pdf("a"));
    for (path, kind, bytes) in [("/choices", URLENCODED, form.as_bytes()), ("/documents", MULTIPART, &file)] {
        for sent in [0, 10, bytes.len() - 10] {
            let began = Instant::now();
            is_refused(&aliya.send(path, kind, cut(&bytes[..sent])), began);
        }
    }
    assert_eq!(documents(&site), 0);
}

#[test]
fn an_upload_that_trickles_is_refused_wherever_it_begins_to_trickle_and_nothing_is_kept() {
    let site = Site::with_deadlines(DEADLINES);
    let mut aliya = site.signed_in("aliya");
    aliya.get("/groups");
    let body = aliya.upload_body(discipline("ALG"), "slow.pdf", &files::pdf(&"slow ".repeat(8 * 1024)));
    for at_once in [0, 30, 300, 20 * 1024] {
        let began = Instant::now();
        is_refused(&aliya.send("/documents", MULTIPART, trickle(&body, at_once, 1)), began);
        // Bytes that came early are time that was earned: 20 KiB are 0.6 seconds.
        let earned = Duration::from_millis(u64::try_from(at_once).unwrap() * 1_000 / (32 * 1024));
        assert!(began.elapsed() >= DEADLINES.upload_grace + earned, "{at_once}");
    }
    assert_eq!(documents(&site), 0);
    let left = std::fs::read_dir(site.world.folder.path().join("documents/incoming")).unwrap();
    assert_eq!(left.count(), 0, "no half of a file is left");
}

#[test]
fn a_second_file_that_trickles_takes_the_whole_form_with_it() {
    let site = Site::with_deadlines(DEADLINES);
    let mut aliya = site.signed_in("aliya");
    aliya.get("/groups");
    let whole = aliya.upload_body(discipline("ALG"), "first.pdf", &files::pdf("first"));
    let mut body = whole[..whole.len() - b"--b--\r\n".len()].to_vec();
    let second = "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"second.pdf\"\r\n\r\n%PDF-";
    body.extend(second.as_bytes());
    let began = Instant::now();
    let at_once = body.len();
    body.extend(vec![b' '; 5_000]);
    is_refused(&aliya.send("/documents", MULTIPART, trickle(&body, at_once, 1)), began);
    assert_eq!(documents(&site), 0);
}

#[test]
fn a_slow_but_honest_upload_is_stored() {
    let site = Site::with_deadlines(DEADLINES);
    let mut aliya = site.signed_in("aliya");
    aliya.get("/groups");
    let body = aliya.upload_body(discipline("ALG"), "honest.pdf", &files::pdf(&"honest ".repeat(14 * 1024)));
    let began = Instant::now();
    // 2 KiB in 20 ms: at most 100 KiB per second, and a third of it is enough on a busy machine.
    let answer = aliya.send("/documents", MULTIPART, trickle(&body, 0, 2 * 1024));
    assert_eq!(answer.status, 200, "{}", answer.body);
    assert!(began.elapsed() > 2 * DEADLINES.upload_grace, "it took longer than the first seconds of grace");
    assert_eq!(documents(&site), 1);
}

#[test]
fn a_program_is_told_that_it_was_too_slow() {
    let site = Site::with_deadlines(DEADLINES);
    let mut program: Visitor = site.signed_in("aliya");
    program.accept = Some("application/problem+json".into());
    let answer = program.send("/choices", URLENCODED, trickle(&[b'x'; 1_000], 0, 1));
    assert_eq!((answer.status, answer.header("content-type")), (408, "application/problem+json"));
    assert!(answer.body.contains("/problems/too-slow"), "{}", answer.body);
}

#[test]
fn what_is_sent_in_time_is_answered_as_before() {
    let site = Site::with_deadlines(DEADLINES);
    let document = site.world.upload("aliya", "ALG", "ALG programme");
    site.world.send("aliya", &["ALG-1"], Exam::row("moodle-essay"), document).unwrap();
    let mut head = site.signed_in("head");
    assert_eq!(head.post("/returns", &[("seen", ""), ("reason", "x")]).status, 422);
    assert_eq!(head.post("/returns", &[("seen", ""), ("reason", &"ұ".repeat(400_000))]).status, 413);
}

#[test]
fn an_answer_before_the_body_is_read_says_that_the_connection_ends() {
    let site = Site::with_deadlines(DEADLINES);
    let mut head = site.signed_in("head");
    let early = head.send("/no-such-page", URLENCODED, trickle(&[b'x'; 1_000], 10, 1));
    assert_eq!((early.status, early.header("connection")), (404, "close"));
    assert!(head.post("/returns", &[("seen", ""), ("reason", "x")]).headers.get("connection").is_none());
    assert!(head.get("/queue").headers.get("connection").is_none());
}
