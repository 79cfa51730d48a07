//! The figures of the progress board as they are drawn: the curve of the days and the bars of the
//! platforms.

use app::reports::progress_figures::ProgressFigures;
use chrono::NaiveDate;
use domain::progress_days::DayCount;
use domain::term::Term;

/// The width and height of the drawing, in units that are stretched to the space on the page.
const WIDTH: i64 = 1_000;
const HEIGHT: i64 = 200;

/// The curves of the choices that were sent and approved, in the coordinates of the drawing.
pub(crate) struct Chart {
    /// The first and the last day of the drawing.
    pub(crate) first: NaiveDate,
    pub(crate) end: NaiveDate,
    /// The corners of the curves, as the attribute `points` of an SVG polyline.
    pub(crate) sent: String,
    pub(crate) approved: String,
    /// The area under the curve of approved choices, as the attribute `points` of an SVG polygon.
    pub(crate) area: String,
    /// The horizontal place of the end of the deadline for choosing.
    pub(crate) deadline: i64,
    /// The numbers of the newest day.
    pub(crate) newest: DayCount,
}

impl Chart {
    /// Draws the curves; `total` is the number of all choices. `None` if there are fewer than two days
    /// or no choices.
    pub(crate) fn new(figures: &ProgressFigures, term: &Term, total: i64) -> Option<Self> {
        let (first, newest) = (figures.days.first()?.day, *figures.days.last()?);
        let end = term.approve_until.max(newest.day);
        let length = (end - first).num_days();
        if figures.days.len() < 2 || total < 1 {
            return None;
        }
        let across = |day: NaiveDate| (day - first).num_days().clamp(0, length) * WIDTH / length;
        let corners = |count: fn(&DayCount) -> i64| {
            let corner = |one: &DayCount| format!("{},{}", across(one.day), HEIGHT - count(one) * HEIGHT / total);
            figures.days.iter().map(corner).collect::<Vec<_>>().join(" ")
        };
        let approved = corners(|one| one.approved);
        Some(Self {
            area: format!("0,{HEIGHT} {approved} {},{HEIGHT}", across(newest.day)),
            sent: corners(|one| one.sent),
            approved,
            deadline: across(term.choose_until),
            first,
            end,
            newest,
        })
    }
}

/// The length of a platform's bar in thousandths of the longest bar.
pub(crate) fn permille_of_most(figures: &ProgressFigures, exams: i64) -> i64 {
    let most = figures.platforms.iter().map(|platform| platform.load.exams).max().unwrap_or(0);
    if most == 0 { 0 } else { exams * 1_000 / most }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::id::TermId;
    use domain::name::Name;
    use domain::term::Uniformity;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn term() -> Term {
        Term {
            id: TermId::of(&["autumn"]),
            code: "autumn".into(),
            name: Name::same("autumn"),
            starts: day("2026-09-01"),
            ends: day("2026-12-31"),
            choose_from: day("2026-11-01"),
            choose_until: day("2026-11-06"),
            approve_until: day("2026-11-11"),
            catalogue: 1,
            is_closed: false,
            uniformity: Uniformity::Shown,
            escalate_after: None,
            is_kept_here: true,
        }
    }

    fn figures(counts: &[(&str, i64, i64)]) -> ProgressFigures {
        let count = |&(date, sent, approved): &(&str, i64, i64)| DayCount { day: day(date), sent, approved };
        ProgressFigures { days: counts.iter().map(count).collect(), platforms: Vec::new() }
    }

    #[test]
    fn the_curves_begin_at_the_lower_left_and_the_axis_ends_with_the_last_deadline() {
        let figures = figures(&[("2026-11-01", 0, 0), ("2026-11-02", 5, 0), ("2026-11-03", 10, 5)]);
        let chart = Chart::new(&figures, &term(), 20).unwrap();
        assert_eq!(chart.sent, "0,200 100,150 200,100");
        assert_eq!(chart.approved, "0,200 100,200 200,150");
        assert_eq!(chart.area, "0,200 0,200 100,200 200,150 200,200");
        assert_eq!((chart.deadline, chart.end), (500, day("2026-11-11")));
    }

    #[test]
    fn nothing_is_drawn_of_one_day_or_without_choices() {
        assert!(Chart::new(&figures(&[]), &term(), 20).is_none());
        assert!(Chart::new(&figures(&[("2026-11-01", 1, 1)]), &term(), 20).is_none());
        assert!(Chart::new(&figures(&[("2026-11-01", 0, 0), ("2026-11-02", 0, 0)]), &term(), 0).is_none());
    }
}
