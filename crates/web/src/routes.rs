//! The paths of the web site, functions that fill the parameters of paths, and redirects for paths
//! of earlier releases.

mod links;
mod local;
mod paths;

pub(crate) use links::*;
pub(crate) use local::{as_local, local_or_start};
pub use paths::SETUP;
pub(crate) use paths::*;

/// Pairs of the path that a page had in an earlier release and the page's current path. The two
/// paths have the same parameters.
const MOVED: &[(&str, &str)] = &[
    ("/copies", REUSE),
    ("/copies/drafts", REUSE_DRAFTS),
    ("/kept", RESTORED_FORM),
    ("/inbox", NOTIFICATIONS),
    ("/inbox/read", NOTIFICATIONS_READ),
    ("/views", SAVED_FILTERS),
    ("/views/{id}/removal", SAVED_FILTER_REMOVAL),
    ("/openings", DEADLINE_EXTENSIONS),
    ("/openings/ended", DEADLINE_EXTENSIONS_ENDED),
    ("/special-cases", EXCEPTIONS),
    ("/set-forms", FORM_EXCEPTIONS),
    ("/set-forms/ended", FORM_EXCEPTIONS_ENDED),
    ("/set-forms/returns", FORM_EXCEPTIONS_RETURNS),
    ("/rules", CURRENT_CATALOGUE),
    ("/catalogue/drafts/{id}/mends", CATALOGUE_DRAFT_FIXES),
    ("/catalogue/drafts/{id}/as", CATALOGUE_DRAFT_PREVIEW),
    ("/catalogue/drafts/{id}/as/{offering}", CATALOGUE_DRAFT_PREVIEW_FORM),
];

/// The current path of a page for the path that it had in an earlier release; `None` for every
/// other path.
pub(crate) fn moved(path: &str) -> Option<String> {
    let path = as_local(path)?;
    MOVED.iter().find_map(|(old, new)| {
        let parameters = matched(old, path)?;
        Some(parameters.into_iter().fold((*new).to_owned(), |path, (name, value)| path.replace(name, value)))
    })
}

/// The names and values of the parameters in a path, if the path matches a pattern such as
/// `/terms/{id}`; otherwise `None`.
fn matched<'p>(pattern: &'p str, path: &'p str) -> Option<Vec<(&'p str, &'p str)>> {
    let (pattern, path): (Vec<&str>, Vec<&str>) = (pattern.split('/').collect(), path.split('/').collect());
    if pattern.len() != path.len() {
        return None;
    }
    let mut parameters = Vec::new();
    for (expected, found) in pattern.into_iter().zip(path) {
        if expected.starts_with('{') && !found.is_empty() {
            parameters.push((expected, found));
        } else if expected != found {
            return None;
        }
    }
    Some(parameters)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn old_addresses_lead_to_the_new_ones_with_their_parameters() {
        assert_eq!(moved("/inbox").as_deref(), Some("/notifications"));
        assert_eq!(moved("/views/7/removal").as_deref(), Some("/saved-filters/7/removal"));
        assert_eq!(moved("/catalogue/drafts/a/as/b").as_deref(), Some("/catalogue/drafts/a/preview/b"));
        assert_eq!(moved("/notifications"), None);
        assert_eq!(moved("/views//removal"), None);
        assert_eq!(moved("/views/\\evil.example/removal"), None);
    }
}
