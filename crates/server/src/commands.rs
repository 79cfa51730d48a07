//! Runs the subcommands of the program `emtihan`, such as `serve` and `import-roster`.

mod accounts;
mod catalogue;
mod orders;
mod roster;
mod verify;

use crate::cli::{Cli, Command, say};
use crate::config::Config;
use crate::mail::MailSettings;
use crate::{bench, config, demo, log, serve, setup_key, startup};
use anyhow::Result;
use app::app::App;
use std::process::ExitCode;
use web::Settings;

/// Runs the subcommand of `emtihan` that was given on the command line.
pub(crate) fn run(cli: Cli) -> Result<ExitCode> {
    if let Command::Demo(asked) = &cli.command {
        log::begin(false, config::log_levels().as_deref());
        return demo::run(asked).map(|()| ExitCode::SUCCESS);
    }
    if let Command::Bench(asked) = &cli.command {
        log::begin(false, config::log_levels().as_deref());
        return bench::run(asked).map(|()| ExitCode::SUCCESS);
    }
    let config = config::read(cli.config.as_deref())?;
    log::begin(config.log_as_json, config::log_levels().as_deref());
    match cli.command {
        Command::Demo(_) | Command::Bench(_) => {}
        Command::Serve => serve_it(&config)?,
        Command::Migrate { new } => {
            if new {
                startup::begin_new(&config.data_dir, &config.database)?;
            }
            open(&config)?;
            say("The database is migrated.");
        }
        Command::User(user) => accounts::run(&open(&config)?, user)?,
        Command::ImportRoster(asked) => return roster::run(&open(&config)?, &asked),
        Command::Catalogue(asked) => return catalogue::run(&config, &asked),
        Command::Verify(asked) => verify::run(&config, &asked)?,
    }
    Ok(ExitCode::SUCCESS)
}

fn open(config: &Config) -> Result<App> {
    startup::open_configured(config)
}

fn serve_it(config: &Config) -> Result<()> {
    startup::refuse_damaged(&config.database)?;
    let app = open(config)?;
    warn_of_plain_connections(config);
    let setup_key = setup_key::first(&app, &config.public_url)?;
    let settings = Settings {
        origins: config.origins.clone(),
        is_secure: config.public_url.starts_with("https://"),
        trusted_proxies: config.trusted_proxies.clone(),
        demo_accounts: Vec::new(),
        public_exams: config.public_exams,
        setup_key,
        one_time_password_hours: config.one_time_password_hours,
    };
    let options = serve::ServeOptions {
        mail: config.mail.clone(),
        hour: config.digest_hour,
        public_url: config.public_url.clone(),
    };
    serve::serve(app, config.listen, settings, options)
}

/// Warns of settings with which passwords and cookies cross a network without encryption.
fn warn_of_plain_connections(config: &Config) {
    if !config.listen.ip().is_loopback() && !config.public_url.starts_with("https://") {
        tracing::warn!("public_url is not https://: whoever is on the way can read passwords and cookies");
    }
    if config.mail.as_ref().is_some_and(MailSettings::shows_password) {
        tracing::warn!("mail_url sends its password without TLS: use smtps:// or ?tls=required");
    }
}
