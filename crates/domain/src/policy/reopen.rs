//! Permission to reopen an approved choice.

use super::decide::{Deciders, approves_or_is_registrar};
use super::denied::Denied;
use super::witness::Reopener;
use crate::offering::Offering;
use crate::person::Actor;

/// Permission to reopen an approved choice: all people who may approve, and the registrar; nobody for their own choice.
pub fn reopener(actor: &Actor, offering: &Offering, deciders: &Deciders) -> Result<Reopener, Denied> {
    approves_or_is_registrar(actor, offering, deciders)?;
    Ok(Reopener { person: actor.person, offering: offering.id })
}
