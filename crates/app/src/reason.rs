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
