//! Dates, times, numbers and file sizes as the readers of each language write them.

use super::Texts;
use chrono::{DateTime, Datelike, NaiveDate, NaiveDateTime, Timelike, Utc};
use domain::name::Language;
use domain::term::day_of;
use fluent_bundle::FluentArgs;
use std::borrow::Borrow;

impl Texts {
    /// Formats a date in words: «2026 ж. 5 желтоқсан», «5 декабря 2026 г.», "5 December 2026".
    pub fn date(&self, day: impl Borrow<NaiveDate>) -> String {
        let day = day.borrow();
        let month = self.get(&format!("month-{}", day.month()));
        let mut args = FluentArgs::new();
        args.set("day", day.day());
        args.set("month", month);
        args.set("year", day.year().to_string());
        self.format("date-long", Some(&args))
    }

    /// Formats the date of a point in time in words, in the university's time zone.
    pub fn day(&self, at: impl Borrow<DateTime<Utc>>) -> String {
        self.date(day_of(*at.borrow(), self.zone))
    }

    /// Formats the date of a point in time for a narrow table column: 05.12.2026 in Kazakh and
    /// Russian, 5 Dec 2026 in English.
    pub fn short_day(&self, at: impl Borrow<DateTime<Utc>>) -> String {
        let day = day_of(*at.borrow(), self.zone);
        if self.language != Language::En {
            return day.format("%d.%m.%Y").to_string();
        }
        let month: String = self.get(&format!("month-{}", day.month())).chars().take(3).collect();
        format!("{} {month} {}", day.day(), day.year())
    }

    /// The university's local date and time at a certain point in time.
    pub fn wall(&self, at: DateTime<Utc>) -> NaiveDateTime {
        at.with_timezone(&self.zone).naive_local()
    }

    /// Formats a point in time as date and time of day, in the university's time zone.
    pub fn moment(&self, at: impl Borrow<DateTime<Utc>>) -> String {
        let wall = at.borrow().with_timezone(&self.zone);
        format!("{}, {:02}:{:02}", self.date(wall.date_naive()), wall.hour(), wall.minute())
    }

    /// Formats the time of day of a point in time as hours and minutes, in the university's time
    /// zone.
    pub fn time(&self, at: DateTime<Utc>) -> String {
        let wall = at.with_timezone(&self.zone);
        format!("{:02}:{:02}", wall.hour(), wall.minute())
    }

    /// Formats a point in time in ISO 8601, for the attribute `datetime` of the HTML element
    /// `<time>`.
    pub fn iso(&self, at: impl Borrow<DateTime<Utc>>) -> String {
        at.borrow().to_rfc3339()
    }

    /// Formats a number with grouped digits: 1 302 in Kazakh and Russian, 1,302 in English.
    pub fn number(&self, number: impl Borrow<i64>) -> String {
        let number = *number.borrow();
        let digits = number.abs().to_string();
        let separator = if self.language == Language::En { ',' } else { '\u{a0}' };
        let mut grouped = String::new();
        for (place, digit) in digits.chars().enumerate() {
            if place > 0 && (digits.len() - place).is_multiple_of(3) {
                grouped.push(separator);
            }
            grouped.push(digit);
        }
        if number < 0 { format!("-{grouped}") } else { grouped }
    }

    /// Formats a file size in megabytes, «1,2 МБ» or "1.2 MB". Sizes below a tenth of a megabyte
    /// are in kilobytes.
    pub fn size(&self, bytes: impl Borrow<i64>) -> String {
        let bytes = *bytes.borrow();
        let kilobytes = (bytes + 1023) / 1024;
        if kilobytes < 100 {
            return format!("{kilobytes}\u{a0}{}", self.get("unit-kb"));
        }
        let tenths = (bytes * 10 + 524_288) / 1_048_576;
        let mark = if self.language == Language::En { '.' } else { ',' };
        format!("{}{mark}{}\u{a0}{}", tenths / 10, tenths % 10, self.get("unit-mb"))
    }
}
