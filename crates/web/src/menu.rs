//! The entries of the site's menu and the parts of the site that belong to each of them. The
//! permission rules in `domain::policy` decide which entries a person sees.

use crate::routes;
use domain::person::Actor;
use domain::policy::{self, MenuItem};

/// An entry of the site's menu: a link and its text.
#[derive(Clone)]
pub(crate) struct MenuEntry {
    pub(crate) href: &'static str,
    /// The key of the interface text of a menu entry.
    pub(crate) key: &'static str,
    /// The value of the attribute `aria-current` of a menu entry: `page` if the entry links to the
    /// page that is being shown, `true` if that page belongs to the entry's part of the site.
    pub(crate) current: Option<&'static str>,
}

/// Returns the menu that a person sees on the page with this path.
pub(crate) fn menu(actor: &Actor, path: &str) -> Vec<MenuEntry> {
    let items = policy::menu(actor);
    let marked = current_item(&items, path);
    let entry = |item: &MenuItem| {
        let (href, key) = link(*item);
        let current = (marked == Some(*item)).then_some(if href == path { "page" } else { "true" });
        MenuEntry { href, key, current }
    };
    items.iter().map(entry).collect()
}

/// The path of the page that a signed-in person sees first; it depends on the person's roles.
pub(crate) fn home_path(actor: &Actor) -> &'static str {
    link(policy::home(actor)).0
}

/// The path of the page to which a menu entry links, and the key of the entry's interface text.
const fn link(item: MenuItem) -> (&'static str, &'static str) {
    match item {
        MenuItem::Groups => (routes::GROUPS, "nav-mine"),
        MenuItem::Queue => (routes::QUEUE, "nav-queue"),
        MenuItem::Progress => (routes::PROGRESS, "nav-progress"),
        MenuItem::Terms => (routes::TERMS, "nav-terms"),
        MenuItem::People => (routes::PEOPLE, "nav-people"),
        MenuItem::Imports => (routes::IMPORTS, "menu-imports"),
        MenuItem::Exams => (routes::EXAMS, "nav-exams"),
        MenuItem::Dossier => (routes::DOSSIER, "nav-dossier"),
        MenuItem::Catalogue => (routes::CATALOGUE, "menu-catalogue"),
        MenuItem::CurrentCatalogue => (routes::CURRENT_CATALOGUE, "nav-current-catalogue"),
        MenuItem::Help => (routes::HELP, "nav-help"),
    }
}

/// The paths whose pages belong to a menu entry, besides the page to which it links. A path that
/// stands with two entries belongs to the first of them that a person sees.
const fn parts(item: MenuItem) -> &'static [&'static str] {
    match item {
        MenuItem::Groups => &[
            routes::CHOOSE,
            routes::CHOICES,
            routes::DRAFTS,
            routes::REUSE,
            routes::OFFERING,
            routes::EXTENSION_REQUESTS,
        ],
        MenuItem::Queue => &[routes::QUEUE, routes::PHRASES, routes::OFFERING, routes::EXTENSION_REQUESTS],
        MenuItem::Progress => &[
            routes::CHANGES,
            routes::COMPARISON,
            routes::HISTORY,
            routes::LATE,
            routes::ORDERS,
            routes::PLATFORMS,
            routes::REMINDERS,
            routes::SAVED_FILTERS,
            routes::UNIFORMITY,
            routes::OFFERING,
        ],
        MenuItem::Terms => &[
            routes::TERMS,
            routes::EXCEPTIONS,
            routes::DEADLINE_EXTENSIONS,
            routes::EXTENSION_REQUESTS,
            routes::PHRASES,
        ],
        MenuItem::People => &[routes::PEOPLE, routes::GAPS],
        MenuItem::Imports => &[routes::IMPORTS],
        MenuItem::Catalogue | MenuItem::CurrentCatalogue => &[routes::CATALOGUE],
        MenuItem::Help => &[routes::HELP],
        MenuItem::Exams => &[],
        MenuItem::Dossier => &[routes::DOCUMENTS],
    }
}

/// The menu entry to which the page with this path belongs: the one that links to it, else the first
/// one whose part of the site contains it.
fn current_item(items: &[MenuItem], path: &str) -> Option<MenuItem> {
    let is_page = |item: &&MenuItem| link(**item).0 == path;
    let is_part = |item: &&MenuItem| parts(**item).iter().any(|part| is_in(path, part));
    items.iter().find(is_page).or_else(|| items.iter().find(is_part)).copied()
}

/// Whether the path is the part of the site itself or below it. A part such as `/offerings/{id}`
/// stands for `/offerings`.
fn is_in(path: &str, part: &str) -> bool {
    let part = part.split("/{").next().unwrap_or(part);
    path.strip_prefix(part).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_inner_page_marks_the_menu_entry_of_its_part() {
        let items = [MenuItem::Progress, MenuItem::Catalogue, MenuItem::CurrentCatalogue];
        assert_eq!(current_item(&items, "/orders/1f"), Some(MenuItem::Progress));
        assert_eq!(current_item(&items, "/catalogue/versions/3"), Some(MenuItem::Catalogue));
        assert_eq!(current_item(&items, "/catalogue/current"), Some(MenuItem::CurrentCatalogue));
        assert_eq!(current_item(&items, "/settings"), None);
    }

    #[test]
    fn a_page_belongs_to_a_part_by_whole_segments_of_its_path() {
        assert!(is_in("/queue", routes::QUEUE) && is_in("/people/7/account", routes::PEOPLE));
        assert!(is_in("/offerings/7", routes::OFFERING));
        assert!(!is_in("/choose", routes::CHOICES) && !is_in("/peoples", routes::PEOPLE));
    }
}
