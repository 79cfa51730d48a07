//! The progress board as tables for a file, in the reader's language.

use crate::i18n::Texts;
use crate::pages::reports::report::{EXAM, counted, exam, head};
use app::reports::export::{Cell, Worksheet};
use app::reports::progress::{ProgressBoard, ProgressRow};

/// The groups, and beside them in a file of several tables what stands above them on the page.
pub(crate) fn sheets(words: Texts, board: &ProgressBoard) -> Vec<Worksheet> {
    let mut sheets = vec![groups(words, board)];
    if !board.units.is_empty() {
        sheets.push(units(words, board));
    }
    sheets
}

fn groups(words: Texts, board: &ProgressBoard) -> Worksheet {
    let [platform, form, kind, info] = EXAM;
    let keys = [
        "faculty",
        "department",
        "discipline-code",
        "discipline",
        "group",
        "taught-in",
        "level",
        "study-form",
        "students",
        "instructor",
        platform,
        form,
        kind,
        info,
        "state",
        "sent-on",
        "decided-on",
    ];
    Worksheet {
        title: words.t("groups"),
        head: head(words, &keys),
        rows: board.lines.iter().map(|line| group(words, board, line)).collect(),
        ..Worksheet::default()
    }
}

fn group(words: Texts, board: &ProgressBoard, line: &ProgressRow) -> Vec<Cell> {
    let offering = &line.listed.offering;
    let unit = |id| board.scope.find(id).map(|org| words.name(&org.name)).unwrap_or_default();
    let moment = |at: Option<_>| at.map_or(Cell::Empty, |at| Cell::Moment(words.wall(at)));
    let instructor = if offering.responsible.is_none() { words.t("vacancy") } else { line.listed.instructor.clone() };
    let mut cells = vec![
        unit(offering.faculty).into(),
        unit(offering.department).into(),
        offering.discipline.code.as_str().into(),
        words.name(&offering.discipline.name).into(),
        offering.group.as_str().into(),
        words.code("taught-in", offering.language.code()).into(),
        words.code("level", offering.level.code()).into(),
        words.code("study", offering.study_form.code()).into(),
        offering.students.into(),
        instructor.into(),
    ];
    cells.extend(exam(words, line.picked.as_ref()));
    cells.push(words.code("stage", line.listed.state.code()).into());
    cells.extend([moment(line.listed.sent_at), moment(line.listed.decided_at)]);
    cells
}

fn units(words: Texts, board: &ProgressBoard) -> Worksheet {
    let first = match (&board.scope.unit, board.scope.department()) {
        (None, _) => "faculty",
        (Some(_), None) => "department",
        (Some(_), Some(_)) => "instructor",
    };
    let keys =
        [first, "total", "unfinished", "stage-approved", "stage-in-review", "stage-returned", "stage-not-chosen"];
    let row = |unit: &app::reports::progress::ProgressUnit| {
        let (name, tally) = (words.name(&unit.name), &unit.tally);
        let name = if name.is_empty() { words.t("vacancy") } else { name.to_owned() };
        let counts =
            [tally.total(), tally.unfinished(), tally.approved, tally.in_review, tally.returned, tally.not_chosen];
        counted(name, counts)
    };
    Worksheet {
        title: words.t("nav-progress"),
        head: head(words, &keys),
        rows: board.units.iter().map(row).collect(),
        ..Worksheet::default()
    }
}
