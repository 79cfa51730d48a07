//! Saved views of the progress board: each person's own, seen by nobody else, and so without a line in the history.

use crate::app::Desk;
use crate::failure::Failure;
use crate::reports::report_scope::{Where, outlook};
use domain::id::ViewId;
use domain::name::sort_key;
use domain::person::Actor;
use store::saved_filters;

pub use domain::saved_filter::View;

/// What a person keeps, by name.
pub fn views_of(desk: &mut Desk<'_, '_>, actor: &Actor) -> Result<Vec<View>, Failure> {
    let mut found = saved_filters::of_person(desk.tx, actor.person)?;
    found.sort_by_cached_key(|view| sort_key(&view.name));
    Ok(found)
}

/// Keeps what the board is asked for under the name that was typed, where the person may look at it. How an address says it
/// is asked with the place as it is kept: without the current term, which is another one half a year later.
pub fn save_view(
    desk: &mut Desk<'_, '_>,
    actor: &Actor,
    (place, typed): (&Where, &str),
    query: impl Fn(&Where) -> String,
) -> Result<(), Failure> {
    let term = outlook(desk, actor, place)?.kept_term();
    let kept = saved_filters::of_person(desk.tx, actor.person)?;
    let view = View::named(actor.person, (typed, query(&Where { term, ..place.clone() })), &kept)?;
    Ok(saved_filters::keep(desk.tx, actor.person, &view, desk.now)?)
}

/// Removes one of a person's own views.
pub fn remove_view(desk: &mut Desk<'_, '_>, actor: &Actor, id: ViewId) -> Result<(), Failure> {
    if saved_filters::remove(desk.tx, actor.person, id)? { Ok(()) } else { Err(Failure::NotFound) }
}
