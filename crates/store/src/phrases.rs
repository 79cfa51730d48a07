//! Phrases (frequent reasons for returning a choice) in the database.

use crate::statement_macro::statements;
use crate::tx::Row;
use crate::{Result, Tx};
use domain::id::{PersonId, PhraseId};
use domain::name::Name;
use domain::phrase::Phrase;
use uuid::Uuid;

statements! {
    OFFERED = "SELECT id, owner_id, text_kk, text_ru, text_en, uses FROM phrases
                WHERE is_offered AND owner_id IS NULL
               UNION ALL
               SELECT id, owner_id, text_kk, text_ru, text_en, uses FROM phrases
                WHERE is_offered AND owner_id = $1
                ORDER BY uses DESC, id";
    FIND = "SELECT id, owner_id, text_kk, text_ru, text_en, uses FROM phrases WHERE id = $1";
    WITH_TEXT = "SELECT id, owner_id, text_kk, text_ru, text_en, uses FROM phrases
                  WHERE (text_kk = $1 OR text_ru = $1 OR text_en = $1) AND (owner_id IS NULL OR owner_id = $2)
                  ORDER BY is_offered DESC, id LIMIT 1";
    ADD = "INSERT INTO phrases (id, owner_id, text_kk, text_ru, text_en, uses, is_offered)
           VALUES ($1, $2, $3, $4, $5, $6, $7)";
    USE = "UPDATE phrases SET uses = uses + 1 WHERE id = $1";
    WITHDRAW = "UPDATE phrases SET is_offered = $1 WHERE id = $2";
}

/// Loads the phrases of the registrar's office and the own phrases of a person, the most used first.
pub fn offered_to(tx: &mut Tx<'_>, person: PersonId) -> Result<Vec<Phrase>> {
    tx.rows(OFFERED, &[&person.0], phrase)
}

/// Loads a phrase; `None` if there is none with this id.
pub fn find(tx: &mut Tx<'_>, id: PhraseId) -> Result<Option<Phrase>> {
    tx.row(FIND, &[&id.0], phrase)
}

/// Loads the phrase that has exactly this text in one of its languages: one of the registrar's office or of
/// the person `owner`.
pub fn with_text(tx: &mut Tx<'_>, text: &str, owner: PersonId) -> Result<Option<Phrase>> {
    tx.row(WITH_TEXT, &[&text, &owner.0], phrase)
}

/// Adds a phrase.
pub fn add(tx: &mut Tx<'_>, phrase: &Phrase) -> Result<()> {
    let owner = phrase.owner.map(|owner| owner.0);
    let Name { kk, ru, en } = &phrase.text;
    tx.change_one(ADD, &[&phrase.id.0, &owner, kk, ru, en, &phrase.uses, &true])
}

/// Counts one more use of a phrase.
pub fn count_use(tx: &mut Tx<'_>, id: PhraseId) -> Result<()> {
    tx.change_one(USE, &[&id.0])
}

/// Stops offering a phrase. It is still found by its text.
pub fn withdraw(tx: &mut Tx<'_>, id: PhraseId) -> Result<()> {
    tx.change_one(WITHDRAW, &[&false, &id.0])
}

fn phrase(row: &Row<'_>) -> Result<Phrase> {
    let (id, owner): (Uuid, Option<Uuid>) = (row.next()?, row.next()?);
    let text = Name { kk: row.next()?, ru: row.next()?, en: row.next()? };
    Ok(Phrase { id: PhraseId(id), owner: owner.map(PersonId), text, uses: row.next()? })
}
