//! The error type that every use case returns. Each error has one HTTP status and one code.

mod conversions;

use crate::catalogue_refusal::CatalogueRefusal;
use domain::answer::{AnswerError, Field};
use domain::appointment::AppointmentError;
use domain::choice;
use domain::extension_request::RequestRefusal;
use domain::id::{DisciplineId, OfferingId};
use domain::phrase::PhraseError;
use domain::policy::Denied;
use domain::programme::UploadError;
use domain::roster::undo::ImportConflict;
use domain::saved_filter::SavedFilterError;
use domain::term::{TermError, WindowClosed};
use exchange::roster_report::UnreadableRoster;

/// The causes for which a use case (an application function) fails. A use case that fails changes
/// nothing in the database.
#[derive(Debug, thiserror::Error)]
pub enum Failure {
    /// Failure: the requested record does not exist, or the acting person is not allowed to see it
    /// (HTTP 404).
    #[error("not found")]
    NotFound,
    /// Failure: the request belongs to no active session, because the person signed out, the
    /// session expired, or the account was disabled. The person must sign in first (HTTP 401).
    #[error("signed out")]
    SignedOut,
    /// Failure: the person's password is a one-time password, which the person must replace first.
    #[error("the password must be changed first")]
    PasswordChangeRequired,
    /// Failure: the acting person is allowed to see the record, but not to perform the requested
    /// act, such as approving (HTTP 403).
    #[error("denied: {0}")]
    Denied(#[from] Denied),
    /// Failure: the request contains errors that the user can correct (HTTP 422).
    #[error("refused: {0}")]
    Refused(#[from] Refusal),
    /// Failure: the record has changed since the user's HTML page showed it, or its present state
    /// or a deadline forbids the act (HTTP 409).
    #[error("conflict: {0}")]
    Stale(#[from] Stale),
    /// Failure: no academic term has been created or imported yet (HTTP 503).
    #[error("there is no term yet")]
    NoTerm,
    /// Failure: the database or the file system is temporarily unavailable (HTTP 503). Contains a
    /// technical description of the cause.
    #[error("unavailable: {0}")]
    Unavailable(String),
    /// Failure: the database did not say in time whether the changes were stored, so the person has to
    /// look (HTTP 503).
    #[error("the database did not confirm the changes")]
    Unconfirmed,
    /// Failure: the application has a bug, or the stored data is corrupt (HTTP 500). Contains a
    /// technical description.
    #[error("internal error: {0}")]
    Broken(String),
}

/// The causes for which a request is refused and which the user can correct, such as a wrong form
/// field.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// Refused request: some fields of the choice form are wrong; lists the error of each field.
    #[error("{} fields are wrong", .0.len())]
    Fields(Vec<Fault>),
    /// Refused request: an uploaded file is not acceptable, for example because it is too large.
    #[error("{0}")]
    File(#[from] UploadError),
    /// Refused request: the code, names, dates or catalogue version of an academic term are wrong.
    #[error("the term has {} errors", .0.len())]
    Term(Vec<TermError>),
    /// Refused request: the uploaded roster file cannot be read at all.
    #[error("{0}")]
    Roster(UnreadableRoster),
    /// Refused request: the last day of a deadline extension is missing, or is in the past.
    #[error("the day is missing or in the past")]
    DayMissing,
    /// Refused request: the user selected nothing in an HTML form that requires a selection.
    #[error("nothing was selected")]
    NothingTicked,
    /// Refused request: the role, unit or dates of a person's appointment are wrong.
    #[error("the appointment has {} errors", .0.len())]
    Appointment(Vec<AppointmentError>),
    /// Refused request: the typed discipline code belongs to no discipline of the academic term.
    #[error("the term has no such discipline")]
    DisciplineUnknown,
    /// Refused request: a catalogue draft cannot be edited, imported or published.
    #[error("{0}")]
    Rules(#[from] CatalogueRefusal),
    /// Refused request: the printed order (a decree of the approved exams) to be issued would
    /// contain no approved exam.
    #[error("there are no approved exams for an order")]
    OrderEmpty,
    /// Refused request: a saved filter of the progress report is not acceptable, for example
    /// because its name is missing.
    #[error("{0}")]
    View(#[from] SavedFilterError),
    /// Refused request: a phrase (a frequent reason for returning) is not acceptable.
    #[error("{0}")]
    Phrase(#[from] PhraseError),
    /// Refused request: the report or the printed order (a decree) would have too many lines.
    #[error("more lines than an exported file may have")]
    TooManyLines,
}

/// One error of the choice form, with the student groups or the discipline that have the error.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// The error of the choice form. It also determines the form field beside which it is
    /// displayed.
    pub wrong: AnswerError,
    /// The names of the student groups with the error; empty if all selected groups have it.
    pub groups: Vec<String>,
    /// The discipline whose exam programme (a document) is missing or wrong; `None` if the error
    /// does not concern a programme.
    pub discipline: Option<DisciplineId>,
}

impl Fault {
    /// Creates an error of the choice form that concerns all selected student groups.
    pub fn of(wrong: AnswerError) -> Self {
        Self { wrong, groups: Vec::new(), discipline: None }
    }

    /// Returns the field of the choice form beside which the web page displays this error.
    pub fn field(&self) -> Field {
        self.wrong.field()
    }
}

/// The causes for which an act is refused because of the present state of a record. Often the
/// record has changed since the user's HTML page showed it (HTTP 409).
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Stale {
    /// Refused act: the state of an offering's choice does not allow the act. For example, an
    /// approved choice cannot be changed.
    #[error("{refused}")]
    Choice {
        /// The offering whose choice is in a state that does not allow the act.
        offering: OfferingId,
        /// The cause of the refusal, for example that an approved choice cannot be changed.
        refused: choice::ChoiceRefusal,
    },
    /// Refused act: the instructor cannot choose, or the head of department cannot decide, today,
    /// because the period for it has not begun or is over, or because the academic term is closed.
    #[error("{0}")]
    Window(#[from] WindowClosed),
    /// Refused approval: parallel groups (student groups taught the same discipline) have different
    /// choices, and the academic term requires that their choices are equal before they are
    /// approved.
    #[error("parallel groups have other choices")]
    NotUniform,
    /// Refused closing of an academic term: the last day of the term is not over yet.
    #[error("the term is not over yet")]
    TermRuns,
    /// Refused change of an account or appointment: the university would be left without an
    /// administrator or a registrar, today or on a later day.
    #[error("the last person with this role")]
    LastOfRole,
    /// Refused change of a person's appointment to a role: the appointment has already ended.
    #[error("the appointment is over")]
    AppointmentOver,
    /// Refused approval: the choice does not have the exam format that the registrar has set
    /// centrally for the group.
    #[error("another form is set centrally")]
    NotAsSet,
    /// Refused approval or download: the server has lost the file of the document.
    #[error("the file of the document is missing")]
    DocumentMissing,
    /// Refused approval or download: the file of the document on the server has other bytes than the
    /// uploaded one.
    #[error("the file of the document was altered")]
    DocumentAltered,
    /// Refused approval of choices that were shown as choices without warnings: some have a warning now.
    #[error("a choice has a warning now")]
    WarningAppeared,
    /// Refused act on a request to extend the deadline: it was answered meanwhile, for example.
    #[error("{0}")]
    Request(RequestRefusal),
    /// Refused publishing of a catalogue draft: the choices that the draft would no longer allow
    /// are no longer those that the user saw in the dry run.
    #[error("the dry run has changed")]
    DryRunChanged,
    /// Refused roster import: the import cannot be carried out, or cannot be undone.
    #[error("{0}")]
    Import(#[from] ImportConflict),
    /// Refused issuing of a printed order (a decree of the approved exams): an exam was approved or
    /// reopened after the user saw the order's draft.
    #[error("approvals have changed since the draft was shown")]
    OrderChanged,
    /// Refused act: a second request changed the same record first.
    #[error("another transaction changed the record first")]
    Lost,
}

impl Failure {
    /// Returns the unique code of the failure. The translation key `refused-…` and the problem type
    /// in JSON responses end with this code.
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
            Self::Unconfirmed => "unconfirmed",
            Self::Broken(_) => "broken",
        }
    }
}

impl Refusal {
    /// Returns the unique code of a refused request. The translation key `refused-…` ends with this
    /// code.
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
            Self::Phrase(wrong) => wrong.code(),
            Self::TooManyLines => "too-many-lines",
        }
    }

    /// Creates the refusal of a choice form in which one field is wrong.
    pub fn field(wrong: AnswerError) -> Self {
        Self::Fields(vec![Fault::of(wrong)])
    }
}

impl Stale {
    /// Returns the unique code of an act that was refused because of the present state of a record.
    /// The translation key `refused-…` ends with this code.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Choice { refused, .. } => refused.code(),
            Self::Window(closed) => closed.code(),
            Self::Request(refused) => refused.code(),
            Self::NotUniform => "not-uniform",
            Self::TermRuns => "term-runs",
            Self::LastOfRole => "last-of-role",
            Self::AppointmentOver => "appointment-over",
            Self::NotAsSet => "not-as-set",
            Self::DocumentMissing => "document-missing",
            Self::DocumentAltered => "document-altered",
            Self::WarningAppeared => "warning-appeared",
            Self::DryRunChanged => "dry-run-changed",
            Self::Import(moved) => moved.code(),
            Self::OrderChanged => "order-changed",
            Self::Lost => "written-meanwhile",
        }
    }

    /// Returns a function that makes a [`Stale::Choice`] from the cause for which an act on the
    /// choice of the offering with the id `offering` was refused.
    pub fn choice(offering: OfferingId) -> impl Fn(choice::ChoiceRefusal) -> Self {
        move |refused| Self::Choice { offering, refused }
    }
}
