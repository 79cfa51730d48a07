//! Automatic fixes for catalogue faults that have exactly one obvious correction. Faults that
//! require a text or a decision are corrected by people.

use crate::catalogue::edit::Edit;
use crate::catalogue::{Catalogue, Row, RowId};
use crate::narrowing::Axis;
use crate::proofs::CatalogueFault;

/// Returns whether catalogue faults with this code have an automatic fix. The code is also the
/// second half of the translation key `fix-…`, which names the fix.
pub fn is_mechanical(code: &str) -> bool {
    const CODES: [&str; 13] = [
        "duplicate-id",
        "duplicate-row",
        "contradiction",
        "duplicate-number",
        "dead-end",
        "duplicate-label",
        "offered-to-nobody",
        "unknown-faculty",
        "bad-number",
        "used-row-removed",
        "video-without-topic",
        "video-nowhere",
        "faculty-without-rows",
    ];
    CODES.contains(&code)
}

/// Returns a copy of the catalogue in which the fault is fixed; `None` if only a person can fix the
/// fault. The catalogue is a draft, and `base` is the catalogue version from which the draft was
/// begun.
pub fn with_fix(catalogue: &Catalogue, base: &Catalogue, fault: &CatalogueFault) -> Option<Catalogue> {
    let mut better = catalogue.clone();
    match fault.code {
        "duplicate-id" => remove_second(&mut better, fault.rows.first()?),
        "duplicate-row" | "contradiction" => better.edit(&Edit::Switch(fault.rows.last()?.clone(), false)).ok()?,
        "duplicate-number" => renumber(&mut better),
        "dead-end" | "duplicate-label" => {
            let (axis, code) = fault.what.split_once(' ')?;
            let axis = Axis::ALL.into_iter().find(|known| known.code() == axis)?;
            better.edit(&Edit::RemoveLabel(axis, code.to_owned())).ok()?;
        }
        "offered-to-nobody" => row_mut(&mut better, fault.rows.first()?)?.offered = None,
        "faculty-without-rows" => offer_everything_to(&mut better, &fault.what),
        "unknown-faculty" => {
            let row = row_mut(&mut better, fault.rows.first()?)?;
            row.offered.as_mut()?.faculties.retain(|code| *code != fault.what);
        }
        "bad-number" => {
            let row = row_mut(&mut better, fault.rows.first()?)?;
            (row.parts, row.minutes, row.attempts) = (row.parts.clamp(1, 9), row.minutes.max(0), row.attempts.max(0));
        }
        "used-row-removed" => restore(&mut better, base.row(fault.rows.first()?)?, base),
        "video-without-topic" | "video-nowhere" => {
            let place =
                catalogue.videos.iter().position(|video| super::video_faults(catalogue, video).contains(fault))?;
            better.edit(&Edit::RemoveVideo(place)).ok()?;
        }
        _ => return None,
    }
    Some(better)
}

fn row_mut<'c>(catalogue: &'c mut Catalogue, id: &RowId) -> Option<&'c mut Row> {
    catalogue.rows.iter_mut().find(|row| row.id == *id)
}

fn remove_second(catalogue: &mut Catalogue, id: &RowId) {
    if let Some(place) = catalogue.rows.iter().rposition(|row| row.id == *id) {
        catalogue.rows.remove(place);
    }
}

/// Numbers the catalogue rows 1, 2, 3 … in the sequence in which the rule table lists them.
fn renumber(catalogue: &mut Catalogue) {
    for (row, number) in catalogue.rows.iter_mut().zip(1..) {
        row.number = number;
    }
}

/// Offers all restricted catalogue rows also to a faculty to which no row is offered.
fn offer_everything_to(catalogue: &mut Catalogue, faculty: &str) {
    for offered in catalogue.rows.iter_mut().filter_map(|row| row.offered.as_mut()) {
        offered.faculties.push(faculty.to_owned());
    }
}

/// Restores a catalogue row that was removed although choices use it. The restored row is switched
/// off, and the names and instructions that the row needs are restored as well.
fn restore(catalogue: &mut Catalogue, row: &Row, base: &Catalogue) {
    let number = catalogue.rows.iter().map(|known| known.number).max().unwrap_or(0) + 1;
    catalogue.rows.push(Row { is_on: false, number, ..row.clone() });
    let codes = [(Axis::Platform, Some(&row.platform)), (Axis::Form, Some(&row.form)), (Axis::Kind, row.kind.as_ref())];
    for (axis, code) in codes {
        let known = base.labels(axis).iter().find(|label| Some(&label.code) == code);
        let is_there =
            |label: &crate::catalogue::Label| catalogue.labels(axis).iter().any(|one| one.code == label.code);
        if let Some(label) = known.filter(|label| !is_there(label)) {
            catalogue.labels_mut(axis).push(label.clone());
        }
    }
    for topic in [&row.id.0, &row.platform] {
        if let (None, Some(text)) = (catalogue.instructions.get(topic), base.instructions.get(topic)) {
            catalogue.instructions.insert(topic.clone(), text.clone());
        }
    }
}
