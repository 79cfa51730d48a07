//! The reason of a decision in the language of its reader.

use crate::failure::Failure;
use crate::unit_of_work::UnitOfWork;
use domain::id::PersonId;
use domain::name::Name;
use domain::phrase::{possible_phrases, translated};
use std::collections::HashMap;
use store::phrases;

/// Returns the reason of a decision in three languages: a phrase at its beginning is translated. `by` is the
/// person who decided.
pub(crate) fn reason_in_languages(work: &mut UnitOfWork<'_, '_>, reason: &str, by: PersonId) -> Result<Name, Failure> {
    for beginning in possible_phrases(reason).into_iter().filter(|beginning| !beginning.is_empty()) {
        if let Some(phrase) = phrases::with_text(work.tx, beginning, by)? {
            return Ok(translated(reason, Some((beginning, &phrase.text))));
        }
    }
    Ok(translated(reason, None))
}

/// Reads the reasons in lines of the history, and remembers those that many lines have.
#[derive(Default)]
pub(crate) struct Reasons(HashMap<(PersonId, String), Name>);

impl Reasons {
    /// Returns the reason that a line of the history records, in three languages; empty if there is none.
    /// `actor` is the person who acted, `None` for acts of the program.
    pub(crate) fn read(
        &mut self,
        work: &mut UnitOfWork<'_, '_>,
        reason: &str,
        actor: Option<PersonId>,
    ) -> Result<Name, Failure> {
        let Some(by) = actor.filter(|_| !reason.is_empty()) else { return Ok(Name::same(reason)) };
        let key = (by, reason.to_owned());
        if let Some(known) = self.0.get(&key) {
            return Ok(known.clone());
        }
        let read = reason_in_languages(work, reason, by)?;
        self.0.insert(key, read.clone());
        Ok(read)
    }
}
