//! Sends queued emails through an SMTP server.
//!
//! The database records an attempt before the email is sent, and the result afterwards. The module
//! `app::notifications::mail_queue` describes the guarantees of delivery.

use anyhow::{Context, Result, bail};
use app::app::App;
use app::failure::Failure;
use app::notifications::daily_notifications::{DailySchedule, run_daily_notifications};
use app::notifications::mail_queue;
use app::notifications::mail_queue::{Delivery, OutgoingEmail};
use chrono::{DateTime, Utc};
use domain::limits::MAIL_SERVER_SECONDS;
use domain::name::Language;
use lettre::message::Mailbox;
use lettre::message::header::{ContentType, HeaderName, HeaderValue};
use lettre::transport::smtp;
use lettre::transport::smtp::response::Category;
use lettre::{Address, Message, SmtpTransport, Transport};
use std::fmt;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;
use web::email::email_text;
use web::i18n::Texts;

/// Settings for sending emails: the SMTP server and the sender's address.
#[derive(Clone)]
pub(crate) struct MailSettings {
    server: SmtpTransport,
    from: Mailbox,
    shows_password: bool,
}

impl fmt::Debug for MailSettings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // The address of the mail server is left out of debug output, because it can contain a
        // password.
        write!(f, "Mail {{ server: …, from: {} }}", self.from)
    }
}

impl MailSettings {
    /// Parses the settings `mail_url` and `mail_from`. Returns `None` when both are missing, and an
    /// error when only one is set.
    pub(crate) fn of(url: Option<&str>, from: Option<&str>) -> Result<Option<Self>> {
        let (url, from) = match (url, from) {
            (None, None) => return Ok(None),
            (Some(url), Some(from)) => (url, from),
            (Some(_), None) => bail!("mail_from (EMTIHAN_MAIL_FROM) is missing; with mail_url {FROM_EXPECTED}"),
            (None, Some(_)) => bail!("mail_url (EMTIHAN_MAIL_URL) is missing; with mail_from {URL_EXPECTED}"),
        };
        let from: Mailbox =
            from.parse().ok().with_context(|| format!("mail_from (EMTIHAN_MAIL_FROM) is «{from}»; {FROM_EXPECTED}"))?;
        // The error message for a wrong address of the mail server quotes only the scheme of the
        // address, because the rest of the address can contain a password.
        let scheme = url.split_once("://").map_or("", |(scheme, _)| scheme);
        let known = Some(url).filter(|_| ["smtp", "smtps"].contains(&scheme));
        let server = known.and_then(|url| SmtpTransport::from_url(url).ok());
        let server =
            server.with_context(|| format!("mail_url (EMTIHAN_MAIL_URL) is «{scheme}://…»; {URL_EXPECTED}"))?;
        let shows_password = scheme == "smtp" && url.contains('@') && !url.contains("tls=required");
        let server = server.timeout(Some(Duration::from_secs(MAIL_SERVER_SECONDS))).build();
        Ok(Some(Self { server, from, shows_password }))
    }

    /// Whether the password of the mail account is sent without TLS, or perhaps without TLS, to the
    /// mail server.
    pub(crate) fn shows_password(&self) -> bool {
        self.shows_password
    }

    /// Sends one email through the SMTP server and returns whether the email was accepted, can be
    /// tried again, or was refused for good.
    fn send(&self, outgoing: &OutgoingEmail, public_url: &str, now: DateTime<Utc>) -> Delivery {
        let message = match self.message(outgoing, public_url, now) {
            Ok(message) => message,
            Err(error) => return Delivery::Never(error.to_string()),
        };
        match self.server.send(&message) {
            Ok(_) => Delivery::Sent,
            Err(error) if is_final(&error) => Delivery::Never(error.to_string()),
            Err(error) => Delivery::Later(error.to_string()),
        }
    }

    fn message(&self, outgoing: &OutgoingEmail, public_url: &str, now: DateTime<Utc>) -> Result<Message> {
        let name = outgoing.person.short_name();
        let words = Texts::of(outgoing.person.locale.unwrap_or(Language::Kk));
        let email_text = email_text(words, &outgoing.person.polite_name(), &outgoing.groups, public_url);
        let address: Address = outgoing.address.as_str().parse()?;
        let automatic = HeaderName::new_from_ascii_str("Auto-Submitted");
        let message = Message::builder()
            .from(self.from.clone())
            .to(Mailbox::new(Some(name), address))
            .subject(email_text.subject)
            .date(now.into())
            .message_id(Some(format!("<{}@{}>", outgoing.id, self.from.email.domain())))
            // The email header `Auto-Submitted` tells programs that answer automatically, such as
            // out-of-office replies, not to answer the email.
            .raw_header(HeaderValue::new(automatic, "auto-generated".to_owned()))
            .header(ContentType::TEXT_PLAIN)
            .body(email_text.body)?;
        Ok(message)
    }
}

const URL_EXPECTED: &str = "smtp://user:password@host:port, smtps:// for TLS from the start, or smtp://…?tls=required for \
                            STARTTLS is expected";
const FROM_EXPECTED: &str = "an address like «Exams <exams@example.kz>» is expected";

/// Returns whether the mail server has refused an email for good. An error such as a wrong password
/// is not final, because an administrator can correct the setting.
fn is_final(error: &smtp::Error) -> bool {
    error.is_permanent() && error.status().is_some_and(|code| code.category == Category::MailSystem)
}

/// Creates the daily notifications and sends the queued emails of an installation.
pub(crate) struct Mailer {
    /// The mail server and the sender's address; `None` if notifications are shown only in the
    /// inbox pages of the application.
    pub(crate) mail: Option<MailSettings>,
    /// The public address of the application, used for links in emails.
    pub(crate) public_url: String,
    /// The hour of the day, in the university's time zone, from which the daily notifications are created.
    pub(crate) hour: u32,
    /// The name under which this process reserves queued emails, so that no other process sends
    /// them.
    pub(crate) holder: String,
    /// Whether the program is shutting down; if so, no further email is sent.
    pub(crate) stopping: AtomicBool,
}

impl Mailer {
    /// Creates the daily notifications that are due, then sends every email that is due. The
    /// calling thread is blocked until all of them are sent.
    pub(crate) fn run(&self, app: &App) -> Result<(), Failure> {
        let rounds = DailySchedule { hour: self.hour, has_mail: self.mail.is_some() };
        let mut is_more = true;
        while is_more && !self.is_stopping() {
            let holder = self.holder.clone();
            is_more = app.write_now(move |work| run_daily_notifications(work, &holder, rounds))?;
        }
        let Some(mail) = &self.mail else { return Ok(()) };
        loop {
            let holder = self.holder.clone();
            let emails = app.write_now(move |work| mail_queue::take(work, &holder))?;
            if emails.is_empty() || self.is_stopping() {
                return Ok(());
            }
            for outgoing in emails {
                if self.is_stopping() {
                    return Ok(());
                }
                let fate = mail.send(&outgoing, &self.public_url, app.clock.now());
                if let Delivery::Later(why) | Delivery::Never(why) = &fate {
                    tracing::warn!(email_text = %outgoing.id, tries = outgoing.tries, why, "email not accepted by the mail server");
                }
                let (id, tries) = (outgoing.id, outgoing.tries);
                app.write_now(move |work| mail_queue::record_delivery(work, id, tries, &fate))?;
            }
        }
    }

    fn is_stopping(&self) -> bool {
        self.stopping.load(Ordering::Relaxed)
    }
}

#[cfg(test)]
mod tests;
