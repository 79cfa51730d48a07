//! The main menu and the start page of each role.

use super::people::sees_people;
use crate::person::{Actor, Role};

/// An entry of the main menu, which leads to a web page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum MenuItem {
    /// Menu entry: the instructor's own student groups.
    Groups,
    /// Menu entry: the queue of choices to review.
    Queue,
    /// Menu entry: the progress of choosing, and the other reports.
    Progress,
    /// Menu entry: terms, periods for choosing and approving, and deadline extensions.
    Terms,
    /// Menu entry: people, accounts and appointments.
    People,
    Imports,
    /// Menu entry: the student's own exams.
    Exams,
    /// Menu entry: the instructor's programme documents.
    Dossier,
    /// Menu entry: catalogue versions and drafts.
    Catalogue,
    /// Menu entry: the catalogue in force, for reading.
    CurrentCatalogue,
    Help,
}

impl MenuItem {
    /// All entries of the main menu, in the order of display.
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

/// The entries of the actor's main menu, in the order of display.
pub fn menu(actor: &Actor) -> Vec<MenuItem> {
    MenuItem::ALL.into_iter().filter(|item| item.is_for(actor)).collect()
}

/// The menu entry whose web page the actor sees first after signing in.
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

/// Returns whether the actor has a queue of choices to review: heads, acting heads and deans.
pub fn reviews(actor: &Actor) -> bool {
    [Role::Head, Role::ActingHead, Role::Dean].into_iter().any(|role| actor.is(role))
}
