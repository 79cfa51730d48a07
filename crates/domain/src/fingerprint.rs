//! The fingerprint of a choice: a SHA-256 hash of everything on which a head of department decides.

use crate::choice::{Choice, ChoiceVersion};
use crate::digest::Digest;
use crate::id::OfferingId;

impl Choice {
    /// The fingerprint of the current version of a choice; `None` if nothing is chosen.
    pub fn fingerprint(&self) -> Option<Digest> {
        self.current.as_ref().map(|current| fingerprint(self.offering, current))
    }
}

/// The fingerprint of one version of a choice: a hash of offering, version, catalogue row, catalogue version,
/// additional information and document bytes. A decision carries the fingerprint of the choice that was on the screen.
pub fn fingerprint(offering: OfferingId, current: &ChoiceVersion) -> Digest {
    Digest::of_parts([
        offering.0.as_bytes().as_slice(),
        current.version.to_be_bytes().as_slice(),
        current.answer.row.0.as_bytes(),
        current.catalogue.to_be_bytes().as_slice(),
        current.answer.info.as_bytes(),
        current.document_sha.0.as_slice(),
    ])
}
