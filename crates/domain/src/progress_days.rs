//! The progress of choosing, day by day.

use chrono::NaiveDate;

/// The days of a choice that stands now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ChoiceDays {
    /// The day on which the current version of the choice was sent.
    pub sent: NaiveDate,
    /// The day of the approval; `None` if the choice is not approved.
    pub approved: Option<NaiveDate>,
}

/// The numbers of choices that were sent and approved up to the end of a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DayCount {
    pub day: NaiveDate,
    pub sent: i64,
    pub approved: i64,
}

/// Counts the choices for each day from `from` to `until`. The numbers only grow, because only choices
/// that stand now are counted; the last day has all of them, also those with a later date. The list
/// is empty if `until` is before `from`.
pub fn by_day(choices: &[ChoiceDays], from: NaiveDate, until: NaiveDate) -> Vec<DayCount> {
    let mut days: Vec<DayCount> =
        from.iter_days().take_while(|day| *day <= until).map(|day| DayCount { day, sent: 0, approved: 0 }).collect();
    let Some(last) = days.len().checked_sub(1) else { return days };
    let place = |day: NaiveDate| usize::try_from((day - from).num_days()).unwrap_or(0).min(last);
    for choice in choices {
        if let Some(count) = days.get_mut(place(choice.sent)) {
            count.sent += 1;
        }
        if let Some(count) = choice.approved.and_then(|day| days.get_mut(place(day))) {
            count.approved += 1;
        }
    }
    let mut sum = (0, 0);
    for count in &mut days {
        sum = (sum.0 + count.sent, sum.1 + count.approved);
        (count.sent, count.approved) = sum;
    }
    days
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_numbers_add_up_day_by_day_and_the_ends_take_what_lies_outside() {
        let day = |number: u32| NaiveDate::from_ymd_opt(2026, 11, number).unwrap();
        let choice = |sent, approved: Option<u32>| ChoiceDays { sent: day(sent), approved: approved.map(day) };
        let choices = [choice(1, Some(3)), choice(11, Some(12)), choice(11, None), choice(12, Some(20))];
        let counts = |until| -> Vec<_> {
            by_day(&choices, day(10), day(until)).iter().map(|count| (count.sent, count.approved)).collect()
        };
        assert_eq!(counts(13), [(1, 1), (3, 1), (4, 2), (4, 3)]);
        assert_eq!(counts(10), [(4, 3)]);
        assert_eq!(counts(9), []);
    }
}
