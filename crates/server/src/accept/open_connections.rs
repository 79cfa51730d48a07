//! The open connections of the server. If a new connection exceeds a limit, the connection that has
//! been waiting longest for its client is dropped, so that slow clients cannot shut out others.

use super::client_clock::ClientClock;
use super::max_connections::{ConnectionLimits, counted_address};
use super::watched_stream::has_unread;
use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::{Arc, Weak};
use std::time::Duration;
use tokio::net::TcpStream;
use tokio::task::{AbortHandle, Id, JoinSet};
use tokio::time::Instant;

/// The minimum time between two messages in the log about dropped connections.
const REPORT_INTERVAL: Duration = Duration::from_mins(1);

/// The number of times that a new connection waits for requests that are being answered, and the
/// duration of each time.
const ROOM_ATTEMPTS: usize = 6;
const ROOM_PAUSE: Duration = Duration::from_millis(1);

struct OpenConnection {
    address: IpAddr,
    stream: Weak<TcpStream>,
    clock: Arc<ClientClock>,
    task: AbortHandle,
}

impl OpenConnection {
    /// Whether the client has sent a request that the server has not begun to read. A client that
    /// does not take its answers is slow, whatever it has sent.
    fn has_unread_request(&self) -> bool {
        !self.clock.is_blocked() && has_unread(&self.stream)
    }

    /// Whether the server may soon wait for the client again: it has just begun to read or to answer
    /// a request, or will do so.
    fn is_soon_waiting(&self) -> bool {
        self.clock.is_just_served() || (self.clock.waiting_since().is_some() && self.has_unread_request())
    }
}

/// A limit of open connections.
#[derive(Debug, Clone, Copy)]
pub(super) enum Limit {
    /// The limit of one client address.
    OfAddress(IpAddr),
    OfAll,
}

/// The open connections, each with the task that answers it.
pub(super) struct OpenConnections {
    limits: ConnectionLimits,
    tasks: JoinSet<()>,
    open: HashMap<Id, OpenConnection>,
    by_address: HashMap<IpAddr, usize>,
    dropped: u64,
    reported: Option<Instant>,
}

impl OpenConnections {
    pub(super) fn new(limits: ConnectionLimits) -> Self {
        let (open, by_address) = (HashMap::new(), HashMap::new());
        Self { limits, tasks: JoinSet::new(), open, by_address, dropped: 0, reported: None }
    }

    pub(super) fn limits(&self) -> &ConnectionLimits {
        &self.limits
    }

    /// Answers a connection in a task of its own.
    pub(super) fn add(
        &mut self,
        address: IpAddr,
        stream: &Arc<TcpStream>,
        clock: Arc<ClientClock>,
        answer: impl Future<Output = ()> + Send + 'static,
    ) {
        let address = counted_address(address);
        let task = self.tasks.spawn(answer);
        *self.by_address.entry(address).or_default() += 1;
        self.open.insert(task.id(), OpenConnection { address, stream: Arc::downgrade(stream), clock, task });
    }

    /// Completes when a connection has ended; never, as long as no connection is open.
    pub(super) async fn ended(&mut self) {
        match self.tasks.join_next_with_id().await {
            Some(Ok((id, ()))) => self.forget(id),
            Some(Err(error)) => self.forget(error.id()),
            None => std::future::pending().await,
        }
    }

    /// Makes room for a connection of an address, if necessary after some milliseconds, so that
    /// clients that come in the same moment do not shut each other out. Returns `false` if there is
    /// no room, because the server works for every connection that could be dropped.
    pub(super) async fn wait_for_room(&mut self, address: IpAddr) -> bool {
        for _ in 0..ROOM_ATTEMPTS {
            while let Some(ended) = self.tasks.try_join_next_with_id() {
                self.forget(ended.map_or_else(|error| error.id(), |(id, ())| id));
            }
            let Some(full) = self.reached_limit(address) else { return true };
            if self.drop_slowest(full) {
                return true;
            }
            if !self.within(full).any(|(_, open)| open.is_soon_waiting()) {
                break;
            }
            tokio::time::sleep(ROOM_PAUSE).await;
        }
        self.report(address);
        false
    }

    /// Returns the limit that one more connection of this address would exceed.
    fn reached_limit(&self, address: IpAddr) -> Option<Limit> {
        let counted = counted_address(address);
        let of_address = self.by_address.get(&counted).copied().unwrap_or_default();
        if of_address >= self.limits.per_address && !self.limits.is_proxy(address) {
            return Some(Limit::OfAddress(counted));
        }
        (self.open.len() >= self.limits.connections).then_some(Limit::OfAll)
    }

    /// Returns the connections that count for a limit.
    fn within(&self, limit: Limit) -> impl Iterator<Item = (&Id, &OpenConnection)> {
        self.open.iter().filter(move |(_, open)| match limit {
            Limit::OfAddress(address) => open.address == address,
            Limit::OfAll => true,
        })
    }

    /// Drops the connection that has been waiting longest for its client, among those that count for
    /// a limit. Returns `false` if no connection waits for its client.
    pub(super) fn drop_slowest(&mut self, limit: Limit) -> bool {
        let waiting = self.within(limit).filter_map(|(id, open)| Some((open.clock.waiting_since()?, *id, open)));
        let mut slowest_first: Vec<_> = waiting.collect();
        slowest_first.sort_unstable_by_key(|(since, ..)| *since);
        let slowest = slowest_first.into_iter().find(|(.., open)| !open.has_unread_request());
        let Some((_, id, open)) = slowest else { return false };
        let address = open.address;
        open.task.abort();
        self.forget(id);
        self.report(address);
        true
    }

    fn forget(&mut self, id: Id) {
        let Some(OpenConnection { address, .. }) = self.open.remove(&id) else { return };
        if let Some(count) = self.by_address.get_mut(&address) {
            *count -= 1;
            if *count == 0 {
                self.by_address.remove(&address);
            }
        }
    }

    /// Counts a connection that was dropped or not accepted, and from time to time logs how many
    /// there were. `address` is that of the newest one.
    fn report(&mut self, address: IpAddr) {
        self.dropped += 1;
        if self.reported.is_some_and(|at| at.elapsed() < REPORT_INTERVAL) {
            return;
        }
        let (dropped, open) = (std::mem::take(&mut self.dropped), self.open.len());
        self.reported = Some(Instant::now());
        tracing::warn!(open, dropped, %address, "too many connections, the slowest are dropped");
    }
}
