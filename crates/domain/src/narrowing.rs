//! Narrowing the catalogue by the three fields of the seed document, filled in any order: the values that are still
//! possible, and the fields that exclude the others.

use crate::catalogue::{Catalogue, NO_KIND, Row};

/// One of the three fields above the list of rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Axis {
    /// The exam platform (емтихан өткізу платформасы).
    Platform,
    /// The form of the exam (емтихан өткізу формасы).
    Form,
    /// The type of the exam (емтихан түрі).
    Kind,
}

impl Axis {
    /// All three fields, in the form's order.
    pub const ALL: [Self; 3] = [Self::Platform, Self::Form, Self::Kind];

    /// The field's name in a form, which is also the translation key of its label.
    pub fn code(self) -> &'static str {
        match self {
            Self::Platform => "platform",
            Self::Form => "form",
            Self::Kind => "type",
        }
    }

    /// The row's code in this field, or [`NO_KIND`] if the row has no type.
    pub fn of(self, row: &Row) -> &str {
        match self {
            Self::Platform => &row.platform,
            Self::Form => &row.form,
            Self::Kind => row.kind_or_none(),
        }
    }
}

/// The values selected so far in the three fields; each may be empty.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Narrowing {
    pub platform: Option<String>,
    pub form: Option<String>,
    /// The code of the type, or [`NO_KIND`].
    pub kind: Option<String>,
}

/// The status of a value: whether it can be selected next.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ValueStatus {
    /// The value leads to at least one row.
    Open,
    /// The value is excluded by the selections in these fields; clearing exactly these fields makes it possible.
    ExcludedBy(Vec<Axis>),
    /// No row with this value is offered to the group at all.
    NotOffered,
}

impl Narrowing {
    /// The selected value of one field.
    pub fn get(&self, axis: Axis) -> Option<&str> {
        match axis {
            Axis::Platform => self.platform.as_deref(),
            Axis::Form => self.form.as_deref(),
            Axis::Kind => self.kind.as_deref(),
        }
    }

    /// Returns the same selection with one field changed.
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

    /// Returns whether no value is selected in any of the three fields.
    pub fn is_empty(&self) -> bool {
        Axis::ALL.iter().all(|&axis| self.get(axis).is_none())
    }

    /// Returns whether a row matches all selected values.
    pub fn admits(&self, row: &Row) -> bool {
        Axis::ALL.iter().all(|&axis| self.get(axis).is_none_or(|picked| picked == axis.of(row)))
    }

    /// The status of a value of one field, given the selections in the *other* two. `rows` are
    /// those offered to the group.
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

    /// Returns whether at least one row still matches the selection.
    pub fn can_be_completed(&self, rows: &[&Row]) -> bool {
        rows.iter().any(|row| self.admits(row))
    }
}

/// All values of one field that occur in rows that are on, in the catalogue's order; "no type" comes last.
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
