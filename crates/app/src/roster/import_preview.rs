//! What a file would change, as far as it is to be shown.

use crate::app::Desk;
use crate::failure::Failure;
use crate::roster::import_roster::{Report, as_roster, known};
use domain::fingerprint::Digest;
use domain::roster::plan::{Plan, Scope};
use domain::roster::plan_view::{Lines, Names, Note};
use domain::roster::{BadLine, RosterTerm};
use exchange::oneroster::Notice;
use exchange::roster_file::RosterFile;
use store::terms;

/// At most so many records of one kind and fate are listed on a page; the file that can be downloaded has all of them.
pub const LISTED: usize = 200;

/// What a file would change.
#[derive(Debug, Clone)]
pub struct Outlook {
    /// How much, by kind.
    pub report: Report,
    /// Stands for exactly this plan.
    pub fingerprint: Digest,
    /// What, by kind, in the order of the report.
    pub lines: [Lines; 7],
    /// What touches something that was chosen.
    pub notes: Vec<Note>,
    /// How many of those there are.
    pub noted: usize,
    /// How many groups for which something was chosen are missing from the file.
    pub live_absent: usize,
    /// Rows that were refused.
    pub refused: Vec<BadLine>,
    /// How many of those there are.
    pub refusals: usize,
    /// What was unusual about the file.
    pub notices: Vec<Notice>,
    /// How much of the university the file speaks of.
    pub scope: Scope,
}

impl Outlook {
    /// Does the file speak of the whole university?
    pub fn is_whole(&self) -> bool {
        self.scope == Scope::Whole
    }
}

/// A plan with everything that is needed to show it.
pub(crate) struct Planned {
    pub(crate) plan: Plan,
    pub(crate) names: Names,
    pub(crate) live: std::collections::HashSet<domain::id::OfferingId>,
    pub(crate) refused: Vec<BadLine>,
    pub(crate) notices: Vec<Notice>,
}

/// Compares a file with what is there.
pub(crate) fn planned(desk: &mut Desk<'_, '_>, file: &RosterFile) -> Result<Planned, Failure> {
    let terms: Vec<RosterTerm> = terms::all(desk.tx)?.into_iter().map(as_roster).collect();
    let before = known(desk, file.terms(&terms))?;
    let reading = file.reading(&before.known.roster);
    let names = Names::of([&before.known.roster, &reading.roster]);
    let plan = Plan::between(&reading.roster, before.known, (file.scope(), desk.today()));
    let (refused, notices) = (reading.refused.clone(), reading.notices.clone());
    Ok(Planned { plan, names, live: before.live, refused, notices })
}

/// What a file would change, now.
pub(crate) fn outlook(desk: &mut Desk<'_, '_>, file: &RosterFile) -> Result<Outlook, Failure> {
    let Planned { plan, names, live, mut refused, notices } = planned(desk, file)?;
    let mut notes = plan.notes(&live, &names);
    let (noted, refusals) = (notes.len(), refused.len());
    notes.truncate(LISTED);
    refused.truncate(LISTED);
    Ok(Outlook {
        report: Report::of(&plan),
        fingerprint: plan.fingerprint(),
        lines: plan.lines(&names, LISTED),
        live_absent: plan.offerings.absent.iter().filter(|offering| live.contains(&offering.id)).count(),
        notes,
        noted,
        refused,
        refusals,
        notices,
        scope: file.scope(),
    })
}
