//! The versions of the rule table: which there are, which term uses which, and how two of them differ.

use crate::app::Desk;
use crate::failure::Failure;
use crate::staff::people::name_of;
use chrono::{DateTime, Utc};
use domain::catalogue::Catalogue;
use domain::catalogue::compare::{Change, compare};
use domain::id::RuleDraftId;
use domain::person::Actor;
use domain::policy;
use domain::term::Term;
use std::sync::Arc;
use store::catalogue_drafts::{self, Head};
use store::{catalogues, terms};

/// All versions and drafts.
#[derive(Debug, Clone)]
pub struct Overview {
    /// Newest first.
    pub versions: Vec<Version>,
    /// Drafts with the name of who changed them last; only for those who may change them.
    pub drafts: Vec<(Head, String)>,
    /// The reader may make a new version.
    pub may_change: bool,
}

/// One version.
#[derive(Debug, Clone)]
pub struct Version {
    /// Its number.
    pub number: i64,
    /// When it came in.
    pub at: DateTime<Utc>,
    /// The terms in which it is in force.
    pub terms: Vec<Term>,
}

/// A version or a draft.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Which {
    /// A published version.
    Version(i64),
    /// A draft.
    Draft(RuleDraftId),
}

/// Lists versions and drafts.
pub fn overview(desk: &mut Desk<'_, '_>, actor: &Actor) -> Result<Overview, Failure> {
    policy::reads_rules(actor)?;
    let terms = terms::all(desk.tx)?;
    let version = |(number, at)| {
        let terms = terms.iter().filter(|term| term.catalogue == number).cloned().collect();
        Version { number, at, terms }
    };
    let versions = catalogues::all(desk.tx)?.into_iter().map(version).collect();
    let may_change = policy::rule_keeper(actor).is_ok();
    let mut drafts = Vec::new();
    for head in if may_change { catalogue_drafts::all(desk.tx)? } else { Vec::new() } {
        let name = name_of(desk, head.changed_by)?;
        drafts.push((head, name));
    }
    Ok(Overview { versions, drafts, may_change })
}

/// One version or draft. Drafts are seen by those who may change them.
pub fn table(desk: &mut Desk<'_, '_>, actor: &Actor, which: Which) -> Result<Arc<Catalogue>, Failure> {
    policy::reads_rules(actor)?;
    match which {
        Which::Version(number) if (1..=catalogues::latest(desk.tx)?).contains(&number) => desk.catalogue(number),
        Which::Version(_) => Err(Failure::NotFound),
        Which::Draft(id) => {
            policy::rule_keeper(actor)?;
            let (_, catalogue) = catalogue_drafts::find(desk.tx, id)?.ok_or(Failure::NotFound)?;
            Ok(Arc::new(catalogue))
        }
    }
}

/// Everything in which two versions differ.
pub fn compared(desk: &mut Desk<'_, '_>, actor: &Actor, (from, to): (Which, Which)) -> Result<Vec<Change>, Failure> {
    let (from, to) = (table(desk, actor, from)?, table(desk, actor, to)?);
    Ok(compare(&from, &to))
}
