//! The clock, which is the only module that reads the current time.

use chrono::{DateTime, FixedOffset, NaiveDate, SubsecRound, Utc};
use domain::term::{day_of, kazakhstan};
use std::sync::Arc;

/// The source of the current time, and the time zone that determines the university's calendar
/// days. Times are whole milliseconds, so that SQLite and PostgreSQL store them exactly.
#[derive(Clone)]
pub struct Clock {
    read: Arc<dyn Fn() -> DateTime<Utc> + Send + Sync>,
    zone: FixedOffset,
}

impl Clock {
    /// Creates a clock that returns the time of the operating system.
    #[expect(clippy::disallowed_methods, reason = "this is the clock that everybody else asks")]
    pub fn machine() -> Self {
        Self::from_fn(Utc::now)
    }

    /// Creates a clock that gets its time from a function, for tests and for creating the demo's
    /// past data.
    pub fn from_fn(time: impl Fn() -> DateTime<Utc> + Send + Sync + 'static) -> Self {
        Self { read: Arc::new(time), zone: kazakhstan() }
    }

    /// Returns a copy of the clock for a university in another time zone.
    #[must_use]
    pub fn in_zone(self, zone: FixedOffset) -> Self {
        Self { zone, ..self }
    }

    /// Returns the current time in whole milliseconds.
    pub fn now(&self) -> DateTime<Utc> {
        (self.read)().trunc_subsecs(3)
    }

    /// Returns the time zone of the university.
    pub fn zone(&self) -> FixedOffset {
        self.zone
    }

    /// Returns today's date in the time zone of the university.
    pub fn today(&self) -> NaiveDate {
        day_of(self.now(), self.zone)
    }
}
