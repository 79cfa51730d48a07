//! Tests that an event is one line of the log and that nothing of a foreign file reaches the log.

use super::line::{LineFormat, LineWriter};
use super::*;
use domain::limits::LOG_LINE_LIMIT;
use domain::programme::Media;
use exchange::document::text::text;
use std::io::Write;
use std::process::Command;
use std::sync::{Arc, Mutex};
use testkit::sample_documents::assembled;

/// Values with which somebody could forge a line, hide a part of it or reverse its order.
const HOSTILE: [&str; 12] = [
    "x\n2026-11-27T00:00:00Z ERROR forged",
    "x\r\nforged",
    "x\u{b}y\u{c}z",
    "\u{1b}[2Jcleared",
    "\u{1b}]0;title\u{7}",
    "\u{7f}\u{8}\u{0}",
    "c1 \u{85}next\u{9b}31m",
    "bidi \u{202e}gnp.exe\u{202c} \u{2066}a\u{2069} \u{61c}\u{200f}",
    "line \u{2028} paragraph \u{2029}",
    "zero\u{200b}width\u{feff}\u{2060}\u{ad}",
    "tag \u{e0041}\u{e007f}",
    "\"},\n{\"level\":\"ERROR\"",
];

#[derive(Clone, Default)]
struct Captured(Arc<Mutex<Vec<u8>>>);

impl Write for Captured {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Runs the events of the closure and returns the text that they wrote to the log.
fn logged(format: LineFormat, events: impl FnOnce()) -> String {
    let captured = Captured::default();
    let output = captured.clone();
    let log = tracing_subscriber::fmt().with_env_filter(filter(USUAL_LEVELS).unwrap()).with_ansi(false);
    let log = log.with_writer(move || LineWriter::new(output.clone(), format));
    match format {
        LineFormat::Text => tracing::subscriber::with_default(log.finish(), events),
        LineFormat::Json => tracing::subscriber::with_default(log.json().finish(), events),
    }
    String::from_utf8(captured.0.lock().unwrap().clone()).unwrap()
}

#[test]
fn a_hostile_value_in_a_field_or_a_message_is_one_line_without_control_characters() {
    for (format, value) in HOSTILE.iter().flat_map(|value| [(LineFormat::Text, value), (LineFormat::Json, value)]) {
        let events = || {
            tracing::info!(display = %value, debug = ?value, "{value}");
            tracing::info!(text = value, "second");
        };
        let log = logged(format, events);
        assert_eq!(log.lines().count(), 2, "{log:?}");
        let letters = log.replace('\n', "");
        assert!(
            !letters.chars().any(|letter| letter.is_control() || "\u{2028}\u{202e}\u{200b}".contains(letter)),
            "{log:?}"
        );
        if format == LineFormat::Json {
            let event: serde_json::Value = serde_json::from_str(log.lines().last().unwrap()).unwrap();
            assert_eq!(event["fields"]["text"], **value);
        }
    }
}

#[test]
fn a_long_event_is_shortened_and_json_stays_json() {
    for letter in ["a", "ә", "\n", "\u{1b}", "\"", "\u{e0041}"] {
        let value = letter.repeat(1_000_000);
        let events = || tracing::info!(first = value, second = value, "{value}");
        for format in [LineFormat::Text, LineFormat::Json] {
            let log = logged(format, events);
            assert!(log.len() <= LOG_LINE_LIMIT + 1 && log.lines().count() == 1 && log.contains('…'), "{}", log.len());
            assert!(format == LineFormat::Text || serde_json::from_str::<serde_json::Value>(&log).is_ok());
        }
    }
    let short = logged(LineFormat::Text, || tracing::info!(n = 1, "short"));
    assert!(short.ends_with(" INFO emtihan::log::tests: short n=1\n"), "{short}");
}

#[test]
fn libraries_are_quiet_unless_they_are_named() {
    let says = |levels: &str, target: &str| filter(levels).unwrap().to_string().contains(target);
    assert!(says("debug", "lopdf=off") && says("debug", "tokio_postgres=error") && says("debug", "debug"));
    assert!(says("info,lopdf=debug", "lopdf=debug") && !says("info,lopdf=debug", "lopdf=off"));
    assert!(filter("=,=").is_none());
}

/// Makes a PDF whose font quotes a line of a log in a place that the PDF library cannot read.
fn forging_pdf() -> Vec<u8> {
    let forged = "(x\n2026-11-27T00:00:00Z  INFO forged-entry\n\u{9b}31m)";
    let objects = [
        "<</Type/Catalog/Pages 2 0 R>>".to_owned(),
        "<</Type/Pages/Kids[3 0 R]/Count 1>>".to_owned(),
        "<</Type/Page/Parent 2 0 R/Contents 5 0 R/Resources<</Font<</F1 4 0 R>>>>>>".to_owned(),
        format!("<</Type/Font/Subtype/Type1/BaseFont/forged-entry/Note {forged}/Encoding {forged}>>"),
        "<</Length 30>>\nstream\nBT /F1 12 Tf (forged-entry) Tj ET\nendstream".to_owned(),
    ];
    assembled(&objects.map(String::into_bytes))
}

/// Runs in a process of its own, which the test below starts.
#[test]
#[ignore = "a part of the next test"]
fn a_process_that_reads_a_forging_pdf() {
    let [levels, format] = ["LEVELS", "FORMAT"].map(|name| std::env::vars().find(|(known, _)| known == name));
    begin(format.is_some(), levels.as_ref().map(|(_, levels)| levels.as_str()));
    text(forging_pdf(), Media::Pdf).unwrap();
    let panicking = std::thread::spawn(|| panic!("first line\nsecond \u{202e}line"));
    drop(panicking.join());
    tracing::info!("the document is read");
}

fn log_of_process(environment: &[(&str, &str)]) -> String {
    let mut this = Command::new(std::env::current_exe().unwrap());
    this.args(["--exact", "log::tests::a_process_that_reads_a_forging_pdf", "--ignored", "--nocapture"]);
    let answer = this.envs(environment.iter().copied()).output().unwrap();
    assert!(answer.status.success(), "{answer:?}");
    String::from_utf8(answer.stderr).unwrap()
}

#[test]
fn a_font_that_holds_a_forged_line_leaves_nothing_in_the_log() {
    for environment in [vec![], vec![("FORMAT", "json")], vec![("LEVELS", "debug")], vec![("LEVELS", "trace")]] {
        let log = log_of_process(&environment);
        assert!(log.contains("the document is read") && !log.contains("forged-entry"), "{environment:?}: {log}");
        let panics: Vec<&str> = log.lines().filter(|line| line.contains("first line")).collect();
        assert!(matches!(panics[..], [one] if one.contains("second") && one.contains("log/tests.rs")), "{log}");
    }
    let opened = log_of_process(&[("LEVELS", "info,lopdf=warn")]);
    let quoting: Vec<&str> = opened.lines().filter(|line| line.contains("forged-entry")).collect();
    assert!(quoting.len() == 1 && !opened.contains('\u{9b}'), "{opened}");
}
