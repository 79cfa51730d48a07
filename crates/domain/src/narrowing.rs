//! Narrows the list of catalogue rows from which an instructor chooses, by three fields: exam
//! platform, exam format and exam type. The three fields can be filled in any order. For every
//! value of a field, this module finds whether the value can still be selected, or which other
//! fields exclude it.

use crate::catalogue::{Catalogue, NO_KIND, Row};

/// One of the three fields by which an instructor narrows the list of catalogue rows: exam
/// platform, exam format or exam type.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Axis {
    /// Field by which catalogue rows are narrowed: the exam platform (емтихан өткізу платформасы).
    Platform,
    /// Field by which catalogue rows are narrowed: the exam format (емтихан өткізу формасы).
    Form,
    /// Field by which catalogue rows are narrowed: the exam type (емтихан түрі).
    Kind,
}

impl Axis {
    /// The three fields exam platform, exam format and exam type, in the sequence in which the page
    /// for choosing an exam shows them.
    pub const ALL: [Self; 3] = [Self::Platform, Self::Form, Self::Kind];

    /// Returns the HTML name of the field for exam platform, format or type on the page for
    /// choosing an exam. The name is also the translation key of the field's label.
    pub fn code(self) -> &'static str {
        match self {
            Self::Platform => "platform",
            Self::Form => "form",
            Self::Kind => "type",
        }
    }

    /// Returns the code of a catalogue row's exam platform, exam format or exam type, depending on
    /// the field. If the row has no exam type, the code is [`NO_KIND`].
    pub fn of(self, row: &Row) -> &str {
        match self {
            Self::Platform => &row.platform,
            Self::Form => &row.form,
            Self::Kind => row.kind_or_none(),
        }
    }
}

/// The exam platform, format and type that an instructor has selected so far; each of the three can
/// still be empty.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Narrowing {
    pub platform: Option<String>,
    pub form: Option<String>,
    /// The code of the selected exam type; [`NO_KIND`] if the instructor selected "no type".
    pub kind: Option<String>,
}

/// Answer to the question whether an instructor can still select a certain exam platform, format or
/// type, given the selections in the other two of these three fields.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ValueStatus {
    /// The exam platform, format or type can be selected: at least one catalogue row has this value
    /// and matches the instructor's other selections.
    Open,
    /// The exam platform, format or type cannot be selected, because the instructor's selections in
    /// one or both of the other fields exclude it. The list contains the fields that exclude it.
    /// The value can be selected once exactly these fields are cleared.
    ExcludedBy(Vec<Axis>),
    /// The exam platform, format or type can never be selected, because no catalogue row with this
    /// value is offered to the student group.
    NotOffered,
}

impl Narrowing {
    /// Returns the values that the fields exam platform, format and type have if they name a
    /// catalogue row.
    pub fn of(row: &Row) -> Self {
        Axis::ALL.into_iter().fold(Self::default(), |fields, axis| fields.with(axis, Some(axis.of(row))))
    }

    /// Returns the code that is selected in one of the fields exam platform, format and type;
    /// `None` if the field is empty.
    pub fn get(&self, axis: Axis) -> Option<&str> {
        match axis {
            Axis::Platform => self.platform.as_deref(),
            Axis::Form => self.form.as_deref(),
            Axis::Kind => self.kind.as_deref(),
        }
    }

    /// Returns a copy of the selections in which one of the fields exam platform, format and type
    /// has a new value.
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

    /// Returns the selections in the fields before one of the fields exam platform, format and type;
    /// the field itself and those after it are empty.
    #[must_use]
    pub fn before(&self, axis: Axis) -> Self {
        let earlier = |field: &Option<String>, other: Axis| field.clone().filter(|_| other < axis);
        Self {
            platform: earlier(&self.platform, Axis::Platform),
            form: earlier(&self.form, Axis::Form),
            kind: earlier(&self.kind, Axis::Kind),
        }
    }

    /// Returns whether the instructor has selected neither an exam platform nor a format nor a
    /// type.
    pub fn is_empty(&self) -> bool {
        Axis::ALL.iter().all(|&axis| self.get(axis).is_none())
    }

    /// Returns the fields exam platform, format and type that are still empty.
    pub fn missing(&self) -> Vec<Axis> {
        Axis::ALL.into_iter().filter(|&axis| self.get(axis).is_none()).collect()
    }

    /// Returns whether the instructor has selected an exam platform, a format and a type, so that
    /// the three fields name one exam.
    pub fn is_complete(&self) -> bool {
        self.missing().is_empty()
    }

    /// Returns whether a catalogue row has the selected exam platform, format and type; an empty
    /// field matches every row.
    pub fn admits(&self, row: &Row) -> bool {
        self.differs(row).is_none()
    }

    /// Returns the first of the fields exam platform, format and type that has another value than a
    /// catalogue row; `None` if every filled field has the value of the row.
    pub fn differs(&self, row: &Row) -> Option<Axis> {
        Axis::ALL.into_iter().find(|&axis| self.get(axis).is_some_and(|picked| picked != axis.of(row)))
    }

    /// Returns whether `value` can be selected in one of the fields exam platform, format and type,
    /// given the selections in the *other two* of these fields. The list `rows` contains the
    /// catalogue rows that are offered to the student group.
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

    /// Returns whether at least one catalogue row of a list matches the selected exam platform,
    /// format and type.
    pub fn can_be_completed(&self, rows: &[&Row]) -> bool {
        rows.iter().any(|row| self.admits(row))
    }
}

/// Returns all codes of exam platforms, formats or types (depending on the field) that occur in
/// switched-on catalogue rows, in the sequence of the catalogue; "no type" comes last.
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
