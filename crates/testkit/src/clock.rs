//! A clock that is set in words.

use chrono::{DateTime, FixedOffset, NaiveDateTime, TimeDelta, Utc};
use std::sync::{Arc, Mutex};

/// A clock that stands still until it is set.
#[derive(Clone)]
pub struct TestClock(Arc<Mutex<DateTime<Utc>>>);

impl TestClock {
    /// A clock that shows this time of the university's wall: `2026-09-15 09:00`.
    pub fn at(text: &str) -> Self {
        Self(Arc::new(Mutex::new(instant(text))))
    }

    /// Sets the time of the clock.
    pub fn set(&self, text: &str) {
        *self.0.lock().unwrap() = instant(text);
    }

    /// Moves it on.
    pub fn pass(&self, time: TimeDelta) {
        *self.0.lock().unwrap() += time;
    }

    /// The clock as the program asks it.
    pub fn ask(&self) -> app::clock::Clock {
        let shown = Arc::clone(&self.0);
        app::clock::Clock::from_fn(move || *shown.lock().unwrap())
    }

    /// The current time of the clock.
    pub fn now(&self) -> DateTime<Utc> {
        *self.0.lock().unwrap()
    }
}

fn instant(text: &str) -> DateTime<Utc> {
    let wall = NaiveDateTime::parse_from_str(text, "%Y-%m-%d %H:%M").expect("a time like 2026-09-15 09:00");
    wall.and_local_timezone(FixedOffset::east_opt(5 * 3600).unwrap()).unwrap().to_utc()
}
