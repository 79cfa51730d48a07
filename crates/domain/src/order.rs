//! The supplement to an order (бұйрыққа қосымша / приложение к приказу): the approved exams of a unit in a term.
//!
//! Its content is the same in every language, and its fingerprint is a SHA-256 over exactly that content, so a paper can be
//! compared with what was issued, whatever language it was printed in.

use crate::digest::Digest;
use crate::id::{OfferingId, OrgId, PersonId, TermId};
use crate::name::Name;
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The form of the content; another form gets another number, so that old orders are still understood.
pub const FORM: &str = "emtihan-order-1";

/// The content of an order. Field order is part of the content: it is hashed as it is written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Order {
    /// The version of this form, [`FORM`].
    pub form: String,
    /// In which term.
    pub term: TermId,
    /// The term's name on the day of issuing.
    pub term_name: Name,
    /// Of which faculty or department; `None` is the whole university.
    pub unit: Option<OrgId>,
    /// The unit's name, or the university's.
    pub unit_name: Name,
    /// The departments with something approved.
    pub sections: Vec<Section>,
}

/// The exams of one department.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Section {
    pub department: OrgId,
    pub name: Name,
    /// Its exams, by discipline and group.
    pub exams: Vec<OrderExam>,
}

/// One approved exam.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OrderExam {
    pub offering: OfferingId,
    /// The discipline's code.
    pub discipline: String,
    /// The discipline's name.
    pub name: Name,
    pub group: String,
    pub students: i64,
    /// The instructor; empty for a vacancy.
    pub instructor: String,
    /// The row of the rule table.
    pub row: String,
    /// The version of the rule table.
    pub catalogue: i64,
    pub info: String,
    /// The fingerprint of the choice that was approved.
    pub choice: Digest,
    /// The short name of the person who approved it.
    pub approved_by: PersonId,
    /// The approver's name.
    pub approver: String,
    pub approved_at: DateTime<Utc>,
}

/// How the approved exams of today differ from an order.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct OrderChanges {
    /// Approved anew with another content.
    pub changed: Vec<OrderExam>,
    /// No longer approved.
    pub reopened: Vec<OrderExam>,
    /// Approved since, and not in the order.
    pub added: Vec<OrderExam>,
}

impl OrderChanges {
    /// Does the order still say what is approved?
    pub fn is_nothing(&self) -> bool {
        self.changed.is_empty() && self.reopened.is_empty() && self.added.is_empty()
    }
}

impl Order {
    /// All exams, in the order of the paper.
    pub fn exams(&self) -> impl Iterator<Item = &OrderExam> {
        self.sections.iter().flat_map(|section| &section.exams)
    }

    /// How many students sit these exams, each counted once for each exam.
    pub fn students(&self) -> i64 {
        self.exams().map(|exam| exam.students).sum()
    }

    /// Compares this order with a later one of the same unit and term, usually today's draft.
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
        // Who approved it again is not what was approved.
        let same = OrderExam { approver: "another".into(), ..exam("A", "1") };
        let since = issued.since(&order(&[same, exam("B", "2"), exam("D", "1")]));
        let groups = |exams: &[OrderExam]| exams.iter().map(|exam| exam.group.clone()).collect::<Vec<_>>();
        assert_eq!(groups(&since.changed), ["B"]);
        assert_eq!(groups(&since.reopened), ["C"]);
        assert_eq!(groups(&since.added), ["D"]);
        assert_eq!(issued.students(), 75);
    }
}
