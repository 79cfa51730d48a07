//! A form that is set centrally, like that of History of Kazakhstan: one row for a discipline or one offering in a term,
//! with a reason. Whoever chooses picks the programme and nothing else.

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
    /// In which term.
    pub term: TermId,
    pub scope: FormExceptionScope,
    pub row: RowId,
    /// Additional information, where the row asks for it.
    pub info: String,
    pub reason: String,
    pub by: PersonId,
    pub at: DateTime<Utc>,
}

/// A form that is set centrally, with the codes of the faculties of those who are to choose it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FormExceptionUse {
    /// The scope of an exception.
    pub set: FormException,
    pub faculties: BTreeSet<String>,
}

impl FormExceptionUse {
    /// Would somebody be unable to choose what is set, were this table in force?
    pub fn is_broken_by(&self, catalogue: &Catalogue) -> bool {
        self.faculties.iter().any(|faculty| catalogue.check(&self.set.row, &self.set.info, faculty).is_err())
    }
}

/// For what a form is set.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FormExceptionScope {
    /// All offerings of a discipline in the term.
    Discipline(DisciplineId),
    Offering(OfferingId),
}

/// The form that is set for an offering, if one is: its own before its discipline's.
pub fn form_exception_for<'s>(all: &'s [FormException], offering: &Offering) -> Option<&'s FormException> {
    let of_term = || all.iter().filter(|set| set.term == offering.term);
    let own = of_term().find(|set| set.scope == FormExceptionScope::Offering(offering.id));
    own.or_else(|| of_term().find(|set| set.scope == FormExceptionScope::Discipline(offering.discipline.id)))
}

impl FormException {
    /// Is this what was set?
    pub fn is(&self, row: &RowId, info: &str) -> bool {
        self.row == *row && self.info == info
    }

    /// Does an answer differ from what was set?
    pub fn differs_from(&self, answer: &Answer) -> bool {
        !self.is(&answer.row, &answer.info)
    }

    /// Refuses everything but what was set.
    pub fn check(&self, row: &RowId, info: &str) -> Result<(), AnswerError> {
        if self.is(row, info) { Ok(()) } else { Err(AnswerError::SetCentrally) }
    }
}

impl Choice {
    /// The registrar returns a choice that differs from what is set, approved or not, as it was shown.
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
