//! Reads the settings of an installation from a TOML file and from environment variables; the
//! environment takes precedence. The program does not start with an invalid setting, and its error
//! message names the setting.

use crate::mail::MailSettings;
use anyhow::{Context, Result, bail};
use chrono::FixedOffset;
use domain::limits::ONE_TIME_PASSWORD_LONGEST_HOURS;
use domain::password::OneTimeHours;
use domain::term::kazakhstan;
use serde::Deserialize;
use std::net::{IpAddr, SocketAddr};
use std::path::{Path, PathBuf};
use store::DatabaseLocation;

/// The content of the TOML file with settings, before it is combined with the environment.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    listen: Option<String>,
    data_dir: Option<PathBuf>,
    database_url: Option<String>,
    public_url: Option<String>,
    trusted_proxies: Option<Vec<String>>,
    log: Option<String>,
    mail_url: Option<String>,
    mail_from: Option<String>,
    digest_hour: Option<u32>,
    public_exams: Option<bool>,
    utc_offset: Option<String>,
    one_time_password_hours: Option<i64>,
}

/// The settings of an installation, combined from the TOML file and the environment.
#[derive(Debug, Clone)]
pub(crate) struct Config {
    /// Setting `listen`, `EMTIHAN_LISTEN`: the address and port to listen on. Default `127.0.0.1:8080`.
    pub(crate) listen: SocketAddr,
    /// Setting `data_dir`, `EMTIHAN_DATA_DIR`: the folder of documents and, by default, of the database. Default
    /// `emtihan-data`.
    pub(crate) data_dir: PathBuf,
    /// Setting `database_url`, `EMTIHAN_DATABASE_URL`: `postgres://…` or the path of a SQLite file. Default
    /// `emtihan.db` in the data folder.
    pub(crate) database: DatabaseLocation,
    /// Setting `public_url`, `EMTIHAN_PUBLIC_URL`: the address that browsers use, `https://exams.example.kz`. Default:
    /// the address of `listen`.
    pub(crate) public_url: String,
    /// The origins (scheme, host and port) from which HTML forms are accepted. If a public address
    /// is set, only its origin is accepted; otherwise the origins of the local machine are
    /// accepted.
    pub(crate) origins: Vec<String>,
    /// Setting `trusted_proxies`, `EMTIHAN_TRUSTED_PROXIES` (comma-separated): the proxies whose `X-Forwarded-For` is
    /// trusted. Default: none.
    pub(crate) trusted_proxies: Vec<IpAddr>,
    /// Setting `log`, `EMTIHAN_LOG`: `human` or `json`. Default `human`. `RUST_LOG` selects the messages that are
    /// logged.
    pub(crate) log_as_json: bool,
    /// Setting `mail_url`, `EMTIHAN_MAIL_URL`: the mail server, `smtp://user:password@host:port`;
    /// `mail_from`, `EMTIHAN_MAIL_FROM`: the sender's address. Default: none; notifications are
    /// then shown only in the inbox pages of the application.
    pub(crate) mail: Option<MailSettings>,
    /// Setting `digest_hour`, `EMTIHAN_DIGEST_HOUR`: the hour, 0 to 23 in the university's time
    /// zone, from which the daily notifications are created and the digest email is sent. Default
    /// 8.
    pub(crate) digest_hour: u32,
    /// Setting `public_exams`, `EMTIHAN_PUBLIC_EXAMS`: whether visitors are allowed to read the
    /// approved exams of a student group without signing in. Default `false`.
    pub(crate) public_exams: bool,
    /// Setting `utc_offset`, `EMTIHAN_UTC_OFFSET`: the university's time zone, in which its days begin and end. Default
    /// `+05:00`, the time zone of all of Kazakhstan since 2024-03-01.
    pub(crate) zone: FixedOffset,
    /// Setting `one_time_password_hours`, `EMTIHAN_ONE_TIME_PASSWORD_HOURS`: the number of hours for
    /// which a one-time password is valid, 1 to 336. Default 72.
    pub(crate) one_time_password_hours: OneTimeHours,
}

/// Reads the settings of an installation from the TOML file, if one is named, and from the environment.
pub(crate) fn read(path: Option<&Path>) -> Result<Config> {
    let file = match path {
        Some(path) => {
            let text = std::fs::read_to_string(path).with_context(|| format!("--config {}", path.display()))?;
            toml::from_str(&text).with_context(|| format!("{} is not a valid settings file", path.display()))?
        }
        None => File::default(),
    };
    put_together(file, &environment)
}

/// Reads the levels of the log from the environment variable `RUST_LOG`; `None` if it is not set.
pub(crate) fn log_levels() -> Option<String> {
    environment("RUST_LOG")
}

#[expect(clippy::disallowed_methods, reason = "this is the one place that reads settings from the environment")]
fn environment(name: &str) -> Option<String> {
    std::env::var(name).ok().filter(|value| !value.is_empty())
}

fn put_together(file: File, environment: &dyn Fn(&str) -> Option<String>) -> Result<Config> {
    let listen = environment("EMTIHAN_LISTEN").or(file.listen).unwrap_or_else(|| "127.0.0.1:8080".to_owned());
    let listen: SocketAddr = listen.parse().with_context(|| {
        format!("listen (EMTIHAN_LISTEN) is «{listen}»; an address and a port like 127.0.0.1:8080 is expected")
    })?;
    let data_dir = environment("EMTIHAN_DATA_DIR").map(PathBuf::from).or(file.data_dir);
    let data_dir = data_dir.unwrap_or_else(|| PathBuf::from("emtihan-data"));
    let database = environment("EMTIHAN_DATABASE_URL").or(file.database_url);
    let database = match database {
        Some(text) => place(&text)?,
        None => DatabaseLocation::File(data_dir.join("emtihan.db")),
    };
    let given = environment("EMTIHAN_PUBLIC_URL").or(file.public_url);
    let origins = match &given {
        None if listen.ip().is_loopback() => this_machine(listen.port()),
        None => bail!(
            "public_url (EMTIHAN_PUBLIC_URL) is missing; with this listen address, the address that browsers use is expected, \
             like https://exams.example.kz"
        ),
        Some(url) => vec![origin(url)?],
    };
    let public_url = origins.first().cloned().unwrap_or_default();
    let proxies = environment("EMTIHAN_TRUSTED_PROXIES").map(|list| list.split(',').map(str::to_owned).collect());
    let trusted_proxies = proxies.or(file.trusted_proxies).unwrap_or_default();
    let trusted_proxies = trusted_proxies.iter().map(|ip| proxy(ip)).collect::<Result<_>>()?;
    let log_as_json = is_json(&environment("EMTIHAN_LOG").or(file.log).unwrap_or_else(|| "human".to_owned()))?;
    let (mail_url, mail_from) = (environment("EMTIHAN_MAIL_URL"), environment("EMTIHAN_MAIL_FROM"));
    let mail = MailSettings::of(mail_url.or(file.mail_url).as_deref(), mail_from.or(file.mail_from).as_deref())?;
    let digest_hour = hour(environment("EMTIHAN_DIGEST_HOUR"), file.digest_hour)?;
    let public_exams = yes_or_no(environment("EMTIHAN_PUBLIC_EXAMS"), file.public_exams)?;
    let zone = environment("EMTIHAN_UTC_OFFSET").or(file.utc_offset);
    let zone = zone.map_or_else(|| Ok(kazakhstan()), |text| offset(&text))?;
    let one_time_password_hours =
        one_time_hours(environment("EMTIHAN_ONE_TIME_PASSWORD_HOURS"), file.one_time_password_hours)?;
    Ok(Config {
        listen,
        data_dir,
        database,
        public_url,
        origins,
        trusted_proxies,
        log_as_json,
        mail,
        digest_hour,
        public_exams,
        zone,
        one_time_password_hours,
    })
}

fn is_json(log: &str) -> Result<bool> {
    match log {
        "human" => Ok(false),
        "json" => Ok(true),
        other => bail!("log (EMTIHAN_LOG) is «{other}»; human or json is expected"),
    }
}

fn hour(given: Option<String>, in_file: Option<u32>) -> Result<u32> {
    let hour = given.map_or(in_file.unwrap_or(8).to_string(), |given| given);
    let read = hour.parse().ok().filter(|hour| *hour < 24);
    read.with_context(|| format!("digest_hour (EMTIHAN_DIGEST_HOUR) is «{hour}»; an hour from 0 to 23 is expected"))
}

fn one_time_hours(given: Option<String>, in_file: Option<i64>) -> Result<OneTimeHours> {
    let Some(text) = given.or(in_file.map(|hours| hours.to_string())) else { return Ok(OneTimeHours::default()) };
    text.parse().ok().and_then(OneTimeHours::new).with_context(|| {
        format!(
            "one_time_password_hours (EMTIHAN_ONE_TIME_PASSWORD_HOURS) is «{text}»; a number of hours from 1 to \
             {ONE_TIME_PASSWORD_LONGEST_HOURS} is expected"
        )
    })
}

fn yes_or_no(given: Option<String>, in_file: Option<bool>) -> Result<bool> {
    match given.as_deref() {
        None => Ok(in_file.unwrap_or(false)),
        Some("true") => Ok(true),
        Some("false") => Ok(false),
        Some(other) => bail!("public_exams (EMTIHAN_PUBLIC_EXAMS) is «{other}»; true or false is expected"),
    }
}

/// Parses the offset of a time zone, such as `+05:00`; offsets from -12:00 to +14:00 are accepted.
fn offset(text: &str) -> Result<FixedOffset> {
    let read: Option<FixedOffset> = text.trim().parse().ok();
    let known = read.filter(|zone| (-12 * 3600..=14 * 3600).contains(&zone.local_minus_utc()));
    known.with_context(|| format!("utc_offset (EMTIHAN_UTC_OFFSET) is «{text}»; an offset like +05:00 is expected"))
}

/// Returns the origins (scheme, host and port) under which browsers on the same machine reach the
/// server.
pub(crate) fn this_machine(port: u16) -> Vec<String> {
    ["127.0.0.1", "[::1]", "localhost"].map(|host| format!("http://{host}:{port}")).to_vec()
}

fn place(text: &str) -> Result<DatabaseLocation> {
    let has_scheme = text.contains("://");
    let is_postgres = text.starts_with("postgres://") || text.starts_with("postgresql://");
    if has_scheme && !is_postgres {
        // The error message for a wrong database address quotes only the scheme of the address,
        // because the rest of the address can contain a password.
        let scheme = text.split("://").next().unwrap_or_default();
        bail!(
            "database_url (EMTIHAN_DATABASE_URL) is «{scheme}://…»; postgres://… or the path of a SQLite file is expected"
        );
    }
    Ok(text.parse().unwrap_or_else(|never| match never {}))
}

fn proxy(text: &str) -> Result<IpAddr> {
    let expected = "trusted_proxies (EMTIHAN_TRUSTED_PROXIES)";
    text.trim()
        .parse()
        .map(web::canonical)
        .with_context(|| format!("{expected} holds «{text}»; IP addresses are expected"))
}

/// Returns the origin (scheme, host and port) of a web address. An address with a path is an error.
fn origin(url: &str) -> Result<String> {
    let expected = "an address like https://exams.example.kz, without a path, is expected";
    let trimmed = url.strip_suffix('/').unwrap_or(url);
    let host = trimmed.strip_prefix("https://").or_else(|| trimmed.strip_prefix("http://"));
    match host {
        Some(host) if !host.is_empty() && !host.contains(['/', '?', '#', ' ', '@']) => {
            Ok(without_default_port(trimmed).to_lowercase())
        }
        _ => bail!("public_url (EMTIHAN_PUBLIC_URL) is «{url}»; {expected}"),
    }
}

/// Removes the default port of the scheme from a web address, because browsers leave that port out
/// of an origin.
fn without_default_port(url: &str) -> &str {
    let port = if url.starts_with("https://") { ":443" } else { ":80" };
    url.strip_suffix(port).unwrap_or(url)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn with(pairs: &[(&str, &str)]) -> Result<Config> {
        let known = |name: &str| pairs.iter().find(|(key, _)| *key == name).map(|(_, value)| (*value).to_owned());
        put_together(File::default(), &known)
    }

    #[test]
    fn every_wrong_setting_is_named_with_what_is_expected() {
        let wrong = [
            ("EMTIHAN_LISTEN", "8080"),
            ("EMTIHAN_PUBLIC_URL", "exams.example.kz"),
            ("EMTIHAN_PUBLIC_URL", "https://exams.example.kz/path"),
            ("EMTIHAN_DATABASE_URL", "mysql://localhost/x"),
            ("EMTIHAN_TRUSTED_PROXIES", "10.0.0.1,proxy"),
            ("EMTIHAN_LOG", "xml"),
            ("EMTIHAN_DIGEST_HOUR", "24"),
            ("EMTIHAN_PUBLIC_EXAMS", "yes"),
            ("EMTIHAN_UTC_OFFSET", "Almaty"),
            ("EMTIHAN_UTC_OFFSET", "+15:00"),
            ("EMTIHAN_ONE_TIME_PASSWORD_HOURS", "0"),
            ("EMTIHAN_ONE_TIME_PASSWORD_HOURS", "337"),
            ("EMTIHAN_ONE_TIME_PASSWORD_HOURS", "3 days"),
            ("EMTIHAN_PUBLIC_URL", ""),
        ];
        for (name, value) in wrong {
            // If the server listens on an address that other machines can reach, the settings have
            // to contain the public address of the server. Otherwise, reading the settings fails.
            let beyond = ("EMTIHAN_LISTEN", "0.0.0.0:8080");
            let pairs = if value.is_empty() { [beyond, beyond] } else { [(name, value), (name, value)] };
            let message = format!("{:#}", with(&pairs).unwrap_err());
            assert!(message.contains(name) && message.contains("expected"), "{message}");
        }
    }

    #[test]
    fn without_settings_it_listens_on_this_machine_only() {
        let config = with(&[]).unwrap();
        assert!(config.listen.ip().is_loopback());
        assert_eq!(config.public_url, "http://127.0.0.1:8080");
        let config = with(&[("EMTIHAN_PUBLIC_URL", "https://Exams.example.kz:443/")]).unwrap();
        assert_eq!(config.origins, ["https://exams.example.kz"]);
        let config = with(&[]).unwrap();
        assert_eq!(
            (config.zone, with(&[("EMTIHAN_UTC_OFFSET", "+03:00")]).unwrap().zone.local_minus_utc()),
            (kazakhstan(), 10_800)
        );
        assert_eq!(config.database, DatabaseLocation::File(PathBuf::from("emtihan-data/emtihan.db")));
        assert_eq!(config.one_time_password_hours, OneTimeHours::default());
    }

    #[test]
    fn the_hours_of_one_time_passwords_are_set_and_proxies_are_compared_by_their_ipv4_address() {
        let config = with(&[
            ("EMTIHAN_ONE_TIME_PASSWORD_HOURS", "336"),
            ("EMTIHAN_TRUSTED_PROXIES", "::ffff:127.0.0.1, 2001:db8::1"),
        ]);
        let config = config.unwrap();
        assert_eq!(config.one_time_password_hours, OneTimeHours::new(336).unwrap());
        assert_eq!(config.trusted_proxies, ["127.0.0.1", "2001:db8::1"].map(|ip| ip.parse::<IpAddr>().unwrap()));
    }

    #[test]
    fn an_unknown_setting_in_the_file_is_refused() {
        assert!(toml::from_str::<File>("lisen = \"x\"").is_err());
    }
}
