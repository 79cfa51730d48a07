//! The error type of every use case. Each failure has one HTTP status and one code.

use crate::catalogue_refusal::CatalogueRefusal;
use domain::answer::{AnswerError, Field};
use domain::appointment::AppointmentError;
use domain::catalogue::edit::EditError;
use domain::choice;
use domain::id::{DisciplineId, OfferingId};
use domain::policy::Denied;
use domain::programme::UploadError;
use domain::roster::undo::ImportConflict;
use domain::saved_filter::SavedFilterError;
use domain::term::{TermError, WindowClosed};
use exchange::roster_report::UnreadableRoster;

/// The reasons for which a use case fails. A failed use case changes nothing.
#[derive(Debug, thiserror::Error)]
pub enum Failure {
    /// The requested record does not exist, or the actor may not see it (404).
    #[error("not found")]
    NotFound,
    /// The session is not active, because the person signed out, the session expired, or the account was disabled. The
    /// person must sign in first.
    #[error("signed out")]
    SignedOut,
    /// The password is a one-time password and must be changed first.
    #[error("the password must be changed first")]
    PasswordChangeRequired,
    /// The actor may see the record, but may not perform the act (403).
    #[error("denied: {0}")]
    Denied(#[from] Denied),
    /// The request contains errors that the user can correct (422).
    #[error("refused: {0}")]
    Refused(#[from] Refusal),
    /// The record has changed since it was shown, or the deadline is over (409).
    #[error("conflict: {0}")]
    Stale(#[from] Stale),
    /// No term has been created or imported yet (503).
    #[error("there is no term yet")]
    NoTerm,
    /// The database or the file system is temporarily unavailable (503); with the technical reason.
    #[error("unavailable: {0}")]
    Unavailable(String),
    /// A bug in the program or corrupt data (500); with the technical reason.
    #[error("internal error: {0}")]
    Broken(String),
}

/// Errors in a request that the user can correct.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// Refused: fields of the choice form are wrong.
    #[error("{} fields are wrong", .0.len())]
    Fields(Vec<Fault>),
    /// Refused: an uploaded file is not acceptable.
    #[error("{0}")]
    File(#[from] UploadError),
    /// Refused: names or dates of a term are wrong.
    #[error("the term has {} errors", .0.len())]
    Term(Vec<TermError>),
    /// Refused: a roster file cannot be read at all.
    #[error("{0}")]
    Roster(#[from] UnreadableRoster),
    /// Refused: a date is missing, or is in the past.
    #[error("the day is missing or in the past")]
    DayMissing,
    /// Refused: nothing was selected in a form that requires a selection.
    #[error("nothing was selected")]
    NothingTicked,
    /// Refused: the role, unit or date of an appointment is wrong.
    #[error("the appointment has {} errors", .0.len())]
    Appointment(Vec<AppointmentError>),
    /// Refused: no discipline with this code is taught in the term.
    #[error("the term has no such discipline")]
    DisciplineUnknown,
    /// Refused: a catalogue draft cannot be edited, imported or published.
    #[error("{0}")]
    Rules(#[from] CatalogueRefusal),
    /// Refused: the issued order (a decree) would contain no approved exam.
    #[error("there are no approved exams for an order")]
    OrderEmpty,
    /// Refused: a saved filter of the progress report is not acceptable.
    #[error("{0}")]
    View(#[from] SavedFilterError),
    /// Refused: the exported file would have more lines than allowed.
    #[error("more lines than an exported file may have")]
    TooManyLines,
}

/// One error of the choice form, and the student groups or the discipline that it concerns.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// The error of the choice form, which also determines the field at which it is displayed.
    pub wrong: AnswerError,
    /// The names of the student groups that have the error; empty if all have it.
    pub groups: Vec<String>,
    /// The discipline whose exam programme is wrong.
    pub discipline: Option<DisciplineId>,
}

impl Fault {
    /// Creates an error that concerns the whole choice form.
    pub fn of(wrong: AnswerError) -> Self {
        Self { wrong, groups: Vec::new(), discipline: None }
    }

    /// The field of the choice form at which the error is displayed.
    pub fn field(&self) -> Field {
        self.wrong.field()
    }
}

/// The reasons for which an act is refused because the record has changed since it was shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Stale {
    /// Refused: the state of an offering's choice does not allow the act.
    #[error("{refused}")]
    Choice {
        /// The offering whose choice does not allow the act.
        offering: OfferingId,
        /// The rule about the states of a choice that the act violates.
        refused: choice::ChoiceRefusal,
    },
    /// Refused: the window for choosing or deciding is closed.
    #[error("{0}")]
    Window(#[from] WindowClosed),
    /// Refused: parallel groups chose differently, and the term requires uniformity before approval.
    #[error("parallel groups have other choices")]
    NotUniform,
    /// Refused: the term is not over yet.
    #[error("the term is not over yet")]
    TermRuns,
    /// Refused: no person would be left who holds the role permanently.
    #[error("the last person with this role")]
    LastOfRole,
    /// Refused: the appointment that was to be changed has ended.
    #[error("the appointment is over")]
    AppointmentOver,
    /// Refused: the choice differs from the centrally set exam form.
    #[error("another form is set centrally")]
    NotAsSet,
    /// Refused: the dry run of the catalogue draft differs from the one that was shown.
    #[error("the dry run has changed")]
    DryRunChanged,
    /// Refused: a roster import cannot be carried out or undone.
    #[error("{0}")]
    Import(#[from] ImportConflict),
    /// Refused: an exam was approved or reopened after the draft of the order (a decree) was shown.
    #[error("approvals have changed since the draft was shown")]
    OrderChanged,
    /// Refused: another request changed the same record first.
    #[error("another transaction changed the record first")]
    Lost,
}

impl Failure {
    /// The unique code of a failed use case: problem type, translation key (`refused-…`), and name in tests.
    pub fn code(&self) -> &'static str {
        match self {
            Self::NotFound => "not-found",
            Self::SignedOut => "signed-out",
            Self::PasswordChangeRequired => "password-change-required",
            Self::Denied(denied) => denied.code(),
            Self::Refused(refusal) => refusal.code(),
            Self::Stale(stale) => stale.code(),
            Self::NoTerm => "no-term",
            Self::Unavailable(_) => "unavailable",
            Self::Broken(_) => "broken",
        }
    }
}

impl Refusal {
    /// The unique code of a refused request, by which the refusal is translated.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Fields(faults) => faults.first().map_or("fields", |fault| fault.wrong.code()),
            Self::File(unfit) => unfit.code(),
            Self::Term(wrong) => wrong.first().map_or("fields", |wrong| wrong.code()),
            Self::Roster(unreadable) => unreadable.reason.code(),
            Self::DayMissing => "day-missing",
            Self::NothingTicked => "nothing-ticked",
            Self::Appointment(wrong) => wrong.first().map_or("fields", |wrong| wrong.code()),
            Self::DisciplineUnknown => "discipline-unknown",
            Self::Rules(wrong) => wrong.code(),
            Self::OrderEmpty => "order-empty",
            Self::View(wrong) => wrong.code(),
            Self::TooManyLines => "too-many-lines",
        }
    }

    /// Creates a refusal of the choice form with a single wrong field.
    pub fn field(wrong: AnswerError) -> Self {
        Self::Fields(vec![Fault::of(wrong)])
    }
}

impl Stale {
    /// The unique code of a refusal of a stale request, by which the refusal is translated.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Choice { refused, .. } => refused.code(),
            Self::Window(closed) => closed.code(),
            Self::NotUniform => "not-uniform",
            Self::TermRuns => "term-runs",
            Self::LastOfRole => "last-of-role",
            Self::AppointmentOver => "appointment-over",
            Self::NotAsSet => "not-as-set",
            Self::DryRunChanged => "dry-run-changed",
            Self::Import(moved) => moved.code(),
            Self::OrderChanged => "order-changed",
            Self::Lost => "written-meanwhile",
        }
    }

    /// Returns a function that turns a refusal of an act on a choice into a refusal that names this offering.
    pub fn choice(offering: OfferingId) -> impl Fn(choice::ChoiceRefusal) -> Self {
        move |refused| Self::Choice { offering, refused }
    }
}

impl From<EditError> for Failure {
    fn from(wrong: EditError) -> Self {
        CatalogueRefusal::Edit(wrong).into()
    }
}

impl From<CatalogueRefusal> for Failure {
    fn from(wrong: CatalogueRefusal) -> Self {
        Self::Refused(wrong.into())
    }
}

impl From<store::Error> for Failure {
    fn from(error: store::Error) -> Self {
        match error {
            store::Error::Stale => Self::Stale(Stale::Lost),
            store::Error::Again => Self::Unavailable("too many writers at once".to_owned()),
            store::Error::Unavailable(why) => Self::Unavailable(why),
            store::Error::Broken(why) | store::Error::Referred(why) => Self::Broken(why),
        }
    }
}

impl From<WindowClosed> for Failure {
    fn from(closed: WindowClosed) -> Self {
        Self::Stale(Stale::Window(closed))
    }
}

impl From<ImportConflict> for Failure {
    fn from(moved: ImportConflict) -> Self {
        Self::Stale(Stale::Import(moved))
    }
}

impl From<UploadError> for Failure {
    fn from(unfit: UploadError) -> Self {
        Self::Refused(Refusal::File(unfit))
    }
}

impl From<SavedFilterError> for Failure {
    fn from(wrong: SavedFilterError) -> Self {
        Self::Refused(Refusal::View(wrong))
    }
}

impl From<vault::Error> for Failure {
    fn from(error: vault::Error) -> Self {
        match error {
            vault::Error::TooLarge { .. } => UploadError::TooLarge.into(),
            vault::Error::Io(why) => Self::Unavailable(why.to_string()),
        }
    }
}
