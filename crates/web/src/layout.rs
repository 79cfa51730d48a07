//! What surrounds every page: the words, the menu by role, the language links, the sign-out form.

use crate::i18n::Texts;
use crate::routes;
use app::access::session::SignedIn;
use domain::name::Language;
use domain::person::{Actor, Role};
use domain::policy::sees_people;

/// The surroundings of a page.
#[derive(Clone)]
pub(crate) struct Layout {
    /// The words.
    pub(crate) t: Texts,
    /// What forms must carry.
    pub(crate) csrf: String,
    /// Who is signed in; empty for a stranger.
    pub(crate) who: String,
    /// How many notices they have not read.
    pub(crate) unread: i64,
    /// The menu.
    pub(crate) menu: Vec<MenuEntry>,
    /// Path and query of this page.
    pub(crate) path: String,
}

/// One entry of the menu.
#[derive(Clone)]
pub(crate) struct MenuEntry {
    /// Where it leads.
    pub(crate) href: &'static str,
    /// The key of its text.
    pub(crate) key: &'static str,
    /// It is this page.
    pub(crate) is_current: bool,
}

impl Layout {
    /// The layout for a signed-in person.
    pub(crate) fn of(texts: Texts, csrf: String, path: &str, signed_in: &SignedIn, unread: i64) -> Self {
        let mut menu = entries(&signed_in.actor);
        for entry in &mut menu {
            entry.is_current = path.split('?').next() == Some(entry.href);
        }
        let who = signed_in.actor.short_name.clone();
        Self { t: texts, csrf, who, unread, menu, path: path.to_owned() }
    }

    /// The layout for a visitor who is not signed in.
    pub(crate) fn of_visitor(texts: Texts, csrf: String, path: &str) -> Self {
        Self { t: texts, csrf, who: String::new(), unread: 0, menu: Vec::new(), path: path.to_owned() }
    }

    /// The same layout for another address: the answer to a form stands for the form's own page.
    #[must_use]
    pub(crate) fn at(self, path: impl Into<String>) -> Self {
        Self { path: path.into(), ..self }
    }

    /// The same page in another language.
    pub(crate) fn in_language(&self, code: &str) -> String {
        let mark = if self.path.contains('?') { '&' } else { '?' };
        format!("{}{mark}lang={code}", self.path)
    }

    /// Is the menu too long to stand beside the languages?
    pub(crate) fn is_wide(&self) -> bool {
        self.menu.len() > 6
    }

    /// A file of what this page shows.
    pub(crate) fn file(&self, kind: &str) -> String {
        match self.path.split_once('?') {
            Some((path, query)) => format!("{path}/file.{kind}?{query}"),
            None => format!("{}/file.{kind}", self.path),
        }
    }

    /// The languages: code, own name, is it the current one?
    pub(crate) fn languages(&self) -> [(&'static str, &'static str, bool); 3] {
        let current = self.t.language;
        Language::ALL.map(|language| (language.code(), self.t.own_name(language.code()), language == current))
    }

    /// The style sheet.
    pub(crate) fn css(&self) -> &'static str {
        crate::assets::CSS
    }

    /// The script.
    pub(crate) fn js(&self) -> &'static str {
        crate::assets::JS
    }

    /// The icon.
    pub(crate) fn icon(&self) -> &'static str {
        crate::assets::ICON
    }
}

fn entries(actor: &Actor) -> Vec<MenuEntry> {
    let is = |roles: &[Role]| roles.iter().any(|&role| actor.is(role));
    let deciders = [Role::Head, Role::ActingHead, Role::Dean];
    let watchers = [
        Role::Head,
        Role::ActingHead,
        Role::Dean,
        Role::DeanOffice,
        Role::Registrar,
        Role::Auditor,
        Role::Administrator,
    ];
    [
        (routes::GROUPS, "nav-mine", is(&[Role::Instructor, Role::Head, Role::ActingHead])),
        (routes::QUEUE, "nav-queue", is(&deciders)),
        (routes::PROGRESS, "nav-progress", is(&watchers)),
        (routes::TERMS, "nav-terms", is(&[Role::Registrar])),
        (routes::PEOPLE, "nav-people", sees_people(actor).is_ok()),
        (routes::IMPORTS, "nav-imports", is(&[Role::Registrar])),
        (routes::EXAMS, "nav-exams", is(&[Role::Student])),
        (routes::DOSSIER, "nav-dossier", is(&[Role::Instructor])),
        (routes::CATALOGUE, "nav-catalogue", is(&[Role::Registrar, Role::Auditor, Role::Administrator])),
        (routes::CURRENT_CATALOGUE, "nav-rules", true),
        (routes::HELP, "nav-help", true),
    ]
    .into_iter()
    .filter(|(_, _, shown)| *shown)
    .map(|(href, key, _)| MenuEntry { href, key, is_current: false })
    .collect()
}

/// The page at which somebody begins.
pub(crate) fn home_of(actor: &Actor) -> &'static str {
    match () {
        () if actor.is(Role::Head) || actor.is(Role::ActingHead) || actor.is(Role::Dean) => routes::QUEUE,
        () if actor.is(Role::Instructor) => routes::GROUPS,
        () if actor.is(Role::DeanOffice) || actor.reads_all() => routes::PROGRESS,
        () if actor.is(Role::Student) => routes::EXAMS,
        () => routes::CURRENT_CATALOGUE,
    }
}
