//! The log of the program on standard error, as lines for people or as JSON.

use tracing_subscriber::EnvFilter;

/// Starts the log of the program, as JSON lines or as text for people.
pub(crate) fn begin(as_json: bool) {
    let filter = EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new("info,refinery_core=warn"));
    let log = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr);
    // A second start of the log in one process (in tests) has no effect.
    drop(if as_json { log.json().try_init() } else { log.with_target(false).try_init() });
}
