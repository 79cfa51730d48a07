//! The limits of connections: how many can be open, and how long a client can take.

use domain::limits::{
    ANSWER_STALL_SECONDS, CONNECTIONS_ADDRESS_PERCENT, CONNECTIONS_LIMIT, KEEP_ALIVE_SECONDS, REQUEST_HEAD_SECONDS,
    UPLOAD_BYTES_PER_SECOND,
};
use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
use std::net::{IpAddr, Ipv6Addr};
use std::time::Duration;

/// Open files that are left for the database, the log, the mail server and background work.
const RESERVED_FILES: u64 = 128;
/// Open files for each connection: its socket and a document that it sends or receives.
const FILES_PER_CONNECTION: u64 = 2;

/// The limits of connections. Tests use shorter times and fewer connections.
#[derive(Debug, Clone)]
pub(crate) struct ConnectionLimits {
    /// The maximum number of open connections.
    pub(crate) connections: usize,
    /// The maximum number of open connections of one client address.
    pub(crate) per_address: usize,
    /// The addresses that can have any number of connections, because many clients share them.
    pub(crate) trusted_proxies: Vec<IpAddr>,
    /// The longest time in which the head of a request arrives.
    pub(crate) head: Duration,
    /// The longest time that a connection stays open without a request.
    pub(crate) idle: Duration,
    /// The longest time in which a client accepts nothing of an answer.
    pub(crate) stall: Duration,
    /// The rate of a client that counts as not waited for.
    pub(crate) bytes_per_second: u64,
}

impl ConnectionLimits {
    /// The limits of a process that can have this number of files open; `None` for any number.
    pub(crate) fn new(files: Option<u64>, trusted_proxies: &[IpAddr]) -> Self {
        let affordable = files.map(|files| files.saturating_sub(RESERVED_FILES) / FILES_PER_CONNECTION);
        let affordable = affordable.and_then(|connections| usize::try_from(connections).ok());
        let connections = affordable.map_or(CONNECTIONS_LIMIT, |most| most.clamp(2, CONNECTIONS_LIMIT));
        Self {
            connections,
            per_address: connections * CONNECTIONS_ADDRESS_PERCENT / 100,
            trusted_proxies: trusted_proxies.to_vec(),
            head: Duration::from_secs(REQUEST_HEAD_SECONDS),
            idle: Duration::from_secs(KEEP_ALIVE_SECONDS),
            stall: Duration::from_secs(ANSWER_STALL_SECONDS),
            bytes_per_second: UPLOAD_BYTES_PER_SECOND,
        }
    }

    /// Whether a client address can have any number of connections.
    pub(super) fn is_proxy(&self, address: IpAddr) -> bool {
        self.trusted_proxies.iter().any(|proxy| proxy.to_canonical() == address.to_canonical())
    }
}

/// The address under which the connections of a client are counted: an IPv4 address, also if it is
/// written as an IPv6 address, or the /64 network of an IPv6 address, which internet providers give
/// to one customer.
pub(super) fn counted_address(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V4(address) => address.into(),
        IpAddr::V6(address) => Ipv6Addr::from_bits(address.to_bits() >> 64 << 64).into(),
    }
}

/// Raises the number of files that the process can have open to the number that the operating
/// system permits at most. Returns the number that is in force then; `None` for any number.
pub(crate) fn raise_open_files() -> Option<u64> {
    let Rlimit { current, maximum } = getrlimit(Resource::Nofile);
    if current == maximum {
        return current;
    }
    match setrlimit(Resource::Nofile, Rlimit { current: maximum, maximum }) {
        Ok(()) => {
            tracing::info!(from = current, to = maximum, "limit of open files raised");
            maximum
        }
        Err(error) => {
            tracing::warn!(%error, limit = current, "limit of open files not raised");
            current
        }
    }
}
