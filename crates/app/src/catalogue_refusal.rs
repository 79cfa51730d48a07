//! Reasons for refusing to edit, import or publish a catalogue draft.

use domain::catalogue::edit::EditError;

/// The reasons for which a catalogue draft is not edited, imported or published. The registrar can correct all of
/// them, so the status is 422.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum CatalogueRefusal {
    #[error("{0}")]
    Edit(#[from] EditError),
    /// The checks found a fault that prevents publishing.
    #[error("the catalogue has faults")]
    Unsound,
    /// No term was selected for which the catalogue comes into force.
    #[error("no term was selected")]
    NoTerm,
    /// A centrally set form could no longer be chosen under the draft.
    #[error("a form set centrally would no longer be permitted")]
    SetForm,
    /// Choices cannot move to the target row: it is switched off, not offered to them, or requires
    /// information that they lack.
    #[error("not every choice can move to this row")]
    TargetUnfit,
    /// The limit on the number of drafts is reached.
    #[error("too many drafts")]
    TooManyDrafts,
    /// The file cannot be read as a catalogue.
    #[error("the file is not a catalogue")]
    FileUnreadable,
    /// The video file is not `WebM`.
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
    /// All refusals that are not edit errors, for tests of the translations.
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

    /// The unique code of this refusal, by which it is translated.
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
