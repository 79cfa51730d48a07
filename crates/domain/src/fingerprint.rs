//! The fingerprint of a choice: a SHA-256 over everything that a decision is about.

use crate::choice::{Choice, ChoiceVersion};
use crate::digest::Digest;
use crate::id::OfferingId;

impl Choice {
    /// The fingerprint of what is chosen now; `None` while nothing is chosen.
    pub fn fingerprint(&self) -> Option<Digest> {
        self.current.as_ref().map(|current| fingerprint(self.offering, current))
    }
}

/// The fingerprint of one version of one choice: offering, version, row, catalogue version, information and document
/// bytes. A decision carries the fingerprint of what was on the screen.
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
