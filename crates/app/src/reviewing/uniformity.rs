//! Uniformity compares the choices of parallel groups: groups of the same faculty that learn the
//! same discipline in the same language and at the same level.
//!
//! Instructors see different choices of parallel groups while they choose. Heads of department see
//! them in the review queue, and a report lists them by faculty. Depending on the academic term,
//! different choices also prevent approval.

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

/// A conflict: parallel groups of one discipline, language and level that chose different
/// platforms, exam formats or types.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Conflict {
    pub discipline: Discipline,
    /// The language of instruction of the parallel groups in the conflict.
    pub language: Language,
    /// The level of study (such as bachelor or master) of the parallel groups in the conflict.
    pub level: Level,
    /// The parallel groups in the conflict, divided into parties that chose the same exam. The
    /// largest party comes first.
    pub parties: Vec<AgreeingGroup>,
}

/// Parallel groups of a conflict that chose the same platform, exam format and type.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AgreeingGroup {
    /// The choice of the first of the parallel groups that agree.
    pub picked: Picked,
    pub members: Vec<Member>,
}

/// One student group in a conflict between parallel groups.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Member {
    pub offering: OfferingId,
    pub group: String,
    /// The name of the instructor of the student group; empty if the group has no instructor.
    pub instructor: String,
    /// The state of the student group's choice, such as sent or approved.
    pub state: ChoiceState,
}

/// A parallel group that chose a different exam than the offering with which it is compared.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DifferingGroup {
    pub group: String,
    pub picked: Picked,
}

impl Conflict {
    /// Returns the groups of the conflict whose choice differs from the choice of the offering
    /// `id`. Returns an empty list if the offering is not part of the conflict.
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

    /// Returns whether the offering's group is part of the conflict between parallel groups.
    pub fn concerns(&self, id: OfferingId) -> bool {
        self.parties.iter().flat_map(|party| &party.members).any(|member| member.offering == id)
    }
}

/// Finds the conflicts between the choices of parallel groups in a department.
pub(crate) fn conflicts_in(
    work: &mut UnitOfWork<'_, '_>,
    department: OrgId,
    term: TermId,
) -> Result<Vec<Conflict>, Failure> {
    let chosen = uniformity::of_department(work.tx, department, term)?;
    conflicts(work, chosen)
}

/// Finds the conflicts among some choices: offerings of the same faculty, discipline, language and
/// level with different platforms, exam formats or types.
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

/// Refuses to approve the choices of these offerings if their parallel groups have sent or approved
/// different exams.
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

/// Returns the exams that colleagues chose for parallel groups of these offerings, each exam with
/// its groups. The offerings themselves are left out. The list is empty if the offerings are not
/// parallel to each other, or if the term ignores uniformity.
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

/// A catalogue row and the additional information of a choice. Choices with the same row and
/// information are grouped.
type RowAndInfo = (RowId, String);
