//! The acts that the history records: the code of each act, and the details of the act as stored
//! JSON.
//!
//! The database stores the codes of acts and the names of their JSON fields. Therefore a variant of
//! the Rust type can be renamed, but its code and the names of its JSON fields must not change.

use crate::choice::ChoiceVersion;
use crate::digest::Digest;
use crate::id::{CatalogueDraftId, DeadlineExtensionId, DocumentId, ImportId, OfferingId, OrgId, TermId};
use chrono::NaiveDate;
use serde::Serialize;
use std::collections::BTreeMap;

/// The code of the history entry about issuing a printed order (a decree that lists approved
/// exams).
pub const ORDER_ISSUED: &str = "order-issued";

/// Defines, from one table, the type [`Act`], the code of each act and the list of all codes.
macro_rules! acts {
    ($(
        $(#[$meta:meta])*
        $name:ident $({ $($(#[$field_meta:meta])* $field:ident: $type:ty),+ $(,)? })? = $code:expr,
    )+) => {
        /// An act that the history records, with its details. The stored JSON of an act contains
        /// only the details; the JSON of an act without details is `null`.
        #[derive(Debug, Clone, PartialEq, Eq, Serialize)]
        #[serde(untagged)]
        pub enum Act<'a> {
            $($(#[$meta])* $name $({ $($(#[$field_meta])* $field: $type),+ })?,)+
        }

        impl Act<'_> {
            /// The codes of all acts that the history records, in the order in which the search of
            /// the history offers the acts.
            pub const CODES: &'static [&'static str] = &[$($code),+];

            /// Returns the stored code of an act that the history records. The code also completes
            /// the translation key `act-…`.
            pub fn code(&self) -> &'static str {
                match self {
                    $(Self::$name { .. } => $code,)+
                }
            }
        }
    };
}

acts! {
    /// Act in the history: the instructor sent a version of a choice for review.
    ChoiceSent { #[serde(flatten)] sent: SentVersion<'a> } = "choice-sent",
    /// Act in the history: the instructor undid the sending of a choice. The field `from` is the
    /// number of the withdrawn version. The field `version` is the number of the earlier version
    /// that is valid again, or 0 if nothing was chosen before.
    ChoiceUnsent { from: i64, version: i64 } = "choice-unsent",
    /// Act in the history: a choice was approved. The field `reason` (for the reason that a person
    /// types) is always empty.
    ChoiceApproved { version: i64, reason: &'a str } = "choice-approved",
    /// Act in the history: a choice in review was returned to its instructor.
    ChoiceReturned { version: i64, reason: &'a str } = "choice-returned",
    /// Act in the history: an approved choice was reopened, so that the instructor can change the
    /// choice.
    ChoiceReopened { version: i64, reason: &'a str } = "choice-reopened",
    /// Act in the history: a decision on a choice was undone. The field `reason` (for the reason
    /// that a person types) is always empty.
    DecisionUndone { version: i64, reason: &'a str } = "decision-undone",
    /// Act in the history: the instructor asked to reopen an approved choice.
    ReopenRequested { reason: &'a str } = "reopening-asked",
    /// Act in the history: the instructor's request to reopen an approved choice was declined.
    ReopenDeclined { reason: &'a str } = "reopening-declined",
    /// Act in the history: the instructor asked to extend the deadline of an offering.
    ExtensionRequested { reason: &'a str } = "extension-asked",
    /// Act in the history: a request to extend the deadline was endorsed.
    ExtensionEndorsed = "extension-endorsed",
    /// Act in the history: a request to extend the deadline was granted until a day.
    ExtensionGranted { until: NaiveDate } = "extension-granted",
    /// Act in the history: a request to extend the deadline was declined.
    ExtensionDeclined { reason: &'a str } = "extension-declined",
    /// Act in the history: a choice was returned because a new catalogue version was published. The
    /// field `rules` is the number of that version.
    ChoiceReturnedByCatalogue { version: i64, reason: &'a str, rules: i64 } = "choice-returned-by-rule",
    /// Act in the history: a choice was moved to another catalogue row because a new catalogue
    /// version was published.
    ChoiceMovedByCatalogue { #[serde(flatten)] sent: SentVersion<'a> } = "choice-moved-by-rule",
    /// Act in the history: the import of a roster replaced the instructor who is responsible for an
    /// offering. The fields `before` and `after` are the names of both instructors; a name is empty
    /// if the offering had or has no instructor.
    InstructorReplaced { before: &'a str, after: &'a str } = "instructor-replaced",
    /// Act in the history: a document was added to the course materials of a discipline.
    DocumentUploaded { document: DocumentId, name: &'a str, version: i64, sha256: Digest } = "document-uploaded",
    /// Act in the history: a printed order (a decree that lists approved exams) was issued. The
    /// field `unit` is `None` if the order is for the whole university.
    OrderIssued {
        term: TermId,
        unit: Option<OrgId>,
        number: i64,
        fingerprint: Digest,
        exams: usize,
    } = ORDER_ISSUED,
    /// Act in the history: reminders to choose exams were sent to a number of people. The field
    /// `org` is the unit of these people, or `None` for the whole university.
    RemindersSent { org: Option<OrgId>, people: usize } = "reminders-sent",
    /// Act in the history: an exam format was set centrally. The field `discipline` is the code of
    /// the discipline.
    FormExceptionSet {
        row: &'a str,
        info: &'a str,
        catalogue: i64,
        reason: &'a str,
        discipline: &'a str,
    } = "form-set",
    /// Act in the history: the central setting of an exam format was ended, so that instructors can
    /// choose the format again.
    FormExceptionEnded { row: &'a str } = "form-unset",
    /// Act in the history: the registrar marked an offering as having no final exam.
    ExamLeftOut { reason: &'a str } = "exam-left-out",
    /// Act in the history: an offering that was marked as having no final exam was marked as having
    /// a final exam again. The field `reason` (for the reason that a person types) is always empty.
    ExamRestored { reason: &'a str } = "exam-restored",
    /// Act in the history: an academic term (semester) was added or changed. The field `uniformity`
    /// is the code of the term's rule for parallel groups (student groups taught the same
    /// discipline) that chose different exams.
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
        #[serde(rename = "escalateAfter", skip_serializing_if = "Option::is_none")]
        escalate_after: Option<i64>,
    } = "term-saved",
    /// Act in the history: an academic term (semester) was closed.
    TermClosed = "term-closed",
    /// Act in the history: the deadline for choosing and approving exams was extended for a
    /// department or for a single offering.
    DeadlineExtended {
        #[serde(skip_serializing_if = "Option::is_none")]
        department: Option<OrgId>,
        #[serde(skip_serializing_if = "Option::is_none")]
        offering: Option<OfferingId>,
        until: NaiveDate,
        reason: &'a str,
    } = "window-opened",
    /// Act in the history: an extension of the deadline for choosing and approving exams was ended
    /// before its last day.
    DeadlineExtensionEnded { #[serde(rename = "opening")] extension: DeadlineExtensionId } = "window-shut",
    /// Act in the history: a catalogue version was loaded from files. The field `term` is the code
    /// of the academic term in which the version is in force from now on.
    CatalogueLoaded { version: i64, term: Option<&'a str> } = "catalogue-loaded",
    /// Act in the history: the registrar began a catalogue draft. The field `base` is the number of
    /// the catalogue version from which the draft was copied.
    CatalogueDraftBegun { draft: CatalogueDraftId, base: i64 } = "rules-draft-begun",
    /// Act in the history: a catalogue draft was imported from a file.
    CatalogueDraftImported { draft: CatalogueDraftId, base: i64 } = "rules-draft-imported",
    /// Act in the history: a catalogue draft was changed. The field `change` is the code of the
    /// edit, and `what` names the changed item of the draft.
    CatalogueDraftChanged { draft: CatalogueDraftId, change: &'a str, what: &'a str } = "rules-draft-changed",
    /// Act in the history: a catalogue draft was discarded without being published.
    CatalogueDraftDiscarded { draft: CatalogueDraftId } = "rules-draft-discarded",
    /// Act in the history: a catalogue draft was published as a catalogue version. The field
    /// `remedies` records, by the code of each reason why the new version no longer allows some
    /// choices, whether these choices were left unchanged, returned or moved to another catalogue
    /// row.
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
    /// Act in the history: a catalogue version was put in force for an academic term. The field
    /// `catalogue` is the number of the version.
    CatalogueInForce { catalogue: i64 } = "rules-in-force",
    /// Act in the history: a roster was imported. For each kind of record, such as people, the
    /// field `counts` contains the numbers of new and changed records.
    RosterImported { #[serde(flatten)] counts: BTreeMap<&'static str, ImportCount> } = "roster-imported",
    /// Act in the history: the import of a roster was undone. The field `file` is the name of the
    /// imported file.
    RosterImportUndone { import: ImportId, file: &'a str } = "roster-import-undone",
    /// Act in the history: a person was added by hand, not by the import of a roster.
    PersonAdded = "person-added",
    /// Act in the history: a person was appointed to a role in a unit of the university. The fields
    /// `role` and `org` are the codes of role and unit.
    PersonAppointed {
        role: &'static str,
        org: &'a str,
        #[serde(flatten)]
        dates: Option<AppointmentPeriod>,
        #[serde(skip_serializing_if = "Option::is_none")]
        order: Option<&'a str>,
    } = "person-appointed",
    /// Act in the history: the dates of a person's appointment, or the number of the printed order
    /// that appoints the person, were changed. The fields `role` and `org` are the codes of role
    /// and unit.
    AppointmentChanged {
        role: &'static str,
        org: &'a str,
        #[serde(flatten)]
        dates: AppointmentPeriod,
        order: &'a str,
    } = "appointment-changed",
    /// Act in the history: a person's appointment was ended. The fields `role` and `org` are the
    /// codes of role and unit.
    PersonDismissed { role: &'static str, org: &'a str } = "person-dismissed",
    /// Act in the history: an account was disabled, so that its owner cannot sign in any more.
    PersonDisabled = "person-disabled",
    /// Act in the history: an account was enabled, so that its owner can sign in again.
    PersonEnabled = "person-enabled",
    /// Act in the history: a roster import changed the username with which a person signs in.
    UsernameChanged { before: &'a str, after: &'a str } = "username-changed",
    /// Act in the history: the password of a person was set by another person or on the command
    /// line.
    PasswordSet = "password-set",
    /// Act in the history: a person changed their own password.
    PasswordChanged = "password-changed",
    /// Act in the history: the program recorded the state of the subject's records, because they were
    /// stored before entries of the history contained it, or were changed by a roster import.
    RecordsAsFound = "records-as-found",
}

/// The content of a choice's version that was sent for review, as stored in the history.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SentVersion<'a> {
    /// The number of the choice's version before the sent version; 0 if nothing was chosen before.
    pub from: i64,
    /// The number of the choice's version that was sent for review.
    pub version: i64,
    /// The number of the catalogue version under which the choice was made.
    pub catalogue: i64,
    /// The id of the catalogue row that the instructor chose.
    pub row: &'a str,
    pub info: &'a str,
    /// The document that the instructor sent as the programme of the exam.
    pub document: DocumentId,
    /// The SHA-256 hash of the bytes of the programme document.
    pub sha256: Digest,
}

impl<'a> SentVersion<'a> {
    /// Describes a version of a choice as the history stores it. The parameter `current` is the
    /// version that was sent for review, and `from` is the number of the version before it.
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

/// The numbers of records of one kind, such as people, that the import of a roster added and
/// changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct ImportCount {
    pub new: usize,
    pub changed: usize,
}

/// The first and the last day of an appointment, as stored in the history. A day is `None` if the
/// appointment has no first or no last day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub struct AppointmentPeriod {
    pub from: Option<NaiveDate>,
    pub until: Option<NaiveDate>,
}

impl Act<'_> {
    /// Returns the act that the history records when an account is enabled or disabled.
    pub fn account_enabled(is_enabled: bool) -> Self {
        if is_enabled { Self::PersonEnabled } else { Self::PersonDisabled }
    }
}
