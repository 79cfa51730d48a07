//! Academic terms (semesters, академиялық кезең), with the periods in which instructors can choose
//! exams and heads can approve choices.

mod refusals;

pub use refusals::TermError;

use crate::id::{DeadlineExtensionId, OfferingId, OrgId, PersonId, TermId};
use crate::limits::ESCALATE_DAYS_LIMIT;
use crate::name::Name;
use crate::offering::Offering;
use chrono::{DateTime, FixedOffset, NaiveDate, NaiveTime, TimeDelta, Utc};

/// The offset of Kazakhstan's time from UTC in seconds: five hours in the whole country since
/// 2024-03-01.
const KAZAKHSTAN_SECONDS: i32 = 5 * 3600;

/// Returns the time zone of universities in Kazakhstan. All dates of an academic term are days in
/// this time zone.
pub fn kazakhstan() -> FixedOffset {
    // UTC is never returned, because five hours are always a valid offset of a time zone.
    FixedOffset::east_opt(KAZAKHSTAN_SECONDS).unwrap_or_else(|| chrono::Offset::fix(&Utc))
}

/// Returns the calendar day at the university at the instant `now`.
pub fn day_of(now: DateTime<Utc>, zone: FixedOffset) -> NaiveDate {
    now.with_timezone(&zone).date_naive()
}

/// Returns the instant at which a calendar day begins in the time zone of the university.
pub fn begins(day: NaiveDate, zone: FixedOffset) -> DateTime<Utc> {
    day.and_time(NaiveTime::MIN).and_utc() - TimeDelta::seconds(i64::from(zone.local_minus_utc()))
}

/// An academic term (semester) with the periods for choosing and approving. The last day of each
/// period is included, and all dates are days in the time zone of the university.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Term {
    pub id: TermId,
    /// The code of the academic term: its key in the roster, which is also used on the command line
    /// (`--term`).
    pub code: String,
    /// The displayed name of the academic term, such as «2026–2027 оқу жылы, күзгі семестр».
    pub name: Name,
    pub starts: NaiveDate,
    /// The last day of the academic term, including its exams.
    pub ends: NaiveDate,
    /// The first day on which instructors can choose exams.
    pub choose_from: NaiveDate,
    /// The last day on which instructors can choose exams (one month after the start of the term,
    /// farabi.university/students/23 §1.1).
    pub choose_until: NaiveDate,
    /// The last day on which heads of department can approve choices.
    pub approve_until: NaiveDate,
    /// The version of the catalogue that is in force in the academic term.
    pub catalogue: i64,
    /// Whether the academic term is closed; the data of a closed term can never be changed again.
    pub is_closed: bool,
    /// The effect on approval if parallel groups (student groups taught the same discipline) have
    /// chosen different exam platforms, formats or types.
    pub uniformity: Uniformity,
    /// The number of days for which a choice may wait for its decision before the dean's office is told,
    /// and after twice as many days the registrar; `None` if they are never told.
    pub escalate_after: Option<i64>,
    /// Whether the names and dates of the academic term were set in Emtihan, so that no roster
    /// import changes them.
    pub is_kept_here: bool,
}

/// The effect on approval if parallel groups (student groups with the same discipline, faculty,
/// language and level) have chosen different exam platforms, formats or types.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Uniformity {
    /// Rule for parallel groups (student groups taught the same discipline) that chose different
    /// exams: the differences are ignored.
    Ignored,
    /// Rule for parallel groups (student groups taught the same discipline) that chose different
    /// exams: the head of department sees the differences.
    Shown,
    /// Rule for parallel groups (student groups taught the same discipline) that chose different
    /// exams: no choice can be approved until all these groups have the same exam.
    Refused,
}

impl Uniformity {
    /// All rules for parallel groups (student groups taught the same discipline) that chose
    /// different exams, in the sequence in which the page of an academic term offers them.
    pub const ALL: [Self; 3] = [Self::Ignored, Self::Shown, Self::Refused];

    /// Returns the stored code of the rule for parallel groups (student groups taught the same
    /// discipline). The code is also the second half of the translation key `uniformity-…`.
    pub fn code(self) -> &'static str {
        match self {
            Self::Ignored => "ignored",
            Self::Shown => "shown",
            Self::Refused => "refused",
        }
    }

    /// Returns the rule for parallel groups (student groups taught the same discipline) with the
    /// stored code `code`; `None` if the code is unknown.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|known| known.code() == code)
    }
}

/// A deadline extension: permission to choose and to approve outside the periods of the academic
/// term, for a department or one offering.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeadlineExtension {
    pub id: DeadlineExtensionId,
    /// The academic term in which the deadline is extended.
    pub term: TermId,
    pub scope: ExtensionScope,
    /// The last day of the deadline extension; this day is included.
    pub until: NaiveDate,
    pub reason: String,
    /// The person who granted the deadline extension.
    pub by: PersonId,
    pub at: DateTime<Utc>,
}

/// The part of the university for which a deadline is extended: a department or one offering.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ExtensionScope {
    /// Scope of a deadline extension: all offerings of one department.
    Department(OrgId),
    Offering(OfferingId),
}

impl ExtensionScope {
    /// Returns whether an extension of this scope applies to an offering of a department.
    pub fn covers(self, department: OrgId, offering: OfferingId) -> bool {
        match self {
            Self::Department(id) => id == department,
            Self::Offering(id) => id == offering,
        }
    }
}

/// Returns the day until which the deadline of an offering is extended; `None` if the deadline is
/// not extended. If several extensions apply to the offering, the latest day counts.
pub fn extended_until(deadline_extensions: &[DeadlineExtension], offering: &Offering) -> Option<NaiveDate> {
    deadline_extensions
        .iter()
        .filter(|deadline_extension| deadline_extension.term == offering.term)
        .filter(|deadline_extension| deadline_extension.scope.covers(offering.department, offering.id))
        .map(|deadline_extension| deadline_extension.until)
        .max()
}

/// The reason for which exams cannot be chosen or choices cannot be decided on today.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum WindowClosed {
    /// Choosing or deciding is refused today, because the period for it has not begun yet.
    #[error("the window has not opened yet")]
    NotYet,
    /// Choosing or deciding is refused today, because the period for it is over.
    #[error("the window is over")]
    Over,
    /// Choosing or deciding is refused today, because the academic term is closed permanently.
    #[error("the term is closed")]
    TermClosed,
}

impl WindowClosed {
    /// Returns the code of the reason for which choosing or deciding is refused today. The text of
    /// the refusal has the translation key `refused-…` with this code.
    pub fn code(self) -> &'static str {
        match self {
            Self::NotYet => "window-not-yet",
            Self::Over => "window-over",
            Self::TermClosed => "term-closed",
        }
    }
}

impl Term {
    /// Checks that today is in the period for choosing exams; deadline extensions do not count.
    pub fn choosing(&self, today: NaiveDate) -> Result<(), WindowClosed> {
        self.within(today, self.choose_until, None)
    }

    /// Checks that an instructor can change a choice today. Choices can be changed in the period
    /// for choosing; a returned choice can be sent again until the end of the period for approving.
    /// A deadline extension allows both until its last day.
    pub fn changing(
        &self,
        today: NaiveDate,
        is_returned: bool,
        extended_until: Option<NaiveDate>,
    ) -> Result<(), WindowClosed> {
        let last = if is_returned { self.approve_until } else { self.choose_until };
        self.within(today, last, extended_until)
    }

    /// Checks that heads of department can decide on choices today: until the last day of the
    /// period for approving, or until the last day of a deadline extension.
    pub fn deciding(&self, today: NaiveDate, extended_until: Option<NaiveDate>) -> Result<(), WindowClosed> {
        self.within(today, self.approve_until, extended_until)
    }

    /// Lists the errors in the code, the name and the dates of the academic term.
    pub fn wrong(&self) -> Vec<TermError> {
        let names = [&self.name.kk, &self.name.ru, &self.name.en];
        let found = [
            (TermError::CodeMissing, self.code.trim().is_empty()),
            (TermError::NameMissing, names.iter().any(|name| name.trim().is_empty())),
            (TermError::EndsTooEarly, self.ends < self.starts),
            (TermError::ChoosingEndsTooEarly, self.choose_until < self.choose_from),
            (TermError::ApprovingEndsTooEarly, self.approve_until < self.choose_until),
            (
                TermError::EscalationOutOfRange,
                self.escalate_after.is_some_and(|days| !(1..=ESCALATE_DAYS_LIMIT).contains(&days)),
            ),
        ];
        found.into_iter().filter(|(_, holds)| *holds).map(|(wrong, _)| wrong).collect()
    }

    /// Returns the number of days on which instructors can still choose exams, including today;
    /// `None` if they cannot choose today.
    pub fn days_left(&self, today: NaiveDate) -> Option<i64> {
        self.choosing(today).is_ok().then(|| (self.choose_until - today).num_days() + 1)
    }

    fn within(&self, today: NaiveDate, last: NaiveDate, extended_until: Option<NaiveDate>) -> Result<(), WindowClosed> {
        if self.is_closed {
            Err(WindowClosed::TermClosed)
        } else if extended_until.is_some_and(|until| today <= until) {
            Ok(())
        } else if today < self.choose_from {
            Err(WindowClosed::NotYet)
        } else if today > last {
            Err(WindowClosed::Over)
        } else {
            Ok(())
        }
    }
}
