//! Terms, which are semesters (академиялық кезең), and their windows: the days for choosing and for approving.

use crate::id::{DeadlineExtensionId, OfferingId, OrgId, PersonId, TermId};
use crate::name::Name;
use crate::offering::Offering;
use chrono::{DateTime, FixedOffset, NaiveDate, NaiveTime, TimeDelta, Utc};

/// The time zone of Kazakhstan in seconds: UTC+5 in the whole country since 2024-03-01.
const KAZAKHSTAN_SECONDS: i32 = 5 * 3600;

/// The time zone of a university in Kazakhstan. The first and last days of choosing and approving are days in this time
/// zone.
pub fn kazakhstan() -> FixedOffset {
    // The offset of a time zone is a constant within a day, so the fallback is never used.
    FixedOffset::east_opt(KAZAKHSTAN_SECONDS).unwrap_or_else(|| chrono::Offset::fix(&Utc))
}

/// The university's calendar day at this instant.
pub fn day_of(now: DateTime<Utc>, zone: FixedOffset) -> NaiveDate {
    now.with_timezone(&zone).date_naive()
}

/// The instant at which a day of the university begins.
pub fn begins(day: NaiveDate, zone: FixedOffset) -> DateTime<Utc> {
    day.and_time(NaiveTime::MIN).and_utc() - TimeDelta::seconds(i64::from(zone.local_minus_utc()))
}

/// A term (semester) with its days for choosing and approving; all dates are inclusive and in the university's time
/// zone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Term {
    pub id: TermId,
    /// The code of the term: its key in the roster, also used on the command line (`--term`).
    pub code: String,
    /// The displayed name of the term, such as «2026–2027 оқу жылы, күзгі семестр».
    pub name: Name,
    pub starts: NaiveDate,
    /// The last day of the term, exams included.
    pub ends: NaiveDate,
    /// The first day on which instructors may choose.
    pub choose_from: NaiveDate,
    /// The last day on which instructors may choose (one month after the start, farabi.university/students/23 §1.1).
    pub choose_until: NaiveDate,
    /// The last day on which heads may approve choices.
    pub approve_until: NaiveDate,
    /// The catalogue version that is in force in the term.
    pub catalogue: i64,
    /// Whether the term is closed and permanently read-only.
    pub is_closed: bool,
    /// The effect of differences between parallel groups, which are expected to have the same exam form.
    pub uniformity: Uniformity,
    /// Whether the term's names and dates were set in this program, so that no roster changes them any more.
    pub is_kept_here: bool,
}

/// The effect on approval if parallel groups have chosen different platforms, exam forms or exam types.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Uniformity {
    /// Uniformity setting: differences between parallel groups have no effect.
    Ignored,
    /// Uniformity setting: differences between parallel groups are displayed to the head of department.
    Shown,
    /// Uniformity setting: no choice is approved until all parallel groups have chosen the same.
    Refused,
}

impl Uniformity {
    /// All uniformity settings, for the web form of a term.
    pub const ALL: [Self; 3] = [Self::Ignored, Self::Shown, Self::Refused];

    /// The stored code of a uniformity setting, which is also the second half of the translation key `uniformity-…`.
    pub fn code(self) -> &'static str {
        match self {
            Self::Ignored => "ignored",
            Self::Shown => "shown",
            Self::Refused => "refused",
        }
    }

    /// Returns the uniformity setting with this code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|known| known.code() == code)
    }
}

/// A deadline extension: permission to choose or decide outside the term's dates.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeadlineExtension {
    pub id: DeadlineExtensionId,
    /// The term whose deadline is extended.
    pub term: TermId,
    pub scope: ExtensionScope,
    /// The last day of the deadline extension, inclusive.
    pub until: NaiveDate,
    pub reason: String,
    /// The person who granted the deadline extension.
    pub by: PersonId,
    pub at: DateTime<Utc>,
}

/// The scope of a deadline extension: a department or one offering.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ExtensionScope {
    /// Scope of a deadline extension: all offerings of a department.
    Department(OrgId),
    Offering(OfferingId),
}

/// The last day until which the deadline of an offering is extended; `None` if there is no extension.
pub fn extended_until(deadline_extensions: &[DeadlineExtension], offering: &Offering) -> Option<NaiveDate> {
    let concerns = |deadline_extension: &&DeadlineExtension| match deadline_extension.scope {
        ExtensionScope::Department(department) => department == offering.department,
        ExtensionScope::Offering(id) => id == offering.id,
    };
    deadline_extensions
        .iter()
        .filter(|deadline_extension| deadline_extension.term == offering.term)
        .filter(concerns)
        .map(|deadline_extension| deadline_extension.until)
        .max()
}

/// An error in the names or dates of a term (semester).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, thiserror::Error)]
pub enum TermError {
    /// Error in a term: it has no code.
    #[error("no code")]
    CodeMissing,
    /// Error in a term: another term already has this code.
    #[error("the code is taken")]
    CodeTaken,
    /// Error in a term: its name is missing in some language.
    #[error("a name is missing")]
    NameMissing,
    /// Error in a term: a date is missing or cannot be parsed.
    #[error("a date is missing")]
    DateMissing,
    /// Error in a term: its last day is before its first day.
    #[error("the term ends before it starts")]
    EndsTooEarly,
    /// Error in a term: choosing ends before choosing begins.
    #[error("choosing ends before it begins")]
    ChoosingEndsTooEarly,
    /// Error in a term: approving ends before choosing does.
    #[error("approving ends before choosing does")]
    ApprovingEndsTooEarly,
    /// Error in a term: the selected catalogue version does not exist.
    #[error("no such version")]
    CatalogueUnknown,
    /// Error in a term: a centrally set exam form of the term could no longer be chosen under the selected catalogue
    /// version.
    #[error("a form is set centrally that nobody could choose any more")]
    SetFormLost,
}

impl TermError {
    /// All errors of a term; tests check that each has a translation.
    pub const ALL: [Self; 9] = [
        Self::CodeMissing,
        Self::CodeTaken,
        Self::NameMissing,
        Self::DateMissing,
        Self::EndsTooEarly,
        Self::ChoosingEndsTooEarly,
        Self::ApprovingEndsTooEarly,
        Self::CatalogueUnknown,
        Self::SetFormLost,
    ];

    /// The code of an error in a term; its text is the translation `refused-…` with this code.
    pub fn code(self) -> &'static str {
        match self {
            Self::CodeMissing => "term-code-missing",
            Self::CodeTaken => "term-code-taken",
            Self::NameMissing => "term-name-missing",
            Self::DateMissing => "date-missing",
            Self::EndsTooEarly => "term-ends-too-early",
            Self::ChoosingEndsTooEarly => "choosing-ends-too-early",
            Self::ApprovingEndsTooEarly => "approving-ends-too-early",
            Self::CatalogueUnknown => "catalogue-unknown",
            Self::SetFormLost => "rules-set-form",
        }
    }

    /// The name of the field of the term form beside which the error is displayed.
    pub fn field(self) -> &'static str {
        match self {
            Self::CodeMissing | Self::CodeTaken => "code",
            Self::NameMissing => "name_kk",
            Self::DateMissing => "starts",
            Self::EndsTooEarly => "ends",
            Self::ChoosingEndsTooEarly => "choose_until",
            Self::ApprovingEndsTooEarly => "approve_until",
            Self::CatalogueUnknown | Self::SetFormLost => "catalogue",
        }
    }
}

/// The reasons for which choices cannot be changed or decided on today.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum WindowClosed {
    /// Refused today: the period for choosing or approving has not begun.
    #[error("the window has not opened yet")]
    NotYet,
    /// Refused today: the period for choosing or approving is over.
    #[error("the window is over")]
    Over,
    /// Refused today: the term is closed permanently.
    #[error("the term is closed")]
    TermClosed,
}

impl WindowClosed {
    /// The code of the reason for which nothing can be changed today; its text is the translation `refused-…` with this
    /// code.
    pub fn code(self) -> &'static str {
        match self {
            Self::NotYet => "window-not-yet",
            Self::Over => "window-over",
            Self::TermClosed => "term-closed",
        }
    }
}

impl Term {
    /// Checks that instructors may choose today, according to the term's own dates.
    pub fn choosing(&self, today: NaiveDate) -> Result<(), WindowClosed> {
        self.within(today, self.choose_until, None)
    }

    /// Checks that an instructor may change a choice today. A returned choice may be sent again until the end of
    /// approving, and a choice with a deadline extension until the last day of the extension.
    pub fn changing(
        &self,
        today: NaiveDate,
        is_returned: bool,
        extended_until: Option<NaiveDate>,
    ) -> Result<(), WindowClosed> {
        let last = if is_returned { self.approve_until } else { self.choose_until };
        self.within(today, last, extended_until)
    }

    /// Checks that heads may decide on choices today, also until the last day of a deadline extension.
    pub fn deciding(&self, today: NaiveDate, extended_until: Option<NaiveDate>) -> Result<(), WindowClosed> {
        self.within(today, self.approve_until, extended_until)
    }

    /// Lists the errors in the names and dates of the term.
    pub fn wrong(&self) -> Vec<TermError> {
        let names = [&self.name.kk, &self.name.ru, &self.name.en];
        let found = [
            (TermError::CodeMissing, self.code.trim().is_empty()),
            (TermError::NameMissing, names.iter().any(|name| name.trim().is_empty())),
            (TermError::EndsTooEarly, self.ends < self.starts),
            (TermError::ChoosingEndsTooEarly, self.choose_until < self.choose_from),
            (TermError::ApprovingEndsTooEarly, self.approve_until < self.choose_until),
        ];
        found.into_iter().filter(|(_, holds)| *holds).map(|(wrong, _)| wrong).collect()
    }

    /// The days left for choosing in the term, today included; `None` if instructors may not choose today.
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
