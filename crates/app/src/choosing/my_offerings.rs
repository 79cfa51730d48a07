//! The instructor's start page: the instructor's groups of the term by discipline, the most urgent first.

use crate::failure::Failure;
use crate::staff::people::name_of;
use crate::unit_of_work::UnitOfWork;
use chrono::{DateTime, Utc};
use domain::catalogue::Catalogue;
use domain::catalogue::picked::Picked;
use domain::choice::{ChoiceAct, Stage};
use domain::form_exception::form_exception_for;
use domain::id::OfferingId;
use domain::offering::{Discipline, Offering};
use domain::person::Actor;
use domain::policy;
use domain::report::ChoiceState;
use domain::term::{Term, WindowClosed, extended_until};
use std::collections::{HashMap, HashSet};
use std::sync::Arc;
use store::choices::StoredChoice;
use store::{choices, deadline_extensions, drafts, form_exceptions, offerings, progress};

/// The content of the instructor's start page.
#[derive(Debug, Clone)]
pub struct MyOfferings {
    pub term: Term,
    /// The catalogue in force, whose general instructions are shown above the list.
    pub catalogue: Arc<Catalogue>,
    /// Whether the window for choosing is open today; otherwise the reason for which it is closed.
    pub window: Result<(), WindowClosed>,
    /// The number of days left for choosing, today included.
    pub days_left: Option<i64>,
    /// The disciplines of the instructor, the one with the most urgent group first.
    pub blocks: Vec<DisciplineBlock>,
    /// The student groups whose choices the previous request sent for review.
    pub just_sent: Vec<GroupLine>,
}

/// A discipline with the student groups that the instructor has in it.
#[derive(Debug, Clone)]
pub struct DisciplineBlock {
    pub discipline: Discipline,
    /// The student groups of the discipline, the most urgent first.
    pub lines: Vec<GroupLine>,
}

/// A student group in the instructor's list, with the state of its choice.
#[derive(Debug, Clone)]
#[expect(clippy::struct_excessive_bools, reason = "independent facts, each shown by itself")]
pub struct GroupLine {
    pub offering: Offering,
    /// The state of the student group's choice.
    pub state: ChoiceState,
    /// Whether an unsent draft of a choice exists for the student group.
    pub has_draft: bool,
    pub picked: Option<Picked>,
    /// The reason for returning the group's choice, the person who returned it, and the time.
    pub returned: Option<Returned>,
    /// Whether the reader may choose for the student group; other readers only see it.
    pub may_choose: bool,
    /// Whether the window for changing the student group's choice is open.
    pub is_in_time: bool,
    /// Whether sending the student group's choice can still be undone.
    pub may_undo: bool,
    /// The exam form that is set centrally for the student group, if there is one.
    pub set: Option<Picked>,
}

/// The return of a choice: reason, person and time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Returned {
    pub reason: String,
    pub by: String,
    pub at: DateTime<Utc>,
}

impl MyOfferings {
    /// Returns the student groups of all disciplines in the instructor's list.
    pub fn lines(&self) -> impl Iterator<Item = &GroupLine> {
        self.blocks.iter().flat_map(|block| &block.lines)
    }

    /// The number of student groups in the list whose choice is in review or approved.
    pub fn done(&self) -> usize {
        self.lines().filter(|line| matches!(line.state, ChoiceState::InReview | ChoiceState::Approved)).count()
    }

    /// The number of student groups in the instructor's list.
    pub fn total(&self) -> usize {
        self.lines().count()
    }

    /// The next student group for which the instructor still has to choose.
    pub fn next_open(&self) -> Option<&GroupLine> {
        self.lines().find(|line| line.is_open() && !matches!(line.state, ChoiceState::InReview))
    }
}

impl DisciplineBlock {
    /// The number of student groups in the discipline for which the instructor may choose now.
    pub fn open(&self) -> usize {
        self.lines.iter().filter(|line| line.is_open()).count()
    }

    /// Returns whether a student group of the discipline still needs a choice.
    pub fn is_unfinished(&self) -> bool {
        self.lines.iter().any(|line| line.is_open() && line.state != ChoiceState::InReview)
    }
}

impl GroupLine {
    /// Returns whether the reader may choose for the student group, or change its choice, now.
    pub fn is_open(&self) -> bool {
        self.may_choose && self.is_in_time && self.state != ChoiceState::Approved
    }
}

/// Lists the actor's student groups of the current term. The groups whose choices were sent at `sent_at` are also
/// listed as just sent.
pub fn my_offerings(
    work: &mut UnitOfWork<'_, '_>,
    actor: &Actor,
    sent_at: Option<DateTime<Utc>>,
) -> Result<MyOfferings, Failure> {
    let term = work.current_term()?;
    let catalogue = work.catalogue(term.catalogue)?;
    let lines = lines(work, actor, &term)?;
    let mut just_sent = Vec::new();
    for ListedGroup { line, stored } in &lines {
        let last = stored.as_ref().and_then(|stored| stored.choice.last.as_ref());
        if last.is_some_and(|last| Some(last.at) == sent_at && last.by == actor.person && last.act == ChoiceAct::Send) {
            just_sent.push(line.clone());
        }
    }
    let (window, days_left) = (term.choosing(work.today()), term.days_left(work.today()));
    let blocks = by_discipline(lines.into_iter().map(|listed| listed.line).collect());
    Ok(MyOfferings { term, catalogue, window, days_left, blocks, just_sent })
}

/// A student group in the instructor's list, with the stored choice.
struct ListedGroup {
    line: GroupLine,
    /// The stored choice of the group; `None` if no choice was ever made for it.
    stored: Option<StoredChoice>,
}

fn lines(work: &mut UnitOfWork<'_, '_>, actor: &Actor, term: &Term) -> Result<Vec<ListedGroup>, Failure> {
    let stored = choices::taught_by(work.tx, actor.person, term.id)?;
    let mut stored: HashMap<OfferingId, StoredChoice> =
        stored.into_iter().map(|stored| (stored.choice.offering, stored)).collect();
    let mut all = offerings::taught_by(work.tx, actor.person, term.id)?;
    for department in headed(actor) {
        all.extend(progress::vacancies(work.tx, department, term.id)?);
    }
    let drafts: HashSet<OfferingId> = drafts::of_person(work.tx, actor.person, term.id)?.into_iter().collect();
    let deadline_extensions = deadline_extensions::of_term(work.tx, term.id)?;
    let set = form_exceptions::of_term(work.tx, term.id)?;
    let mut lines = Vec::new();
    for offering in all {
        let stored = match stored.remove(&offering.id) {
            Some(stored) => Some(stored),
            None if offering.responsible.is_none() => {
                Some(choices::find(work.tx, offering.id)?).filter(|stored| stored.revision > 0)
            }
            None => None,
        };
        let has_draft = drafts.contains(&offering.id);
        let mut line = line(work, actor, offering, has_draft, stored.as_ref())?;
        if let Some(set) = form_exception_for(&set, &line.offering) {
            line.set = Some(Picked::of(&*work.catalogue(term.catalogue)?, &set.row, &set.info));
        }
        let opened = extended_until(&deadline_extensions, &line.offering);
        line.is_in_time = term.changing(work.today(), line.state == ChoiceState::Returned, opened).is_ok();
        lines.push(ListedGroup { line, stored });
    }
    Ok(lines)
}

/// The departments of which the actor is head or acting head.
pub(crate) fn headed(actor: &Actor) -> Vec<domain::id::OrgId> {
    use domain::person::Role;
    let mut departments: Vec<_> = actor.orgs_as(Role::Head).chain(actor.orgs_as(Role::ActingHead)).collect();
    departments.sort();
    departments.dedup();
    departments
}

fn line(
    work: &mut UnitOfWork<'_, '_>,
    actor: &Actor,
    offering: Offering,
    has_draft: bool,
    stored: Option<&StoredChoice>,
) -> Result<GroupLine, Failure> {
    let may_choose = policy::chooser(actor, &offering).is_ok();
    let has_draft = may_choose && has_draft;
    let current = stored.and_then(|stored| stored.choice.current.as_ref());
    let picked = match current {
        Some(current) => {
            Some(Picked::of(&*work.catalogue(current.catalogue)?, &current.answer.row, &current.answer.info))
        }
        None => None,
    };
    let returned = match current.map(|current| &current.stage) {
        Some(Stage::Returned { by, at, reason, .. }) => {
            Some(Returned { reason: reason.clone(), by: name_of(work, *by)?, at: *at })
        }
        _ => None,
    };
    let state = ChoiceState::of(current.map(|current| &current.stage), has_draft);
    let may_undo = stored.is_some_and(|stored| stored.choice.can_undo(actor.person, ChoiceAct::Send, work.now));
    Ok(GroupLine { offering, state, has_draft, picked, returned, may_choose, is_in_time: false, may_undo, set: None })
}

/// Collects the student groups by discipline and sorts them by urgency. A discipline takes the position of its most
/// urgent group.
fn by_discipline(lines: Vec<GroupLine>) -> Vec<DisciplineBlock> {
    let mut blocks: Vec<DisciplineBlock> = Vec::new();
    for line in lines {
        match blocks.iter_mut().find(|block| block.discipline.id == line.offering.discipline.id) {
            Some(block) => block.lines.push(line),
            None => blocks.push(DisciplineBlock { discipline: line.offering.discipline.clone(), lines: vec![line] }),
        }
    }
    for block in &mut blocks {
        block.lines.sort_by_key(|line| line.state);
    }
    blocks.sort_by_key(|block| block.lines.first().map(|line| line.state));
    blocks
}
