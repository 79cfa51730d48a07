//! The data of a roster import's page: its changes by kind of record (such as people or offerings),
//! with all values as text.

use crate::i18n::Texts;
use crate::layout::Layout;
use crate::pages::roster::import_ticks::Ticks;
use crate::routes;
use app::roster::imports::{ImportJob, ImportPreview, ImportState, ImportStatus};
use app::roster::imports::{ReadingWarning, WritingProgress};
use askama::Template;
use askama_minify::template_minify;
use chrono::{DateTime, Utc};
use domain::limits::IMPORT_LISTED;
use domain::roster::Difference;
use domain::roster::plan::Absent;
use domain::roster::plan_view::{PlanLine, PlanLines, PlannedFieldChange, Value};
use serde_json::Value as Json;
use std::borrow::Borrow;

/// The codes of the kinds of records in a roster, in the order in which an import writes them.
const KINDS: [&str; 7] = ["orgs", "terms", "people", "appointments", "disciplines", "offerings", "enrolments"];

#[template_minify(path = "roster/import.html")]
#[derive(Template)]
pub(super) struct ImportPage {
    pub(super) layout: Layout,
    pub(super) t: Texts,
    pub(super) status: ImportStatus,
    /// Whether the signed-in person has just applied or undone the roster import.
    pub(super) is_done: bool,
    /// Whether the import was not applied because dangerous changes were not confirmed.
    pub(super) is_unconfirmed: bool,
    /// The check boxes that were ticked before the form was rejected.
    pub(super) ticks: Ticks,
}

/// The records of one kind (for example people) on the page of a roster import.
struct RecordKind<'p> {
    code: &'static str,
    counted: Difference,
    lines: &'p PlanLines,
}

/// A list of the new, changed or missing records of one kind (such as people) in an import.
struct RecordList<'p> {
    /// The key of the title above a list of new, changed or missing records.
    title: &'static str,
    count: usize,
    /// The records that the list shows: the first new, changed or missing records of this kind
    /// (such as people), at most [`IMPORT_LISTED`].
    lines: &'p [PlanLine],
}

impl RecordKind<'_> {
    /// The numbers of records of this kind (such as people) that are new, changed, unchanged or
    /// missing in the roster file, compared with the database. Each number comes with the key of
    /// its column heading.
    fn counts(&self) -> [(&'static str, usize); 4] {
        let Difference { new, changed, unchanged, absent } = self.counted;
        [
            ("import-difference-new", new),
            ("import-difference-changed", changed),
            ("import-difference-unchanged", unchanged),
            ("import-difference-absent", absent),
        ]
    }

    /// The lists of new, changed and missing records in a roster import. Empty lists are left out.
    fn lists(&self) -> Vec<RecordList<'_>> {
        let Difference { new, changed, absent, .. } = self.counted;
        let lists = [
            RecordList { title: "import-difference-new", count: new, lines: &self.lines.new },
            RecordList { title: "import-difference-changed", count: changed, lines: &self.lines.changed },
            RecordList { title: "import-difference-absent", count: absent, lines: &self.lines.absent },
        ];
        lists.into_iter().filter(|list| list.count > 0).collect()
    }
}

impl RecordList<'_> {
    /// Whether the list is incomplete: it shows at most [`IMPORT_LISTED`] records, and the roster
    /// import has more records of this kind that are new, changed or missing.
    fn is_cut(&self) -> bool {
        self.count > IMPORT_LISTED
    }
}

/// The progress of a roster import: how many records were written, and how many will be written in
/// all. The total is 0 while it is unknown.
struct ImportProgress {
    written: i64,
    of: i64,
}

impl ImportProgress {
    fn knows_total(&self) -> bool {
        self.of > 0
    }
}

/// The numbers of records of one kind (such as people) that an import has added and changed.
struct WrittenRecords {
    kind: &'static str,
    new: i64,
    changed: i64,
}

impl ImportPage {
    fn preview(&self) -> Option<&ImportPreview> {
        match &self.status.task {
            Some(ImportJob::Ready(preview)) if self.status.import.state == ImportState::Planned => Some(preview),
            _ => None,
        }
    }

    /// Whether the roster import is being worked on in the background. Then its page reloads by
    /// itself.
    fn is_busy(&self) -> bool {
        self.status.task.as_ref().is_some_and(ImportJob::is_busy)
    }

    /// Whether the roster import was not applied yet.
    fn is_planned(&self) -> bool {
        self.status.import.state == ImportState::Planned
    }

    /// Whether the page confirms that the roster import was just applied or undone.
    fn was_just_carried_out(&self) -> bool {
        self.is_done && !self.is_busy() && !self.is_planned()
    }

    /// Whether rows of an applied roster file were refused and the server still stores the file.
    fn has_refused_rows(&self) -> bool {
        self.status.import.refused > 0 && self.status.import.sha256.is_some()
    }

    fn progress(&self) -> Option<ImportProgress> {
        let WritingProgress { written, of } = self.status.task.as_ref().and_then(ImportJob::progress)?;
        Some(ImportProgress { written: i64::try_from(written).ok()?, of: i64::try_from(of).ok()? })
    }

    /// The text about a roster import's progress: number of written records, and total if known.
    fn progress_text(&self, progress: &ImportProgress) -> String {
        let written = self.t.number(progress.written);
        if progress.knows_total() {
            self.t.with2("import-progress", &("n", written), &("of", self.t.number(progress.of)))
        } else {
            self.t.with("import-written", "n", written)
        }
    }

    /// The time at which the roster import was applied, or the time of its upload if it was not.
    fn when(&self) -> DateTime<Utc> {
        self.status.import.applied_at.unwrap_or(self.status.import.at)
    }

    fn kinds(&self) -> Vec<RecordKind<'_>> {
        let Some(preview) = self.preview() else { return Vec::new() };
        let counted = preview.report.kinds().into_iter().zip(&preview.lines);
        counted.map(|(kind, lines)| RecordKind { code: kind.kind, counted: kind.difference, lines }).collect()
    }

    /// The kinds of records (such as people) of which at least one record is new, changed or
    /// missing in the roster import.
    fn touched_kinds(&self) -> Vec<RecordKind<'_>> {
        let mut kinds = self.kinds();
        kinds.retain(|kind| kind.counted.new + kind.counted.changed + kind.counted.absent > 0);
        kinds
    }

    /// The numbers of added and changed records of an applied import, by kind of record.
    fn written(&self) -> [WrittenRecords; 7] {
        let counts: Json = serde_json::from_str(&self.status.import.counts).unwrap_or_default();
        let count = |kind: &str, what: &str| counts.get(kind).and_then(|kind| kind.get(what)).and_then(Json::as_i64);
        KINDS.map(|kind| WrittenRecords {
            kind,
            new: count(kind, "new").unwrap_or(0),
            changed: count(kind, "changed").unwrap_or(0),
        })
    }

    /// Whether records of one kind that are missing from the roster file can be deactivated. They
    /// cannot if rows of the file were refused, because a refused row is not a missing record.
    fn can_put_aside(&self, kind: &RecordKind<'_>) -> bool {
        let is_sure = self.preview().is_some_and(|preview| preview.refusals == 0);
        is_sure && kind.counted.absent > 0 && Absent::KINDS.contains(&kind.code)
    }

    /// Whether there is nothing to apply: the roster import has no changes to write, and there are
    /// no missing records that could be deactivated.
    fn changes_nothing(&self, preview: &ImportPreview) -> bool {
        preview.report.changes() == 0 && self.kinds().iter().all(|kind| !self.can_put_aside(kind))
    }

    /// Whether the stored data is already the same as the data in the roster file.
    fn is_up_to_date(&self, preview: &ImportPreview) -> bool {
        self.changes_nothing(preview) && preview.refusals == 0
    }

    /// The number of offerings that are missing from the roster file although they have a choice;
    /// `None` for other kinds of records, or if there are no such offerings.
    fn absent_with_choice(&self, kind: &RecordKind<'_>) -> Option<usize> {
        let count = self.preview()?.live_absent;
        (kind.code == "offerings" && count > 0).then_some(count)
    }

    fn values(&self, label: &[Value]) -> String {
        values_text(self.t, label)
    }

    fn value(&self, value: &Value) -> String {
        value_text(self.t, value)
    }

    fn warning(&self, warning: &ReadingWarning) -> String {
        let text = self.t.with2(
            &format!("import-notice-{}", warning.code()),
            &("what", detail(warning)),
            &("n", rows(warning)),
        );
        if warning.file().is_empty() { text } else { format!("{}: {text}", warning.file()) }
    }

    fn number(&self, count: impl Borrow<usize>) -> String {
        self.t.number(i64::try_from(*count.borrow()).unwrap_or(i64::MAX))
    }
}

fn detail(warning: &ReadingWarning) -> String {
    match warning {
        ReadingWarning::Encoding { encoding, .. } => encoding.to_string(),
        ReadingWarning::Separator { separator: '\t', .. } => "Tab".to_owned(),
        ReadingWarning::Separator { separator, .. } => separator.to_string(),
        ReadingWarning::UnknownColumns { columns, .. } => columns.join(", "),
        ReadingWarning::UnusedRole { role, .. } => role.clone(),
        _ => String::new(),
    }
}

fn rows(warning: &ReadingWarning) -> u64 {
    match warning {
        ReadingWarning::Deleted { lines, .. } | ReadingWarning::UnusedRole { lines, .. } => *lines,
        _ => 0,
    }
}

fn values_text(texts: Texts, label: &[Value]) -> String {
    let shown: Vec<String> =
        label.iter().filter(|one| **one != Value::Nothing).map(|one| value_text(texts, one)).collect();
    shown.join(" · ")
}

fn value_text(texts: Texts, value: &Value) -> String {
    match value {
        Value::Text(text) => text.clone(),
        Value::Name(name) => texts.name(name).to_owned(),
        Value::Word("language", code) => texts.own_name(code).to_owned(),
        Value::Word(prefix, code) => texts.code(prefix, code),
        Value::Number(number) => texts.number(*number),
        Value::Day(day) => texts.date(*day),
        Value::Flag(true) => texts.get("yes"),
        Value::Flag(false) => texts.get("no"),
        Value::Nothing => "–".to_owned(),
    }
}

/// Writes the planned changes of a roster import as a CSV table. Its columns are: kind of record;
/// new, changed or missing; record; field; value before; value after.
pub(super) fn plan_rows(texts: Texts, lines: &[PlanLines; 7]) -> String {
    let titles = ["import-plan-kind", "import-plan-fate", "import-plan-what", "import-plan-field", "was", "now"];
    let mut rows: Vec<[String; 6]> = vec![titles.map(|key| texts.get(key))];
    for (kind, lines) in KINDS.into_iter().zip(lines) {
        let kind = texts.code("import-kind", kind);
        for (fate, lines) in [("new", &lines.new), ("changed", &lines.changed), ("absent", &lines.absent)] {
            let fate = texts.get(&format!("import-fate-{fate}"));
            for line in lines {
                push(&mut rows, texts, [&kind, &fate], line);
            }
        }
    }
    app::roster::imports::csv(rows.iter().map(|row| row.iter().map(String::as_str)))
}

fn push(rows: &mut Vec<[String; 6]>, texts: Texts, [kind, fate]: [&String; 2], line: &PlanLine) {
    let row = |field: String, before: String, after: String| {
        [kind.clone(), fate.clone(), values_text(texts, &line.label), field, before, after]
    };
    if line.changes.is_empty() {
        rows.push(row(String::new(), String::new(), String::new()));
    }
    for PlannedFieldChange { field, before, after } in &line.changes {
        rows.push(row(texts.code("changes", field), value_text(texts, before), value_text(texts, after)));
    }
}
