//! Limits and durations that users of the application notice: lengths of texts, sizes of files,
//! numbers of rows, times for undoing.
//!
//! Each limit is defined only in this module, and HTML pages, interface texts, scripts and tests
//! take its value from this module. The command `cargo xtask limits --write` writes the table of
//! limits in `docs/operations/limits.md`. Sizes of buffers and numbers of threads are not defined
//! in this module, but in the source files that use them.

const KIB: usize = 1024;
const MIB: u64 = 1024 * 1024;

// Maximum lengths and durations for choices and for decisions on choices.

/// Maximum length of the additional information of a choice, in characters. The information usually
/// names one or two platforms; it is not an essay.
pub const INFO_LIMIT: usize = 200;
/// Maximum length of the reason for returning or reopening a choice, or for asking to reopen a
/// choice, in characters.
pub const REASON_LIMIT: usize = 1_000;
/// Maximum length of a phrase (a frequent reason for returning) in one language, in characters.
pub const PHRASE_LIMIT: usize = 200;
/// Maximum number of phrases of the registrar's office, and of each head of department.
pub const PHRASES_LIMIT: usize = 30;
/// Number of phrases, the most used ones, that a form for returning choices offers.
pub const PHRASES_OFFERED: usize = 6;
/// Number of minutes after a decision on a choice within which the decision can be undone. Undoing
/// differs from reopening, because no email about the decision has been sent yet.
pub const UNDO_MINUTES: i64 = 10;
/// Minimum change in the number of a group's students, in percent, for which the head of department
/// is warned: the change from an earlier version of the choice to the version in review.
pub const STUDENTS_CHANGED_PERCENT: i64 = 30;

// Maximum sizes and lengths of programme documents and of their previews.

/// Maximum size of a file that is uploaded through an HTML form, in bytes: a programme document, a
/// video, or an archive of a catalogue. A scanned programme of thirty pages has about 10 MiB.
pub const PROGRAMME_SIZE_LIMIT: u64 = 20 * MIB;
/// Maximum length of the file name of a programme document, with its extension, in characters.
pub const PROGRAMME_NAME_LIMIT: usize = 150;
/// Number of characters that the preview of a DOCX document shows from its beginning: about two
/// pages.
pub const PROGRAMME_PREVIEW_LIMIT: usize = 4_000;

// Lengths of passwords, and numbers and durations for signing in and for sign-in sessions.

/// Minimum length of a password, in characters.
pub const PASSWORD_SHORTEST: usize = 10;
/// Maximum length of a password, in bytes. Hashing a longer password would only take more time.
pub const PASSWORD_LONGEST: usize = 1024;
/// Length of a one-time password that the application generates, in characters.
pub const PASSWORD_GENERATED_LENGTH: usize = 14;
/// Number of hours for which a one-time password is valid, unless the setting
/// `one_time_password_hours` says otherwise.
pub const ONE_TIME_PASSWORD_HOURS: i64 = 72;
/// Maximum number of hours for which a one-time password can be valid: two weeks.
pub const ONE_TIME_PASSWORD_LONGEST_HOURS: i64 = 336;
/// Number of failed attempts to sign in to one account from one network address, or from one
/// browser that has signed in to the account before, before a person has to wait. Each further
/// failed attempt doubles the wait.
pub const SIGN_IN_FREE_ATTEMPTS: i64 = 5;
/// Number of failed attempts to sign in to one account, from addresses and browsers that have not
/// signed in to the account before, from which further attempts are answered more slowly.
pub const SIGN_IN_FREE_ATTEMPTS_ACCOUNT: i64 = 20;
/// Number of failed attempts to sign in from one network address, to accounts that have not been
/// signed in to from that address before, from which further attempts are answered more slowly. A
/// whole campus can share one address.
pub const SIGN_IN_FREE_ATTEMPTS_ADDRESS: i64 = 30;
/// Number of failed attempts to sign in from one network address, counted like
/// `SIGN_IN_FREE_ATTEMPTS_ADDRESS`, from which such attempts have to wait.
pub const SIGN_IN_MOST_ATTEMPTS_ADDRESS: i64 = 100;
/// Number of failed attempts from one network address for which the first sign-in to an account
/// from that address makes up.
pub const SIGN_IN_ADDRESS_CREDIT: i64 = 10;
/// Number of seconds by which a slowed attempt to sign in is delayed.
pub const SIGN_IN_SLOWED_SECONDS: u64 = 1;
/// Maximum wait between two attempts to sign in, in seconds.
pub const SIGN_IN_LONGEST_WAIT_SECONDS: i64 = 300;
/// Number of days for which a network address or a browser from which a person has signed in is
/// remembered, so that failed attempts from elsewhere do not delay the person there.
pub const KNOWN_PLACE_DAYS: i64 = 180;
/// Number of minutes after which the key of the first-run setup is replaced by a new one.
pub const SETUP_KEY_MINUTES: i64 = 60;
/// Number of hours without a request after which a sign-in session ends: one working day.
pub const SESSION_IDLE_HOURS: i64 = 8;
/// Number of days after signing in at which a sign-in session ends, even if the session is in use.
pub const SESSION_ABSOLUTE_DAYS: i64 = 7;
/// Minimum time between two updates of the stored time of a sign-in session's last request, in
/// minutes.
pub const SESSION_SEEN_MINUTES: i64 = 5;
/// Maximum length of the browser's name (`User-Agent`) that is stored with a sign-in session, in
/// characters. The rest of the name is cut off.
pub const SESSION_USER_AGENT_LIMIT: usize = 300;
/// Maximum number of a person's own sign-in sessions that the page of settings lists.
pub const SESSIONS_LISTED: usize = 50;
/// Number of minutes for which an HTML form is stored that was sent after its session had ended.
/// The person can sign in again and continue with the stored form.
pub const RESTORED_FORM_MINUTES: i64 = 30;
/// Maximum size of an HTML form that is stored while its sender signs in again, in bytes.
pub const RESTORED_FORM_SIZE_LIMIT: usize = 64 * KIB;

// Maximum sizes, numbers and waiting times of HTML forms and HTTP requests.

/// Maximum size of a submitted HTML form without its files, in bytes.
pub const FORM_SIZE_LIMIT: usize = 512 * KIB;
/// Maximum size of an HTML form that is submitted without signing in, in bytes.
pub const FORM_SIGN_IN_SIZE_LIMIT: usize = 16 * KIB;
/// Maximum number of fields and files in one submitted HTML form.
pub const FORM_PARTS_LIMIT: usize = 2_000;
/// Maximum number of files in one submitted HTML form.
pub const FORM_FILES_LIMIT: usize = 8;
/// Maximum size of an HTTP request, in bytes: enough for an HTML form with four programme
/// documents.
pub const REQUEST_BODY_LIMIT: usize = 81 * KIB * KIB;
/// Number of seconds without new data after which an HTTP request with an incomplete body is
/// refused.
pub const REQUEST_SILENCE_SECONDS: u64 = 30;
/// Maximum number of seconds that the headers of an HTTP request can take to arrive before the
/// connection is closed.
pub const REQUEST_HEAD_SECONDS: u64 = 10;
/// Maximum number of seconds that an HTML form without files can take to arrive before it is
/// refused.
pub const FORM_SECONDS: u64 = 60;
/// Number of seconds after which an HTML form with files is refused if it arrives slower than the
/// minimum rate.
pub const UPLOAD_GRACE_SECONDS: u64 = 30;
/// Minimum rate at which an HTML form with files has to arrive, in bytes per second, on average
/// after the first seconds. An HTML form of the maximum size can therefore take 44 minutes.
pub const UPLOAD_BYTES_PER_SECOND: u64 = 32 * 1024;
/// Number of seconds after which a connection is closed if the client has not accepted any further
/// part of the answer that is being sent.
pub const ANSWER_STALL_SECONDS: u64 = 60;
/// Number of seconds after which a connection without a request is closed: longer than the minute
/// after which nginx closes its unused connections to the server.
pub const KEEP_ALIVE_SECONDS: u64 = 75;
/// Maximum number of open connections. The maximum is lower if the operating system allows the
/// process too few open files.
pub const CONNECTIONS_LIMIT: usize = 2_048;
/// Maximum part of the open connections that one network address can have, in percent. A whole
/// campus can share one address. A trusted proxy can have all connections.
pub const CONNECTIONS_ADDRESS_PERCENT: usize = 50;
/// Number of seconds that running HTTP requests have to finish when the server is stopped.
pub const SHUTDOWN_GRACE_SECONDS: u64 = 8;
/// Number of seconds after which a request that waits for the database is answered with an error.
pub const DATABASE_SECONDS: u64 = 10;
/// Maximum length of one line of the program's log, in bytes. A longer line is shortened, so that
/// nobody can fill the disk with a value that is logged.
pub const LOG_LINE_LIMIT: usize = 8 * KIB;

// Maximum numbers of entries in lists, search results and exported files.

/// Maximum length of the text in a search field, in characters. The rest of the text is cut off.
pub const SEARCH_TEXT_LIMIT: usize = 100;
/// Maximum length of a student group's name in the search that needs no sign-in, in characters. The
/// rest of the name is cut off.
pub const STUDENT_GROUP_LIMIT: usize = 60;
/// Maximum number of exams of one student group that are listed for a visitor who is not signed in.
pub const STUDENT_GROUP_LISTED: i64 = 60;
/// Number of days after the approval of a changed exam for which the students of the exam see a
/// note that the exam has changed.
pub const STUDENT_CHANGED_DAYS: i64 = 14;
/// Maximum length of a discipline's code in an HTML form, in characters.
pub const DISCIPLINE_CODE_LIMIT: usize = 50;
/// Number of people on one page of the list of people.
pub const PEOPLE_PAGE_SIZE: usize = 50;
/// Number of exams on one page of an order (a decree that lists approved exams) on the screen.
pub const ORDER_PAGE_SIZE: usize = 100;
/// Maximum number of days in the curve of the progress board.
pub const PROGRESS_DAYS_LIMIT: i64 = 200;
/// Number of student groups on one page of the progress board.
pub const PROGRESS_PAGE_SIZE: usize = 50;
/// Maximum number of table rows in an exported report or in an order (a decree that lists approved
/// exams).
pub const REPORT_LINES_LIMIT: usize = 50_000;
/// Maximum number of exams in the report about changed exams, which lists the exams that were
/// approved, or are no longer approved, since a selected day.
pub const CHANGES_LISTED: usize = 500;
/// Number of days that the report about changed exams covers, unless another first day is selected.
pub const CHANGES_SINCE_DAYS: i64 = 7;
/// Number of history entries on one page of the history.
pub const HISTORY_PAGE_SIZE: usize = 50;
/// Maximum number of history entries in an exported file.
pub const HISTORY_FILE_LIMIT: usize = 5_000;
/// Number of minutes between two checkpoints of the history. A checkpoint hashes the last entries
/// of the hash chains that have grown since the previous checkpoint.
pub const HISTORY_CHECKPOINT_MINUTES: i64 = 10;
/// Maximum number of student groups that the review queue names for one recent decision on their
/// choices. The queue shows a decision as long as the decision can be undone.
pub const QUEUE_RECENT_NAMED: usize = 3;
/// Maximum number of departments that the progress board names because nobody is allowed to approve
/// their choices.
pub const GAPS_LISTED: usize = 5;
/// Maximum number of student groups that the page *Days without an approver* names for one
/// department in which nobody is allowed to approve choices.
pub const GAP_OFFERINGS_NAMED: usize = 5;
/// Maximum number of saved filters of the progress board for one person. More saved filters would
/// need a search function.
pub const SAVED_FILTERS_LIMIT: usize = 20;
/// Maximum length of the name of a saved filter of the progress board, in characters.
pub const SAVED_FILTER_NAME_LIMIT: usize = 60;
/// Maximum length of the filters that a saved filter of the progress board stores, in bytes of a
/// URL's query string.
pub const SAVED_FILTER_QUERY_LIMIT: usize = 1_000;

// Numbers, lengths and waiting times for notifications and emails.

/// Number of notifications on one page of a person's inbox.
pub const INBOX_PAGE_SIZE: usize = 200;
/// Maximum number of exams that one notification names. The other exams are only counted.
pub const NOTIFICATION_OFFERINGS_NAMED: usize = 12;
/// Maximum length of the subject line of an email, in characters. The rest of the line is cut off.
pub const NOTIFICATION_SUBJECT_LIMIT: usize = 150;
/// Number of days after which a notification that missed the daily digest is no longer emailed.
pub const NOTIFICATION_STALE_DAYS: i64 = 2;
/// Number of days before the last day for choosing at which people who still have to choose an exam
/// are notified.
pub const DAYS_LEFT: i64 = 3;
/// The greatest number of days after which a term's setting reports waiting choices to the dean's office.
pub const ESCALATE_DAYS_LIMIT: i64 = 60;
/// Maximum number of days by which the notification that choosing has begun can be late.
pub const WINDOW_OPENS_DAYS: i64 = 2;
/// Minimum time between two reminders to the same person, in hours.
pub const REMINDER_HOURS: i64 = 24;
/// Maximum number of people on the page for sending reminders.
pub const REMINDERS_LISTED: usize = 300;
/// Number of minutes between a decision on a choice and the email about the decision. When the
/// email is sent, the decision can no longer be undone.
pub const MAIL_HOLD_MINUTES: i64 = UNDO_MINUTES + 1;
/// Number of attempts to send an email before the application gives up. All attempts together take
/// about four hours.
pub const MAIL_ATTEMPTS: i64 = 8;
/// Maximum wait between two attempts to send an email, in minutes.
pub const MAIL_LONGEST_WAIT_MINUTES: i64 = 128;
/// Number of minutes from the start of an interrupted attempt to send an email until the
/// application sends the email again.
pub const MAIL_SENDING_MINUTES: i64 = 15;
/// Number of seconds between two checks whether an email in the mail queue is due.
pub const MAIL_INTERVAL_SECONDS: u64 = 30;
/// Number of seconds without an answer from the mail server after which the connection to the mail
/// server is closed.
pub const MAIL_SERVER_SECONDS: u64 = 20;

// Maximum lengths of usernames, names and other data of people and appointments.

/// Maximum length of a username, in characters: equal to the limit for usernames in roster files.
pub const USERNAME_LIMIT: usize = ROSTER_CODE_LIMIT;
/// Maximum length of a person's name, or of the university's name during first-run setup, in
/// characters: equal to the limit for names in roster files.
pub const NAME_LIMIT: usize = ROSTER_NAME_LIMIT;
/// Maximum length of an email address, in characters (RFC 5321 allows 256 with the angle brackets).
pub const EMAIL_LIMIT: usize = 254;
/// Maximum length of the part of an email address before the `@`, in characters (RFC 5321).
pub const EMAIL_LOCAL_LIMIT: usize = 64;
/// Maximum length of a part between two dots of a host name in an email address, in characters (RFC
/// 1035).
pub const EMAIL_HOST_LABEL_LIMIT: usize = 63;
/// Maximum length of the number of an order (decree) that appoints a person, in characters.
pub const ORDER_NUMBER_LIMIT: usize = 100;

// Maximum sizes, lengths and durations for roster files and their imports.

/// Maximum size of a roster file that is uploaded in the browser, in bytes.
pub const ROSTER_FILE_SIZE_LIMIT: u64 = 64 * MIB;
/// Maximum size of a roster file after unpacking, in bytes.
pub const ROSTER_UNPACKED_SIZE_LIMIT: u64 = 200 * MIB;
/// Maximum number of files in the ZIP archive of a roster.
pub const ROSTER_FILES_LIMIT: usize = 100;
/// Maximum number of table rows in a sheet of groups (a roster in a single spreadsheet).
pub const ROSTER_ROWS_LIMIT: usize = 50_000;
/// Maximum number of table columns in a sheet of groups (a roster in a single spreadsheet).
pub const ROSTER_COLUMNS_LIMIT: usize = 100;
/// Maximum number of table rows in all files of a OneRoster roster together, and of groups and
/// students of groups that the rows describe. A large university has about 200,000.
pub const ROSTER_LINES_LIMIT: usize = 2_000_000;
/// Maximum number of academic terms of one class in a OneRoster roster. Each term gets a group.
pub const ROSTER_CLASS_TERMS_LIMIT: usize = 50;
/// Maximum number of cells in all worksheets of an XLSX file with a sheet of groups.
pub const ROSTER_CELLS_LIMIT: usize = ROSTER_ROWS_LIMIT * ROSTER_COLUMNS_LIMIT;
/// Maximum number of different texts in an XLSX file with a sheet of groups. The file stores each
/// text once (as a shared string), and cells refer to it.
pub const ROSTER_STRINGS_LIMIT: usize = 500_000;
/// Maximum size of the texts of a sheet of groups in an XLSX file, in bytes: of the texts that the
/// file stores, and of the texts in the cells of the first worksheet.
pub const ROSTER_TEXT_SIZE_LIMIT: u64 = 64 * MIB;
/// Maximum number of seconds for which reading a roster file waits until another roster file has
/// been read. Only one file is read at a time, because reading needs much memory.
pub const ROSTER_WAIT_SECONDS: u64 = 10;
/// Maximum length of a code, identifier or username in a roster file, in characters.
pub const ROSTER_CODE_LIMIT: usize = 200;
/// Maximum length of a name in a roster file, in characters.
pub const ROSTER_NAME_LIMIT: usize = 500;
/// Maximum value of a number in a roster file, such as the number of students in a group.
pub const ROSTER_NUMBER_LIMIT: i64 = 100_000;
/// Number of hours within which the import of a roster can be undone.
pub const IMPORT_UNDO_HOURS: i64 = 24;
/// Number of days for which an uploaded roster file is stored. The file contains personal data.
pub const IMPORT_FILE_KEPT_DAYS: i64 = 7;
/// Maximum length of the name of an uploaded roster file, in characters. The rest of the name is
/// cut off.
pub const IMPORT_FILE_NAME_LIMIT: usize = 150;
/// Number of milliseconds that the browser waits for the import of a roster before the server
/// answers with a page that shows the progress.
pub const IMPORT_WAIT_MILLISECONDS: u64 = 1_500;
/// Maximum number of records of one kind that the preview of a roster import lists.
pub const IMPORT_LISTED: usize = 200;
/// Maximum number of refused roster rows that the command `emtihan import-roster` prints.
pub const IMPORT_CONSOLE_LISTED: usize = 50;
/// Maximum number of earlier roster imports on the page *Data import*.
pub const IMPORTS_LISTED: i64 = 50;

// Maximum sizes, lengths and numbers for catalogues and catalogue files.

/// Maximum length of a label, title, prompt, reason or web address in a catalogue, in characters of
/// one language.
pub const CATALOGUE_TEXT_LIMIT: usize = 1_000;
/// Maximum length of the instructions on one topic of a catalogue, in characters of one language.
pub const CATALOGUE_INSTRUCTIONS_LIMIT: usize = 50_000;
/// Maximum length of a code or id in a catalogue, in characters. Codes and ids are used in URLs and
/// file names.
pub const CATALOGUE_CODE_LIMIT: usize = 60;
/// Maximum number of catalogue rows in a catalogue. The same limit applies to the numbers of
/// platforms, exam formats, exam types and videos.
pub const CATALOGUE_ROWS_LIMIT: usize = 200;
/// Maximum number of suggestions for the additional information of one catalogue row. The same
/// limit applies to the number of faculties to which a catalogue row is restricted.
pub const CATALOGUE_LIST_LIMIT: usize = 50;
/// Maximum length of a suggestion for the additional information of a catalogue row, in characters:
/// equal to the maximum length of the additional information. The same limit applies to the code of
/// a faculty in a catalogue.
pub const CATALOGUE_SUGGESTION_LIMIT: usize = INFO_LIMIT;
/// Maximum number of minutes, attempts or parts of an exam in a catalogue row.
pub const CATALOGUE_NUMBER_LIMIT: i64 = 10_000;
/// Maximum number of catalogue drafts that can exist at the same time.
pub const CATALOGUE_DRAFTS_LIMIT: usize = 5;
/// Maximum size of one file in the folder of a catalogue, in bytes.
pub const CATALOGUE_FILE_SIZE_LIMIT: u64 = 100 * MIB;
/// Maximum number of files in the ZIP archive of a catalogue.
pub const CATALOGUE_FILES_LIMIT: usize = 2_000;
/// Maximum size of the ZIP archive of a catalogue after unpacking, in bytes.
pub const CATALOGUE_UNPACKED_SIZE_LIMIT: u64 = 2 * CATALOGUE_FILE_SIZE_LIMIT;
/// Maximum size of a video that the command line loads together with a catalogue, in bytes.
pub const CATALOGUE_VIDEO_SIZE_LIMIT: u64 = 200 * MIB;
/// Maximum size of a file with video captions, in bytes.
pub const CATALOGUE_CAPTIONS_SIZE_LIMIT: u64 = MIB;
/// Maximum number of student groups that can be selected for the preview of a catalogue draft.
pub const CATALOGUE_PREVIEW_LISTED: i64 = 50;
/// Maximum number of choices that the dry run of a catalogue draft lists for each reason why the
/// draft no longer allows a choice.
pub const CATALOGUE_DRY_RUN_LISTED: usize = 300;
