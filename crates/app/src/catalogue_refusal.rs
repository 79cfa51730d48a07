//! The causes for which editing, importing or publishing a catalogue draft is refused.

use domain::catalogue::edit::EditError;

/// The causes for which editing, importing or publishing a catalogue draft is refused. The
/// registrar can correct each of these causes, so the HTTP status is 422.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum CatalogueRefusal {
    #[error("{0}")]
    Edit(#[from] EditError),
    /// Refused publishing of a catalogue draft: the checks found an error in the draft.
    #[error("the catalogue has faults")]
    Unsound,
    /// Refused publishing of a catalogue draft: no academic term is selected in which the new
    /// catalogue version would come into force.
    #[error("no term was selected")]
    NoTerm,
    /// Refused publishing or loading of a catalogue: the new catalogue version would no longer
    /// allow an exam format that the registrar has set centrally for some groups.
    #[error("a form set centrally would no longer be permitted")]
    SetForm,
    /// Refused loading of a catalogue from the command line: exams are already chosen in the term in
    /// which it would come into force, so that it has to be published after a dry run.
    #[error("exams are chosen in the term: load it without --term, then publish it on the web page")]
    DryRunNeeded,
    /// Refused publishing of a catalogue draft: some choices cannot be moved to the catalogue row
    /// that was selected for them. The row is switched off, is not offered to their faculty, or
    /// requires additional information that the choices lack.
    #[error("not every choice can move to this row")]
    TargetUnfit,
    /// Refused new catalogue draft: the maximum number of catalogue drafts is reached.
    #[error("too many drafts")]
    TooManyDrafts,
    /// Refused import of a catalogue: the uploaded file cannot be read as a catalogue.
    #[error("the file is not a catalogue")]
    FileUnreadable,
    /// Refused upload of a catalogue's video: the video file is not `WebM`.
    #[error("not a WebM video")]
    NotAFilm,
    /// Refused upload of a catalogue's video: its captions are missing in a language, or are not
    /// `WebVTT`.
    #[error("not WebVTT captions in three languages")]
    NotCaptions,
    /// Refused video of a catalogue: neither a video file nor a web address was given.
    #[error("neither a video nor a link")]
    VideoMissing,
}

impl CatalogueRefusal {
    /// All causes for which an act on a catalogue draft is refused, except [`Self::Edit`], which
    /// stands for the errors of single edits. Tests check that each cause has a translation.
    pub const ALL: [Self; 10] = [
        Self::Unsound,
        Self::NoTerm,
        Self::SetForm,
        Self::DryRunNeeded,
        Self::TargetUnfit,
        Self::TooManyDrafts,
        Self::FileUnreadable,
        Self::NotAFilm,
        Self::NotCaptions,
        Self::VideoMissing,
    ];

    /// Returns the unique code of the cause for which an act on a catalogue draft is refused. The
    /// translation key `refused-…` ends with this code.
    pub fn code(self) -> &'static str {
        match self {
            Self::Edit(wrong) => wrong.code(),
            Self::Unsound => "rules-unsound",
            Self::NoTerm => "rules-no-term",
            Self::SetForm => "rules-set-form",
            Self::DryRunNeeded => "rules-dry-run-needed",
            Self::TargetUnfit => "rules-target-unfit",
            Self::TooManyDrafts => "rules-too-many-drafts",
            Self::FileUnreadable => "rules-file-unreadable",
            Self::NotAFilm => "rules-not-a-film",
            Self::NotCaptions => "rules-not-captions",
            Self::VideoMissing => "rules-video-missing",
        }
    }
}
