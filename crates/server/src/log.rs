//! The log: for people or as JSON lines, on the standard error.

use tracing_subscriber::EnvFilter;

/// Begins to log.
pub(crate) fn begin(as_json: bool) {
    let filter = EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new("info,refinery_core=warn"));
    let log = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr);
    // A second call in one process (tests) changes nothing.
    drop(if as_json { log.json().try_init() } else { log.with_target(false).try_init() });
}
