//! Reads a programme document. Reading is allowed for people who are allowed to read the dossier
//! (the discipline's folder of documents), and for students whose approved exam uses the document.

use crate::failure::Failure;
use crate::programmes::dossier::may_read;
use crate::unit_of_work::UnitOfWork;
use domain::id::DocumentId;
use domain::person::Actor;
use domain::programme::Document;
use store::documents;

/// Finds a programme document that the signed-in person is allowed to read. A document that the
/// person is not allowed to read counts as not found.
pub fn read_document(work: &mut UnitOfWork<'_, '_>, actor: &Actor, id: DocumentId) -> Result<Document, Failure> {
    let document = documents::find(work.tx, id)?.ok_or(Failure::NotFound)?;
    let may = may_read(work, actor, document.discipline)? || documents::is_studied_by(work.tx, id, actor.person)?;
    if may { Ok(document) } else { Err(Failure::NotFound) }
}
