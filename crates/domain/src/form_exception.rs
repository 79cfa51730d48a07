//! Form exceptions: a form that is set centrally, such as that of History of Kazakhstan. It is one row for a discipline
//! or one offering in a term, with a reason; the chooser selects only the programme.

use crate::answer::{Answer, AnswerError};
use crate::catalogue::{Catalogue, RowId};
use crate::choice::{Choice, ChoiceAct, ChoiceRefusal, LastAct, Stage};
use crate::digest::Digest;
use crate::id::{DisciplineId, FormExceptionId, OfferingId, PersonId, TermId};
use crate::offering::Offering;
use crate::policy::Setter;
use chrono::{DateTime, Utc};
use std::collections::BTreeSet;

/// A form that is set centrally.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FormException {
    pub id: FormExceptionId,
    /// The term in which the form is set.
    pub term: TermId,
    pub scope: FormExceptionScope,
    pub row: RowId,
    /// Additional information, if the row requires it.
    pub info: String,
    pub reason: String,
    pub by: PersonId,
    pub at: DateTime<Utc>,
}

/// A centrally set form, with the codes of the faculties whose offerings must choose it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FormExceptionUse {
    /// The centrally set form.
    pub set: FormException,
    pub faculties: BTreeSet<String>,
}

impl FormExceptionUse {
    /// Returns whether the form could no longer be chosen for one of the faculties under this catalogue.
    pub fn is_broken_by(&self, catalogue: &Catalogue) -> bool {
        self.faculties.iter().any(|faculty| catalogue.check(&self.set.row, &self.set.info, faculty).is_err())
    }
}

/// The scope of a form exception.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FormExceptionScope {
    /// All offerings of a discipline in the term.
    Discipline(DisciplineId),
    Offering(OfferingId),
}

/// Returns the centrally set form for an offering: its own exception, or else that of its discipline.
pub fn form_exception_for<'s>(all: &'s [FormException], offering: &Offering) -> Option<&'s FormException> {
    let of_term = || all.iter().filter(|set| set.term == offering.term);
    let own = of_term().find(|set| set.scope == FormExceptionScope::Offering(offering.id));
    own.or_else(|| of_term().find(|set| set.scope == FormExceptionScope::Discipline(offering.discipline.id)))
}

impl FormException {
    /// Returns whether this row and information are the ones that were set.
    pub fn is(&self, row: &RowId, info: &str) -> bool {
        self.row == *row && self.info == info
    }

    /// Returns whether an answer differs from the centrally set form.
    pub fn differs_from(&self, answer: &Answer) -> bool {
        !self.is(&answer.row, &answer.info)
    }

    /// Refuses any row and information other than those that were set.
    pub fn check(&self, row: &RowId, info: &str) -> Result<(), AnswerError> {
        if self.is(row, info) { Ok(()) } else { Err(AnswerError::SetCentrally) }
    }
}

impl Choice {
    /// Returns a choice that differs from the centrally set form to its instructor, whether approved or not, if it is
    /// still as it was shown. Done by the registrar.
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
        self.last = Some(LastAct { by: by.person(), at, act, before: self.current.clone() });
        if let Some(current) = &mut self.current {
            current.stage = Stage::Returned { by: by.person(), at, reason: reason.to_owned(), reopened };
        }
        Ok(())
    }
}
