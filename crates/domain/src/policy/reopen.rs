//! Permission to reopen an approved choice, so that it can be changed.

use super::decide::{Deciders, approves_or_is_registrar};
use super::denied::Denied;
use super::witness::Reopener;
use crate::offering::Offering;
use crate::person::Actor;

/// Permission to reopen an approved choice. Registrars and all people who are allowed to approve
/// the choice have it, except for a choice that they sent or an offering that they teach.
pub fn reopener(actor: &Actor, offering: &Offering, deciders: &Deciders) -> Result<Reopener, Denied> {
    approves_or_is_registrar(actor, offering, deciders)?;
    Ok(Reopener { person: actor.person, offering: offering.id })
}
