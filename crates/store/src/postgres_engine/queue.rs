//! The queue of database jobs for the threads of the PostgreSQL engine. A thread that finds the server
//! unreachable gives its job back, for a thread that has a connection.

use crate::job::Job;
use std::collections::VecDeque;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};

/// A database job that waits for a free PostgreSQL connection.
pub(super) struct QueuedJob {
    pub(super) job: Box<dyn Job>,
    /// Whether the database job is allowed to write; jobs that only read run in a read-only
    /// transaction.
    pub(super) writes: bool,
}

/// The queue of database jobs, and how many threads have a connection.
#[derive(Default)]
pub(super) struct JobQueue {
    state: Mutex<State>,
    changed: Condvar,
}

#[derive(Default)]
struct State {
    jobs: VecDeque<QueuedJob>,
    connected: usize,
    /// The threads that try to connect at the moment.
    connecting: usize,
    is_closed: bool,
}

impl JobQueue {
    /// Adds a job, or returns it if the engine is closing.
    pub(super) fn add(&self, job: QueuedJob) -> Result<(), QueuedJob> {
        let mut state = self.locked();
        if state.is_closed {
            return Err(job);
        }
        state.jobs.push_back(job);
        self.changed.notify_one();
        Ok(())
    }

    /// Takes the next job, and waits until there is one. `None` once the engine is closing and no job
    /// is left.
    pub(super) fn next(&self) -> Option<QueuedJob> {
        let mut state = self.locked();
        loop {
            if let Some(job) = state.jobs.pop_front() {
                return Some(job);
            }
            if state.is_closed {
                return None;
            }
            state = self.changed.wait(state).unwrap_or_else(PoisonError::into_inner);
        }
    }

    /// Gives a job back for the threads that have a connection. Returns the job if no thread has one or
    /// tries to get one: then the server cannot be reached.
    pub(super) fn requeue(&self, job: QueuedJob) -> Result<(), QueuedJob> {
        let mut state = self.locked();
        if state.connected == 0 && state.connecting == 0 {
            return Err(job);
        }
        state.jobs.push_front(job);
        self.changed.notify_one();
        Ok(())
    }

    /// Counts the calling thread among those that have a connection, if `connect` succeeds.
    pub(super) fn counting_connection<T, E>(&self, connect: impl FnOnce() -> Result<T, E>) -> Result<T, E> {
        self.locked().connecting += 1;
        let connected = connect();
        let mut state = self.locked();
        state.connecting = state.connecting.saturating_sub(1);
        state.connected += usize::from(connected.is_ok());
        connected
    }

    /// Counts one thread less that has a connection.
    pub(super) fn disconnected(&self) {
        let connected = &mut self.locked().connected;
        *connected = connected.saturating_sub(1);
    }

    /// Refuses further jobs and wakes all threads.
    pub(super) fn close(&self) {
        self.locked().is_closed = true;
        self.changed.notify_all();
    }

    fn locked(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
