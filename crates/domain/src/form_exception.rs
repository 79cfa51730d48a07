//! Form exceptions: an exam form that is set centrally, such as that of History of Kazakhstan. The registrar sets one
//! catalogue row for a discipline or one offering in a term, with a reason; the instructor then selects only the
//! programme.

use crate::answer::{Answer, AnswerError};
use crate::catalogue::{Catalogue, RowId};
use crate::choice::{Choice, ChoiceAct, ChoiceRefusal, LastAct, Stage};
use crate::digest::Digest;
use crate::id::{DisciplineId, FormExceptionId, OfferingId, PersonId, TermId};
use crate::offering::Offering;
use crate::policy::Setter;
use chrono::{DateTime, Utc};
use std::collections::BTreeSet;

/// A form exception: an exam form that the registrar has set centrally for a discipline or an offering.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FormException {
    pub id: FormExceptionId,
    /// The term in which the exam form is set centrally.
    pub term: TermId,
    pub scope: FormExceptionScope,
    pub row: RowId,
    /// The centrally set additional information; empty if the catalogue row requires none.
    pub info: String,
    pub reason: String,
    pub by: PersonId,
    pub at: DateTime<Utc>,
}

/// A centrally set exam form, with the codes of the faculties whose offerings must use it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FormExceptionUse {
    /// The exam form that is set centrally.
    pub set: FormException,
    pub faculties: BTreeSet<String>,
}

impl FormExceptionUse {
    /// Returns whether the centrally set exam form could no longer be chosen for one of the faculties under this
    /// catalogue.
    pub fn is_broken_by(&self, catalogue: &Catalogue) -> bool {
        self.faculties.iter().any(|faculty| catalogue.check(&self.set.row, &self.set.info, faculty).is_err())
    }
}

/// The scope of a centrally set exam form: a discipline or a single offering.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FormExceptionScope {
    /// Scope of a centrally set exam form: all offerings of a discipline in the term.
    Discipline(DisciplineId),
    Offering(OfferingId),
}

/// Returns the centrally set exam form for an offering: the offering's own form exception, or else that of its
/// discipline.
pub fn form_exception_for<'s>(all: &'s [FormException], offering: &Offering) -> Option<&'s FormException> {
    let of_term = || all.iter().filter(|set| set.term == offering.term);
    let own = of_term().find(|set| set.scope == FormExceptionScope::Offering(offering.id));
    own.or_else(|| of_term().find(|set| set.scope == FormExceptionScope::Discipline(offering.discipline.id)))
}

impl FormException {
    /// Returns whether this catalogue row and additional information are exactly those that the registrar set
    /// centrally.
    pub fn is(&self, row: &RowId, info: &str) -> bool {
        self.row == *row && self.info == info
    }

    /// Returns whether an instructor's answer differs from the centrally set exam form.
    pub fn differs_from(&self, answer: &Answer) -> bool {
        !self.is(&answer.row, &answer.info)
    }

    /// Refuses any catalogue row and additional information other than those that the registrar set centrally.
    pub fn check(&self, row: &RowId, info: &str) -> Result<(), AnswerError> {
        if self.is(row, info) { Ok(()) } else { Err(AnswerError::SetCentrally) }
    }
}

impl Choice {
    /// Returns a choice to its instructor because it differs from the centrally set exam form. The choice may be
    /// approved; it must still be as it was shown to the registrar, who returns it.
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
