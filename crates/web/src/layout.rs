//! The layout that all web pages share: texts, menu, language links, sign-out form. `domain::policy` decides which menu
//! entries a person sees.

use crate::i18n::Texts;
use crate::routes;
use app::access::session::SignedIn;
use domain::name::Language;
use domain::person::Actor;
use domain::policy::{self, MenuItem};

/// The data that every web page needs for its layout.
#[derive(Clone)]
pub(crate) struct Layout {
    pub(crate) t: Texts,
    /// The CSRF value that the forms of a page carry.
    pub(crate) csrf: String,
    /// The name of the signed-in person; empty for a visitor.
    pub(crate) who: String,
    pub(crate) unread: i64,
    pub(crate) menu: Vec<MenuEntry>,
    /// The path and query of the current web page.
    pub(crate) path: String,
}

/// An entry of the site's menu.
#[derive(Clone)]
pub(crate) struct MenuEntry {
    pub(crate) href: &'static str,
    /// The key of the menu entry's text.
    pub(crate) key: &'static str,
    /// Whether the menu entry leads to the current page.
    pub(crate) is_current: bool,
}

/// A link to the current web page in one of the interface languages.
pub(crate) struct LanguageLink {
    pub(crate) code: &'static str,
    /// The name of an interface language in that language.
    pub(crate) name: &'static str,
    /// Whether the current web page is shown in the language of this link.
    pub(crate) is_current: bool,
}

impl Layout {
    /// Creates the layout of a web page for a signed-in person.
    pub(crate) fn of(texts: Texts, csrf: String, path: &str, signed_in: &SignedIn, unread: i64) -> Self {
        let own_path = path.split('?').next();
        let menu = policy::menu(&signed_in.actor).into_iter().map(entry);
        let menu = menu.map(|entry| MenuEntry { is_current: own_path == Some(entry.href), ..entry }).collect();
        let who = signed_in.actor.short_name.clone();
        Self { t: texts, csrf, who, unread, menu, path: path.to_owned() }
    }

    /// Creates the layout of a web page for a visitor who is not signed in.
    pub(crate) fn of_visitor(texts: Texts, csrf: String, path: &str) -> Self {
        Self { t: texts, csrf, who: String::new(), unread: 0, menu: Vec::new(), path: path.to_owned() }
    }

    /// The same page layout for another address: the response to a form is shown under the address of the form's page.
    #[must_use]
    pub(crate) fn at(self, path: impl Into<String>) -> Self {
        Self { path: path.into(), ..self }
    }

    /// The address of the current web page in another language.
    pub(crate) fn in_language(&self, code: &str) -> String {
        let mark = if self.path.contains('?') { '&' } else { '?' };
        format!("{}{mark}lang={code}", self.path)
    }

    /// Whether the menu is too long to fit beside the language links.
    pub(crate) fn is_wide(&self) -> bool {
        self.menu.len() > 6
    }

    /// Whether the web page is shown to a signed-in person.
    pub(crate) fn is_signed_in(&self) -> bool {
        !self.who.is_empty()
    }

    /// The address of an export of the current web page as a file of this kind, for example `xlsx`.
    pub(crate) fn file(&self, kind: &str) -> String {
        match self.path.split_once('?') {
            Some((path, query)) => format!("{path}/file.{kind}?{query}"),
            None => format!("{}/file.{kind}", self.path),
        }
    }

    /// The links to the current web page in all interface languages.
    pub(crate) fn languages(&self) -> [LanguageLink; 3] {
        let current = self.t.language;
        Language::ALL.map(|language| {
            let code = language.code();
            LanguageLink { code, name: self.t.own_name(code), is_current: language == current }
        })
    }

    /// The links to the current web page in the other interface languages.
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

fn entry(item: MenuItem) -> MenuEntry {
    let (href, key) = match item {
        MenuItem::Groups => (routes::GROUPS, "nav-mine"),
        MenuItem::Queue => (routes::QUEUE, "nav-queue"),
        MenuItem::Progress => (routes::PROGRESS, "nav-progress"),
        MenuItem::Terms => (routes::TERMS, "nav-terms"),
        MenuItem::People => (routes::PEOPLE, "nav-people"),
        MenuItem::Imports => (routes::IMPORTS, "nav-imports"),
        MenuItem::Exams => (routes::EXAMS, "nav-exams"),
        MenuItem::Dossier => (routes::DOSSIER, "nav-dossier"),
        MenuItem::Catalogue => (routes::CATALOGUE, "nav-catalogue"),
        MenuItem::CurrentCatalogue => (routes::CURRENT_CATALOGUE, "nav-current-catalogue"),
        MenuItem::Help => (routes::HELP, "nav-help"),
    };
    MenuEntry { href, key, is_current: false }
}

/// The path of the page that a person sees first after signing in.
pub(crate) fn home_path(actor: &Actor) -> &'static str {
    entry(policy::home(actor)).href
}
