//! Exports the progress board as tables in a CSV or XLSX file, in the interface language.

use crate::i18n::Texts;
use crate::pages::reports::report::{EXAM, counted, exam, head};
use app::reports::export::{Cell, Worksheet};
use app::reports::progress::{ProgressBoard, ProgressRow};

/// The tables of the exported progress board: a table of groups, and a table with the numbers of
/// choices in each unit below the shown unit (such as a faculty). The second table is left out if
/// there are no such units.
pub(crate) fn sheets(texts: Texts, board: &ProgressBoard) -> Vec<Worksheet> {
    let mut sheets = vec![groups(texts, board)];
    if !board.units.is_empty() {
        sheets.push(units(texts, board));
    }
    sheets
}

fn groups(texts: Texts, board: &ProgressBoard) -> Worksheet {
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
        title: texts.get("groups"),
        head: head(texts, &keys),
        rows: board.lines.iter().map(|line| group(texts, board, line)).collect(),
        ..Worksheet::default()
    }
}

fn group(texts: Texts, board: &ProgressBoard, line: &ProgressRow) -> Vec<Cell> {
    let offering = &line.listed.offering;
    let unit = |id| board.scope.find(id).map(|org| texts.name(&org.name)).unwrap_or_default();
    let moment = |at: Option<_>| at.map_or(Cell::Empty, |at| Cell::Moment(texts.wall(at)));
    let instructor = if offering.responsible.is_none() { texts.get("vacancy") } else { line.listed.instructor.clone() };
    let mut cells = vec![
        unit(offering.faculty).into(),
        unit(offering.department).into(),
        offering.discipline.code.as_str().into(),
        texts.name(&offering.discipline.name).into(),
        offering.group.as_str().into(),
        texts.code("taught-in", offering.language.code()).into(),
        texts.code("level", offering.level.code()).into(),
        texts.code("study", offering.study_form.code()).into(),
        offering.students.into(),
        instructor.into(),
    ];
    cells.extend(exam(texts, line.picked.as_ref()));
    cells.push(texts.code("stage", line.listed.state.code()).into());
    cells.extend([moment(line.listed.sent_at), moment(line.listed.decided_at)]);
    cells
}

fn units(texts: Texts, board: &ProgressBoard) -> Worksheet {
    let first = match (&board.scope.unit, board.scope.department()) {
        (None, _) => "faculty",
        (Some(_), None) => "department",
        (Some(_), Some(_)) => "instructor",
    };
    let keys =
        [first, "total", "unfinished", "stage-approved", "stage-in-review", "stage-returned", "stage-not-chosen"];
    let row = |unit: &app::reports::progress::ProgressUnit| {
        let (name, tally) = (texts.name(&unit.name), &unit.tally);
        let name = if name.is_empty() { texts.get("vacancy") } else { name.to_owned() };
        let counts =
            [tally.total(), tally.unfinished(), tally.approved, tally.in_review, tally.returned, tally.not_chosen];
        counted(name, counts)
    };
    Worksheet {
        title: texts.get("nav-progress"),
        head: head(texts, &keys),
        rows: board.units.iter().map(row).collect(),
        ..Worksheet::default()
    }
}
