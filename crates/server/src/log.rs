//! The program's log, written to standard error as JSON or as lines of text.

use tracing_subscriber::EnvFilter;

/// Starts the program's log, as JSON or as lines of text.
pub(crate) fn begin(as_json: bool) {
    let filter = EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new("info,refinery_core=warn"));
    let log = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr);
    // Starting the log a second time in one process, as tests do, has no effect.
    drop(if as_json { log.json().try_init() } else { log.with_target(false).try_init() });
}
