//! A clock for tests. A test sets it with a text such as `2026-09-15 09:00`.

use chrono::{DateTime, FixedOffset, NaiveDateTime, TimeDelta, Utc};
use std::sync::{Arc, Mutex};

/// A test clock that shows the same time until a test sets another time.
#[derive(Clone)]
pub struct TestClock(Arc<Mutex<DateTime<Utc>>>);

impl TestClock {
    /// Creates a test clock that shows a local time of the university, given as a text such as
    /// `2026-09-15 09:00`.
    pub fn at(text: &str) -> Self {
        Self(Arc::new(Mutex::new(instant(text))))
    }

    /// Sets the test clock to a local time of the university, given as a text such as `2026-09-15
    /// 09:00`.
    pub fn set(&self, text: &str) {
        *self.0.lock().unwrap() = instant(text);
    }

    /// Moves the test clock forward by a duration.
    pub fn pass(&self, time: TimeDelta) {
        *self.0.lock().unwrap() += time;
    }

    /// Returns a clock for the application that always shows the time of this test clock.
    pub fn ask(&self) -> app::clock::Clock {
        let shown = Arc::clone(&self.0);
        app::clock::Clock::from_fn(move || *shown.lock().unwrap())
    }

    /// Returns the time that the test clock shows.
    pub fn now(&self) -> DateTime<Utc> {
        *self.0.lock().unwrap()
    }
}

fn instant(text: &str) -> DateTime<Utc> {
    let wall = NaiveDateTime::parse_from_str(text, "%Y-%m-%d %H:%M").expect("a time like 2026-09-15 09:00");
    wall.and_local_timezone(FixedOffset::east_opt(5 * 3600).unwrap()).unwrap().to_utc()
}
