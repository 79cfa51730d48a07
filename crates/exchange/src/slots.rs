//! Limits how many threads do memory-hungry work at the same time. A thread that finds all slots
//! taken waits for a limited time.

use std::sync::{Condvar, Mutex, PoisonError};
use std::time::Duration;

/// A limited number of slots for threads that do the same kind of work.
pub(crate) struct Slots {
    count: usize,
    used: Mutex<usize>,
    freed: Condvar,
}

/// A taken slot. It is returned when it is dropped, even if the thread panics.
pub(crate) struct Slot {
    slots: &'static Slots,
}

impl Slots {
    /// Creates the slots; `count` threads can take one at the same time.
    pub(crate) const fn new(count: usize) -> Self {
        Self { count, used: Mutex::new(0), freed: Condvar::new() }
    }

    /// Waits for a free slot, at most for the duration `timeout`. Returns `None` if all slots are
    /// still taken then.
    pub(crate) fn take(&'static self, timeout: Duration) -> Option<Slot> {
        let used = self.used.lock().unwrap_or_else(PoisonError::into_inner);
        let waited = self.freed.wait_timeout_while(used, timeout, |used| *used >= self.count);
        let (mut used, waited) = waited.unwrap_or_else(PoisonError::into_inner);
        if waited.timed_out() {
            return None;
        }
        *used += 1;
        Some(Slot { slots: self })
    }
}

impl Drop for Slot {
    fn drop(&mut self) {
        *self.slots.used.lock().unwrap_or_else(PoisonError::into_inner) -= 1;
        self.slots.freed.notify_one();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::thread;

    #[test]
    fn a_slot_is_taken_once_and_is_free_again_after_a_panic() {
        static SLOTS: Slots = Slots::new(1);
        let taken = SLOTS.take(Duration::ZERO);
        assert!(taken.is_some() && SLOTS.take(Duration::from_millis(1)).is_none());
        let waiting = thread::spawn(|| SLOTS.take(Duration::from_mins(1)).is_some());
        drop(taken);
        assert!(waiting.join().unwrap());
        let panicking = thread::spawn(|| {
            let _slot = SLOTS.take(Duration::from_mins(1)).unwrap();
            panic!("the file cannot be read");
        });
        assert!(panicking.join().is_err() && SLOTS.take(Duration::from_mins(1)).is_some());
    }
}
