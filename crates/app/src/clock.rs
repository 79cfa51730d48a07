//! The clock: the only module that reads the current time.

use chrono::{DateTime, FixedOffset, NaiveDate, SubsecRound, Utc};
use domain::term::{day_of, kazakhstan};
use std::sync::Arc;

/// The source of the current time, in whole milliseconds so that both database engines store it exactly, and of the
/// time zone in which the university counts days.
#[derive(Clone)]
pub struct Clock {
    read: Arc<dyn Fn() -> DateTime<Utc> + Send + Sync>,
    zone: FixedOffset,
}

impl Clock {
    /// Creates a clock that returns the system time.
    #[expect(clippy::disallowed_methods, reason = "this is the clock that everybody else asks")]
    pub fn machine() -> Self {
        Self::from_fn(Utc::now)
    }

    /// Creates a clock whose time comes from a function, for the demo's past data and for tests.
    pub fn from_fn(time: impl Fn() -> DateTime<Utc> + Send + Sync + 'static) -> Self {
        Self { read: Arc::new(time), zone: kazakhstan() }
    }

    /// Returns the same clock for a university in another time zone.
    #[must_use]
    pub fn in_zone(self, zone: FixedOffset) -> Self {
        Self { zone, ..self }
    }

    /// The current time, in whole milliseconds.
    pub fn now(&self) -> DateTime<Utc> {
        (self.read)().trunc_subsecs(3)
    }

    /// The time zone of the university.
    pub fn zone(&self) -> FixedOffset {
        self.zone
    }

    /// The current date in the time zone of the university.
    pub fn today(&self) -> NaiveDate {
        day_of(self.now(), self.zone)
    }
}
