//! The program's log, written to standard error as JSON or as lines of text: one line per event,
//! whatever the values in the event contain.

mod line;

pub(crate) use line::{one_line, printable};

use line::{LineFormat, LineWriter};
use std::io;
use std::panic::PanicHookInfo;
use tracing_subscriber::EnvFilter;

/// The levels that are logged if the environment sets none: everything from `info` of the program's
/// own crates, only errors of libraries.
const USUAL_LEVELS: &str =
    "error,app=info,domain=info,emtihan=info,exchange=info,store=info,vault=info,web=info,refinery_core=warn";

/// The levels of libraries that quote what they read: uploaded files, requests, values of database
/// statements. They stay quiet unless `RUST_LOG` names them.
const QUIET_LIBRARIES: &str = "lopdf=off,calamine=off,zip=off,quick_xml=off,multer=off,axum=error,tower_http=error,\
    hyper=error,hyper_util=error,rustls=error,lettre=error,tokio_postgres=error";

/// Starts the program's log, as JSON or as lines of text. The levels are those of the environment
/// variable `RUST_LOG`, if it is set. A panic is logged in one line as well.
pub(crate) fn begin(as_json: bool, rust_log: Option<&str>) {
    let asked = rust_log.map(filter);
    let is_wrong = matches!(asked, Some(None));
    let levels = asked.flatten().or_else(|| filter(USUAL_LEVELS)).unwrap_or_default();
    let format = if as_json { LineFormat::Json } else { LineFormat::Text };
    // Without this setting, an event that cannot be written, for example because the disk is full, panics.
    let log = tracing_subscriber::fmt().with_env_filter(levels).with_ansi(false).log_internal_errors(false);
    let log = log.with_writer(move || LineWriter::new(io::stderr(), format));
    // Starting the log a second time in one process, as tests do, has no effect.
    drop(if as_json { log.json().try_init() } else { log.with_target(false).try_init() });
    std::panic::set_hook(Box::new(log_panic));
    if is_wrong {
        tracing::warn!("RUST_LOG is not valid; the usual levels are logged");
    }
}

/// The filter for the given levels; `None` if they are not valid.
fn filter(levels: &str) -> Option<EnvFilter> {
    // Of two levels for the same library the last one counts, so named libraries are not quiet.
    EnvFilter::try_new(format!("{QUIET_LIBRARIES},{levels}")).ok()
}

fn log_panic(panic: &PanicHookInfo<'_>) {
    let place = panic.location().map(ToString::to_string).unwrap_or_default();
    tracing::error!(place, why = panic.payload_as_str().unwrap_or_default(), "panicked");
}

#[cfg(test)]
mod tests;
