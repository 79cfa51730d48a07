//! The fields of the HTML form that creates or changes an academic term.

use crate::form_data::FormData;
use chrono::NaiveDate;
use domain::id::TermId;
use domain::name::Name;
use domain::term::{Term, Uniformity};

/// The submitted fields of the form that creates or changes an academic term.
#[derive(Debug, Clone, Default)]
pub(crate) struct TermForm {
    pub(crate) id: String,
    pub(crate) code: String,
    pub(crate) names: [String; 3],
    pub(crate) days: [String; 5],
    pub(crate) catalogue: String,
    pub(crate) uniformity: String,
    /// The number of days after which waiting choices are escalated, as typed; empty for never.
    pub(crate) escalate_after: String,
}

/// The names of the date fields in the form of an academic term, in the same sequence as in
/// [`TermForm::days`].
pub(crate) const DAYS: [&str; 5] = ["starts", "ends", "choose_from", "choose_until", "approve_until"];
/// The names of the form fields for the name of an academic term in three languages, in the same
/// sequence as in [`TermForm::names`].
pub(crate) const NAMES: [&str; 3] = ["name_kk", "name_ru", "name_en"];

impl TermForm {
    pub(crate) fn of(fields: &FormData) -> Self {
        Self {
            id: fields.trimmed("id"),
            code: fields.trimmed("code"),
            names: NAMES.map(|name| fields.trimmed(name)),
            days: DAYS.map(|name| fields.trimmed(name)),
            catalogue: fields.trimmed("catalogue"),
            uniformity: fields.trimmed("uniformity"),
            escalate_after: fields.trimmed("escalate_after"),
        }
    }

    /// The initial values of the form for a new academic term.
    pub(crate) fn new(newest_catalogue: i64) -> Self {
        let uniformity = Uniformity::Shown.code().to_owned();
        Self { catalogue: newest_catalogue.to_string(), uniformity, ..Self::default() }
    }

    pub(crate) fn from_term(term: &Term) -> Self {
        let Name { kk, ru, en } = term.name.clone();
        let days = [term.starts, term.ends, term.choose_from, term.choose_until, term.approve_until];
        Self {
            id: term.id.to_string(),
            code: term.code.clone(),
            names: [kk, ru, en],
            days: days.map(|day| day.to_string()),
            catalogue: term.catalogue.to_string(),
            uniformity: term.uniformity.code().to_owned(),
            escalate_after: term.escalate_after.map(|days| days.to_string()).unwrap_or_default(),
        }
    }

    /// Parses the submitted form into an academic term.
    ///
    /// # Errors
    /// Returns the names of the date fields that cannot be parsed.
    pub(crate) fn read(&self, known: Option<&Term>) -> Result<Term, Vec<&'static str>> {
        let days: Vec<Option<NaiveDate>> = self.days.iter().map(|day| day.parse().ok()).collect();
        let bad: Vec<_> = DAYS.iter().zip(&days).filter(|(_, day)| day.is_none()).map(|(name, _)| *name).collect();
        let (true, &[Some(starts), Some(ends), Some(choose_from), Some(choose_until), Some(approve_until)]) =
            (bad.is_empty(), days.as_slice())
        else {
            return Err(bad);
        };
        let [kk, ru, en] = self.names.clone();
        Ok(Term {
            id: known.map_or_else(|| TermId::of(&[&self.code]), |term| term.id),
            code: known.map_or_else(|| self.code.clone(), |term| term.code.clone()),
            name: Name { kk, ru, en },
            starts,
            ends,
            choose_from,
            choose_until,
            approve_until,
            catalogue: self.catalogue.parse().unwrap_or(0),
            is_closed: known.is_some_and(|term| term.is_closed),
            uniformity: Uniformity::from_code(&self.uniformity).unwrap_or(Uniformity::Shown),
            // A text that is no number is refused as one that is out of range.
            escalate_after: (!self.escalate_after.is_empty()).then(|| self.escalate_after.parse().unwrap_or(0)),
            is_kept_here: true,
        })
    }
}
