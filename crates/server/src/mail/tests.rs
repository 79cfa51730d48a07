//! Tests that send emails through a real mail server, aiosmtpd. They fail on a machine where
//! aiosmtpd is not installed.

use super::*;
use app::notifications::inbox::save_mail_preferences;
use app::reviewing::decide::undo;
use app::reviewing::return_choices::return_choices;
use chrono::TimeDelta;
use domain::choice::ChoiceAct;
use domain::notification::{KindPreference, MailPreference, NotificationKind};
use domain::person::EmailAddress;
use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Read};
use std::process::{Child, ChildStdout, Command, Stdio};
use testkit::sample::{offering, person};
use testkit::{Exam, World};

struct Server {
    child: Child,
    said: BufReader<ChildStdout>,
    port: u16,
}

#[derive(serde::Deserialize)]
struct Arrived {
    to: Vec<String>,
    headers: BTreeMap<String, String>,
    text: String,
}

impl Server {
    fn start(arguments: &[&str]) -> Self {
        // The Debian package python3-aiosmtpd installs the mail server for Debian's own Python
        // only, so the path of this Python is written in full.
        let mut child = Command::new("/usr/bin/python3")
            .arg(concat!(env!("CARGO_MANIFEST_DIR"), "/src/mail/smtp_server.py"))
            .args(arguments)
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("python3 is missing: apt-get install python3-aiosmtpd");
        let mut said = BufReader::new(child.stdout.take().unwrap());
        let mut line = String::new();
        said.read_line(&mut line).unwrap();
        let port = line.trim().parse().expect("no mail server: apt-get install python3-aiosmtpd");
        Self { child, said, port }
    }

    fn url(&self) -> String {
        format!("smtp://127.0.0.1:{}", self.port)
    }

    /// Stops the mail server of the test and returns all emails that it received. The mail server
    /// prints each email before it confirms the receipt.
    fn emails(&mut self) -> Vec<Arrived> {
        self.child.kill().unwrap();
        let lines: Vec<String> = self.said.by_ref().lines().map(Result::unwrap).collect();
        lines.iter().map(|line| serde_json::from_str(line).unwrap()).collect()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        drop(self.child.kill());
        drop(self.child.wait());
    }
}

fn mailer(url: &str) -> Mailer {
    let mail = MailSettings::of(Some(url), Some("Емтихан <exams@uni.example>")).unwrap();
    let (public_url, holder) = ("https://exams.uni.example".into(), "node".into());
    Mailer { mail, public_url, hour: 8, holder, stopping: AtomicBool::new(false) }
}

/// Lets the instructor Aliya send a choice and the head return it, then moves the test's clock
/// forward by five minutes.
fn returned(world: &World) {
    let document = world.upload("aliya", "ALG", "ALG programme");
    world.send("aliya", &["ALG-1"], Exam::row("moodle-essay"), document).unwrap();
    let seen = world.seen(&["ALG-1"]);
    world.as_("head", move |work, actor| return_choices(work, actor, &seen, "Нұсқаулық жоқ\nҚараңыз")).unwrap();
    world.clock.pass(TimeDelta::minutes(5));
}

fn set_address(world: &World, username: &str, address: &str) {
    let (id, email) = (person(username), EmailAddress::parse(address));
    world
        .app
        .write_now(move |work| {
            let found = store::people::find(work.tx, id)?.unwrap();
            Ok(store::people::put(work.tx, &domain::person::Person { email: email.clone(), ..found })?)
        })
        .unwrap();
}

#[test]
fn a_returned_choice_is_mailed_once_when_it_cannot_be_taken_back_any_more() {
    let (world, mut server) = (World::sqlite(), Server::start(&[]));
    let mailer = mailer(&server.url());
    returned(&world);
    mailer.run(&world.app).unwrap();
    world.clock.pass(TimeDelta::minutes(6));
    mailer.run(&world.app).unwrap();
    mailer.run(&world.app).unwrap();
    world.clock.pass(TimeDelta::days(1));
    mailer.run(&world.app).unwrap();
    let emails = server.emails();
    let [email] = emails.as_slice() else { panic!("{} letters", emails.len()) };
    assert_eq!(email.to, ["aliya@uni.example"]);
    let header = |name: &str| email.headers[name].as_str();
    assert_eq!(header("subject"), "Емтихан формалары: Түзетуге қайтарылды: Алгоритмдер, ALG-1");
    assert_eq!(header("from"), "Емтихан <exams@uni.example>");
    assert_eq!(header("auto-submitted"), "auto-generated");
    assert!(header("message-id").ends_with("@uni.example>"), "{}", header("message-id"));
    assert!(email.text.contains("«Нұсқаулық жоқ\nҚараңыз» – Сынақ-head Ү."), "{}", email.text);
    assert!(email.text.contains(&format!("https://exams.uni.example/offerings/{}", offering("ALG-1"))));
    assert!(email.text.contains("https://exams.uni.example/settings"));
}

#[test]
fn what_is_taken_back_is_not_mailed_and_leaves_the_inbox() {
    let (world, mut server) = (World::sqlite(), Server::start(&[]));
    returned(&world);
    world.as_("head", |work, actor| undo(work, actor, ChoiceAct::Return, &[offering("ALG-1")])).unwrap();
    world.clock.pass(TimeDelta::hours(1));
    mailer(&server.url()).run(&world.app).unwrap();
    // The choice is in review again, so those who may approve are told that it waits, and nobody else.
    let emails = server.emails();
    let subjects: Vec<&str> = emails.iter().map(|email| email.headers["subject"].as_str()).collect();
    let waits = Texts::of(Language::Kk).get("notification-to-decide");
    assert!(subjects.iter().all(|subject| subject.contains(&waits)), "{subjects:?}");
    assert!(emails.iter().all(|email| email.to != ["aliya@uni.example"]));
    let inbox = world.as_("aliya", |work, actor| app::notifications::inbox::inbox(work, actor, 0)).unwrap();
    assert!(inbox.groups.iter().all(|group| group.notification.kind != NotificationKind::Returned));
}

#[test]
fn a_node_that_dies_while_sending_leaves_a_letter_that_is_sent_under_the_same_id() {
    let (world, mut server) = (World::sqlite(), Server::start(&[]));
    returned(&world);
    world.clock.pass(TimeDelta::minutes(6));
    let taken = world.app.write_now(|work| mail_queue::take(work, "dead node")).unwrap();
    assert_eq!(taken.len(), 1);
    // A second server process cannot send the reserved email until the reservation ends, and then
    // sends it under the same message id.
    let mailer = mailer(&server.url());
    mailer.run(&world.app).unwrap();
    world.clock.pass(TimeDelta::minutes(16));
    mailer.run(&world.app).unwrap();
    let ids: Vec<_> = server.emails().into_iter().map(|email| email.headers["message-id"].clone()).collect();
    assert_eq!(ids, [format!("<{}@uni.example>", taken[0].id)]);
}

#[test]
fn a_server_that_is_busy_or_away_is_asked_again_and_one_that_knows_nobody_is_not() {
    let (world, mut server) = (World::sqlite(), Server::start(&[]));
    let (here, away) = (mailer(&server.url()), mailer("smtp://127.0.0.1:1"));
    set_address(&world, "aliya", "busy@uni.example");
    returned(&world);
    world.clock.pass(TimeDelta::minutes(6));
    away.run(&world.app).unwrap();
    here.run(&world.app).unwrap();
    world.clock.pass(TimeDelta::minutes(2));
    here.run(&world.app).unwrap();
    world.clock.pass(TimeDelta::minutes(4));
    here.run(&world.app).unwrap();
    set_address(&world, "bolat", "gone@uni.example");
    let document = world.upload("bolat", "ALG", "Another");
    world.send("bolat", &["ALG-2"], Exam::row("moodle-essay"), document).unwrap();
    let seen = world.seen(&["ALG-2"]);
    world.as_("head", move |work, actor| return_choices(work, actor, &seen, "Қайта")).unwrap();
    for _ in 0..10 {
        world.clock.pass(TimeDelta::hours(1));
        here.run(&world.app).unwrap();
    }
    let at = world.clock.now() - TimeDelta::hours(10);
    let email = domain::email::QueuedEmail::at_once(person("bolat"), NotificationKind::Returned, at);
    let found = world.app.read_now(move |work| Ok(store::emails::find(work.tx, email.id)?)).unwrap().unwrap();
    assert_eq!((found.state.as_str(), found.tries), ("given-up", 1), "{}", found.fault);
    let to: Vec<_> = server.emails().into_iter().flat_map(|email| email.to).collect();
    assert_eq!(to, ["busy@uni.example"]);
}

#[test]
fn what_can_wait_comes_in_one_digest_a_day_and_what_is_unwanted_not_at_all() {
    let (world, mut server) = (World::sqlite(), Server::start(&[]));
    let mailer = mailer(&server.url());
    let document = world.upload("aliya", "PYT", "PYT programme");
    world.send("aliya", &["PYT-1", "PYT-2"], Exam::row("moodle-essay"), document).unwrap();
    for class in ["PYT-1", "PYT-2"] {
        let seen = world.seen(&[class]);
        world.approve_shown("head", &seen).unwrap();
        world.clock.pass(TimeDelta::minutes(1));
    }
    world
        .as_("saule", |work, actor| {
            let off = KindPreference { kind: NotificationKind::DaysLeft, preference: MailPreference::Off };
            save_mail_preferences(work, actor, &[off])
        })
        .unwrap();
    world.clock.set("2026-09-16 07:59");
    mailer.run(&world.app).unwrap();
    world.clock.set("2026-09-16 08:00");
    mailer.run(&world.app).unwrap();
    // A notification that is created after the digest email of its day is sent with the digest of
    // the next day.
    let document = world.upload("aliya", "ALG", "ALG programme");
    world.send("aliya", &["ALG-1"], Exam::row("moodle-essay"), document).unwrap();
    world.approve("head", &["ALG-1"]).unwrap();
    world.clock.set("2026-09-16 20:00");
    mailer.run(&world.app).unwrap();
    world.clock.set("2026-09-17 08:00");
    mailer.run(&world.app).unwrap();
    world.clock.set("2026-09-29 08:00");
    mailer.run(&world.app).unwrap();
    world.clock.set("2026-09-29 09:00");
    mailer.run(&world.app).unwrap();
    let emails = server.emails();
    let of = |who: &str| -> Vec<&Arrived> { emails.iter().filter(|email| email.to == [who]).collect() };
    let subjects: Vec<_> = of("aliya@uni.example").iter().map(|email| email.headers["subject"].as_str()).collect();
    let brand = "Емтихан формалары";
    assert_eq!(
        subjects,
        [format!("{brand}: Бір күнгі хабарландырулар: 2"), format!("{brand}: Бекітілді: Алгоритмдер, ALG-1")]
    );
    assert_eq!((of("saule@uni.example").len(), of("bolat@uni.example").len()), (0, 1));
}

#[test]
fn a_server_that_asks_for_a_password_gets_it_and_a_wrong_one_loses_no_letter() {
    let (world, mut server) = (World::sqlite(), Server::start(&["--password"]));
    returned(&world);
    world.clock.pass(TimeDelta::minutes(6));
    mailer(&format!("smtp://exams:wrong@127.0.0.1:{}", server.port)).run(&world.app).unwrap();
    world.clock.pass(TimeDelta::minutes(3));
    mailer(&format!("smtp://exams:s3cret%2F@127.0.0.1:{}", server.port)).run(&world.app).unwrap();
    let emails = server.emails();
    assert_eq!((emails.len(), emails[0].to.as_slice()), (1, ["aliya@uni.example".to_owned()].as_slice()));
}

#[test]
fn settings_are_refused_by_name_and_never_tell_the_password() {
    let wrong = [
        (Some("imap://exams:s3cret@host"), Some("a@uni.example"), "mail_url"),
        (Some("smtp://exams:s3cret@"), Some("a@uni.example"), "mail_url"),
        (Some("smtp://exams:s3cret@host?tls=perhaps"), Some("a@uni.example"), "mail_url"),
        (Some("smtp://exams:s3cret@host"), Some("nobody"), "mail_from"),
        (Some("smtp://exams:s3cret@host"), None, "mail_from"),
        (None, Some("a@uni.example"), "mail_url"),
    ];
    for (url, from, name) in wrong {
        let message = format!("{:#}", MailSettings::of(url, from).unwrap_err());
        assert!(message.starts_with(name) && message.contains("expected") && !message.contains("s3cret"), "{message}");
    }
    let mail = MailSettings::of(Some("smtp://exams:s3cret@host:587?tls=required"), Some("a@uni.example")).unwrap();
    assert!(!format!("{mail:?}").contains("s3cret"));
    assert!(MailSettings::of(None, None).unwrap().is_none());
}
