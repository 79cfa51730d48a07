//! The clock of one connection: it knows whether the server waits for the client, since when, and
//! when the connection has to be closed. The deadline of a request body is not here, but in `web`,
//! which can still answer.

use super::max_connections::ConnectionLimits;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;
use tokio::time::{Instant, sleep_until};

/// The time in which the server reads and answers a simple request.
const MOMENT: Duration = Duration::from_millis(5);

/// The part of a request in which a connection is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Phase {
    /// The head of a request is being received. A new connection begins in this phase.
    Head,
    /// The body of a request is being received.
    Body,
    /// The server has the whole request and works on its answer.
    Work,
    /// The answer is being sent, or has been sent and no further request has begun.
    Answer,
}

#[derive(Debug)]
struct State {
    phase: Phase,
    /// The time since which the server waits for the client. Each byte that the client sends in a
    /// body, or accepts of an answer, moves the time forward by its share of a second.
    since: Instant,
    /// The time at which the client last accepted a part of an answer.
    moved: Instant,
    /// Whether the server has read everything that the client has sent. A new connection may have
    /// sent its request before the server begins to read.
    is_empty: bool,
    /// Whether the client does not accept any more bytes at the moment.
    is_blocked: bool,
}

/// Measures for one connection how long the server has been waiting for the client.
#[derive(Debug)]
pub(super) struct ClientClock {
    head: Duration,
    idle: Duration,
    stall: Duration,
    bytes_per_second: u64,
    state: Mutex<State>,
}

impl ClientClock {
    /// Starts the clock of a connection that was just accepted.
    pub(super) fn start(limits: &ConnectionLimits) -> Self {
        let now = Instant::now();
        let state = State { phase: Phase::Head, since: now, moved: now, is_empty: false, is_blocked: false };
        Self {
            head: limits.head,
            idle: limits.idle,
            stall: limits.stall,
            bytes_per_second: limits.bytes_per_second.max(1),
            state: Mutex::new(state),
        }
    }

    /// The client has sent bytes.
    pub(super) fn received(&self, bytes: usize) {
        let mut state = self.state();
        state.is_empty = false;
        match state.phase {
            Phase::Answer if bytes > 0 => (state.phase, state.since) = (Phase::Head, Instant::now()),
            Phase::Body => self.earn(&mut state, bytes),
            Phase::Answer | Phase::Head | Phase::Work => {}
        }
    }

    /// Everything that the client has sent is read.
    pub(super) fn emptied(&self) {
        self.state().is_empty = true;
    }

    /// Whether the client does not accept any more bytes of its answer at the moment.
    pub(super) fn is_blocked(&self) -> bool {
        self.state().is_blocked
    }

    /// Whether the client has been waiting for the server only for a moment.
    pub(super) fn is_just_served(&self) -> bool {
        self.waiting_since().is_none() && self.state().since.elapsed() < MOMENT
    }

    /// The client has accepted bytes of an answer.
    pub(super) fn sent(&self, bytes: usize) {
        let mut state = self.state();
        (state.moved, state.is_blocked) = (Instant::now(), false);
        self.earn(&mut state, bytes);
    }

    /// The client does not accept any more bytes at the moment.
    pub(super) fn blocked(&self) {
        let mut state = self.state();
        if !state.is_blocked {
            (state.moved, state.is_blocked) = (Instant::now(), true);
        }
    }

    /// The head of a request is complete.
    pub(super) fn begin_request(&self, has_body: bool) {
        let mut state = self.state();
        (state.phase, state.since) = (if has_body { Phase::Body } else { Phase::Work }, Instant::now());
    }

    /// The body of a request is complete, or the rest of the body is not needed.
    pub(super) fn end_body(&self) {
        let mut state = self.state();
        if state.phase == Phase::Body {
            state.phase = Phase::Work;
        }
    }

    /// The answer to a request is ready for sending.
    pub(super) fn begin_answer(&self) {
        let now = Instant::now();
        let mut state = self.state();
        (state.phase, state.since, state.moved) = (Phase::Answer, now, now);
    }

    /// The time since which the server waits for the client; `None` while the client waits for the
    /// server.
    pub(super) fn waiting_since(&self) -> Option<Instant> {
        let state = self.state();
        let is_waiting = state.is_blocked || (state.is_empty && state.phase != Phase::Work);
        is_waiting.then_some(state.since)
    }

    /// Completes when the client has been too slow to send the head of a request, to accept an
    /// answer, or to begin the next request.
    pub(super) async fn overdue(&self) {
        // The deadline moves, so it is looked up again after the shortest time in which a new
        // deadline can pass.
        let shortest = self.head.min(self.idle).min(self.stall);
        loop {
            let now = Instant::now();
            let deadline = self.deadline();
            if deadline.is_some_and(|at| at <= now) {
                return;
            }
            sleep_until(deadline.map_or(now + shortest, |at| at.min(now + shortest))).await;
        }
    }

    fn deadline(&self) -> Option<Instant> {
        let state = self.state();
        let stalled = state.is_blocked.then(|| state.moved + self.stall);
        let of_phase = match state.phase {
            Phase::Head => Some(state.since + self.head),
            Phase::Answer if !state.is_blocked => Some(state.moved + self.idle),
            Phase::Answer | Phase::Body | Phase::Work => None,
        };
        stalled.into_iter().chain(of_phase).min()
    }

    fn earn(&self, state: &mut State, bytes: usize) {
        let bytes = u64::try_from(bytes).unwrap_or(u64::MAX);
        let share = Duration::from_nanos(bytes.saturating_mul(1_000_000_000) / self.bytes_per_second);
        state.since = (state.since + share).min(Instant::now());
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
