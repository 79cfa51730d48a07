//! Narrows the list of catalogue rows by three fields (exam platform, form, type), filled in any order: finds the
//! values that are still possible, and the fields that exclude the others.

use crate::catalogue::{Catalogue, NO_KIND, Row};

/// One of the three fields that narrow the list of catalogue rows: exam platform, form or type.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Axis {
    /// Field that narrows the list of catalogue rows: the exam platform (емтихан өткізу платформасы).
    Platform,
    /// Field that narrows the list of catalogue rows: the exam form (емтихан өткізу формасы).
    Form,
    /// Field that narrows the list of catalogue rows: the exam type (емтихан түрі).
    Kind,
}

impl Axis {
    /// The fields exam platform, form and type, in the order of the choice form.
    pub const ALL: [Self; 3] = [Self::Platform, Self::Form, Self::Kind];

    /// The name of the field for platform, form or type in the choice form, which is also the translation key of its
    /// label.
    pub fn code(self) -> &'static str {
        match self {
            Self::Platform => "platform",
            Self::Form => "form",
            Self::Kind => "type",
        }
    }

    /// The code that a catalogue row has in this field (platform, form or type); [`NO_KIND`] if the row has no type.
    pub fn of(self, row: &Row) -> &str {
        match self {
            Self::Platform => &row.platform,
            Self::Form => &row.form,
            Self::Kind => row.kind_or_none(),
        }
    }
}

/// The values selected so far in the fields exam platform, form and type; each may be empty.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Narrowing {
    pub platform: Option<String>,
    pub form: Option<String>,
    /// The code of the selected exam type, or [`NO_KIND`].
    pub kind: Option<String>,
}

/// Whether a platform, exam form or exam type can be selected, given the values of the other fields.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ValueStatus {
    /// Status of a value: selecting this platform, form or type leaves at least one catalogue row.
    Open,
    /// Status of a value: the selections in these fields exclude the platform, form or type; clearing exactly these
    /// fields makes it possible.
    ExcludedBy(Vec<Axis>),
    /// Status of a value: no catalogue row with this platform, form or type is offered to the student group at all.
    NotOffered,
}

impl Narrowing {
    /// The value selected in one of the fields platform, form and type.
    pub fn get(&self, axis: Axis) -> Option<&str> {
        match axis {
            Axis::Platform => self.platform.as_deref(),
            Axis::Form => self.form.as_deref(),
            Axis::Kind => self.kind.as_deref(),
        }
    }

    /// Returns a copy of the selected values with one of the fields platform, form and type changed.
    #[must_use]
    pub fn with(&self, axis: Axis, value: Option<&str>) -> Self {
        let mut changed = self.clone();
        let value = value.map(str::to_owned);
        match axis {
            Axis::Platform => changed.platform = value,
            Axis::Form => changed.form = value,
            Axis::Kind => changed.kind = value,
        }
        changed
    }

    /// Returns whether neither platform nor form nor type is selected.
    pub fn is_empty(&self) -> bool {
        Axis::ALL.iter().all(|&axis| self.get(axis).is_none())
    }

    /// Returns whether a catalogue row matches the selected platform, form and type.
    pub fn admits(&self, row: &Row) -> bool {
        Axis::ALL.iter().all(|&axis| self.get(axis).is_none_or(|picked| picked == axis.of(row)))
    }

    /// Returns whether a platform, form or type can be selected, given the selections in the *other* two fields. `rows`
    /// are the catalogue rows that are offered to the student group.
    pub fn standing(&self, rows: &[&Row], axis: Axis, value: &str) -> ValueStatus {
        let asked = self.with(axis, Some(value));
        let leads_on = |narrowing: &Self| rows.iter().any(|row| narrowing.admits(row));
        if leads_on(&asked) {
            return ValueStatus::Open;
        }
        let others: Vec<Axis> =
            Axis::ALL.into_iter().filter(|&other| other != axis && self.get(other).is_some()).collect();
        if let Some(&single) = others.iter().find(|&&other| leads_on(&asked.with(other, None))) {
            return ValueStatus::ExcludedBy(vec![single]);
        }
        let cleared = others.iter().fold(asked, |narrowing, &other| narrowing.with(other, None));
        if leads_on(&cleared) { ValueStatus::ExcludedBy(others) } else { ValueStatus::NotOffered }
    }

    /// Returns whether at least one catalogue row still matches the selected platform, form and type.
    pub fn can_be_completed(&self, rows: &[&Row]) -> bool {
        rows.iter().any(|row| self.admits(row))
    }
}

/// All platforms, forms or types that occur in catalogue rows that are on, in the catalogue's order; "no type" comes
/// last.
pub fn values(catalogue: &Catalogue, axis: Axis) -> Vec<&str> {
    let labels = match axis {
        Axis::Platform => &catalogue.platforms,
        Axis::Form => &catalogue.forms,
        Axis::Kind => &catalogue.kinds,
    };
    let none = (axis == Axis::Kind).then_some(NO_KIND);
    let leads_somewhere = |code: &&str| catalogue.rows_on().any(|row| axis.of(row) == *code);
    labels.iter().map(|label| label.code.as_str()).chain(none).filter(leads_somewhere).collect()
}
