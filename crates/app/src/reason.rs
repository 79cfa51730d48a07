//! The reason of a decision in the language of its reader.

use crate::failure::Failure;
use crate::unit_of_work::UnitOfWork;
use domain::id::PersonId;
use domain::name::Name;
use domain::phrase::{possible_phrases, translated};
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

/// Returns the reason that a line of the history records, in three languages; empty if there is none. `actor`
/// is the person who acted, `None` for acts of the program.
pub(crate) fn recorded_reason(
    work: &mut UnitOfWork<'_, '_>,
    reason: &str,
    actor: Option<PersonId>,
) -> Result<Name, Failure> {
    match actor {
        Some(by) if !reason.is_empty() => reason_in_languages(work, reason, by),
        _ => Ok(Name::same(reason)),
    }
}
