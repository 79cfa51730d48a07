//! Uniformity compares the choices of parallel groups: groups of the same faculty that learn the
//! same discipline in the same language and at the same level.
//!
//! If different exams were chosen for parallel groups, instructors see this while they choose,
//! heads of department see it in the review queue, and a report lists it by faculty. In academic
//! terms that require uniformity, different choices also cannot be approved.

use crate::failure::{Failure, Stale};
use crate::unit_of_work::UnitOfWork;
use domain::catalogue::RowId;
use domain::catalogue::picked::Picked;
use domain::id::{OfferingId, OrgId, TermId};
use domain::name::Language;
use domain::offering::{Discipline, Level, Offering};
use domain::report::ChoiceState;
use domain::term::{Term, Uniformity};
use domain::uniformity::{ExamShape, ParallelChoice, UniformityKey, disagreements};
use store::uniformity;
use store::uniformity::ComparedChoice;

/// Parallel groups (student groups taught the same discipline in the same language and at the same
/// level) for which different platforms, exam formats or types were chosen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Conflict {
    pub discipline: Discipline,
    /// The language in which the parallel groups (student groups taught the same discipline) are
    /// taught.
    pub language: Language,
    /// The level of study, such as bachelor or master, of the parallel groups (student groups
    /// taught the same discipline).
    pub level: Level,
    /// The parallel groups (student groups taught the same discipline), divided by the exam chosen
    /// for them. The exam with the most groups comes first.
    pub parties: Vec<AgreeingGroup>,
}

/// Parallel groups (student groups taught the same discipline) that agree with each other: the same
/// platform, exam format and type were chosen for all of them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AgreeingGroup {
    /// The platform, exam format and type that were chosen for all these student groups. The
    /// additional information is that of the first group; the other groups can have different
    /// information.
    pub picked: Picked,
    pub members: Vec<Member>,
}

/// One of the parallel groups (student groups taught the same discipline) for which different exams
/// were chosen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Member {
    pub offering: OfferingId,
    pub group: String,
    /// The name of the instructor of the student group; empty if the group has no instructor.
    pub instructor: String,
    /// The state of the student group's choice, such as sent or approved.
    pub state: ChoiceState,
}

/// A parallel group (a student group taught the same discipline) for which another exam was chosen
/// than for the student group with which [`Conflict::others`] compares it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DifferingGroup {
    pub group: String,
    pub picked: Picked,
}

impl Conflict {
    /// Returns those of the parallel groups (student groups taught the same discipline) for which
    /// another exam was chosen than for the offering `id`. Returns an empty list if the group of
    /// this offering is not one of the parallel groups.
    pub fn others(&self, id: OfferingId) -> Vec<DifferingGroup> {
        if !self.concerns(id) {
            return Vec::new();
        }
        let is_mine = |party: &&AgreeingGroup| party.members.iter().any(|member| member.offering == id);
        let others = self.parties.iter().filter(|party| !is_mine(party));
        let differing = |party: &AgreeingGroup| {
            let groups = party.members.iter().map(|member| member.group.clone());
            groups.map(|group| DifferingGroup { group, picked: party.picked.clone() }).collect::<Vec<_>>()
        };
        others.flat_map(differing).collect()
    }

    /// Returns whether the group of this offering is one of the parallel groups (taught the same
    /// discipline) for which different exams were chosen.
    pub fn concerns(&self, id: OfferingId) -> bool {
        self.parties.iter().flat_map(|party| &party.members).any(|member| member.offering == id)
    }
}

/// Finds the parallel groups (student groups taught the same discipline) in a department for which
/// different exams were chosen.
pub(crate) fn conflicts_in(
    work: &mut UnitOfWork<'_, '_>,
    department: OrgId,
    term: TermId,
) -> Result<Vec<Conflict>, Failure> {
    let chosen = uniformity::of_department(work.tx, department, term)?;
    conflicts(work, chosen)
}

/// Finds, among the given choices, the groups of the same faculty, discipline, language and level
/// for which different platforms, exam formats or types were chosen.
pub(crate) fn conflicts(work: &mut UnitOfWork<'_, '_>, chosen: Vec<ComparedChoice>) -> Result<Vec<Conflict>, Failure> {
    let mut facts = Vec::new();
    for one in chosen {
        let shape = shape_of(work, &one)?;
        let uniformity_key = one.uniformity_key;
        facts.extend(shape.map(|shape| ParallelChoice { uniformity_key, shape, group: one }));
    }
    let mut found = Vec::new();
    for (uniformity_key, shapes) in disagreements(facts) {
        let mut parties = Vec::new();
        let mut discipline = None;
        for members in shapes.into_values() {
            discipline = discipline.or_else(|| members.first().map(|first| first.discipline.clone()));
            parties.extend(party(work, members)?);
        }
        parties.sort_by_key(|party: &AgreeingGroup| std::cmp::Reverse(party.members.len()));
        let (language, level) = (uniformity_key.language, uniformity_key.level);
        found.extend(discipline.map(|discipline| Conflict { discipline, language, level, parties }));
    }
    Ok(found)
}

fn party(work: &mut UnitOfWork<'_, '_>, members: Vec<ComparedChoice>) -> Result<Option<AgreeingGroup>, Failure> {
    let Some(first) = members.first() else { return Ok(None) };
    let picked = Picked::of(&*work.catalogue(first.catalogue)?, &first.row, &first.info);
    Ok(Some(AgreeingGroup { picked, members: members.into_iter().map(member).collect() }))
}

fn member(chosen: ComparedChoice) -> Member {
    let ComparedChoice { offering, group, instructor, state, .. } = chosen;
    Member { offering, group, instructor, state }
}

/// Returns the platform, exam format and type of a choice; `None` if the choice's catalogue version
/// does not contain the chosen row.
fn shape_of(work: &mut UnitOfWork<'_, '_>, chosen: &ComparedChoice) -> Result<Option<ExamShape>, Failure> {
    let catalogue = work.catalogue(chosen.catalogue)?;
    let row = catalogue.row(&chosen.row);
    Ok(row.map(ExamShape::of))
}

/// Refuses to approve the choices of these offerings if different exams are sent or approved for
/// their parallel groups (student groups taught the same discipline).
pub(crate) fn must_agree(
    work: &mut UnitOfWork<'_, '_>,
    department: OrgId,
    term: TermId,
    ids: &[OfferingId],
) -> Result<(), Failure> {
    let found = conflicts_in(work, department, term)?;
    let concerned = ids.iter().any(|id| found.iter().any(|conflict| conflict.concerns(*id)));
    if concerned { Err(Stale::NotUniform.into()) } else { Ok(()) }
}

/// Returns the exams that colleagues chose for parallel groups of the given offerings: groups with
/// the same discipline, faculty, language and level. Each exam comes with its groups. The given
/// offerings themselves are left out. The list is empty if the given offerings do not all have the
/// same discipline, faculty, language and level, or if different exams of parallel groups are
/// ignored in the academic term.
pub(crate) fn colleagues(
    work: &mut UnitOfWork<'_, '_>,
    term: &Term,
    offerings: &[&Offering],
) -> Result<Vec<AgreeingGroup>, Failure> {
    let Some(first) = offerings.first() else { return Ok(Vec::new()) };
    let uniformity_key = UniformityKey::of(first);
    let same = offerings.iter().all(|offering| UniformityKey::of(offering) == uniformity_key);
    if !same || term.uniformity == Uniformity::Ignored {
        return Ok(Vec::new());
    }
    let mut parties: Vec<(RowAndInfo, Vec<ComparedChoice>)> = Vec::new();
    for one in uniformity::of_discipline(work.tx, uniformity_key.discipline, term.id)? {
        if one.uniformity_key != uniformity_key || offerings.iter().any(|offering| offering.id == one.offering) {
            continue;
        }
        let key = (one.row.clone(), one.info.clone());
        match parties.iter_mut().find(|(known, _)| *known == key) {
            Some((_, members)) => members.push(one),
            None => parties.push((key, vec![one])),
        }
    }
    let mut found = Vec::new();
    for (_, members) in parties {
        found.extend(party(work, members)?);
    }
    found.sort_by_key(|party| std::cmp::Reverse(party.members.len()));
    Ok(found)
}

/// The key by which equal choices are grouped: the catalogue row and the additional information of
/// a choice.
type RowAndInfo = (RowId, String);
