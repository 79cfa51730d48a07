//! Lines of a page that shows the plan of a roster import: labels of records, changed fields, and
//! changes that affect existing choices.

mod names;
mod value;

pub use names::Names;
pub use value::Value;

use crate::id::OfferingId;
use crate::name::Name;
use crate::person::{Appointment, Person};
use crate::roster::plan::{Plan, RecordChange, RecordChanges};
use crate::roster::{Enrolment, Org, RosterDiscipline, RosterOffering, RosterTerm};
use chrono::NaiveDate;
use std::collections::HashSet;

/// A field of a record that a roster import changes, with its values before and after the import.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlannedFieldChange {
    /// The code of the changed field, which is also the second half of the translation key
    /// `changes-…`.
    pub field: &'static str,
    /// The value of the changed field before the import.
    pub before: Value,
    /// The value of the changed field after the import.
    pub after: Value,
}

/// A line of an import plan: one record that the import adds or changes, or that is missing from
/// the roster.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlanLine {
    pub label: Vec<Value>,
    /// The changed fields of the record; empty for new and missing records.
    pub changes: Vec<PlannedFieldChange>,
}

/// The displayed lines of an import plan for the records of one kind, such as people.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct PlanLines {
    pub new: Vec<PlanLine>,
    pub changed: Vec<PlanLine>,
    /// Lines of an import plan for stored records that are missing from the roster file.
    pub absent: Vec<PlanLine>,
}

/// A change that a roster import makes to an offering that already has a choice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlanNote {
    pub offering: OfferingId,
    /// The label of the changed offering: discipline, student group and academic term.
    pub label: Vec<Value>,
    pub change: PlannedFieldChange,
}

/// A field of a roster record, with the code that names the field in the preview of an import.
pub(super) struct RecordField {
    code: &'static str,
    value: Value,
}

fn field(code: &'static str, value: Value) -> RecordField {
    RecordField { code, value }
}

pub(super) trait Record {
    fn label(&self, names: &Names) -> Vec<Value>;
    fn fields(&self, names: &Names) -> Vec<RecordField>;
}

fn changes<T: Record>(change: &RecordChange<T>, names: &Names) -> Vec<PlannedFieldChange> {
    let pairs = change.before.fields(names).into_iter().zip(change.after.fields(names));
    pairs
        .filter(|(before, after)| before.value != after.value)
        .map(|(before, after)| PlannedFieldChange { field: before.code, before: before.value, after: after.value })
        .collect()
}

/// Returns the line of a record that the import adds, or that is missing from the roster.
pub(super) fn line<T: Record>(record: &T, names: &Names) -> PlanLine {
    PlanLine { label: record.label(names), changes: Vec::new() }
}

/// Returns the line of a record that the import changes, with the changed fields.
pub(super) fn line_of_change<T: Record>(change: &RecordChange<T>, names: &Names) -> PlanLine {
    PlanLine { label: change.before.label(names), changes: changes(change, names) }
}

fn lines<T: Record>(of: &RecordChanges<T>, names: &Names, most: usize) -> PlanLines {
    PlanLines {
        new: of.new.iter().take(most).map(|record| line(record, names)).collect(),
        changed: of.changed.iter().take(most).map(|change| line_of_change(change, names)).collect(),
        absent: of.absent.iter().take(most).map(|record| line(record, names)).collect(),
    }
}

impl Plan {
    /// Returns the displayed lines of an import plan, sorted by kind of records (units first,
    /// enrolments last): at most `most` new, changed and missing records of each kind.
    pub fn lines(&self, names: &Names, most: usize) -> [PlanLines; 7] {
        [
            lines(&self.orgs, names, most),
            lines(&self.terms, names, most),
            lines(&self.people, names, most),
            lines(&self.appointments, names, most),
            lines(&self.disciplines, names, most),
            lines(&self.offerings, names, most),
            lines(&self.enrolments, names, most),
        ]
    }

    /// Lists the important changes of offerings that already have a choice (`live`): a new
    /// instructor, group or department, 30 percent more or fewer students, a final exam added or
    /// removed, activation or deactivation.
    pub fn notes(&self, live: &HashSet<OfferingId>, names: &Names) -> Vec<PlanNote> {
        let touched = self.offerings.changed.iter().filter(|changed| live.contains(&changed.before.id));
        let noted = |changed: &RecordChange<RosterOffering>| {
            let before = &changed.before;
            let notable = changes(changed, names).into_iter().filter(is_notable);
            let note = |change| PlanNote { offering: before.id, label: before.label(names), change };
            notable.map(note).collect::<Vec<_>>()
        };
        touched.flat_map(noted).collect()
    }
}

fn is_notable(change: &PlannedFieldChange) -> bool {
    match (change.field, &change.before, &change.after) {
        ("students", Value::Number(before), Value::Number(after)) => (before - after).abs() * 10 >= before * 3,
        ("responsible" | "group" | "department" | "has-exam" | "is-active", ..) => true,
        _ => false,
    }
}

impl Record for Org {
    fn label(&self, _: &Names) -> Vec<Value> {
        vec![Value::Text(self.code.clone()), Value::Name(self.name.clone())]
    }

    fn fields(&self, names: &Names) -> Vec<RecordField> {
        let mut fields = vec![
            field("code", Value::Text(self.code.clone())),
            field("parent", names.org(self.parent)),
            field("kind", Value::Word("unit", self.kind.code())),
        ];
        fields.extend(names_of(&self.name));
        fields
    }
}

impl Record for RosterTerm {
    fn label(&self, _: &Names) -> Vec<Value> {
        vec![Value::Text(self.code.clone()), Value::Name(self.name.clone())]
    }

    fn fields(&self, _: &Names) -> Vec<RecordField> {
        let mut fields = vec![
            field("code", Value::Text(self.code.clone())),
            field("starts", Value::Day(self.starts)),
            field("ends", Value::Day(self.ends)),
            field("choose-from", Value::Day(self.choose_from)),
            field("choose-until", Value::Day(self.choose_until)),
            field("approve-until", Value::Day(self.approve_until)),
        ];
        fields.extend(names_of(&self.name));
        fields
    }
}

impl Record for Person {
    fn label(&self, _: &Names) -> Vec<Value> {
        vec![Value::Text(self.username.clone()), Value::Text(self.full_name())]
    }

    fn fields(&self, _: &Names) -> Vec<RecordField> {
        vec![
            field("username", Value::Text(self.username.clone())),
            field("full-name", Value::Text(self.full_name())),
            field("locale", self.locale.map_or(Value::Nothing, |language| Value::Word("language", language.code()))),
            field("is-enabled", Value::Flag(self.is_enabled)),
        ]
    }
}

impl Record for Appointment {
    fn label(&self, names: &Names) -> Vec<Value> {
        vec![names.person(Some(self.person)), Value::Word("role", self.role.code()), names.org(Some(self.org))]
    }

    fn fields(&self, names: &Names) -> Vec<RecordField> {
        let day = |day: Option<NaiveDate>| day.map_or(Value::Nothing, Value::Day);
        vec![
            field("person", names.person(Some(self.person))),
            field("role", Value::Word("role", self.role.code())),
            field("unit", names.org(Some(self.org))),
            field("from", day(self.from)),
            field("until", day(self.until)),
        ]
    }
}

impl Record for RosterDiscipline {
    fn label(&self, _: &Names) -> Vec<Value> {
        vec![Value::Text(self.code.clone()), Value::Name(self.name.clone())]
    }

    fn fields(&self, names: &Names) -> Vec<RecordField> {
        let mut fields =
            vec![field("code", Value::Text(self.code.clone())), field("department", names.org(Some(self.department)))];
        fields.extend(names_of(&self.name));
        fields
    }
}

impl Record for RosterOffering {
    fn label(&self, names: &Names) -> Vec<Value> {
        let term = names.terms.get(&self.term).map_or(Value::Nothing, |name| Value::Name(name.clone()));
        vec![names.discipline(self.discipline), Value::Text(self.group.clone()), term]
    }

    fn fields(&self, names: &Names) -> Vec<RecordField> {
        vec![
            field("discipline", names.discipline(self.discipline)),
            field("department", names.org(self.home.map(|home| home.department))),
            field("group", Value::Text(self.group.clone())),
            field("language", Value::Word("taught-in", self.language.code())),
            field("study-form", Value::Word("study", self.study_form.code())),
            field("level", Value::Word("level", self.level.code())),
            field("students", Value::Number(self.students)),
            field("responsible", names.person(self.responsible)),
            field("teachers", names.people(&self.teachers)),
            field("has-exam", Value::Flag(self.has_exam)),
            field("is-active", Value::Flag(self.is_active)),
        ]
    }
}

impl Record for Enrolment {
    fn label(&self, names: &Names) -> Vec<Value> {
        let mut label = vec![names.person(Some(self.person))];
        if let Some((discipline, group)) = names.groups.get(&self.offering) {
            label.extend([names.discipline(*discipline), Value::Text(group.clone())]);
        }
        label
    }

    fn fields(&self, _: &Names) -> Vec<RecordField> {
        Vec::new()
    }
}

fn names_of(name: &Name) -> [RecordField; 3] {
    let text = |text: &String| Value::Text(text.clone());
    [field("name-kk", text(&name.kk)), field("name-ru", text(&name.ru)), field("name-en", text(&name.en))]
}
