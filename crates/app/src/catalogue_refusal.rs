//! Refusals of changing or publishing a draft of the catalogue.

use domain::catalogue::edit::EditError;

/// Why a draft is not changed, brought in or published. All of it can be put right, so the answer is 422.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum CatalogueRefusal {
    #[error("{0}")]
    Edit(#[from] EditError),
    /// A proof fails.
    #[error("the catalogue has faults")]
    Unsound,
    /// No term was named for which it comes into force.
    #[error("no term was selected")]
    NoTerm,
    /// A form is set centrally that nobody could choose any more.
    #[error("a form set centrally would no longer be permitted")]
    SetForm,
    /// Choices cannot move to the row: it is off, not offered to them, or asks for information that they do not have.
    #[error("not every choice can move to this row")]
    TargetUnfit,
    /// There are enough drafts.
    #[error("too many drafts")]
    TooManyDrafts,
    /// The file cannot be read as a version.
    #[error("the file is not a catalogue")]
    FileUnreadable,
    /// The film is not `WebM`.
    #[error("not a WebM video")]
    NotAFilm,
    /// Captions are missing in a language, or are not `WebVTT`.
    #[error("not WebVTT captions in three languages")]
    NotCaptions,
    /// A video has neither a file nor an address.
    #[error("neither a video nor a link")]
    VideoMissing,
}

impl CatalogueRefusal {
    /// All of them that are not edits, for tests of the translations.
    pub const ALL: [Self; 9] = [
        Self::Unsound,
        Self::NoTerm,
        Self::SetForm,
        Self::TargetUnfit,
        Self::TooManyDrafts,
        Self::FileUnreadable,
        Self::NotAFilm,
        Self::NotCaptions,
        Self::VideoMissing,
    ];

    /// The one code of this refusal.
    pub fn code(self) -> &'static str {
        match self {
            Self::Edit(wrong) => wrong.code(),
            Self::Unsound => "rules-unsound",
            Self::NoTerm => "rules-no-term",
            Self::SetForm => "rules-set-form",
            Self::TargetUnfit => "rules-target-unfit",
            Self::TooManyDrafts => "rules-too-many-drafts",
            Self::FileUnreadable => "rules-file-unreadable",
            Self::NotAFilm => "rules-not-a-film",
            Self::NotCaptions => "rules-not-captions",
            Self::VideoMissing => "rules-video-missing",
        }
    }
}
