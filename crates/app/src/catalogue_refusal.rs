//! Reasons for which editing, importing or publishing a catalogue draft is refused.

use domain::catalogue::edit::EditError;

/// The reasons for which a catalogue draft is not edited, imported or published. The registrar can correct all of them,
/// so the HTTP status is 422.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum CatalogueRefusal {
    #[error("{0}")]
    Edit(#[from] EditError),
    /// Refused: the checks found an error in the catalogue draft that prevents publishing.
    #[error("the catalogue has faults")]
    Unsound,
    /// Refused: no term was selected for which the new catalogue version comes into force.
    #[error("no term was selected")]
    NoTerm,
    /// Refused: a centrally set exam form could no longer be chosen under the catalogue draft.
    #[error("a form set centrally would no longer be permitted")]
    SetForm,
    /// Refused: broken choices cannot move to the target row, because it is switched off, is not offered to them, or
    /// requires information that they lack.
    #[error("not every choice can move to this row")]
    TargetUnfit,
    /// Refused: the limit on the number of catalogue drafts is reached.
    #[error("too many drafts")]
    TooManyDrafts,
    /// Refused: the imported file cannot be read as a catalogue.
    #[error("the file is not a catalogue")]
    FileUnreadable,
    /// Refused: the uploaded video file is not `WebM`.
    #[error("not a WebM video")]
    NotAFilm,
    /// Refused: captions of a video are missing in a language, or are not `WebVTT`.
    #[error("not WebVTT captions in three languages")]
    NotCaptions,
    /// Refused: a video of the catalogue has neither a file nor an address.
    #[error("neither a video nor a link")]
    VideoMissing,
}

impl CatalogueRefusal {
    /// All reasons for which a catalogue draft is refused, except edit errors; tests check that each has a translation.
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

    /// The unique code of a reason for refusing a catalogue draft, by which the reason is translated.
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
