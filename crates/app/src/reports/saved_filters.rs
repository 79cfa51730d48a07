//! Saved filters of the progress report. A saved filter belongs to one person, and other people do
//! not see it. The history does not record saved filters.

use crate::failure::Failure;
use crate::reports::report_scope::{ScopeQuery, report_scope};
use crate::unit_of_work::UnitOfWork;
use domain::id::SavedFilterId;
use domain::name::sort_key;
use domain::person::Actor;
use store::saved_filters;

pub use domain::saved_filter::SavedFilter;

/// Returns the signed-in person's saved filters of the progress report, sorted by name.
pub fn filters_of(work: &mut UnitOfWork<'_, '_>, actor: &Actor) -> Result<Vec<SavedFilter>, Failure> {
    let mut found = saved_filters::of_person(work.tx, actor.person)?;
    found.sort_by_cached_key(|view| sort_key(&view.name));
    Ok(found)
}

/// Saves the selected filters of the progress report under a name, if the signed-in person is
/// allowed to see the report. The function `query` builds the query string of the report's URL. The
/// query string does not name the current academic term, so that the saved filter always shows the
/// term that is current when the filter is opened.
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

/// Removes one of the signed-in person's own saved filters of the progress report.
pub fn remove_filter(work: &mut UnitOfWork<'_, '_>, actor: &Actor, id: SavedFilterId) -> Result<(), Failure> {
    if saved_filters::remove(work.tx, actor.person, id)? { Ok(()) } else { Err(Failure::NotFound) }
}
