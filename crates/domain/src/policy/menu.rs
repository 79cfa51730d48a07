//! The main menu and the start page of each role.

use super::people::sees_people;
use crate::person::{Actor, Role};

/// An entry of the main menu, which leads to a page of Emtihan.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum MenuItem {
    /// Menu entry: the page of the student groups for which the instructor chooses exams.
    Groups,
    /// Menu entry: the queue of choices that a head of department reviews.
    Queue,
    /// Menu entry: the progress board and the other reports about the choices of exams.
    Progress,
    /// Menu entry: academic terms, with their periods for choosing and approving and their deadline
    /// extensions.
    Terms,
    /// Menu entry: the page of people with their accounts and appointments.
    People,
    Imports,
    /// Menu entry: the page on which the signed-in student reads the exams.
    Exams,
    /// Menu entry: the page with the programme documents of the instructor's disciplines.
    Dossier,
    /// Menu entry: the page of all versions and drafts of the catalogue, for registrars, auditors
    /// and administrators.
    Catalogue,
    /// Menu entry: the page of the catalogue in force, which everybody can read.
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

/// Returns the entries of the main menu that the actor's roles allow, in the order of display.
pub fn menu(actor: &Actor) -> Vec<MenuItem> {
    MenuItem::ALL.into_iter().filter(|item| item.is_for(actor)).collect()
}

/// Returns the menu entry whose page the actor sees first after signing in.
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

/// Returns whether the actor has a queue of choices to review, which is so for heads, acting heads
/// and deans.
pub fn reviews(actor: &Actor) -> bool {
    [Role::Head, Role::ActingHead, Role::Dean].into_iter().any(|role| actor.is(role))
}
