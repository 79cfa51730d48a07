//! The menu and the start page of each role.

use super::people::sees_people;
use crate::person::{Actor, Role};

/// An entry of the main menu, and the page to which it leads.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum MenuItem {
    /// The page of the instructor's own groups.
    Groups,
    /// The page with the queue of choices to review.
    Queue,
    /// The page with the progress of choosing, and the other reports.
    Progress,
    /// The page of terms, windows and deadlines.
    Terms,
    /// The page of people, accounts and appointments.
    People,
    Imports,
    /// The page of the student's own exams.
    Exams,
    /// The page of the instructor's programme documents.
    Dossier,
    /// The page of catalogue versions and drafts.
    Catalogue,
    /// The page with the catalogue in force, for reading.
    CurrentCatalogue,
    Help,
}

impl MenuItem {
    /// All entries, in the order of the menu.
    pub const ALL: [Self; 11] = [
        Self::Groups,
        Self::Queue,
        Self::Progress,
        Self::Terms,
        Self::People,
        Self::Imports,
        Self::Exams,
        Self::Dossier,
        Self::Catalogue,
        Self::CurrentCatalogue,
        Self::Help,
    ];

    fn is_for(self, actor: &Actor) -> bool {
        let is_any = |roles: &[Role]| roles.iter().any(|&role| actor.is(role));
        match self {
            Self::Groups => is_any(&[Role::Instructor, Role::Head, Role::ActingHead]),
            Self::Queue => reviews(actor),
            Self::Progress => reviews(actor) || actor.is(Role::DeanOffice) || actor.reads_all(),
            Self::Terms | Self::Imports => actor.is(Role::Registrar),
            Self::People => sees_people(actor).is_ok(),
            Self::Exams => actor.is(Role::Student),
            Self::Dossier => actor.is(Role::Instructor),
            Self::Catalogue => actor.reads_all(),
            Self::CurrentCatalogue | Self::Help => true,
        }
    }
}

/// The entries of the actor's menu, in order.
pub fn menu(actor: &Actor) -> Vec<MenuItem> {
    MenuItem::ALL.into_iter().filter(|item| item.is_for(actor)).collect()
}

/// The page that the actor sees first after signing in.
pub fn home(actor: &Actor) -> MenuItem {
    if reviews(actor) {
        return MenuItem::Queue;
    }
    if actor.is(Role::Instructor) {
        return MenuItem::Groups;
    }
    if actor.is(Role::DeanOffice) || actor.reads_all() {
        return MenuItem::Progress;
    }
    if actor.is(Role::Student) { MenuItem::Exams } else { MenuItem::CurrentCatalogue }
}

/// Returns whether the actor has a review queue: heads, acting heads and deans.
pub fn reviews(actor: &Actor) -> bool {
    [Role::Head, Role::ActingHead, Role::Dean].into_iter().any(|role| actor.is(role))
}
