//! Limits and durations that people notice: lengths of texts, sizes of files, numbers of rows, times for undoing.
//!
//! Each limit is defined only in this file. Pages, interface texts, scripts and tests take it from this file; the table
//! in `docs/operations/limits.md` is written by `cargo xtask limits --write`. Sizes of buffers and numbers of threads
//! are defined beside the code that uses them.

const KIB: usize = 1024;
const MIB: u64 = 1024 * 1024;

// Limits of choices and decisions

/// The longest additional information of a choice, in characters. It usually names one or two platforms; it is not an
/// essay.
pub const INFO_LIMIT: usize = 200;
/// The longest reason for returning or reopening a choice or for asking to reopen one, in characters.
pub const REASON_LIMIT: usize = 1_000;
/// The time within which a decision on a choice can be undone, in minutes. Undoing differs from reopening: no email has
/// been sent yet.
pub const UNDO_MINUTES: i64 = 10;
/// The change in the number of a group's students from which the head of department is warned, in percent.
pub const STUDENTS_CHANGED_PERCENT: i64 = 30;

// Limits of programme documents

/// The largest file that is uploaded through a web form, in bytes: a programme, a video, an archive of a catalogue. A
/// scanned programme of thirty pages has about 10 MiB.
pub const PROGRAMME_SIZE_LIMIT: u64 = 20 * MIB;
/// The longest file name of a programme without its extension, in characters. The rest is cut.
pub const PROGRAMME_NAME_LIMIT: usize = 150;
/// The number of characters that the preview of a DOCX shows from its beginning: about two pages.
pub const PROGRAMME_PREVIEW_LIMIT: usize = 4_000;

// Limits of passwords and signing in

/// The shortest password, in characters (NIST SP 800-63B).
pub const PASSWORD_SHORTEST: usize = 8;
/// The longest password, in bytes. Hashing a longer one would only take more time.
pub const PASSWORD_LONGEST: usize = 1024;
/// The length of a one-time password that the program generates, in characters.
pub const PASSWORD_GENERATED_LENGTH: usize = 14;
/// Failed attempts to sign in to one account without a wait. Each further attempt doubles the wait.
pub const SIGN_IN_FREE_ATTEMPTS: i64 = 5;
/// Failed attempts to sign in from one network address without a wait. All computers of a computer room may share one
/// address.
pub const SIGN_IN_FREE_ATTEMPTS_ADDRESS: i64 = 30;
/// The longest wait between two attempts to sign in, in seconds.
pub const SIGN_IN_LONGEST_WAIT_SECONDS: i64 = 300;
/// A sign-in session ends after this many hours without a request: one working day.
pub const SESSION_IDLE_HOURS: i64 = 8;
/// A sign-in session ends this many days after signing in, even if the session is in use.
pub const SESSION_ABSOLUTE_DAYS: i64 = 7;
/// The time of a sign-in session's last request is stored at most this often, in minutes.
pub const SESSION_SEEN_MINUTES: i64 = 5;
/// The time for which a web form posted with an expired session is stored, in minutes.
pub const RESTORED_FORM_MINUTES: i64 = 30;
/// The largest web form that is stored while its sender signs in again, in bytes.
pub const RESTORED_FORM_SIZE_LIMIT: usize = 64 * KIB;

// Limits of web forms and HTTP requests

/// The largest web form without its files, in bytes.
pub const FORM_SIZE_LIMIT: usize = 512 * KIB;
/// The largest web form of a person who is not signed in, in bytes.
pub const FORM_SIGN_IN_SIZE_LIMIT: usize = 16 * KIB;
/// The most fields and files of one web form.
pub const FORM_PARTS_LIMIT: usize = 2_000;
/// The most files of one web form.
pub const FORM_FILES_LIMIT: usize = 8;
/// The largest HTTP request, in bytes: four programmes and their web form.
pub const REQUEST_BODY_LIMIT: usize = 81 * KIB * KIB;
/// An HTTP request is aborted if its body pauses for this many seconds.
pub const REQUEST_SILENCE_SECONDS: u64 = 30;
/// A connection is closed if the head of an HTTP request takes longer, in seconds.
pub const REQUEST_HEAD_SECONDS: u64 = 20;
/// The time within which running HTTP requests may finish when the program is stopped, in seconds.
pub const SHUTDOWN_GRACE_SECONDS: u64 = 20;

// Limits of lists, searches and exported files

/// The longest text in a search field, in characters. The rest is cut.
pub const SEARCH_TEXT_LIMIT: usize = 100;
/// The longest name of a student group in a search without signing in, in characters. The rest is cut.
pub const STUDENT_GROUP_LIMIT: usize = 60;
/// The most exams of one student group that are listed without signing in.
pub const STUDENT_GROUP_LISTED: i64 = 60;
/// The time for which a student sees a note that an exam has changed, in days.
pub const STUDENT_CHANGED_DAYS: i64 = 14;
/// The longest code of a discipline that can be typed, in characters.
pub const DISCIPLINE_CODE_LIMIT: usize = 50;
/// People on one web page of the list of people.
pub const PEOPLE_PAGE_SIZE: usize = 50;
/// Student groups on one web page of the progress report.
pub const PROGRESS_PAGE_SIZE: usize = 50;
/// The most rows of an exported report or of an order (decree).
pub const REPORT_LINES_LIMIT: usize = 50_000;
/// The most changes that the report of changed exams lists.
pub const CHANGES_LISTED: usize = 500;
/// The report of changed exams begins this many days ago unless another day is selected.
pub const CHANGES_SINCE_DAYS: i64 = 7;
/// Entries on one web page of the history.
pub const HISTORY_PAGE_SIZE: usize = 50;
/// The most entries of an exported history.
pub const HISTORY_FILE_LIMIT: usize = 5_000;
/// Minutes between two checkpoints of the history, which hash the last entries of all its chains.
pub const HISTORY_CHECKPOINT_MINUTES: i64 = 10;
/// The most student groups that the review queue names for a decision which can still be undone.
pub const QUEUE_RECENT_NAMED: usize = 3;
/// The most departments without a person who may approve that the progress report names.
pub const GAPS_LISTED: usize = 5;
/// The most student groups that are named for a department without a person who may approve.
pub const GAP_OFFERINGS_NAMED: usize = 5;
/// The most saved filters of the progress report for one person. More would need a search function.
pub const SAVED_FILTERS_LIMIT: usize = 20;
/// The longest name of a saved filter of the progress report, in characters.
pub const SAVED_FILTER_NAME_LIMIT: usize = 60;
/// The longest query of a saved filter of the progress report, in bytes of its URL.
pub const SAVED_FILTER_QUERY_LIMIT: usize = 1_000;

// Limits of notifications and emails

/// Notifications on one web page of the inbox.
pub const INBOX_PAGE_SIZE: usize = 200;
/// The most exams that one notification names. The others are only counted.
pub const NOTIFICATION_OFFERINGS_NAMED: usize = 12;
/// The longest subject line of an email, in characters. The rest is cut.
pub const NOTIFICATION_SUBJECT_LIMIT: usize = 150;
/// A notification that missed its daily digest email by more than this is not emailed any more, in days.
pub const NOTIFICATION_STALE_DAYS: i64 = 2;
/// People who still have to choose an exam are notified this many days before the last day of choosing.
pub const DAYS_LEFT: i64 = 3;
/// The beginning of the period for choosing is announced at most this many days late.
pub const WINDOW_OPENS_DAYS: i64 = 2;
/// The shortest time between two reminders to the same person, in hours.
pub const REMINDER_HOURS: i64 = 24;
/// The most people that the web page of reminders lists.
pub const REMINDERS_LISTED: usize = 300;
/// A decision is emailed after this many minutes, when it can no longer be undone.
pub const MAIL_HOLD_MINUTES: i64 = UNDO_MINUTES + 1;
/// Attempts to send an email before the program stops trying; together they take about four hours.
pub const MAIL_ATTEMPTS: i64 = 8;
/// The longest wait between two attempts to send an email, in minutes.
pub const MAIL_LONGEST_WAIT_MINUTES: i64 = 128;
/// An email whose sending was interrupted is sent again after this many minutes.
pub const MAIL_SENDING_MINUTES: i64 = 15;
/// Seconds between two checks of the queue of emails to send.
pub const MAIL_INTERVAL_SECONDS: u64 = 30;
/// A connection to the mail server is closed if the server does not answer within this many seconds.
pub const MAIL_SERVER_SECONDS: u64 = 20;

// Limits of people and appointments

/// The longest username, in characters: the same as in a roster file.
pub const USERNAME_LIMIT: usize = ROSTER_CODE_LIMIT;
/// The longest name of a person, or of the university during first-run setup, in characters: the same as in a roster
/// file.
pub const NAME_LIMIT: usize = ROSTER_NAME_LIMIT;
/// The longest email address, in characters (RFC 5321: a path of 256 with its brackets).
pub const EMAIL_LIMIT: usize = 254;
/// The longest part of an email address before the `@`, in characters (RFC 5321).
pub const EMAIL_LOCAL_LIMIT: usize = 64;
/// The longest part of a host name between two dots, in characters (RFC 1035).
pub const EMAIL_HOST_LABEL_LIMIT: usize = 63;
/// The longest number of an order (decree) that appoints a person, in characters.
pub const ORDER_NUMBER_LIMIT: usize = 100;

// Limits of roster imports

/// The largest roster file that is uploaded through the web page, in bytes.
pub const ROSTER_FILE_SIZE_LIMIT: u64 = 64 * MIB;
/// The largest roster file after unpacking, in bytes.
pub const ROSTER_UNPACKED_SIZE_LIMIT: u64 = 200 * MIB;
/// The most files in the zip archive of a roster.
pub const ROSTER_FILES_LIMIT: usize = 100;
/// The most rows of a group sheet (a roster as one table).
pub const ROSTER_ROWS_LIMIT: usize = 50_000;
/// The most columns of a group sheet (a roster as one table).
pub const ROSTER_COLUMNS_LIMIT: usize = 100;
/// The longest code, identifier or username in a roster file, in characters.
pub const ROSTER_CODE_LIMIT: usize = 200;
/// The longest name in a roster file, in characters.
pub const ROSTER_NAME_LIMIT: usize = 500;
/// The largest number in a roster file, such as the number of students of a group.
pub const ROSTER_NUMBER_LIMIT: i64 = 100_000;
/// The time within which an import of a roster can be undone, in hours.
pub const IMPORT_UNDO_HOURS: i64 = 24;
/// The time for which an uploaded roster file is stored, in days. It contains personal data.
pub const IMPORT_FILE_KEPT_DAYS: i64 = 7;
/// The longest name of a roster file, in characters. The rest is cut.
pub const IMPORT_FILE_NAME_LIMIT: usize = 150;
/// The time for which a web page waits for an import of a roster before it shows the progress, in milliseconds.
pub const IMPORT_WAIT_MILLISECONDS: u64 = 1_500;
/// The most records of one kind that the preview of a roster import lists.
pub const IMPORT_LISTED: usize = 200;
/// The most refused rows of a roster file that `emtihan import-roster` prints.
pub const IMPORT_CONSOLE_LISTED: usize = 50;
/// The most imports of rosters that the web page of imports lists.
pub const IMPORTS_LISTED: i64 = 50;

// Limits of a catalogue

/// The longest label, title, prompt, reason or URL in a catalogue, in characters of one language.
pub const CATALOGUE_TEXT_LIMIT: usize = 1_000;
/// The longest instructions on one topic of a catalogue, in characters of one language.
pub const CATALOGUE_INSTRUCTIONS_LIMIT: usize = 50_000;
/// The longest code or id in a catalogue, in characters: it is used in URLs and file names.
pub const CATALOGUE_CODE_LIMIT: usize = 60;
/// The most rows of a catalogue; also the most platforms, the most exam forms, the most exam types, and the most
/// videos.
pub const CATALOGUE_ROWS_LIMIT: usize = 200;
/// The most suggestions for additional information, and the most faculties, of one catalogue row.
pub const CATALOGUE_LIST_LIMIT: usize = 50;
/// The longest suggestion or faculty code of a catalogue row, in characters: a suggestion becomes additional
/// information.
pub const CATALOGUE_SUGGESTION_LIMIT: usize = INFO_LIMIT;
/// The largest number of minutes, attempts or parts of an exam in a catalogue row.
pub const CATALOGUE_NUMBER_LIMIT: i64 = 10_000;
/// The most drafts of a catalogue at the same time.
pub const CATALOGUE_DRAFTS_LIMIT: usize = 5;
/// The largest file in the folder of a catalogue, in bytes.
pub const CATALOGUE_FILE_SIZE_LIMIT: u64 = 100 * MIB;
/// The most files in the zip archive of a catalogue.
pub const CATALOGUE_FILES_LIMIT: usize = 2_000;
/// The largest catalogue archive after unpacking, in bytes.
pub const CATALOGUE_UNPACKED_SIZE_LIMIT: u64 = 2 * CATALOGUE_FILE_SIZE_LIMIT;
/// The largest video that the command line loads with a catalogue, in bytes.
pub const CATALOGUE_VIDEO_SIZE_LIMIT: u64 = 200 * MIB;
/// The largest file of video captions, in bytes.
pub const CATALOGUE_CAPTIONS_SIZE_LIMIT: u64 = MIB;
/// The most student groups that are offered for the preview of a catalogue draft.
pub const CATALOGUE_PREVIEW_LISTED: i64 = 50;
/// The most choices of one kind that the dry run of a catalogue draft lists.
pub const CATALOGUE_DRY_RUN_LISTED: usize = 300;
