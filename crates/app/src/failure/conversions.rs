//! Turns the errors of other modules and crates into failures of a use case.

use super::{Failure, Refusal, Stale};
use crate::catalogue_refusal::CatalogueRefusal;
use domain::catalogue::edit::EditError;
use domain::programme::UploadError;
use domain::roster::undo::ImportConflict;
use domain::saved_filter::SavedFilterError;
use domain::term::WindowClosed;

impl From<EditError> for Failure {
    fn from(wrong: EditError) -> Self {
        CatalogueRefusal::Edit(wrong).into()
    }
}

impl From<CatalogueRefusal> for Failure {
    fn from(wrong: CatalogueRefusal) -> Self {
        Self::Refused(wrong.into())
    }
}

impl From<store::Error> for Failure {
    fn from(error: store::Error) -> Self {
        match error {
            store::Error::Stale => Self::Stale(Stale::Lost),
            store::Error::Again => Self::Unavailable("too many writers at once".to_owned()),
            store::Error::Unavailable(why) => Self::Unavailable(why),
            store::Error::Unconfirmed => Self::Unconfirmed,
            store::Error::Broken(why) | store::Error::Referred(why) => Self::Broken(why),
        }
    }
}

impl From<WindowClosed> for Failure {
    fn from(closed: WindowClosed) -> Self {
        Self::Stale(Stale::Window(closed))
    }
}

impl From<ImportConflict> for Failure {
    fn from(moved: ImportConflict) -> Self {
        Self::Stale(Stale::Import(moved))
    }
}

impl From<UploadError> for Failure {
    fn from(unfit: UploadError) -> Self {
        Self::Refused(Refusal::File(unfit))
    }
}

impl From<SavedFilterError> for Failure {
    fn from(wrong: SavedFilterError) -> Self {
        Self::Refused(Refusal::View(wrong))
    }
}

impl From<vault::Error> for Failure {
    fn from(error: vault::Error) -> Self {
        match error {
            vault::Error::TooLarge { .. } => UploadError::TooLarge.into(),
            vault::Error::Missing => Stale::DocumentMissing.into(),
            vault::Error::Altered => Stale::DocumentAltered.into(),
            vault::Error::Io(why) => Self::Unavailable(why.to_string()),
        }
    }
}
