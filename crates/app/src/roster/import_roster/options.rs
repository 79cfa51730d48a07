//! Options that control a roster import.

use domain::id::{ImportId, PersonId};
use domain::person::Actor;
use domain::roster::authority::ImportAuthority;
use domain::roster::plan::{Absent, ImportScope};
use std::sync::Arc;
use std::sync::atomic::AtomicU64;

/// Options of a roster import: dry run, treatment of stored records that the roster does not
/// contain, covered part of the university, author, and progress counter.
#[derive(Debug, Clone, Default)]
pub struct ImportOptions {
    /// Whether the roster import is a dry run, which only reports the changes.
    pub dry_run: bool,
    /// The kinds of records (such as people) that the import deactivates if they are missing from
    /// the roster.
    pub absent: Absent,
    /// The part of the university that the roster covers: the whole university, or only the groups
    /// that the roster lists.
    pub scope: ImportScope,
    /// The authority with which the roster is imported: that of the person who uploaded it, or that
    /// of the command line.
    pub authority: ImportAuthority,
    /// The id under which the roster import is stored; `None` for an import that cannot be undone.
    pub import: Option<ImportId>,
    /// Counter of the records that the roster import has written so far, for a progress bar.
    pub written: Arc<AtomicU64>,
}

impl ImportOptions {
    /// Returns the person who imports the roster; `None` for an import from the command line.
    pub(crate) fn by(&self) -> Option<PersonId> {
        self.actor().map(|actor| actor.person)
    }

    /// Returns the signed-in person who imports the roster; `None` for an import from the command line.
    pub(crate) fn actor(&self) -> Option<&Actor> {
        match &self.authority {
            ImportAuthority::Person(actor) => Some(actor),
            ImportAuthority::CommandLine | ImportAuthority::CommandLineWithAdministrators => None,
        }
    }
}
