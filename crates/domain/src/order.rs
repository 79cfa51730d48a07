//! The supplement to an order of the university (бұйрыққа қосымша / приложение к приказу): a
//! printed document that lists the approved exams of a department, a faculty or the whole
//! university in one academic term.
//!
//! The content of an order is the same in every language, and its fingerprint is the SHA-256 hash
//! of exactly that content. A printed order can therefore be compared with the issued one,
//! regardless of the language in which it was printed.

use crate::digest::Digest;
use crate::id::{OfferingId, OrgId, PersonId, TermId};
use crate::name::Name;
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The name and version of the data format in which printed orders (decrees that list approved
/// exams) are stored. If the data format changes, its number increases, so that older orders can
/// still be read.
pub const FORM: &str = "emtihan-order-1";

/// The content of a printed order. The sequence of the fields matters, because the fingerprint of
/// an order is a hash of its serialized fields.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Order {
    /// The name and version of the data format in which the printed order is stored, [`FORM`].
    pub form: String,
    /// The academic term (semester) whose exams the printed order lists.
    pub term: TermId,
    /// The name of the academic term, as it was on the day on which the printed order was issued.
    pub term_name: Name,
    /// The faculty or department whose exams the printed order lists; `None` if the order lists the
    /// exams of the whole university.
    pub unit: Option<OrgId>,
    /// The name of the department, faculty or university whose exams the printed order lists.
    pub unit_name: Name,
    /// The sections of the printed order: one for each department with at least one approved exam.
    pub sections: Vec<Section>,
}

/// A section of a printed order: the approved exams of one department.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Section {
    pub department: OrgId,
    pub name: Name,
    /// The approved exams of the department, sorted by discipline and student group.
    pub exams: Vec<OrderExam>,
}

/// One approved exam that a printed order lists.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OrderExam {
    pub offering: OfferingId,
    /// The code of the discipline in which the exam is held, such as `ALG2201`.
    pub discipline: String,
    /// The name of the discipline in which the exam is held.
    pub name: Name,
    pub group: String,
    pub students: i64,
    /// The name of the instructor in the printed order; empty if the student group has no
    /// instructor.
    pub instructor: String,
    /// The id of the catalogue row that was chosen for the exam.
    pub row: String,
    /// The version of the catalogue under which the exam was chosen.
    pub catalogue: i64,
    pub info: String,
    /// The fingerprint of the approved choice: a hash of its content, by which a later change is
    /// noticed.
    pub choice: Digest,
    /// The id of the person who approved the choice of the exam.
    pub approved_by: PersonId,
    /// The name of the person who approved the choice of the exam.
    pub approver: String,
    pub approved_at: DateTime<Utc>,
}

/// The differences between the exams in an issued printed order (decree) and the exams that are
/// approved on a later day.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct OrderChanges {
    /// Exams that the issued printed order lists and that were later approved again with different
    /// content.
    pub changed: Vec<OrderExam>,
    /// Exams that the issued printed order lists and that are no longer approved.
    pub reopened: Vec<OrderExam>,
    /// Exams that were approved after the printed order was issued and that the order does not
    /// list.
    pub added: Vec<OrderExam>,
}

impl OrderChanges {
    /// Returns whether nothing has changed: the exams that the issued printed order lists are
    /// exactly those that are approved on the later day of the comparison, with the same content.
    pub fn is_nothing(&self) -> bool {
        self.changed.is_empty() && self.reopened.is_empty() && self.added.is_empty()
    }
}

impl Order {
    /// Returns all exams that the printed order lists, in the sequence of the document.
    pub fn exams(&self) -> impl Iterator<Item = &OrderExam> {
        self.sections.iter().flat_map(|section| &section.exams)
    }

    /// Returns the number of students in all exams of the printed order. A student who takes
    /// several of the exams is counted once for each exam.
    pub fn students(&self) -> i64 {
        self.exams().map(|exam| exam.students).sum()
    }

    /// Compares the exams of this printed order (decree) with those of a later order for the same
    /// unit and academic term. The later order is usually not issued, but only made for the
    /// comparison.
    pub fn since(&self, now: &Self) -> OrderChanges {
        let mut today: BTreeMap<OfferingId, &OrderExam> = now.exams().map(|exam| (exam.offering, exam)).collect();
        let mut since = OrderChanges::default();
        for exam in self.exams() {
            match today.remove(&exam.offering) {
                Some(same) if same.choice == exam.choice => {}
                Some(_) => since.changed.push(exam.clone()),
                None => since.reopened.push(exam.clone()),
            }
        }
        since.added = now.exams().filter(|exam| today.contains_key(&exam.offering)).cloned().collect();
        since
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn exam(group: &str, content: &str) -> OrderExam {
        OrderExam {
            offering: OfferingId::of(&[group]),
            discipline: "ALG".into(),
            name: Name::same("Алгоритмдер"),
            group: group.into(),
            students: 25,
            instructor: String::new(),
            row: "moodle-essay".into(),
            catalogue: 1,
            info: String::new(),
            choice: Digest::of(content.as_bytes()),
            approved_by: PersonId::of(&["head"]),
            approver: "Сынақ".into(),
            approved_at: DateTime::UNIX_EPOCH,
        }
    }

    fn order(exams: &[OrderExam]) -> Order {
        let (department, name) = (OrgId::of(&["CS"]), Name::same("CS"));
        Order {
            form: FORM.into(),
            term: TermId::of(&["autumn"]),
            term_name: Name::same("autumn"),
            unit: None,
            unit_name: Name::same("UNI"),
            sections: vec![Section { department, name, exams: exams.to_vec() }],
        }
    }

    #[test]
    fn what_changed_since_an_order_is_named_group_by_group() {
        let issued = order(&[exam("A", "1"), exam("B", "1"), exam("C", "1")]);
        assert!(issued.since(&issued).is_nothing());
        // The name of the approver is not compared: if a different person approved the same
        // content, the exam in the printed order counts as unchanged.
        let same = OrderExam { approver: "another".into(), ..exam("A", "1") };
        let since = issued.since(&order(&[same, exam("B", "2"), exam("D", "1")]));
        let groups = |exams: &[OrderExam]| exams.iter().map(|exam| exam.group.clone()).collect::<Vec<_>>();
        assert_eq!(groups(&since.changed), ["B"]);
        assert_eq!(groups(&since.reopened), ["C"]);
        assert_eq!(groups(&since.added), ["D"]);
        assert_eq!(issued.students(), 75);
    }
}
