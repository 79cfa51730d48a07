//! Text of emails about notifications, in the recipient's language: plain text with a subject and links to web pages.
//! The server's `mail` module delivers the emails.

use crate::i18n::Texts;
use crate::notification_text::notification_text;
use crate::routes;
use domain::limits::NOTIFICATION_SUBJECT_LIMIT;
use domain::notification::NotificationGroup;

/// The text of an email before it is delivered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EmailText {
    /// The subject, on one line without control characters.
    pub subject: String,
    /// The plain text of the email's body.
    pub body: String,
}

/// Writes the email about groups of notifications to the person called `name`. `public_url` is the address under which
/// browsers reach the program, without a slash at its end.
pub fn email_text(t: Texts, name: &str, groups: &[NotificationGroup], public_url: &str) -> EmailText {
    let tellings: Vec<_> = groups.iter().map(|group| notification_text(t, &group.notification)).collect();
    let what = match tellings.as_slice() {
        [one] => one.title.clone(),
        many => t.count("mail-digest", many.len()),
    };
    let subject = shortened(&format!("{}: {what}", t.get("brand")));
    let mut body = t.with("mail-greeting", "name", name);
    for told in &tellings {
        body.push_str(&format!("\n\n{}\n", told.title));
        told.lines.iter().for_each(|line| body.push_str(&format!("{line}\n")));
        body.push_str(&format!("{public_url}{}", told.path));
    }
    body.push_str(&format!("\n\n-- \n{}\n{public_url}{}\n", t.get("mail-footer"), routes::SETTINGS));
    EmailText { subject, body }
}

/// A notification text on one line, shortened and without control characters: a reason for returning a choice may hold
/// line breaks, but an email header may not.
fn shortened(text: &str) -> String {
    let line: String = text.chars().map(|email_text| if email_text.is_control() { ' ' } else { email_text }).collect();
    if line.chars().count() <= NOTIFICATION_SUBJECT_LIMIT {
        return line;
    }
    let kept: String = line.chars().take(NOTIFICATION_SUBJECT_LIMIT - 1).collect();
    format!("{}…", kept.trim_end())
}
