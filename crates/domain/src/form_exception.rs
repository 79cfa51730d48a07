//! Exam formats that are set centrally, such as that of the discipline History of Kazakhstan. For a
//! discipline or for a single offering in one term, the registrar sets a catalogue row and gives a
//! reason. The instructor then selects only the programme document.

use crate::answer::{Answer, AnswerError};
use crate::catalogue::{Catalogue, RowId};
use crate::choice::{Choice, ChoiceAct, ChoiceRefusal, LastAct, Stage};
use crate::digest::Digest;
use crate::id::{DisciplineId, FormExceptionId, OfferingId, PersonId, TermId};
use crate::offering::Offering;
use crate::policy::Setter;
use chrono::{DateTime, Utc};
use std::collections::BTreeSet;

/// An exam format that the registrar has set centrally for a discipline or for a single offering.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FormException {
    pub id: FormExceptionId,
    /// The academic term in which the exam format is set centrally.
    pub term: TermId,
    pub scope: FormExceptionScope,
    pub row: RowId,
    /// The additional information that the registrar set together with the exam format; empty if
    /// the catalogue row requires none.
    pub info: String,
    pub reason: String,
    pub by: PersonId,
    pub at: DateTime<Utc>,
}

/// A centrally set exam format, with the codes of the faculties whose offerings must use the
/// format.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FormExceptionUse {
    /// The exam format that the registrar has set centrally.
    pub set: FormException,
    pub faculties: BTreeSet<String>,
}

impl FormExceptionUse {
    /// Returns whether this catalogue would make the centrally set exam format impossible: if the
    /// catalogue were in force, at least one faculty that must use the format could not choose it.
    pub fn is_broken_by(&self, catalogue: &Catalogue) -> bool {
        self.faculties.iter().any(|faculty| catalogue.check(&self.set.row, &self.set.info, faculty).is_err())
    }
}

/// The scope of a centrally set exam format: a discipline or a single offering.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FormExceptionScope {
    /// Scope of a centrally set exam format: all offerings of a discipline in one academic term.
    Discipline(DisciplineId),
    Offering(OfferingId),
}

/// Returns the centrally set exam format for an offering, if there is one. A format that is set for
/// the offering itself takes precedence over the format of its discipline.
pub fn form_exception_for<'s>(all: &'s [FormException], offering: &Offering) -> Option<&'s FormException> {
    let of_term = || all.iter().filter(|set| set.term == offering.term);
    let own = of_term().find(|set| set.scope == FormExceptionScope::Offering(offering.id));
    own.or_else(|| of_term().find(|set| set.scope == FormExceptionScope::Discipline(offering.discipline.id)))
}

impl FormException {
    /// Returns whether a catalogue row and its additional information are exactly those that the
    /// registrar has set centrally as the exam format of an offering.
    pub fn is(&self, row: &RowId, info: &str) -> bool {
        self.row == *row && self.info == info
    }

    /// Returns whether the catalogue row or the additional information that an instructor chose
    /// differs from the exam format that the registrar has set centrally.
    pub fn differs_from(&self, answer: &Answer) -> bool {
        !self.is(&answer.row, &answer.info)
    }

    /// Refuses a catalogue row and additional information unless they are exactly those that the
    /// registrar has set centrally as the exam format of an offering.
    pub fn check(&self, row: &RowId, info: &str) -> Result<(), AnswerError> {
        if self.is(row, info) { Ok(()) } else { Err(AnswerError::SetCentrally) }
    }
}

impl Choice {
    /// Returns a choice to its instructor because the choice differs from the exam format that the
    /// registrar has set centrally. An approved choice can be returned, too.
    ///
    /// The act is refused if the choice has changed since the registrar saw it; the parameter
    /// `seen` is the fingerprint of the choice that the registrar saw.
    pub fn return_as_set(
        &mut self,
        by: Setter,
        seen: Digest,
        reason: &str,
        at: DateTime<Utc>,
    ) -> Result<(), ChoiceRefusal> {
        if by.offering() != self.offering {
            return Err(ChoiceRefusal::OtherOffering);
        }
        let reopened = match self.current.as_ref().map(|current| &current.stage) {
            None => return Err(ChoiceRefusal::NotSent),
            Some(Stage::Returned { .. }) => return Err(ChoiceRefusal::SentBack),
            Some(Stage::Approved { .. }) => true,
            Some(Stage::InReview) => false,
        };
        if self.fingerprint() != Some(seen) {
            return Err(ChoiceRefusal::ChangedSinceShown);
        }
        let act = if reopened { ChoiceAct::Reopen } else { ChoiceAct::Return };
        let sending = self.sending().cloned().map(Box::new);
        self.last = Some(LastAct { by: by.person(), at, act, before: self.current.clone(), corrects: None, sending });
        if let Some(current) = &mut self.current {
            current.stage = Stage::Returned { by: by.person(), at, reason: reason.to_owned(), reopened };
        }
        Ok(())
    }
}
