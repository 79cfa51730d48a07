//! The acts recorded in the history: the code of each, and its details as stored JSON.
//!
//! Codes of acts and the field names of their JSON are stored in the history. A variant may be renamed; its code and
//! its field names in JSON may not change.

use crate::choice::ChoiceVersion;
use crate::digest::Digest;
use crate::id::{CatalogueDraftId, DeadlineExtensionId, DocumentId, ImportId, OfferingId, OrgId, TermId};
use chrono::NaiveDate;
use serde::Serialize;
use std::collections::BTreeMap;

/// The code of the history entry for issuing an order (a decree that lists approved exams).
pub const ORDER_ISSUED: &str = "order-issued";

/// Defines [`Act`], the codes of all acts and the list of these codes from one table.
macro_rules! acts {
    ($(
        $(#[$meta:meta])*
        $name:ident $({ $($(#[$field_meta:meta])* $field:ident: $type:ty),+ $(,)? })? = $code:expr,
    )+) => {
        /// An act recorded in the history, with its details. Serializes as the details alone; an act without details
        /// serializes as `null`.
        #[derive(Debug, Clone, PartialEq, Eq, Serialize)]
        #[serde(untagged)]
        pub enum Act<'a> {
            $($(#[$meta])* $name $({ $($(#[$field_meta])* $field: $type),+ })?,)+
        }

        impl Act<'_> {
            /// The codes of all acts of the history, in the order in which the history search offers them.
            pub const CODES: &'static [&'static str] = &[$($code),+];

            /// The stored code of an act of the history, which is also the second half of the translation key `act-…`.
            pub fn code(&self) -> &'static str {
                match self {
                    $(Self::$name { .. } => $code,)+
                }
            }
        }
    };
}

acts! {
    /// Act in the history: the instructor sent a version of the choice for review.
    ChoiceSent { #[serde(flatten)] sent: SentVersion<'a> } = "choice-sent",
    /// Act in the history: the instructor undid sending a choice; `from` is the withdrawn version.
    ChoiceUnsent { from: i64, version: i64 } = "choice-unsent",
    /// Act in the history: the choice was approved; `reason` is always empty.
    ChoiceApproved { version: i64, reason: &'a str } = "choice-approved",
    /// Act in the history: the choice was returned to its instructor before it was approved.
    ChoiceReturned { version: i64, reason: &'a str } = "choice-returned",
    /// Act in the history: the approved choice was reopened.
    ChoiceReopened { version: i64, reason: &'a str } = "choice-reopened",
    /// Act in the history: a decision on a choice was undone; `reason` is always empty.
    DecisionUndone { version: i64, reason: &'a str } = "decision-undone",
    /// Act in the history: the instructor asked to reopen the approved choice.
    ReopenRequested { reason: &'a str } = "reopening-asked",
    /// Act in the history: a request to reopen an approved choice was declined.
    ReopenDeclined { reason: &'a str } = "reopening-declined",
    /// Act in the history: publishing a catalogue returned the choice; `rules` is the published version.
    ChoiceReturnedByCatalogue { version: i64, reason: &'a str, rules: i64 } = "choice-returned-by-rule",
    /// Act in the history: publishing a catalogue moved the choice to another catalogue row.
    ChoiceMovedByCatalogue { #[serde(flatten)] sent: SentVersion<'a> } = "choice-moved-by-rule",
    /// Act in the history: a roster assigned another responsible instructor; `before` and `after` are names, empty for
    /// a vacancy.
    InstructorReplaced { before: &'a str, after: &'a str } = "instructor-replaced",
    /// Act in the history: a document was added to the dossier of a discipline.
    DocumentUploaded { document: DocumentId, name: &'a str, version: i64, sha256: Digest } = "document-uploaded",
    /// Act in the history: an order (decree) was issued; `unit` is `None` for the whole university.
    OrderIssued {
        term: TermId,
        unit: Option<OrgId>,
        number: i64,
        fingerprint: Digest,
        exams: usize,
    } = ORDER_ISSUED,
    /// Act in the history: reminders were sent to this number of people; `org` is `None` for the whole university.
    RemindersSent { org: Option<OrgId>, people: usize } = "reminders-sent",
    /// Act in the history: an exam form was set centrally; `discipline` is the discipline's code.
    FormExceptionSet {
        row: &'a str,
        info: &'a str,
        catalogue: i64,
        reason: &'a str,
        discipline: &'a str,
    } = "form-set",
    /// Act in the history: an exam form is no longer set centrally.
    FormExceptionEnded { row: &'a str } = "form-unset",
    /// Act in the history: the offering was marked as having no final exam.
    ExamLeftOut { reason: &'a str } = "exam-left-out",
    /// Act in the history: the offering has a final exam again; `reason` is always empty.
    ExamRestored { reason: &'a str } = "exam-restored",
    /// Act in the history: a term (semester) was added or changed; `uniformity` is a code.
    TermSaved {
        code: &'a str,
        starts: NaiveDate,
        ends: NaiveDate,
        #[serde(rename = "chooseFrom")]
        choose_from: NaiveDate,
        #[serde(rename = "chooseUntil")]
        choose_until: NaiveDate,
        #[serde(rename = "approveUntil")]
        approve_until: NaiveDate,
        catalogue: i64,
        uniformity: &'static str,
    } = "term-saved",
    /// Act in the history: a term (semester) was closed.
    TermClosed = "term-closed",
    /// Act in the history: a deadline was extended, for a department or for an offering.
    DeadlineExtended {
        #[serde(skip_serializing_if = "Option::is_none")]
        department: Option<OrgId>,
        #[serde(skip_serializing_if = "Option::is_none")]
        offering: Option<OfferingId>,
        until: NaiveDate,
        reason: &'a str,
    } = "window-opened",
    /// Act in the history: a deadline extension was ended before its last day.
    DeadlineExtensionEnded { #[serde(rename = "opening")] extension: DeadlineExtensionId } = "window-shut",
    /// Act in the history: a catalogue version was loaded from files; `term` is the code of the term that uses it from
    /// now on.
    CatalogueLoaded { version: i64, term: Option<&'a str> } = "catalogue-loaded",
    /// Act in the history: a catalogue draft was begun from a version.
    CatalogueDraftBegun { draft: CatalogueDraftId, base: i64 } = "rules-draft-begun",
    /// Act in the history: a catalogue draft was imported from a file.
    CatalogueDraftImported { draft: CatalogueDraftId, base: i64 } = "rules-draft-imported",
    /// Act in the history: a catalogue draft was changed; `change` is the code of the edit, `what` names the changed
    /// item.
    CatalogueDraftChanged { draft: CatalogueDraftId, change: &'a str, what: &'a str } = "rules-draft-changed",
    /// Act in the history: a catalogue draft was discarded.
    CatalogueDraftDiscarded { draft: CatalogueDraftId } = "rules-draft-discarded",
    /// Act in the history: a catalogue draft was published as a version; `remedies` lists the remedies for broken
    /// choices by the code of the reason for which they are broken.
    CataloguePublished {
        version: i64,
        draft: CatalogueDraftId,
        base: i64,
        terms: &'a [TermId],
        returned: usize,
        moved: usize,
        left: usize,
        remedies: BTreeMap<&'static str, String>,
    } = "rules-published",
    /// Act in the history: a term uses this catalogue version from now on.
    CatalogueInForce { catalogue: i64 } = "rules-in-force",
    /// Act in the history: a roster was imported; `counts` are by kind of record.
    RosterImported { #[serde(flatten)] counts: BTreeMap<&'static str, ImportCount> } = "roster-imported",
    /// Act in the history: an import of a roster was undone; `file` is the name of the imported file.
    RosterImportUndone { import: ImportId, file: &'a str } = "roster-import-undone",
    /// Act in the history: a person was added by hand, not by a roster.
    PersonAdded = "person-added",
    /// Act in the history: a person was appointed; `role` and `org` are codes.
    PersonAppointed {
        role: &'static str,
        org: &'a str,
        #[serde(flatten)]
        dates: Option<AppointmentPeriod>,
        #[serde(skip_serializing_if = "Option::is_none")]
        order: Option<&'a str>,
    } = "person-appointed",
    /// Act in the history: the dates or the order number of an appointment were changed; `role` and `org` are codes.
    AppointmentChanged {
        role: &'static str,
        org: &'a str,
        #[serde(flatten)]
        dates: AppointmentPeriod,
        order: &'a str,
    } = "appointment-changed",
    /// Act in the history: an appointment was ended; `role` and `org` are codes.
    PersonDismissed { role: &'static str, org: &'a str } = "person-dismissed",
    /// Act in the history: an account was disabled, so that the person may not sign in any more.
    PersonDisabled = "person-disabled",
    /// Act in the history: an account was enabled, so that the person may sign in again.
    PersonEnabled = "person-enabled",
    /// Act in the history: a password was set for the person by another person or from the command line.
    PasswordSet = "password-set",
    /// Act in the history: a person changed their own password.
    PasswordChanged = "password-changed",
}

/// The content of a sent version of a choice, as stored in the history.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SentVersion<'a> {
    /// The version of the choice before the sent one; 0 if nothing was chosen.
    pub from: i64,
    /// The number of the sent version of a choice.
    pub version: i64,
    /// The catalogue version under which the choice was made.
    pub catalogue: i64,
    /// The id of the chosen catalogue row.
    pub row: &'a str,
    pub info: &'a str,
    /// The document that was sent as the programme of the exam.
    pub document: DocumentId,
    /// The SHA-256 hash of the programme document's bytes.
    pub sha256: Digest,
}

impl<'a> SentVersion<'a> {
    /// Describes the sent version `current` of a choice, which follows version `from`, for the history.
    pub fn of(from: i64, current: &'a ChoiceVersion) -> Self {
        Self {
            from,
            version: current.version,
            catalogue: current.catalogue,
            row: &current.answer.row.0,
            info: &current.answer.info,
            document: current.answer.document,
            sha256: current.document_sha,
        }
    }
}

/// The numbers of records of one kind that a roster import added and changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct ImportCount {
    pub new: usize,
    pub changed: usize,
}

/// The first and the last day of an appointment in a history entry; `None` means no limit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub struct AppointmentPeriod {
    pub from: Option<NaiveDate>,
    pub until: Option<NaiveDate>,
}

impl Act<'_> {
    /// The act of the history for enabling or disabling an account.
    pub fn account_enabled(is_enabled: bool) -> Self {
        if is_enabled { Self::PersonEnabled } else { Self::PersonDisabled }
    }
}
