//! The fingerprint of a choice: a SHA-256 hash of all facts on which the head of department bases a
//! decision.

use crate::choice::{Choice, ChoiceVersion};
use crate::digest::Digest;
use crate::id::OfferingId;

impl Choice {
    /// Returns the fingerprint (a SHA-256 hash) of the current version of a choice; `None` if
    /// nothing is chosen.
    pub fn fingerprint(&self) -> Option<Digest> {
        self.current.as_ref().map(|current| fingerprint(self.offering, current))
    }
}

/// Computes the fingerprint of one version of a choice: a hash of the offering, the version number,
/// the catalogue row, the catalogue version, the additional information and the bytes of the
/// programme document. Each decision contains the fingerprint of the choice that the decider saw,
/// so that the server notices a later change.
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
