//! The one place that knows what time it is.

use chrono::{DateTime, FixedOffset, NaiveDate, SubsecRound, Utc};
use domain::term::{day_of, kazakhstan};
use std::sync::Arc;

/// Says what time it is, in whole milliseconds: what one engine keeps, the other one keeps too; and in which zone the
/// university counts its days.
#[derive(Clone)]
pub struct Clock {
    read: Arc<dyn Fn() -> DateTime<Utc> + Send + Sync>,
    zone: FixedOffset,
}

impl Clock {
    /// The machine's clock.
    #[expect(clippy::disallowed_methods, reason = "this is the clock that everybody else asks")]
    pub fn machine() -> Self {
        Self::from_fn(Utc::now)
    }

    /// A clock that tells what it is told: for the demo's past and for tests.
    pub fn from_fn(time: impl Fn() -> DateTime<Utc> + Send + Sync + 'static) -> Self {
        Self { read: Arc::new(time), zone: kazakhstan() }
    }

    /// The same clock on the wall of a university in another zone.
    #[must_use]
    pub fn in_zone(self, zone: FixedOffset) -> Self {
        Self { zone, ..self }
    }

    /// The current time, in whole milliseconds.
    pub fn now(&self) -> DateTime<Utc> {
        (self.read)().trunc_subsecs(3)
    }

    /// The university's zone.
    pub fn zone(&self) -> FixedOffset {
        self.zone
    }

    /// Today in the university's zone.
    pub fn today(&self) -> NaiveDate {
        day_of(self.now(), self.zone)
    }
}
