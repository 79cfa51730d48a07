//! Texts of emails about notifications, in the recipient's language: a subject line, and plain text
//! with links to web pages. The `mail` module of the server crate sends the emails.

use crate::i18n::Texts;
use crate::notification_text::notification_text;
use crate::routes;
use domain::limits::NOTIFICATION_SUBJECT_LIMIT;
use domain::notification::NotificationGroup;

/// The subject line and the text of an email that is ready to be sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EmailText {
    /// The subject line of the email, without control characters.
    pub subject: String,
    /// The text of the email, as plain text without HTML.
    pub body: String,
}

/// Writes one email about all the given notifications to the recipient called `name`. Each group
/// combines notifications that have the same content about different exams; the email mentions each
/// group once. `public_url` is the address of the site, without a slash at its end.
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

/// Turns a text into the subject line of an email: one line without control characters, shortened
/// if it is too long. The text can contain line breaks that a person typed, which are not allowed
/// in an email header.
fn shortened(text: &str) -> String {
    let line: String = text.chars().map(|email_text| if email_text.is_control() { ' ' } else { email_text }).collect();
    if line.chars().count() <= NOTIFICATION_SUBJECT_LIMIT {
        return line;
    }
    let kept: String = line.chars().take(NOTIFICATION_SUBJECT_LIMIT - 1).collect();
    format!("{}…", kept.trim_end())
}
