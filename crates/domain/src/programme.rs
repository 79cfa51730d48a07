//! Programme documents, which describe the content of a final exam: the files in a discipline's dossier (ПОӘК / УМКД),
//! section «Пән бойынша қорытынды емтихан бағдарламасы».

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
use chrono::{DateTime, Utc};

/// The format of a programme document (PDF or DOCX), detected from its content and never from its name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Media {
    Pdf,
    Docx,
}

impl Media {
    /// The stored code of a document format, which is also the extension of the file name.
    pub fn code(self) -> &'static str {
        match self {
            Self::Pdf => "pdf",
            Self::Docx => "docx",
        }
    }

    /// Returns the document format with this code.
    pub fn from_code(code: &str) -> Option<Self> {
        [Self::Pdf, Self::Docx].into_iter().find(|media| media.code() == code)
    }

    /// The media type of a document format, sent with a download.
    pub fn mime(self) -> &'static str {
        match self {
            Self::Pdf => "application/pdf",
            Self::Docx => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        }
    }
}

/// The reasons for which an uploaded file is refused as a programme document.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum UploadError {
    /// Refused file: the uploaded file is empty.
    #[error("the file is empty")]
    Empty,
    /// Refused file: it is larger than [`crate::limits::PROGRAMME_SIZE_LIMIT`].
    #[error("the file is too large")]
    TooLarge,
    /// Refused file: its content is neither PDF nor DOCX.
    #[error("neither PDF nor DOCX")]
    WrongKind,
    /// Refused file: the document is protected by a password.
    #[error("the document is encrypted")]
    Encrypted,
    #[error("the document carries macros")]
    Macros,
    /// Refused file: it begins like a PDF or DOCX, but is truncated or broken.
    #[error("the document is damaged")]
    Damaged,
    /// Refused file: the connection was interrupted during the upload.
    #[error("the upload was cut off")]
    CutOff,
}

impl UploadError {
    /// All reasons for refusing an uploaded programme; tests check that each has a translation.
    pub const ALL: [Self; 7] =
        [Self::Empty, Self::TooLarge, Self::WrongKind, Self::Encrypted, Self::Macros, Self::Damaged, Self::CutOff];

    /// The code of a refused upload; its text is the translation `refused-…` with this code.
    pub fn code(self) -> &'static str {
        match self {
            Self::Empty => "file-empty",
            Self::TooLarge => "file-too-large",
            Self::WrongKind => "file-wrong-kind",
            Self::Encrypted => "file-encrypted",
            Self::Macros => "file-macros",
            Self::Damaged => "file-damaged",
            Self::CutOff => "file-cut-off",
        }
    }
}

/// One version of one programme document in a discipline's dossier.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Document {
    pub id: DocumentId,
    pub discipline: DisciplineId,
    /// The file name of a programme document, cleaned by [`clean_name`].
    pub name: String,
    /// The version of a programme document, counted from 1 among documents of the same name in the same dossier.
    pub version: i64,
    /// The format of the document, PDF or DOCX.
    pub media: Media,
    /// The size of the document's file in bytes.
    pub size: i64,
    /// The SHA-256 hash of the document's bytes.
    pub sha256: Digest,
    /// The person who uploaded the document.
    pub uploader: PersonId,
    pub uploaded_at: DateTime<Utc>,
    /// The term (semester) in which the document was uploaded.
    pub term: TermId,
    /// The result of checking the document's text; `None` until the text has been checked.
    pub checked: Option<CheckResult>,
}

/// Makes the name of an uploaded file safe to display, store and send: no path, no control or reserved characters, at
/// most [`crate::limits::PROGRAMME_NAME_LIMIT`] characters.
pub fn clean_name(given: &str, media: Media) -> String {
    let last = given.rsplit(['/', '\\']).next().unwrap_or_default();
    let kept: String = last.chars().filter(|letter| !letter.is_control() && !"<>:\"|?*".contains(*letter)).collect();
    let stem = kept.trim().trim_start_matches('.');
    let stem = match stem.rsplit_once('.') {
        Some((before, ending)) if ending.eq_ignore_ascii_case(media.code()) => before,
        _ => stem,
    };
    let stem: String = stem.chars().take(PROGRAMME_NAME_LIMIT).collect();
    let stem = if stem.trim().is_empty() { "programme" } else { stem.trim() };
    format!("{stem}.{}", media.code())
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
        assert_eq!(clean_name(&"ә".repeat(400), Media::Pdf).chars().count(), PROGRAMME_NAME_LIMIT + 4);
    }
}
