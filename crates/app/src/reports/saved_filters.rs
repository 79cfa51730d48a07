//! Saved views of the progress board: each person's own, seen by nobody else, and so without a line in the history.

use crate::failure::Failure;
use crate::reports::report_scope::{ScopeQuery, report_scope};
use crate::unit_of_work::UnitOfWork;
use domain::id::SavedFilterId;
use domain::name::sort_key;
use domain::person::Actor;
use store::saved_filters;

pub use domain::saved_filter::SavedFilter;

/// A person's saved filters, by name.
pub fn filters_of(work: &mut UnitOfWork<'_, '_>, actor: &Actor) -> Result<Vec<SavedFilter>, Failure> {
    let mut found = saved_filters::of_person(work.tx, actor.person)?;
    found.sort_by_cached_key(|view| sort_key(&view.name));
    Ok(found)
}

/// Keeps what the board is asked for under the name that was typed, where the person may look at it. How an address says it
/// is asked with the place as it is kept: without the current term, which is another one half a year later.
pub fn save_filter(
    work: &mut UnitOfWork<'_, '_>,
    actor: &Actor,
    place: &ScopeQuery,
    typed: &str,
    query: impl Fn(&ScopeQuery) -> String,
) -> Result<(), Failure> {
    let term = report_scope(work, actor, place)?.kept_term();
    let kept = saved_filters::of_person(work.tx, actor.person)?;
    let view = SavedFilter::named(actor.person, typed, query(&ScopeQuery { term, ..place.clone() }), &kept)?;
    Ok(saved_filters::keep(work.tx, actor.person, &view, work.now)?)
}

/// Removes one of a person's own views.
pub fn remove_filter(work: &mut UnitOfWork<'_, '_>, actor: &Actor, id: SavedFilterId) -> Result<(), Failure> {
    if saved_filters::remove(work.tx, actor.person, id)? { Ok(()) } else { Err(Failure::NotFound) }
}
