//! Programme documents: the files in a discipline's dossier (ПОӘК / УМКД), section «Пән бойынша қорытынды
//! емтихан бағдарламасы».

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

/// The format of a document, detected from its content and never from its name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Media {
    Pdf,
    Docx,
}

impl Media {
    /// The stored code and file name extension of the format.
    pub fn code(self) -> &'static str {
        match self {
            Self::Pdf => "pdf",
            Self::Docx => "docx",
        }
    }

    /// Returns the format with this code.
    pub fn from_code(code: &str) -> Option<Self> {
        [Self::Pdf, Self::Docx].into_iter().find(|media| media.code() == code)
    }

    /// The media type that is sent with a download.
    pub fn mime(self) -> &'static str {
        match self {
            Self::Pdf => "application/pdf",
            Self::Docx => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        }
    }
}

/// The reasons for which a file is refused as a programme.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum UploadError {
    /// The uploaded file has no content.
    #[error("the file is empty")]
    Empty,
    /// The file is larger than [`crate::limits::PROGRAMME_SIZE_LIMIT`].
    #[error("the file is too large")]
    TooLarge,
    /// The content is neither PDF nor DOCX.
    #[error("neither PDF nor DOCX")]
    WrongKind,
    /// The file is protected by a password.
    #[error("the document is encrypted")]
    Encrypted,
    #[error("the document carries macros")]
    Macros,
    /// The file begins like a PDF or DOCX, but is truncated or broken.
    #[error("the document is damaged")]
    Damaged,
    /// The connection was interrupted during the upload.
    #[error("the upload was cut off")]
    CutOff,
}

impl UploadError {
    /// All errors of a file, for tests of the translations.
    pub const ALL: [Self; 7] =
        [Self::Empty, Self::TooLarge, Self::WrongKind, Self::Encrypted, Self::Macros, Self::Damaged, Self::CutOff];

    /// The unique code of this refusal, by which it is translated.
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

/// One version of one document in a dossier.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Document {
    pub id: DocumentId,
    pub discipline: DisciplineId,
    /// The file's name, cleaned by [`clean_name`].
    pub name: String,
    /// The version, counted from 1 among documents of the same name in the same dossier.
    pub version: i64,
    /// The format of the document, PDF or DOCX.
    pub media: Media,
    /// The size of the file in bytes.
    pub size: i64,
    /// The SHA-256 hash of the bytes.
    pub sha256: Digest,
    /// The person who uploaded the document.
    pub uploader: PersonId,
    pub uploaded_at: DateTime<Utc>,
    /// The term in which the document was uploaded.
    pub term: TermId,
    /// The result of the check; `None` until the text has been checked.
    pub checked: Option<CheckResult>,
}

/// Makes a file name that is safe to display, store and send: no path, no control or reserved characters, at most
/// [`crate::limits::PROGRAMME_NAME_LIMIT`] characters.
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
