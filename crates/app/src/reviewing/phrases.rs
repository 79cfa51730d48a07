//! Phrases: frequent reasons for returning a choice. The registrar keeps those of the office, each head of
//! department own ones.

use crate::failure::{Failure, Refusal};
use crate::unit_of_work::UnitOfWork;
use domain::id::PhraseId;
use domain::limits::PHRASES_OFFERED;
use domain::name::{Language, Name};
use domain::person::Actor;
use domain::phrase::Phrase;
use domain::policy;
use store::phrases;

/// The phrases that a person sees, the most used first.
#[derive(Debug, Clone)]
pub struct PhraseList {
    pub own: Vec<Phrase>,
    pub office: Vec<Phrase>,
    /// Whether the signed-in person keeps own phrases.
    pub keeps_own: bool,
    /// Whether the signed-in person keeps the phrases of the office.
    pub keeps_office: bool,
}

/// Lists the phrases of the office and the signed-in person's own ones.
pub fn phrase_list(work: &mut UnitOfWork<'_, '_>, actor: &Actor) -> Result<PhraseList, Failure> {
    let (keeps_own, keeps_office) =
        (policy::keeps_own_phrases(actor).is_ok(), policy::keeps_office_phrases(actor).is_ok());
    if !keeps_own && !keeps_office {
        return Err(policy::Denied::RoleMissing.into());
    }
    let all = phrases::offered_to(work.tx, actor.person)?;
    let (own, office) = all.into_iter().partition(|phrase| phrase.owner.is_some());
    Ok(PhraseList { own, office, keeps_own, keeps_office })
}

/// The phrases that a form for returning choices offers: the most used of the office and of the signed-in
/// person.
pub(crate) fn phrases_offered(work: &mut UnitOfWork<'_, '_>, actor: &Actor) -> Result<Vec<Phrase>, Failure> {
    let mut all = phrases::offered_to(work.tx, actor.person)?;
    all.truncate(PHRASES_OFFERED);
    Ok(all)
}

/// A phrase as it was typed.
#[derive(Debug, Clone, Default)]
pub struct NewPhrase {
    /// Whether the phrase is one of the registrar's office, not an own one.
    pub is_office: bool,
    pub text: Name,
    /// The phrase that the new one replaces; `None` if it is added.
    pub replaces: Option<PhraseId>,
}

/// Adds a phrase, or replaces one by another, which inherits the number of uses.
///
/// # Errors
/// Status 422 if a text is missing or too long or there are too many phrases; status 403 or 404 if the
/// signed-in person does not keep these phrases.
pub fn save_phrase(work: &mut UnitOfWork<'_, '_>, actor: &Actor, new: &NewPhrase) -> Result<(), Failure> {
    let owner = if new.is_office {
        policy::keeps_office_phrases(actor)?;
        None
    } else {
        policy::keeps_own_phrases(actor)?;
        Some(actor.person)
    };
    let uses = match new.replaces {
        Some(id) => withdraw(work, actor, id)?.uses,
        None => 0,
    };
    let kept = phrases::offered_to(work.tx, actor.person)?.iter().filter(|phrase| phrase.owner == owner).count();
    let Name { kk, ru, en } = &new.text;
    let key = owner.map(|owner| owner.to_string()).unwrap_or_default();
    let id = PhraseId::of(&[&key, kk, ru, en, &work.now.to_rfc3339()]);
    let phrase = Phrase::new(owner, &new.text, id, kept).map_err(Refusal::Phrase)?;
    Ok(phrases::add(work.tx, &Phrase { uses, ..phrase })?)
}

/// Stops offering a phrase. Reasons that contain it are still read in every language.
pub fn remove_phrase(work: &mut UnitOfWork<'_, '_>, actor: &Actor, id: PhraseId) -> Result<(), Failure> {
    withdraw(work, actor, id).map(drop)
}

fn withdraw(work: &mut UnitOfWork<'_, '_>, actor: &Actor, id: PhraseId) -> Result<Phrase, Failure> {
    let phrase = phrases::find(work.tx, id)?.ok_or(Failure::NotFound)?;
    match phrase.owner {
        None => policy::keeps_office_phrases(actor)?,
        Some(owner) if owner == actor.person => policy::keeps_own_phrases(actor)?,
        Some(_) => return Err(Failure::NotFound),
    }
    phrases::withdraw(work.tx, id)?;
    Ok(phrase)
}

/// Composes the reason of a decision from the selected phrase, in the language of the deciding person, and the
/// typed text, and counts the use of the phrase.
pub fn reason_with_phrase(
    work: &mut UnitOfWork<'_, '_>,
    actor: &Actor,
    phrase: Option<PhraseId>,
    typed: &str,
    language: Language,
) -> Result<String, Failure> {
    let Some(id) = phrase else { return Ok(typed.to_owned()) };
    let found = phrases::find(work.tx, id)?.ok_or(Failure::NotFound)?;
    if found.owner.is_some_and(|owner| owner != actor.person) {
        return Err(Failure::NotFound);
    }
    phrases::count_use(work.tx, id)?;
    Ok(found.followed_by(typed, language))
}
