//! A letter in somebody's language: plain text, a subject that says what happened, and where to go. Who mails it decides
//! nothing about its words.

use crate::i18n::Words;
use crate::notification_text::telling;
use crate::routes;
use domain::notification::Heap;

/// A subject has at most this many letters; mail programs show fewer.
const SUBJECT_LIMIT: usize = 150;

/// A letter as it is mailed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Letter {
    /// One line.
    pub subject: String,
    /// The text.
    pub body: String,
}

/// Writes what somebody is told. `public_url` is how browsers reach the program, without a slash at its end.
pub fn letter(w: Words, name: &str, heaps: &[Heap], public_url: &str) -> Letter {
    let tellings: Vec<_> = heaps.iter().map(|heap| telling(w, &heap.notice)).collect();
    let what = match tellings.as_slice() {
        [one] => one.title.clone(),
        many => w.n("mail-digest", many.len()),
    };
    let subject = shortened(&format!("{}: {what}", w.t("brand")));
    let mut body = w.with("mail-greeting", "name", name);
    for told in &tellings {
        body.push_str(&format!("\n\n{}\n", told.title));
        told.lines.iter().for_each(|line| body.push_str(&format!("{line}\n")));
        body.push_str(&format!("{public_url}{}", told.path));
    }
    body.push_str(&format!("\n\n-- \n{}\n{public_url}{}\n", w.t("mail-footer"), routes::SETTINGS));
    Letter { subject, body }
}

/// One line without control characters: a reason may hold line breaks, a header must not.
fn shortened(text: &str) -> String {
    let line: String = text.chars().map(|letter| if letter.is_control() { ' ' } else { letter }).collect();
    if line.chars().count() <= SUBJECT_LIMIT {
        return line;
    }
    let kept: String = line.chars().take(SUBJECT_LIMIT - 1).collect();
    format!("{}…", kept.trim_end())
}
