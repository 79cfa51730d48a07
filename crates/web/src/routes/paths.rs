//! The URL path of every route of the web site. Paths name resources, not actions.

pub(crate) const START: &str = "/";
pub(crate) const ASSET: &str = "/assets/{name}";
pub(crate) const HEALTH_ALIVE: &str = "/healthz";
pub(crate) const HEALTH_READY: &str = "/readyz";
pub(crate) const ROBOTS: &str = "/robots.txt";

// URL paths of the pages for signing in, passwords and first-run setup.
pub(crate) const SIGN_IN: &str = "/sign-in";
pub(crate) const SIGN_OUT: &str = "/sign-out";
/// The path of the page of first-run setup. The command `serve` prints the address of the page and
/// the key that the page asks for.
pub const SETUP: &str = "/setup";
pub(crate) const PASSWORD: &str = "/password";
pub(crate) const SETTINGS: &str = "/settings";
pub(crate) const SESSIONS_ENDED: &str = "/settings/sessions/ended";
pub(crate) const RESTORED_FORM: &str = "/restored-form";

// URL paths of the pages on which an instructor chooses exams.
pub(crate) const GROUPS: &str = "/groups";
pub(crate) const CHOOSE: &str = "/choose";
pub(crate) const CHOICES: &str = "/choices";
pub(crate) const CHOICES_UNDO: &str = "/choices/undo";
pub(crate) const CHOICES_WITHDRAWAL: &str = "/choices/withdrawal";
pub(crate) const DRAFTS: &str = "/drafts";
pub(crate) const REUSE: &str = "/reuse";
pub(crate) const REUSE_DRAFTS: &str = "/reuse/drafts";
pub(crate) const OFFERING: &str = "/offerings/{id}";

// URL paths of the pages of exam programme documents.
pub(crate) const DOSSIER: &str = "/dossier";
pub(crate) const DOCUMENTS: &str = "/documents";
pub(crate) const DOCUMENT: &str = "/documents/{id}";
pub(crate) const DOCUMENT_PREVIEW: &str = "/documents/{id}/preview";

// URL paths of the review queue and of the decisions about choices.
pub(crate) const QUEUE: &str = "/queue";
pub(crate) const APPROVALS: &str = "/approvals";
pub(crate) const APPROVALS_UNDO: &str = "/approvals/undo";
pub(crate) const RETURNS: &str = "/returns";
pub(crate) const RETURNS_UNDO: &str = "/returns/undo";
pub(crate) const PHRASES: &str = "/phrases";
pub(crate) const PHRASES_REMOVAL: &str = "/phrases/removal";
pub(crate) const REOPENINGS: &str = "/reopenings";
pub(crate) const REOPENINGS_UNDO: &str = "/reopenings/undo";
pub(crate) const REOPEN_REQUESTS: &str = "/reopening-requests";
pub(crate) const REOPEN_REQUEST_REFUSALS: &str = "/reopening-requests/refusals";

// URL paths of the reports, the printed orders and the search in the history.
pub(crate) const PROGRESS: &str = "/progress";
pub(crate) const PROGRESS_FILE: &str = "/progress/file.{end}";
pub(crate) const SAVED_FILTERS: &str = "/saved-filters";
pub(crate) const SAVED_FILTER_REMOVAL: &str = "/saved-filters/{id}/removal";
pub(crate) const LATE: &str = "/late";
pub(crate) const LATE_FILE: &str = "/late/file.{end}";
pub(crate) const PLATFORMS: &str = "/platforms";
pub(crate) const PLATFORMS_FILE: &str = "/platforms/file.{end}";
pub(crate) const COMPARISON: &str = "/comparison";
pub(crate) const COMPARISON_FILE: &str = "/comparison/file.{end}";
pub(crate) const UNIFORMITY: &str = "/uniformity";
pub(crate) const UNIFORMITY_FILE: &str = "/uniformity/file.{end}";
pub(crate) const CHANGES: &str = "/changes";
pub(crate) const CHANGES_FILE: &str = "/changes/file.{end}";
pub(crate) const ORDERS: &str = "/orders";
pub(crate) const ORDERS_FILE: &str = "/orders/file.{end}";
pub(crate) const ORDER: &str = "/orders/{fingerprint}";
pub(crate) const HISTORY: &str = "/history";
pub(crate) const HISTORY_FILE: &str = "/history/file.{end}";

// URL paths of the pages that show approved exams to students and to the public.
pub(crate) const EXAMS: &str = "/exams";
pub(crate) const PUBLIC_EXAMS: &str = "/public/exams";

// URL paths of the notifications page and of reminders to instructors.
pub(crate) const NOTIFICATIONS: &str = "/notifications";
pub(crate) const NOTIFICATIONS_READ: &str = "/notifications/read";
pub(crate) const REMINDERS: &str = "/reminders";

// URL paths of the pages of academic terms, deadline extensions and exceptions.
pub(crate) const TERMS: &str = "/terms";
pub(crate) const NEW_TERM: &str = "/terms/new";
pub(crate) const TERM: &str = "/terms/{id}";
pub(crate) const TERM_CLOSING: &str = "/terms/{id}/closing";
pub(crate) const DEADLINE_EXTENSIONS: &str = "/deadline-extensions";
pub(crate) const DEADLINE_EXTENSIONS_ENDED: &str = "/deadline-extensions/ended";
pub(crate) const EXTENSION_REQUESTS: &str = "/extension-requests";
pub(crate) const EXTENSION_REQUESTS_ENDORSEMENTS: &str = "/extension-requests/endorsements";
pub(crate) const EXTENSION_REQUESTS_GRANTS: &str = "/extension-requests/grants";
pub(crate) const EXTENSION_REQUESTS_REFUSALS: &str = "/extension-requests/refusals";
pub(crate) const EXCEPTIONS: &str = "/exceptions";
pub(crate) const FORM_EXCEPTIONS: &str = "/exceptions/forms";
pub(crate) const FORM_EXCEPTIONS_ENDED: &str = "/exceptions/forms/ended";
pub(crate) const FORM_EXCEPTIONS_RETURNS: &str = "/exceptions/forms/returns";
pub(crate) const EXAM_EXCEPTION: &str = "/offerings/{id}/exam";

// URL paths of the pages of people, appointments and accounts.
pub(crate) const PEOPLE: &str = "/people";
pub(crate) const PERSON: &str = "/people/{id}";
pub(crate) const PERSON_APPOINTMENTS: &str = "/people/{id}/appointments";
pub(crate) const PERSON_ACCOUNT: &str = "/people/{id}/account";
pub(crate) const PERSON_PASSWORD: &str = "/people/{id}/password";
pub(crate) const APPOINTMENT: &str = "/appointments/{id}";
pub(crate) const APPOINTMENT_ENDED: &str = "/appointments/{id}/ended";
pub(crate) const GAPS: &str = "/gaps";

// URL paths of the pages of roster imports.
pub(crate) const IMPORTS: &str = "/imports";
pub(crate) const IMPORT_TEMPLATE_CSV: &str = "/imports/template.csv";
pub(crate) const IMPORT_TEMPLATE_XLSX: &str = "/imports/template.xlsx";
pub(crate) const IMPORT: &str = "/imports/{id}";
pub(crate) const IMPORT_REFUSED_ROWS: &str = "/imports/{id}/refused";
pub(crate) const IMPORT_PLAN: &str = "/imports/{id}/plan.csv";
pub(crate) const IMPORT_APPLYING: &str = "/imports/{id}/applying";
pub(crate) const IMPORT_UNDO: &str = "/imports/{id}/undo";

// URL paths of the pages of help, exam instructions and videos.
pub(crate) const CURRENT_CATALOGUE: &str = "/catalogue/current";
pub(crate) const HELP: &str = "/help";
pub(crate) const HELP_TOPIC: &str = "/help/{topic}";
pub(crate) const VIDEO: &str = "/videos/{hash}";

// URL paths of the pages on which the catalogue is edited and published.
pub(crate) const CATALOGUE: &str = "/catalogue";
pub(crate) const CATALOGUE_VERSION: &str = "/catalogue/versions/{version}";
pub(crate) const CATALOGUE_VERSION_FILE: &str = "/catalogue/versions/{version}/file";
pub(crate) const CATALOGUE_COMPARE: &str = "/catalogue/compare";
pub(crate) const CATALOGUE_IMPORTS: &str = "/catalogue/imports";
pub(crate) const CATALOGUE_DRAFTS: &str = "/catalogue/drafts";
pub(crate) const CATALOGUE_DRAFT: &str = "/catalogue/drafts/{id}";
pub(crate) const CATALOGUE_DRAFT_FILE: &str = "/catalogue/drafts/{id}/file";
pub(crate) const CATALOGUE_DRAFT_DISCARDING: &str = "/catalogue/drafts/{id}/discarding";
pub(crate) const CATALOGUE_DRAFT_SWITCHES: &str = "/catalogue/drafts/{id}/switches";
pub(crate) const CATALOGUE_DRAFT_MOVES: &str = "/catalogue/drafts/{id}/moves";
pub(crate) const CATALOGUE_DRAFT_REMOVALS: &str = "/catalogue/drafts/{id}/removals";
pub(crate) const CATALOGUE_DRAFT_FIXES: &str = "/catalogue/drafts/{id}/fixes";
pub(crate) const CATALOGUE_DRAFT_ROW: &str = "/catalogue/drafts/{id}/rows/{row}";
pub(crate) const CATALOGUE_DRAFT_LABEL: &str = "/catalogue/drafts/{id}/labels/{axis}/{code}";
pub(crate) const CATALOGUE_DRAFT_INSTRUCTIONS: &str = "/catalogue/drafts/{id}/instructions/{topic}";
pub(crate) const CATALOGUE_DRAFT_VIDEOS: &str = "/catalogue/drafts/{id}/videos";
pub(crate) const CATALOGUE_DRAFT_VIDEO_REMOVALS: &str = "/catalogue/drafts/{id}/videos/removals";
pub(crate) const CATALOGUE_DRAFT_DRY_RUN: &str = "/catalogue/drafts/{id}/dry-run";
pub(crate) const CATALOGUE_DRAFT_PUBLICATION: &str = "/catalogue/drafts/{id}/publication";
pub(crate) const CATALOGUE_DRAFT_PREVIEW: &str = "/catalogue/drafts/{id}/preview";
pub(crate) const CATALOGUE_DRAFT_PREVIEW_FORM: &str = "/catalogue/drafts/{id}/preview/{offering}";
