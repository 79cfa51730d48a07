//! The instructor's start page, which lists the instructor's groups of the current academic term by
//! discipline, the most urgent first.

use crate::failure::Failure;
use crate::reason::reason_in_languages;
use crate::staff::people::name_of;
use crate::unit_of_work::UnitOfWork;
use chrono::{DateTime, Utc};
use domain::catalogue::Catalogue;
use domain::catalogue::picked::Picked;
use domain::choice::{ChoiceAct, Stage};
use domain::form_exception::form_exception_for;
use domain::id::OfferingId;
use domain::name::Name;
use domain::offering::{Discipline, Offering};
use domain::person::Actor;
use domain::policy;
use domain::report::ChoiceState;
use domain::term::{Term, WindowClosed, extended_until};
use std::collections::{HashMap, HashSet};
use std::sync::Arc;
use store::choices::StoredChoice;
use store::{choices, deadline_extensions, documents, drafts, form_exceptions, offerings, progress};

/// The content of the instructor's start page.
#[derive(Debug, Clone)]
pub struct MyOfferings {
    pub term: Term,
    /// The catalogue in force, whose general instructions the start page shows above the list of
    /// groups.
    pub catalogue: Arc<Catalogue>,
    /// `Ok` if instructors are allowed to choose today; otherwise the cause that prevents choosing,
    /// such as a deadline that is over.
    pub window: Result<(), WindowClosed>,
    /// Number of days that are left for choosing, including today.
    pub days_left: Option<i64>,
    /// The disciplines that the instructor teaches. The discipline with the most urgent group comes
    /// first.
    pub blocks: Vec<DisciplineBlock>,
    /// The student groups whose choices the instructor sent for review immediately before the start
    /// page was opened.
    pub just_sent: Vec<GroupLine>,
}

/// A discipline on the instructor's start page, with the instructor's student groups in that
/// discipline.
#[derive(Debug, Clone)]
pub struct DisciplineBlock {
    pub discipline: Discipline,
    /// The instructor's student groups in the discipline, the most urgent first.
    pub lines: Vec<GroupLine>,
}

/// A student group on the instructor's start page, with the state of its choice.
#[derive(Debug, Clone)]
#[expect(clippy::struct_excessive_bools, reason = "independent facts, each shown by itself")]
pub struct GroupLine {
    pub offering: Offering,
    /// The state of the student group's choice, for example draft or approved.
    pub state: ChoiceState,
    /// Whether the instructor has a draft of a choice for the student group, which was not sent for
    /// review yet.
    pub has_draft: bool,
    pub picked: Option<Picked>,
    /// The name of the chosen programme document; empty if nothing is chosen.
    pub programme: String,
    /// The reason typed by the person who returned the student group's choice, the name of this
    /// person, and the time; `None` if the choice is not returned.
    pub returned: Option<Returned>,
    /// Whether the signed-in person is allowed to choose for the student group. Other teachers of
    /// the group only see its choice.
    pub may_choose: bool,
    /// Whether the student group's choice can be changed today, according to the dates of the
    /// academic term and to deadline extensions.
    pub is_in_time: bool,
    /// Whether the student group's choice was sent for review so recently that the signed-in person
    /// can still undo the sending.
    pub may_undo: bool,
    /// The exam format that the registrar has set centrally for the student group; `None` if no
    /// exam format is set.
    pub set: Option<Picked>,
}

/// The return of a choice to its instructor: the typed reason, the person who returned the choice,
/// and the time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Returned {
    pub reason: Name,
    pub by: String,
    pub at: DateTime<Utc>,
}

impl MyOfferings {
    /// Returns the student groups of all disciplines on the instructor's start page.
    pub fn lines(&self) -> impl Iterator<Item = &GroupLine> {
        self.blocks.iter().flat_map(|block| &block.lines)
    }

    /// Number of the instructor's student groups whose choice is in review or approved.
    pub fn done(&self) -> usize {
        self.lines().filter(|line| matches!(line.state, ChoiceState::InReview | ChoiceState::Approved)).count()
    }

    /// Number of student groups on the instructor's start page.
    pub fn total(&self) -> usize {
        self.lines().count()
    }

    /// Returns the next student group for which the instructor still has to choose; `None` if there
    /// is no such group.
    pub fn next_open(&self) -> Option<&GroupLine> {
        self.lines().find(|line| line.is_open() && !matches!(line.state, ChoiceState::InReview))
    }
}

impl DisciplineBlock {
    /// Number of student groups in the discipline for which the instructor can choose now.
    pub fn open(&self) -> usize {
        self.lines.iter().filter(|line| line.is_open()).count()
    }

    /// Returns whether the instructor still has to choose for a student group of the discipline.
    pub fn is_unfinished(&self) -> bool {
        self.lines.iter().any(|line| line.is_open() && line.state != ChoiceState::InReview)
    }
}

impl GroupLine {
    /// Returns whether the signed-in person can choose for the student group, or change its choice,
    /// now.
    pub fn is_open(&self) -> bool {
        self.may_choose && self.is_in_time && self.state != ChoiceState::Approved
    }

    /// Returns whether only the dates keep the signed-in person from choosing for the student group, or
    /// from changing its choice.
    pub fn is_late(&self) -> bool {
        self.may_choose && !self.is_in_time && self.state != ChoiceState::Approved
    }
}

/// Builds the instructor's start page, which lists the student groups that the signed-in person
/// teaches in the current academic term. The groups whose choices this person sent for review at
/// the time `sent_at` are also listed as just sent.
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

/// A student group on the instructor's start page, with its stored choice.
struct ListedGroup {
    line: GroupLine,
    /// The stored choice of the student group; `None` if no choice was ever made for the group.
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
    let programmes = documents::chosen_by_teacher(work.tx, actor.person, term.id)?;
    let mut programmes: HashMap<OfferingId, String> =
        programmes.into_iter().map(|chosen| (chosen.offering, chosen.name)).collect();
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
        line.programme = match stored.as_ref().and_then(|stored| stored.choice.current.as_ref()) {
            Some(current) => match programmes.remove(&line.offering.id) {
                Some(name) => name,
                None => documents::find(work.tx, current.answer.document)?.map(|found| found.name).unwrap_or_default(),
            },
            None => String::new(),
        };
        let opened = extended_until(&deadline_extensions, &line.offering);
        line.is_in_time = term.changing(work.today(), line.state == ChoiceState::Returned, opened).is_ok();
        lines.push(ListedGroup { line, stored });
    }
    Ok(lines)
}

/// Returns the departments of which the signed-in person is head or acting head.
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
            Some(Returned { reason: reason_in_languages(work, reason, *by)?, by: name_of(work, *by)?, at: *at })
        }
        _ => None,
    };
    let state = ChoiceState::of(current.map(|current| &current.stage), has_draft);
    let may_undo = stored.is_some_and(|stored| stored.choice.can_undo(actor.person, ChoiceAct::Send, work.now));
    Ok(GroupLine {
        offering,
        state,
        has_draft,
        picked,
        programme: String::new(),
        returned,
        may_choose,
        is_in_time: false,
        may_undo,
        set: None,
    })
}

/// Collects the student groups by discipline and sorts them by urgency. Disciplines are sorted by
/// their most urgent group.
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
