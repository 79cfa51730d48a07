//! The seed's three fields, filled in any order: what is still open, and what excludes the rest.

use crate::catalogue::{Catalogue, NO_KIND, Row};

/// One of the three fields above the list of rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Axis {
    /// Емтихан өткізу платформасы.
    Platform,
    /// Емтихан өткізу формасы.
    Form,
    /// The types of exams (емтихан түрі).
    Kind,
}

impl Axis {
    /// All three, in the form's order.
    pub const ALL: [Self; 3] = [Self::Platform, Self::Form, Self::Kind];

    /// The field's name in a form and the translation key of its label.
    pub fn code(self) -> &'static str {
        match self {
            Self::Platform => "platform",
            Self::Form => "form",
            Self::Kind => "type",
        }
    }

    /// A row's code in this field, [`NO_KIND`] where it has no type.
    pub fn of(self, row: &Row) -> &str {
        match self {
            Self::Platform => &row.platform,
            Self::Form => &row.form,
            Self::Kind => row.kind_or_none(),
        }
    }
}

/// The values picked so far in the three fields; each may be open.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Narrowing {
    pub platform: Option<String>,
    pub form: Option<String>,
    /// Type code, or [`NO_KIND`].
    pub kind: Option<String>,
}

/// Whether a value may be picked next.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ValueStatus {
    /// Leads to at least one row.
    Open,
    /// Excluded by what is picked in these fields; clearing exactly them opens it.
    ExcludedBy(Vec<Axis>),
    /// No row with this value is offered to the group at all.
    NotOffered,
}

impl Narrowing {
    /// The picked value of one field.
    pub fn get(&self, axis: Axis) -> Option<&str> {
        match axis {
            Axis::Platform => self.platform.as_deref(),
            Axis::Form => self.form.as_deref(),
            Axis::Kind => self.kind.as_deref(),
        }
    }

    /// The same with one field changed.
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

    /// Is nothing picked?
    pub fn is_empty(&self) -> bool {
        Axis::ALL.iter().all(|&axis| self.get(axis).is_none())
    }

    /// Does a row agree with everything that is picked?
    pub fn admits(&self, row: &Row) -> bool {
        Axis::ALL.iter().all(|&axis| self.get(axis).is_none_or(|picked| picked == axis.of(row)))
    }

    /// How a value of one field stands, given what is picked in the *other* two. `rows` are those offered to the group.
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

    /// Can the form still be completed?
    pub fn can_be_completed(&self, rows: &[&Row]) -> bool {
        rows.iter().any(|row| self.admits(row))
    }
}

/// All values of one field that a row which is on has, in the catalogue's order; "no type" comes last.
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
