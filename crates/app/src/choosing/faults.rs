//! The errors of a submitted choice form that applies to several student groups.

use crate::failure::{Failure, Fault, Refusal};
use domain::answer::AnswerError;
use domain::offering::Offering;

/// The errors of a choice form, collected from all student groups to which the form applies.
#[derive(Debug, Default)]
pub(super) struct Faults(Vec<Fault>);

impl Faults {
    /// Adds the errors that a choice form has for one offering. If several student groups have equal
    /// errors, the list contains one error that names all these groups.
    pub(super) fn add(&mut self, offering: &Offering, wrong: Vec<AnswerError>) {
        for wrong in wrong {
            let is_programme = matches!(wrong, AnswerError::ProgrammeMissing | AnswerError::ProgrammeElsewhere);
            let discipline = is_programme.then_some(offering.discipline.id);
            let known = self.0.iter_mut().find(|fault| fault.wrong == wrong && fault.discipline == discipline);
            match known {
                Some(fault) => fault.groups.push(offering.group.clone()),
                None => self.0.push(Fault { wrong, groups: vec![offering.group.clone()], discipline }),
            }
        }
    }

    /// Refuses the choice form if it has an error. An error that all of the `groups` selected groups
    /// have names no group. The error that the selected catalogue row is not offered to a group's
    /// faculty always names its groups.
    pub(super) fn refuse(mut self, groups: usize) -> Result<(), Failure> {
        if self.0.is_empty() {
            return Ok(());
        }
        for fault in &mut self.0 {
            if fault.groups.len() == groups && fault.wrong != AnswerError::RuleNotOffered {
                fault.groups.clear();
            }
        }
        Err(Refusal::Fields(self.0).into())
    }
}
