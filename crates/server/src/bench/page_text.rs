//! Finds values in the text of a page.

/// The text between the first `start` and the next `end`.
pub(super) fn between<'t>(text: &'t str, start: &str, end: &str) -> Option<&'t str> {
    all_between(text, start, end).next()
}

/// The texts between each `start` and the next `end`.
pub(super) fn all_between<'t>(text: &'t str, start: &str, end: &str) -> impl Iterator<Item = &'t str> {
    text.split(start).skip(1).filter_map(move |rest| rest.split(end).next()).collect::<Vec<_>>().into_iter()
}
