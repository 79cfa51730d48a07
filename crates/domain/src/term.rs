//! Terms (академиялық кезең) and their windows.

use crate::id::TermId;
use crate::name::Name;
use chrono::{DateTime, FixedOffset, NaiveDate, Utc};

/// Kazakhstan has had one time zone, UTC+5, since 2024-03-01. Windows are days of the university's zone.
const UNIVERSITY_ZONE_SECONDS: i32 = 5 * 3600;

/// An instant as the university's clock on the wall shows it.
pub fn on_the_wall(now: DateTime<Utc>) -> DateTime<FixedOffset> {
    // The offset is a constant within a day, so the fallback is never taken.
    let zone = FixedOffset::east_opt(UNIVERSITY_ZONE_SECONDS).unwrap_or_else(|| chrono::Offset::fix(&Utc));
    now.with_timezone(&zone)
}

/// The university's calendar day at this instant.
pub fn day_of(now: DateTime<Utc>) -> NaiveDate {
    on_the_wall(now).date_naive()
}

/// A term with its windows; all dates inclusive, in the university's zone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Term {
    /// Which.
    pub id: TermId,
    /// The roster's own key, as given on the command line (`--term`).
    pub code: String,
    /// «2026–2027 оқу жылы, күзгі семестр».
    pub name: Name,
    /// First day.
    pub starts: NaiveDate,
    /// Last day, exams included.
    pub ends: NaiveDate,
    /// First day of choosing.
    pub choose_from: NaiveDate,
    /// Last day of choosing (one month after the start, farabi.university/students/23 §1.1).
    pub choose_until: NaiveDate,
    /// Last day of approving.
    pub approve_until: NaiveDate,
    /// The catalogue version in force.
    pub catalogue: i64,
    /// Read-only for ever.
    pub is_closed: bool,
}

/// Why nothing can be changed today.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum WindowClosed {
    /// The window has not begun.
    #[error("the window has not opened yet")]
    NotYet,
    /// The window is over.
    #[error("the window is over")]
    Over,
    /// The whole term is closed.
    #[error("the term is closed")]
    TermClosed,
}

impl WindowClosed {
    /// The one code of this refusal.
    pub fn code(self) -> &'static str {
        match self {
            Self::NotYet => "window-not-yet",
            Self::Over => "window-over",
            Self::TermClosed => "term-closed",
        }
    }
}

impl Term {
    /// May instructors choose today?
    pub fn choosing(&self, today: NaiveDate) -> Result<(), WindowClosed> {
        self.within(today, self.choose_until)
    }

    /// May instructors still change this today? What was returned may be sent again for as long as heads decide.
    pub fn changing(&self, today: NaiveDate, is_returned: bool) -> Result<(), WindowClosed> {
        if is_returned { self.deciding(today) } else { self.choosing(today) }
    }

    /// May heads decide today?
    pub fn deciding(&self, today: NaiveDate) -> Result<(), WindowClosed> {
        self.within(today, self.approve_until)
    }

    /// Days that are left to choose, today included; `None` when the window is not open.
    pub fn days_left(&self, today: NaiveDate) -> Option<i64> {
        self.choosing(today).is_ok().then(|| (self.choose_until - today).num_days() + 1)
    }

    fn within(&self, today: NaiveDate, last: NaiveDate) -> Result<(), WindowClosed> {
        match () {
            () if self.is_closed => Err(WindowClosed::TermClosed),
            () if today < self.choose_from => Err(WindowClosed::NotYet),
            () if today > last => Err(WindowClosed::Over),
            () => Ok(()),
        }
    }
}
