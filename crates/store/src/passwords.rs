//! The password hashes of accounts, and the validity of one-time passwords.

use crate::statement_macro::statements;
use crate::{Result, Tx};
use chrono::{DateTime, Utc};
use domain::id::PersonId;

statements! {
    SET = "UPDATE people SET password_hash = $1, must_change_password = $2, password_valid_until = $3,
                  password_used_at = NULL
            WHERE id = $4";
    USE = "UPDATE people SET password_used_at = $1 WHERE id = $2";
}

/// Sets the hash of a password that its owner keeps.
pub fn set(tx: &mut Tx<'_>, person: PersonId, hash: &str) -> Result<()> {
    tx.change_one(SET, &[&hash, &false, &None::<DateTime<Utc>>, &person.0])
}

/// Sets the hash of a one-time password, which is valid for one sign-in before `valid_until` and
/// must be changed after that sign-in.
pub fn set_one_time(tx: &mut Tx<'_>, person: PersonId, hash: &str, valid_until: DateTime<Utc>) -> Result<()> {
    tx.change_one(SET, &[&hash, &true, &Some(valid_until), &person.0])
}

/// Stores that a person has signed in with a one-time password.
pub fn use_one_time(tx: &mut Tx<'_>, person: PersonId, now: DateTime<Utc>) -> Result<()> {
    tx.change_one(USE, &[&now, &person.0])
}
