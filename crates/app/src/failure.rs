//! The one error of every use case: each way to fail has its status and its one code.

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

/// Why a request was not carried out. Nothing of it was.
#[derive(Debug, thiserror::Error)]
pub enum Failure {
    /// There is no such thing for the one who asks (404).
    #[error("not found")]
    NotFound,
    /// The session is not active: signed out, run out, or the person was disabled (sign in first).
    #[error("signed out")]
    SignedOut,
    /// The password is a one-time password and must be changed first.
    #[error("the password must be changed first")]
    PasswordChangeRequired,
    /// It may be seen, but not done (403).
    #[error("denied: {0}")]
    Denied(#[from] Denied),
    /// Something in it is wrong (422).
    #[error("refused: {0}")]
    Refused(#[from] Refusal),
    /// Its subject has changed since it was shown, or its time is over (409).
    #[error("conflict: {0}")]
    Stale(#[from] Stale),
    /// No term was brought in yet (503).
    #[error("there is no term yet")]
    NoTerm,
    /// The database or the disk cannot be used now (503).
    #[error("unavailable: {0}")]
    Unavailable(String),
    /// A fault of the program (500).
    #[error("internal error: {0}")]
    Broken(String),
}

/// Something in a request is wrong.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// Fields of the form.
    #[error("{} fields are wrong", .0.len())]
    Fields(Vec<Fault>),
    /// A file that cannot be taken.
    #[error("{0}")]
    File(#[from] UploadError),
    /// A term's names or dates.
    #[error("the term has {} errors", .0.len())]
    Term(Vec<TermError>),
    /// A roster that cannot be read at all.
    #[error("{0}")]
    Roster(#[from] UnreadableRoster),
    /// No day, or one that is over.
    #[error("the day is missing or in the past")]
    DayMissing,
    /// Nothing was ticked.
    #[error("nothing was selected")]
    NothingTicked,
    /// An appointment's role, unit or dates.
    #[error("the appointment has {} errors", .0.len())]
    Appointment(Vec<AppointmentError>),
    /// No discipline with this code is taught in the term.
    #[error("the term has no such discipline")]
    DisciplineUnknown,
    /// A draft of the rule table, or what is to be done with it.
    #[error("{0}")]
    Rules(#[from] CatalogueRefusal),
    /// Nothing is approved that an order could say.
    #[error("there are no approved exams for an order")]
    OrderEmpty,
    /// A view of the progress board.
    #[error("{0}")]
    View(#[from] SavedFilterError),
    /// More lines than a file may hold.
    #[error("more lines than an exported file may have")]
    TooManyLines,
}

/// One wrong field, and what it is wrong for when that is not everything.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// The error, which also names its field.
    pub wrong: AnswerError,
    /// The groups that it concerns, where it does not concern all.
    pub groups: Vec<String>,
    /// The discipline whose programme it concerns.
    pub discipline: Option<DisciplineId>,
}

impl Fault {
    /// A fault that concerns the whole form.
    pub fn of(wrong: AnswerError) -> Self {
        Self { wrong, groups: Vec::new(), discipline: None }
    }

    /// The field that shows the error.
    pub fn field(&self) -> Field {
        self.wrong.field()
    }
}

/// The subject of an act is no longer as it was shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Stale {
    /// This offering's choice is not in a state that allows it.
    #[error("{refused}")]
    Choice {
        /// The offering of the choice.
        offering: OfferingId,
        /// The rule that the act breaks.
        refused: choice::ChoiceRefusal,
    },
    /// The window is closed.
    #[error("{0}")]
    Window(#[from] WindowClosed),
    /// Kin chose otherwise, and the term asks that they agree first.
    #[error("parallel groups have other choices")]
    NotUniform,
    /// The term is not over yet.
    #[error("the term is not over yet")]
    TermRuns,
    /// The university would have nobody left who holds this role for good.
    #[error("the last person with this role")]
    LastOfRole,
    /// The appointment is over.
    #[error("the appointment is over")]
    AppointmentOver,
    /// The form is set centrally, and this is another one.
    #[error("another form is set centrally")]
    NotAsSet,
    /// The dry run is not the one that was on the screen.
    #[error("the dry run has changed")]
    DryRunChanged,
    /// An import is not carried out, or not taken back.
    #[error("{0}")]
    Import(#[from] ImportConflict),
    /// Something was approved or reopened since the draft of the order was shown.
    #[error("approvals have changed since the draft was shown")]
    OrderChanged,
    /// Two wrote at once and the other one was first.
    #[error("another transaction changed the record first")]
    Lost,
}

impl Failure {
    /// The one code: problem type, translation key (`refused-…`), name in tests.
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
    /// The one code of this refusal.
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

    /// A single wrong field.
    pub fn field(wrong: AnswerError) -> Self {
        Self::Fields(vec![Fault::of(wrong)])
    }
}

impl Stale {
    /// The one code of this refusal.
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

    /// A refusal of the domain, about this offering.
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
