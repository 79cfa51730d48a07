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
    /// The subject does not exist, or the actor may not see it (404).
    #[error("not found")]
    NotFound,
    /// The session is not active: the person signed out, the session expired, or the account was
    /// disabled (sign in first).
    #[error("signed out")]
    SignedOut,
    /// The password is a one-time password and must be changed first.
    #[error("the password must be changed first")]
    PasswordChangeRequired,
    /// The actor may see the subject, but may not do this (403).
    #[error("denied: {0}")]
    Denied(#[from] Denied),
    /// The request contains errors (422).
    #[error("refused: {0}")]
    Refused(#[from] Refusal),
    /// The subject has changed since it was shown, or the deadline is over (409).
    #[error("conflict: {0}")]
    Stale(#[from] Stale),
    /// No term has been created or imported yet (503).
    #[error("there is no term yet")]
    NoTerm,
    /// The database or the file system is temporarily unavailable (503).
    #[error("unavailable: {0}")]
    Unavailable(String),
    /// A bug in the program or corrupt data (500).
    #[error("internal error: {0}")]
    Broken(String),
}

/// Errors in a request that the user can correct.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// Wrong fields of the choice form.
    #[error("{} fields are wrong", .0.len())]
    Fields(Vec<Fault>),
    /// An uploaded file that is not accepted.
    #[error("{0}")]
    File(#[from] UploadError),
    /// Wrong names or dates of a term.
    #[error("the term has {} errors", .0.len())]
    Term(Vec<TermError>),
    /// A roster file that cannot be read at all.
    #[error("{0}")]
    Roster(#[from] UnreadableRoster),
    /// A date is missing, or is in the past.
    #[error("the day is missing or in the past")]
    DayMissing,
    /// Nothing was selected in a form that requires a selection.
    #[error("nothing was selected")]
    NothingTicked,
    /// A wrong role, unit or date of an appointment.
    #[error("the appointment has {} errors", .0.len())]
    Appointment(Vec<AppointmentError>),
    /// No discipline with this code is taught in the term.
    #[error("the term has no such discipline")]
    DisciplineUnknown,
    /// A catalogue draft cannot be edited, imported or published.
    #[error("{0}")]
    Rules(#[from] CatalogueRefusal),
    /// The order would contain no approved exam.
    #[error("there are no approved exams for an order")]
    OrderEmpty,
    /// A saved filter of the progress report is refused.
    #[error("{0}")]
    View(#[from] SavedFilterError),
    /// The file would have more lines than allowed.
    #[error("more lines than an exported file may have")]
    TooManyLines,
}

/// One error of the choice form, and the groups or the discipline that it concerns.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// The error, which also determines the field.
    pub wrong: AnswerError,
    /// The names of the groups that have the error; empty if all have it.
    pub groups: Vec<String>,
    /// The discipline whose programme is wrong.
    pub discipline: Option<DisciplineId>,
}

impl Fault {
    /// Creates a fault that concerns the whole form.
    pub fn of(wrong: AnswerError) -> Self {
        Self { wrong, groups: Vec::new(), discipline: None }
    }

    /// The form field at which the error is displayed.
    pub fn field(&self) -> Field {
        self.wrong.field()
    }
}

/// The reasons for which an act is refused because its subject is no longer as it was shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Stale {
    /// The state of this offering's choice does not allow the act.
    #[error("{refused}")]
    Choice {
        /// The offering whose choice this is.
        offering: OfferingId,
        /// The rule that the act violates.
        refused: choice::ChoiceRefusal,
    },
    /// The window for choosing or deciding is closed.
    #[error("{0}")]
    Window(#[from] WindowClosed),
    /// Parallel groups chose differently, and the term requires uniformity before approval.
    #[error("parallel groups have other choices")]
    NotUniform,
    /// The term is not over yet.
    #[error("the term is not over yet")]
    TermRuns,
    /// No person would be left who holds this role permanently.
    #[error("the last person with this role")]
    LastOfRole,
    /// The appointment that was to be changed has ended.
    #[error("the appointment is over")]
    AppointmentOver,
    /// The answer differs from the centrally set form.
    #[error("another form is set centrally")]
    NotAsSet,
    /// The dry run differs from the one that was on the screen.
    #[error("the dry run has changed")]
    DryRunChanged,
    /// An import cannot be carried out or undone.
    #[error("{0}")]
    Import(#[from] ImportConflict),
    /// An exam was approved or reopened after the draft of the order was shown.
    #[error("approvals have changed since the draft was shown")]
    OrderChanged,
    /// Another request changed the same record first.
    #[error("another transaction changed the record first")]
    Lost,
}

impl Failure {
    /// The unique code of the failure: problem type, translation key (`refused-…`), and name in tests.
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
    /// The unique code of this refusal, by which it is translated.
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

    /// Creates a refusal with a single wrong field.
    pub fn field(wrong: AnswerError) -> Self {
        Self::Fields(vec![Fault::of(wrong)])
    }
}

impl Stale {
    /// The unique code of this refusal, by which it is translated.
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

    /// Returns a function that turns a refusal of the domain into a refusal for this offering.
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
