//! The acts recorded in the history: the code of each, and its payload as stored JSON.
//!
//! Codes and field names are stored. A variant may be renamed; its code and the names of its fields
//! in JSON may not change.

use crate::choice::ChoiceVersion;
use crate::digest::Digest;
use crate::id::{CatalogueDraftId, DeadlineExtensionId, DocumentId, ImportId, OfferingId, OrgId, TermId};
use chrono::NaiveDate;
use serde::Serialize;
use std::collections::BTreeMap;

/// The code of the history line for issuing an order.
pub const ORDER_ISSUED: &str = "order-issued";

/// Defines [`Act`], its codes and the list of all codes from one table.
macro_rules! acts {
    ($(
        $(#[$meta:meta])*
        $name:ident $({ $($(#[$field_meta:meta])* $field:ident: $type:ty),+ $(,)? })? = $code:expr,
    )+) => {
        /// An act with its payload. Serializes as the payload alone; an act without a payload serializes as `null`.
        #[derive(Debug, Clone, PartialEq, Eq, Serialize)]
        #[serde(untagged)]
        pub enum Act<'a> {
            $($(#[$meta])* $name $({ $($(#[$field_meta])* $field: $type),+ })?,)+
        }

        impl Act<'_> {
            /// The codes of all acts, in the order in which the history search offers them.
            pub const CODES: &'static [&'static str] = &[$($code),+];

            /// The stored code of the act, which is also the second half of the translation key `act-…`.
            pub fn code(&self) -> &'static str {
                match self {
                    $(Self::$name { .. } => $code,)+
                }
            }
        }
    };
}

acts! {
    /// The instructor sent a version for review.
    ChoiceSent { #[serde(flatten)] sent: SentVersion<'a> } = "choice-sent",
    /// The instructor undid sending; `from` is the withdrawn version.
    ChoiceUnsent { from: i64, version: i64 } = "choice-unsent",
    /// The choice was approved; `reason` is always empty.
    ChoiceApproved { version: i64, reason: &'a str } = "choice-approved",
    /// The choice was returned to its instructor before it was approved.
    ChoiceReturned { version: i64, reason: &'a str } = "choice-returned",
    /// The approved choice was reopened.
    ChoiceReopened { version: i64, reason: &'a str } = "choice-reopened",
    /// A decision was undone; `reason` is always empty.
    DecisionUndone { version: i64, reason: &'a str } = "decision-undone",
    /// The instructor asked to reopen the approved choice.
    ReopenRequested { reason: &'a str } = "reopening-asked",
    /// A request to reopen was declined.
    ReopenDeclined { reason: &'a str } = "reopening-declined",
    /// Publishing a catalogue returned the choice; `rules` is the published version.
    ChoiceReturnedByCatalogue { version: i64, reason: &'a str, rules: i64 } = "choice-returned-by-rule",
    /// Publishing a catalogue moved the choice to another row.
    ChoiceMovedByCatalogue { #[serde(flatten)] sent: SentVersion<'a> } = "choice-moved-by-rule",
    /// A roster assigned another responsible instructor; names, empty for a vacancy.
    InstructorReplaced { before: &'a str, after: &'a str } = "instructor-replaced",
    /// A document was added to the dossier.
    DocumentUploaded { document: DocumentId, name: &'a str, version: i64, sha256: Digest } = "document-uploaded",
    /// An order was issued; `unit` is `None` for the whole university.
    OrderIssued {
        term: TermId,
        unit: Option<OrgId>,
        number: i64,
        fingerprint: Digest,
        exams: usize,
    } = ORDER_ISSUED,
    /// Reminders were sent to this number of people; `org` is `None` for the whole university.
    RemindersSent { org: Option<OrgId>, people: usize } = "reminders-sent",
    /// A form exception was set; `discipline` is the discipline's code.
    FormExceptionSet {
        row: &'a str,
        info: &'a str,
        catalogue: i64,
        reason: &'a str,
        discipline: &'a str,
    } = "form-set",
    /// A form exception was ended.
    FormExceptionEnded { row: &'a str } = "form-unset",
    /// The offering was marked as having no final exam.
    ExamLeftOut { reason: &'a str } = "exam-left-out",
    /// The offering has a final exam again; `reason` is always empty.
    ExamRestored { reason: &'a str } = "exam-restored",
    /// A term was added or changed; `uniformity` is a code.
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
    /// A term was closed.
    TermClosed = "term-closed",
    /// A deadline was extended, for a department or for an offering.
    DeadlineExtended {
        #[serde(skip_serializing_if = "Option::is_none")]
        department: Option<OrgId>,
        #[serde(skip_serializing_if = "Option::is_none")]
        offering: Option<OfferingId>,
        until: NaiveDate,
        reason: &'a str,
    } = "window-opened",
    /// A deadline extension was ended before its last day.
    DeadlineExtensionEnded { #[serde(rename = "opening")] extension: DeadlineExtensionId } = "window-shut",
    /// A version of the catalogue was loaded from files; `term` is the code of the term that uses it from now on.
    CatalogueLoaded { version: i64, term: Option<&'a str> } = "catalogue-loaded",
    /// A draft of the catalogue was begun from a version.
    CatalogueDraftBegun { draft: CatalogueDraftId, base: i64 } = "rules-draft-begun",
    /// A draft of the catalogue was imported from a file.
    CatalogueDraftImported { draft: CatalogueDraftId, base: i64 } = "rules-draft-imported",
    /// A draft was changed; `change` is the code of the edit, `what` names what it changed.
    CatalogueDraftChanged { draft: CatalogueDraftId, change: &'a str, what: &'a str } = "rules-draft-changed",
    /// A draft was discarded.
    CatalogueDraftDiscarded { draft: CatalogueDraftId } = "rules-draft-discarded",
    /// A draft was published as a version; `remedies` by the code of the kind of break.
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
    /// The term uses this version of the catalogue from now on.
    CatalogueInForce { catalogue: i64 } = "rules-in-force",
    /// A roster was imported; `counts` are by kind of record.
    RosterImported { #[serde(flatten)] counts: BTreeMap<&'static str, ImportCount> } = "roster-imported",
    /// An import was undone; `file` is the name of its file.
    RosterImportUndone { import: ImportId, file: &'a str } = "roster-import-undone",
    /// A person was added by hand.
    PersonAdded = "person-added",
    /// The person was appointed; `role` and `org` are codes.
    PersonAppointed {
        role: &'static str,
        org: &'a str,
        #[serde(flatten)]
        dates: Option<AppointmentPeriod>,
        #[serde(skip_serializing_if = "Option::is_none")]
        order: Option<&'a str>,
    } = "person-appointed",
    /// Dates or order of an appointment were changed; `role` and `org` are codes.
    AppointmentChanged {
        role: &'static str,
        org: &'a str,
        #[serde(flatten)]
        dates: AppointmentPeriod,
        order: &'a str,
    } = "appointment-changed",
    /// An appointment was ended; `role` and `org` are codes.
    PersonDismissed { role: &'static str, org: &'a str } = "person-dismissed",
    /// The account may not sign in any more.
    PersonDisabled = "person-disabled",
    /// The account may sign in again.
    PersonEnabled = "person-enabled",
    /// A password was set for the person.
    PasswordSet = "password-set",
    /// The person changed their own password.
    PasswordChanged = "password-changed",
}

/// The content of a sent version, as stored in the history.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SentVersion<'a> {
    /// The previous version; 0 if nothing was chosen.
    pub from: i64,
    /// The number of the sent version.
    pub version: i64,
    /// The catalogue version under which the choice was made.
    pub catalogue: i64,
    /// The id of the chosen row.
    pub row: &'a str,
    pub info: &'a str,
    /// The programme document of the exam.
    pub document: DocumentId,
    /// The SHA-256 hash of the document's bytes.
    pub sha256: Digest,
}

impl<'a> SentVersion<'a> {
    /// Describes the version `current`, which follows version `from`.
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

/// The number of records of one kind that an import added and changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct ImportCount {
    pub new: usize,
    pub changed: usize,
}

/// The first and the last day of an appointment; `None` means no limit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub struct AppointmentPeriod {
    pub from: Option<NaiveDate>,
    pub until: Option<NaiveDate>,
}

impl Act<'_> {
    /// The act of enabling or disabling an account.
    pub fn account_enabled(is_enabled: bool) -> Self {
        if is_enabled { Self::PersonEnabled } else { Self::PersonDisabled }
    }
}
