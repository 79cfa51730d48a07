//! The one place that knows what time it is.

use chrono::{DateTime, SubsecRound, Utc};
use std::sync::Arc;

/// Says what time it is, in whole milliseconds: what one engine keeps, the other one keeps too.
#[derive(Clone)]
pub struct Clock(Arc<dyn Fn() -> DateTime<Utc> + Send + Sync>);

impl Clock {
    /// The machine's clock.
    #[expect(clippy::disallowed_methods, reason = "this is the clock that everybody else asks")]
    pub fn machine() -> Self {
        Self::telling(Utc::now)
    }

    /// A clock that tells what it is told: for the demo's past and for tests.
    pub fn telling(time: impl Fn() -> DateTime<Utc> + Send + Sync + 'static) -> Self {
        Self(Arc::new(time))
    }

    /// The time.
    pub fn now(&self) -> DateTime<Utc> {
        (self.0)().trunc_subsecs(3)
    }
}
