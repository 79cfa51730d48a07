//! Programme documents: the PDF or DOCX files that describe the content of a final exam. They are
//! stored in the dossier (folder of course materials, ПОӘК / УМКД) of a discipline, in the section
//! «Пән бойынша қорытынды емтихан бағдарламасы».

pub mod check;
mod check_result;
mod keyword_search;
mod language;
mod mentions;
mod section_keywords;

use self::check_result::CheckResult;
use crate::digest::Digest;
use crate::id::{DisciplineId, DocumentId, PersonId, TermId};
use crate::limits::PROGRAMME_NAME_LIMIT;
use crate::visible_text::visible_text;
use chrono::{DateTime, Utc};

/// The file format of a programme document: PDF or DOCX. The format is detected from the content of
/// the file, never from the file name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Media {
    Pdf,
    Docx,
}

impl Media {
    /// Returns the stored code of the file format, which is also the extension of the file name.
    pub fn code(self) -> &'static str {
        match self {
            Self::Pdf => "pdf",
            Self::Docx => "docx",
        }
    }

    /// Returns the file format that has the stored code `code`; `None` if the code is unknown.
    pub fn from_code(code: &str) -> Option<Self> {
        [Self::Pdf, Self::Docx].into_iter().find(|media| media.code() == code)
    }

    /// Returns the MIME type of the file format, which the server sends with a downloaded programme
    /// document.
    pub fn mime(self) -> &'static str {
        match self {
            Self::Pdf => "application/pdf",
            Self::Docx => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        }
    }
}

/// The reason for which the server refuses an uploaded file as a programme document.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum UploadError {
    /// Refused upload: the uploaded file is empty.
    #[error("the file is empty")]
    Empty,
    /// Refused upload: the file is larger than [`crate::limits::PROGRAMME_SIZE_LIMIT`].
    #[error("the file is too large")]
    TooLarge,
    /// Refused upload: the content of the file is neither PDF nor DOCX.
    #[error("neither PDF nor DOCX")]
    WrongKind,
    /// Refused upload: the document is protected by a password.
    #[error("the document is encrypted")]
    Encrypted,
    #[error("the document carries macros")]
    Macros,
    /// Refused upload: the file begins like a PDF or DOCX, but is truncated or broken.
    #[error("the document is damaged")]
    Damaged,
    /// Refused upload: the connection was interrupted while the file was sent.
    #[error("the upload was cut off")]
    CutOff,
    /// Refused upload: the file name is longer than [`crate::limits::PROGRAMME_NAME_LIMIT`].
    #[error("the file name is too long")]
    NameTooLong,
}

impl UploadError {
    /// All reasons for which an uploaded programme document is refused; tests check that each has a
    /// translation.
    pub const ALL: [Self; 8] = [
        Self::Empty,
        Self::TooLarge,
        Self::WrongKind,
        Self::Encrypted,
        Self::Macros,
        Self::Damaged,
        Self::CutOff,
        Self::NameTooLong,
    ];

    /// Returns the code of the refused upload. The text of the refusal has the translation key
    /// `refused-…` with this code.
    pub fn code(self) -> &'static str {
        match self {
            Self::Empty => "file-empty",
            Self::TooLarge => "file-too-large",
            Self::WrongKind => "file-wrong-kind",
            Self::Encrypted => "file-encrypted",
            Self::Macros => "file-macros",
            Self::Damaged => "file-damaged",
            Self::CutOff => "file-cut-off",
            Self::NameTooLong => "file-name-too-long",
        }
    }
}

/// One version of one programme document in the dossier (folder of course materials) of a
/// discipline.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Document {
    pub id: DocumentId,
    pub discipline: DisciplineId,
    /// The file name of the programme document, made safe by [`clean_name`].
    pub name: String,
    /// The version of the programme document: 1 for the first upload, and one more for each further
    /// upload of the same file name to the same dossier (folder of course materials).
    pub version: i64,
    /// The file format of the programme document: PDF or DOCX.
    pub media: Media,
    /// The size of the programme document in bytes.
    pub size: i64,
    /// The SHA-256 hash of the bytes of the programme document.
    pub sha256: Digest,
    /// The person who uploaded the programme document.
    pub uploader: PersonId,
    pub uploaded_at: DateTime<Utc>,
    /// The academic term (semester) in which the programme document was uploaded.
    pub term: TermId,
    /// The result of checking the text of the programme document; `None` until the text has been
    /// checked.
    pub checked: Option<CheckResult>,
}

/// Refuses the name of an uploaded file that is longer than [`crate::limits::PROGRAMME_NAME_LIMIT`].
pub fn check_name(given: &str) -> Result<(), UploadError> {
    if safe_name(given).chars().count() > PROGRAMME_NAME_LIMIT { Err(UploadError::NameTooLong) } else { Ok(()) }
}

/// Makes the name of an uploaded file safe for pages, the database and downloads. The path,
/// invisible characters and reserved characters are removed, and the extension of the file format is
/// added.
pub fn clean_name(given: &str, media: Media) -> String {
    let kept = safe_name(given);
    let stem = match kept.trim().rsplit_once('.') {
        Some((before, ending)) if ending.eq_ignore_ascii_case(media.code()) => before,
        _ => kept.trim(),
    };
    let stem = stem.trim_start_matches('.');
    let stem = if stem.trim().is_empty() { "programme" } else { stem.trim() };
    format!("{stem}.{}", media.code())
}

/// A file name without its path, invisible characters and reserved characters.
fn safe_name(given: &str) -> String {
    let last = given.rsplit(['/', '\\']).next().unwrap_or_default();
    let visible = visible_text(last);
    visible.chars().filter(|letter| !letter.is_control() && !"<>:\"|?*".contains(*letter)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_loses_its_path_and_gets_the_ending_of_its_content() {
        assert_eq!(clean_name("C:\\temp\\Бағдарлама 2026.PDF", Media::Pdf), "Бағдарлама 2026.pdf");
        assert_eq!(clean_name("../../etc/passwd", Media::Docx), "passwd.docx");
        assert_eq!(clean_name("a\u{0}b\"<c>.pdf", Media::Pdf), "abc.pdf");
        assert_eq!(clean_name("...", Media::Pdf), "programme.pdf");
    }

    #[test]
    fn a_name_is_never_cut() {
        let longest = format!("{}.pdf", "ә".repeat(PROGRAMME_NAME_LIMIT - 4));
        assert_eq!(check_name(&format!("C:\\temp\\{longest}")), Ok(()));
        assert_eq!(clean_name(&longest, Media::Pdf), longest);
        assert_eq!(check_name(&format!("ә{longest}")), Err(UploadError::NameTooLong));
    }
}
