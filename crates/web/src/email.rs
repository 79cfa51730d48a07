//! Texts of emails about notifications, in the recipient's language: a subject, and plain text with
//! links to web pages. The server's `mail` module delivers the emails.

use crate::i18n::Texts;
use crate::notification_text::notification_text;
use crate::routes;
use domain::limits::NOTIFICATION_SUBJECT_LIMIT;
use domain::notification::NotificationGroup;

/// The subject and the body of an email that is ready for delivery.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EmailText {
    /// The subject of the email, on one line without control characters.
    pub subject: String,
    /// The body of the email as plain text.
    pub body: String,
}

/// Writes an email about one or more notifications to the recipient called `name`. Notifications
/// about the same event are given as one group. `public_url` is the address of the site, without a
/// slash at its end.
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

/// Turns a text into the subject of an email: one line without control characters, shortened if it
/// is too long. The text may contain the line breaks of a reason that a person typed, but an email
/// header cannot.
fn shortened(text: &str) -> String {
    let line: String = text.chars().map(|email_text| if email_text.is_control() { ' ' } else { email_text }).collect();
    if line.chars().count() <= NOTIFICATION_SUBJECT_LIMIT {
        return line;
    }
    let kept: String = line.chars().take(NOTIFICATION_SUBJECT_LIMIT - 1).collect();
    format!("{}…", kept.trim_end())
}
