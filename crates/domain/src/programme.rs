//! Programme documents: what stands in a discipline's dossier (ПОӘК / УМКД), section
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
use chrono::{DateTime, Utc};

/// The format of a document, recognised by its content and never by its name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Media {
    Pdf,
    Docx,
}

impl Media {
    /// The stored code and file-name extension.
    pub fn code(self) -> &'static str {
        match self {
            Self::Pdf => "pdf",
            Self::Docx => "docx",
        }
    }

    /// The kind with this code.
    pub fn from_code(code: &str) -> Option<Self> {
        [Self::Pdf, Self::Docx].into_iter().find(|media| media.code() == code)
    }

    /// The media type sent with a download.
    pub fn mime(self) -> &'static str {
        match self {
            Self::Pdf => "application/pdf",
            Self::Docx => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        }
    }
}

/// Why a file is not taken as a programme.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum UploadError {
    /// No bytes at all.
    #[error("the file is empty")]
    Empty,
    /// More than [`crate::limits::PROGRAMME_SIZE_LIMIT`].
    #[error("the file is too large")]
    TooLarge,
    /// Neither PDF nor DOCX by content.
    #[error("neither PDF nor DOCX")]
    WrongKind,
    /// Protected by a password.
    #[error("the document is encrypted")]
    Encrypted,
    #[error("the document carries macros")]
    Macros,
    /// Begins like a PDF or DOCX, but is cut off or broken.
    #[error("the document is damaged")]
    Damaged,
    /// The connection broke while it was sent.
    #[error("the upload was cut off")]
    CutOff,
}

impl UploadError {
    /// Everything that can be wrong with a file.
    pub const ALL: [Self; 7] =
        [Self::Empty, Self::TooLarge, Self::WrongKind, Self::Encrypted, Self::Macros, Self::Damaged, Self::CutOff];

    /// The one code of this refusal.
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
    /// Counted from 1 among documents of the same name in the same dossier.
    pub version: i64,
    /// PDF or DOCX.
    pub media: Media,
    /// The size in bytes.
    pub size: i64,
    /// SHA-256 of the bytes.
    pub sha256: Digest,
    /// The person who uploaded it.
    pub uploader: PersonId,
    pub uploaded_at: DateTime<Utc>,
    /// In which term.
    pub term: TermId,
    /// The result of the check; `None` until the text has been checked.
    pub checked: Option<CheckResult>,
}

/// A file name that is safe to show, keep and send: no path, no control or reserved characters, at most [`crate::limits::PROGRAMME_NAME_LIMIT`].
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
