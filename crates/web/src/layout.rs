//! The layout that all web pages share: interface texts, menu, language links and sign-out form.

use crate::i18n::{Texts, short_own_name};
use crate::menu::{MenuEntry, menu};
use crate::routes;
use app::access::session::SignedIn;
use domain::name::{Language, Name};

/// The largest number of menu entries that all stand in the row of the header.
const ROW_ENTRIES: usize = 5;

/// The data that every web page needs for its header: interface texts, the person's name, menu, and
/// language links.
#[derive(Clone)]
pub(crate) struct Layout {
    pub(crate) t: Texts,
    /// The CSRF value that the HTML forms of a page send in a hidden field.
    pub(crate) csrf: String,
    /// The name of the signed-in person in the header of a page; empty for a visitor.
    pub(crate) who: String,
    pub(crate) unread: i64,
    /// The name of the university in the header and footer; empty for a visitor.
    pub(crate) university: Name,
    pub(crate) menu: Vec<MenuEntry>,
    /// The path and query of the page that is being shown, or of the start page if the address that
    /// was requested is not local.
    pub(crate) path: String,
}

/// A link that shows the current page in one of the interface languages.
pub(crate) struct LanguageLink {
    pub(crate) code: &'static str,
    /// The name of the linked language in that language itself, for example «Русский».
    pub(crate) name: &'static str,
    /// The short name of the linked language in that language itself, for example «РУС».
    pub(crate) short_name: &'static str,
    /// Whether the page that is being shown is already in the language to which this link leads.
    pub(crate) is_current: bool,
}

impl Layout {
    /// Creates the layout of a web page for a signed-in person.
    pub(crate) fn of(texts: Texts, csrf: String, path: &str, signed_in: &SignedIn, unread: i64) -> Self {
        let menu = menu(&signed_in.actor, path.split('?').next().unwrap_or_default());
        let (who, university) = (signed_in.actor.short_name.clone(), signed_in.university.clone());
        Self { t: texts, csrf, who, unread, university, menu, path: routes::local_or_start(path).to_owned() }
    }

    /// Creates the layout of a web page for a visitor who is not signed in.
    pub(crate) fn of_visitor(texts: Texts, csrf: String, path: &str) -> Self {
        let path = routes::local_or_start(path).to_owned();
        let university = Name::default();
        Self { t: texts, csrf, who: String::new(), unread: 0, university, menu: Vec::new(), path }
    }

    /// Returns a copy of the page layout with `path` as the page's own path, to which the language
    /// links of the page lead. A handler needs such a copy if it shows a submitted form again: the
    /// links must lead to the page with the form, not to the path to which the form was sent.
    #[must_use]
    pub(crate) fn at(self, path: impl Into<String>) -> Self {
        Self { path: routes::local_or_start(&path.into()).to_owned(), ..self }
    }

    /// The address of the page that is being shown, extended by a parameter that selects another
    /// interface language.
    pub(crate) fn in_language(&self, code: &str) -> String {
        let mark = if self.path.contains('?') { '&' } else { '?' };
        format!("{}{mark}lang={code}", self.path)
    }

    /// The menu entries that stand in the row of the header.
    pub(crate) fn row_entries(&self) -> &[MenuEntry] {
        self.menu_parts().0
    }

    /// The menu entries that stand in the menu of the person, because the row has no room for them.
    pub(crate) fn panel_entries(&self) -> &[MenuEntry] {
        self.menu_parts().1
    }

    /// The menu entries of the row and of the person's menu. The catalogue in force and the help pages,
    /// which are the last entries, leave the row to the others if there are many; the footer links to
    /// them too.
    fn menu_parts(&self) -> (&[MenuEntry], &[MenuEntry]) {
        let row = if self.menu.len() > ROW_ENTRIES { self.menu.len() - 2 } else { self.menu.len() };
        self.menu.split_at(row)
    }

    /// The entries of the row as the person's menu shows them on a phone: without the page of groups, which
    /// stands above them.
    pub(crate) fn phone_entries(&self) -> Vec<&MenuEntry> {
        self.row_entries().iter().filter(|entry| entry.href != routes::GROUPS).collect()
    }

    /// The menu entry of the page on which instructors choose exams.
    pub(crate) fn groups_entry(&self) -> Option<&MenuEntry> {
        self.menu.iter().find(|entry| entry.href == routes::GROUPS)
    }

    pub(crate) fn has_university(&self) -> bool {
        self.university != Name::default()
    }

    /// Whether the page is shown to a signed-in person, not to a visitor.
    pub(crate) fn is_signed_in(&self) -> bool {
        !self.who.is_empty()
    }

    /// The address at which the report on the page being shown can be downloaded as a file. `kind`
    /// is the file name extension, for example `xlsx`.
    pub(crate) fn file(&self, kind: &str) -> String {
        match self.path.split_once('?') {
            Some((path, query)) => format!("{path}/file.{kind}?{query}"),
            None => format!("{}/file.{kind}", self.path),
        }
    }

    /// Links that show the current page in each of the three interface languages (Kazakh, Russian,
    /// English).
    pub(crate) fn languages(&self) -> [LanguageLink; 3] {
        let current = self.t.language;
        Language::ALL.map(|language| {
            let code = language.code();
            let (name, short_name) = (self.t.own_name(code), short_own_name(language));
            LanguageLink { code, name, short_name, is_current: language == current }
        })
    }

    /// Links that show the current page in each of the two interface languages in which it is not
    /// being shown.
    pub(crate) fn other_languages(&self) -> impl Iterator<Item = LanguageLink> {
        self.languages().into_iter().filter(|language| !language.is_current)
    }

    /// The address of the site's style sheet.
    pub(crate) fn css(&self) -> &'static str {
        crate::assets::CSS
    }

    /// The address of the site's script.
    pub(crate) fn js(&self) -> &'static str {
        crate::assets::JS
    }

    /// The address of the site's icon.
    pub(crate) fn icon(&self) -> &'static str {
        crate::assets::ICON
    }
}
