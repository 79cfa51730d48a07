//! The supplement to an order, which is a decree of the university (бұйрыққа қосымша / приложение к приказу): the
//! approved exams of a unit in a term.
//!
//! The content of an order is the same in every language, and its fingerprint is the SHA-256 hash of exactly that
//! content. A printed order can therefore be compared with the issued one, regardless of the language in which it was
//! printed.

use crate::digest::Digest;
use crate::id::{OfferingId, OrgId, PersonId, TermId};
use crate::name::Name;
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The version of the format in which orders are stored. A changed format gets another number, so that old orders can
/// still be read.
pub const FORM: &str = "emtihan-order-1";

/// The content of an order (decree). The sequence of the fields matters, since the serialized content is hashed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Order {
    /// The version of the format in which an order is stored, [`FORM`].
    pub form: String,
    /// The term (semester) whose exams the order lists.
    pub term: TermId,
    /// The name of the term on the day on which the order was issued.
    pub term_name: Name,
    /// The faculty or department whose exams the order lists; `None` is the whole university.
    pub unit: Option<OrgId>,
    /// The name of the unit, or of the university, whose exams the order lists.
    pub unit_name: Name,
    /// The sections of an order, one for each department with at least one approved exam.
    pub sections: Vec<Section>,
}

/// A section of an order: the approved exams of one department.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Section {
    pub department: OrgId,
    pub name: Name,
    /// The department's exams in an order, sorted by discipline and student group.
    pub exams: Vec<OrderExam>,
}

/// One approved exam in an order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OrderExam {
    pub offering: OfferingId,
    /// The code of the discipline of the exam.
    pub discipline: String,
    /// The name of the discipline of the exam.
    pub name: Name,
    pub group: String,
    pub students: i64,
    /// The name of the instructor in an order; empty for a vacancy.
    pub instructor: String,
    /// The id of the chosen catalogue row.
    pub row: String,
    /// The catalogue version under which the choice was made.
    pub catalogue: i64,
    pub info: String,
    /// The fingerprint of the approved choice, which is a hash of its content.
    pub choice: Digest,
    /// The id of the person who approved the choice.
    pub approved_by: PersonId,
    /// The name of the person who approved the choice.
    pub approver: String,
    pub approved_at: DateTime<Utc>,
}

/// The differences between an issued order and the exams that are approved on a later day.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct OrderChanges {
    /// Exams of an order that were approved again with another content.
    pub changed: Vec<OrderExam>,
    /// Exams of an order that are no longer approved.
    pub reopened: Vec<OrderExam>,
    /// Exams that were approved later and are not in the order (decree).
    pub added: Vec<OrderExam>,
}

impl OrderChanges {
    /// Returns whether there is no difference: the approved exams are still those of the order.
    pub fn is_nothing(&self) -> bool {
        self.changed.is_empty() && self.reopened.is_empty() && self.added.is_empty()
    }
}

impl Order {
    /// Returns all exams of an order, in the sequence of the printed document.
    pub fn exams(&self) -> impl Iterator<Item = &OrderExam> {
        self.sections.iter().flat_map(|section| &section.exams)
    }

    /// The number of students who take the exams of an order; a student is counted once per exam.
    pub fn students(&self) -> i64 {
        self.exams().map(|exam| exam.students).sum()
    }

    /// Compares an order with a later one of the same unit and term, usually the current draft.
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
        // In an order, another approver does not change the approved exam.
        let same = OrderExam { approver: "another".into(), ..exam("A", "1") };
        let since = issued.since(&order(&[same, exam("B", "2"), exam("D", "1")]));
        let groups = |exams: &[OrderExam]| exams.iter().map(|exam| exam.group.clone()).collect::<Vec<_>>();
        assert_eq!(groups(&since.changed), ["B"]);
        assert_eq!(groups(&since.reopened), ["C"]);
        assert_eq!(groups(&since.added), ["D"]);
        assert_eq!(issued.students(), 75);
    }
}
