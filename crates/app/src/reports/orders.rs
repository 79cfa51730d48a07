//! Printed orders (decrees, бұйрыққа қосымша) that list the approved exams of an academic term. A
//! printed order is compiled, issued by the registrar, and stored. Later it can be compared with
//! the exams that are approved at that time.

use crate::failure::{Failure, Refusal, Stale};
use crate::history::record::Author;
use crate::reports::report_scope::{ReportScope, ScopeQuery, report_scope};
use crate::unit_of_work::UnitOfWork;
use domain::catalogue::RowId;
use domain::catalogue::picked::Picked;
use domain::digest::Digest;
use domain::history::{Act, ORDER_ISSUED, Subject, walk};
use domain::id::OrgId;
use domain::limits::REPORT_LINES_LIMIT;
use domain::name::sort_key;
use domain::order::{FORM, Order, OrderChanges, OrderExam, Section};
use domain::person::Actor;
use domain::policy;
use domain::roster::OrgKind;
use std::collections::BTreeMap;
use std::ops::Range;
use store::checkpoints::{self, Checkpoint};
use store::history;
use store::orders::{self, DepartmentExam, StoredOrder};

pub use store::orders::IssuedOrder;

/// A printed order (a decree that lists the approved exams): its stored exams, with the names of
/// platform, exam format and type from the catalogue.
#[derive(Debug, Clone)]
pub struct PrintableOrder {
    pub order: Order,
    /// The SHA-256 hash over the content of the printed order (a decree of the approved exams). The
    /// hash is printed on the order.
    pub fingerprint: Digest,
    /// The names of platform, exam format and type of each exam, in the sequence in which the
    /// printed order (a decree of the approved exams) lists the exams.
    pub picked: Vec<Picked>,
}

/// The section of one department in a printed order (a decree). Each exam has its number, its data,
/// and the names of its platform, exam format and type.
pub type NumberedSection<'p> = (&'p Section, Vec<(usize, &'p OrderExam, &'p Picked)>);

impl PrintableOrder {
    /// Returns the sections of a printed order (a decree of the approved exams), one section for
    /// each department. The exams are numbered consecutively through all sections.
    pub fn numbered<'p>(&'p self) -> Vec<NumberedSection<'p>> {
        let mut labels = (1..).zip(&self.picked);
        let exams = |section: &'p Section| -> NumberedSection<'p> {
            let numbered = section.exams.iter().zip(labels.by_ref());
            (section, numbered.map(|(exam, (number, picked))| (number, exam, picked)).collect())
        };
        self.order.sections.iter().map(exams).collect()
    }

    /// Returns the exams at these places of a printed order (a decree of the approved exams), counted
    /// from 0, with their sections.
    pub fn numbered_in<'p>(&'p self, places: &Range<usize>) -> Vec<NumberedSection<'p>> {
        let mut sections = self.numbered();
        for (_, exams) in &mut sections {
            exams.retain(|(number, ..)| (places.start..places.end).contains(&(number - 1)));
        }
        sections.retain(|(_, exams)| !exams.is_empty());
        sections
    }
}

/// The content of the web page that shows the printed orders (decrees of the approved exams) of a
/// department, a faculty or the university.
#[derive(Debug, Clone)]
pub struct Orders {
    /// The academic term and the unit (department, faculty or university) whose printed orders are
    /// shown.
    pub scope: ReportScope,
    /// The draft of the printed order (a decree of the approved exams) that could be issued now.
    pub draft: PrintableOrder,
    /// The printed orders (decrees of the approved exams) that were already issued for the unit in
    /// the academic term, newest first.
    pub issued: Vec<IssuedOrder>,
    /// Whether the signed-in person is allowed to issue the printed order (a decree of the approved
    /// exams).
    pub may_issue: bool,
}

/// An issued printed order (a decree of the approved exams) as the web page shows it, with those of
/// its exams that have changed since the order was issued.
#[derive(Debug, Clone)]
pub struct IssuedOrderView {
    /// The academic term and the unit (department, faculty or university) whose exams the printed
    /// order lists.
    pub scope: ReportScope,
    /// The time at which the printed order (a decree) was issued, the person who issued it, and its
    /// number.
    pub issued: IssuedOrder,
    pub paper: PrintableOrder,
    /// The exams of the printed order (a decree) that changed after the order was issued.
    pub since: OrderChanges,
    /// The newest checkpoint of the history. With the printed hash, `emtihan verify --checkpoint` shows
    /// later that nothing was cut off the history.
    pub checkpoint: Option<Checkpoint>,
}

/// Returns the printed order (a decree of the approved exams) that could be issued for a unit now,
/// and the printed orders that were already issued for the unit.
pub fn orders_of(work: &mut UnitOfWork<'_, '_>, actor: &Actor, asked: &ScopeQuery) -> Result<Orders, Failure> {
    let scope = report_scope(work, actor, asked)?;
    let order = draw_up(work, &scope)?;
    let draft = paper(work, order)?;
    let unit = scope.unit.as_ref().map(|org| org.id);
    let mut issued = orders::of_term(work.tx, scope.term.id)?;
    issued.retain(|order| order.unit == unit);
    Ok(Orders { scope, draft, issued, may_issue: policy::issues_orders(actor).is_ok() })
}

/// Issues the printed order (a decree) whose draft has the fingerprint `seen`. Issuing an order
/// with the same content again has no effect.
///
/// # Errors
/// Status 409 if an exam was approved or reopened after the web page showed the draft; status 422
/// if the order would contain no exam.
pub fn issue_order(
    work: &mut UnitOfWork<'_, '_>,
    actor: &Actor,
    place: &ScopeQuery,
    seen: Digest,
) -> Result<(), Failure> {
    policy::issues_orders(actor)?;
    let scope = report_scope(work, actor, place)?;
    let order = draw_up(work, &scope)?;
    let OrderContent { json, fingerprint } = content(&order)?;
    if fingerprint != seen {
        return Err(Stale::OrderChanged.into());
    }
    if order.exams().next().is_none() {
        return Err(Refusal::OrderEmpty.into());
    }
    if orders::find(work.tx, fingerprint)?.is_some() {
        return Ok(());
    }
    let number = orders::next_number(work.tx, order.term)?;
    let (term, unit, at, by) = (order.term, order.unit, work.now, actor.short_name.clone());
    orders::add(work.tx, &IssuedOrder { fingerprint, term, unit, number, at, by }, &json, actor.person)?;
    let exams = order.exams().count();
    let act = Act::OrderIssued { term, unit, number, fingerprint, exams };
    work.record(Author::registrar(Some(actor.person)), Subject::Order(fingerprint), &act)
}

/// Finds an issued printed order (a decree of the approved exams), for a person who is allowed to
/// see reports about the order's unit.
pub fn find_order(
    work: &mut UnitOfWork<'_, '_>,
    actor: &Actor,
    fingerprint: Digest,
) -> Result<IssuedOrderView, Failure> {
    let StoredOrder { issued, content } = orders::find(work.tx, fingerprint)?.ok_or(Failure::NotFound)?;
    let term = work.term(issued.term)?;
    let scope = report_scope(work, actor, &ScopeQuery { term: Some(term.code), org: issued.unit })?;
    // A printed order without a department or faculty covers the whole university. For a person who
    // is not allowed to see the whole university, `report_scope` returns a unit of that person
    // instead. The units then differ, and the order counts as not found.
    if scope.unit.as_ref().map(|org| org.id) != issued.unit {
        return Err(Failure::NotFound);
    }
    let order = read(&content).ok_or_else(|| Failure::Broken(format!("order {fingerprint} cannot be read")))?;
    let since = order.since(&draw_up(work, &scope)?);
    let picked = labels(work, &order)?;
    let checkpoint = checkpoints::last(work.tx)?;
    Ok(IssuedOrderView { scope, issued, paper: PrintableOrder { order, fingerprint, picked }, since, checkpoint })
}

fn read(content: &str) -> Option<Order> {
    serde_json::from_str(content).ok().filter(|order: &Order| order.form == FORM)
}

/// A printed order (a decree of the approved exams) as JSON, the format in which printed orders are
/// stored.
struct OrderContent {
    json: String,
    /// The SHA-256 hash over the JSON text of the printed order (a decree of the approved exams).
    fingerprint: Digest,
}

fn content(order: &Order) -> Result<OrderContent, Failure> {
    let json = serde_json::to_string(order).map_err(|error| Failure::Broken(error.to_string()))?;
    let fingerprint = Digest::of(json.as_bytes());
    Ok(OrderContent { json, fingerprint })
}

fn paper(work: &mut UnitOfWork<'_, '_>, order: Order) -> Result<PrintableOrder, Failure> {
    let fingerprint = content(&order)?.fingerprint;
    let picked = labels(work, &order)?;
    Ok(PrintableOrder { order, fingerprint, picked })
}

fn labels(work: &mut UnitOfWork<'_, '_>, order: &Order) -> Result<Vec<Picked>, Failure> {
    let label = |exam: &OrderExam| {
        let catalogue = work.catalogue(exam.catalogue)?;
        Ok(Picked::of(&catalogue, &RowId(exam.row.clone()), &exam.info))
    };
    order.exams().map(label).collect()
}

/// Compiles a printed order (a decree) from all approved exams of a unit. Departments are sorted by
/// the Kazakh alphabet.
fn draw_up(work: &mut UnitOfWork<'_, '_>, scope: &ReportScope) -> Result<Order, Failure> {
    let limit = i64::try_from(REPORT_LINES_LIMIT + 1).unwrap_or(i64::MAX);
    let approved = orders::approved(work.tx, scope.term.id, scope.scope(), limit)?;
    if approved.len() > REPORT_LINES_LIMIT {
        return Err(Refusal::TooManyLines.into());
    }
    let mut by_department: BTreeMap<OrgId, Vec<OrderExam>> = BTreeMap::new();
    for DepartmentExam { department, exam } in approved {
        by_department.entry(department).or_default().push(exam);
    }
    let name = |id| scope.find(id).map(|org| org.name.clone()).unwrap_or_default();
    let section = |(department, exams)| Section { department, name: name(department), exams };
    let mut sections: Vec<Section> = by_department.into_iter().map(section).collect();
    sections.sort_by_key(|section| {
        let faculty = scope.find(section.department).and_then(|org| org.parent).map(name).unwrap_or_default();
        (sort_key(&faculty.kk), sort_key(&section.name.kk), section.department)
    });
    let top = scope.units.iter().find(|org| org.kind == OrgKind::University);
    let unit_name = scope.unit.as_ref().or(top).map(|org| org.name.clone()).unwrap_or_default();
    let (form, unit) = (FORM.to_owned(), scope.unit.as_ref().map(|org| org.id));
    Ok(Order { form, term: scope.term.id, term_name: scope.term.name.clone(), unit, unit_name, sections })
}

/// A printed order (a decree of the approved exams) that passed the verification.
#[derive(Debug, Clone)]
pub struct VerifiedOrder {
    /// The time at which the verified printed order (a decree) was issued, the person who issued
    /// it, and its number.
    pub issued: IssuedOrder,
    /// The number of exams that the verified printed order (a decree) lists.
    pub exams: usize,
    /// The exams of the verified printed order (a decree) that changed after the order was issued.
    pub since: OrderChanges,
}

/// The causes for which the verification of a printed order (a decree of the approved exams) fails.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum OrderNotVerified {
    /// Failed verification: no printed order (a decree of the approved exams) with this fingerprint
    /// was ever issued.
    #[error("no order with this fingerprint was issued")]
    Unknown,
    /// Failed verification: the stored content of the printed order (a decree) does not match its
    /// fingerprint, so the content was changed.
    #[error("the stored content of this order was changed")]
    Altered,
    /// Failed verification: the history has no entry about issuing the printed order (a decree), or
    /// the entry was changed.
    #[error("the history has no record of this order")]
    Untold,
}

/// Verifies an order (a decree) by the fingerprint (a hash) that is printed on it: compares the
/// stored content of the order with the fingerprint, looks for the history entry about issuing the
/// order, and lists the exams that changed after the order was issued.
pub fn verify_order(
    work: &mut UnitOfWork<'_, '_>,
    fingerprint: Digest,
) -> Result<Result<VerifiedOrder, OrderNotVerified>, Failure> {
    let Some(StoredOrder { issued, content }) = orders::find(work.tx, fingerprint)? else {
        return Ok(Err(OrderNotVerified::Unknown));
    };
    let Some(order) = read(&content).filter(|_| Digest::of(content.as_bytes()) == fingerprint) else {
        return Ok(Err(OrderNotVerified::Altered));
    };
    let records = history::of_subject(work.tx, &Subject::Order(fingerprint).to_string())?;
    let lines: Vec<_> = records.into_iter().map(|record| record.line).collect();
    let names_it = |payload: &str| {
        let payload: serde_json::Value = serde_json::from_str(payload).unwrap_or_default();
        payload.get("fingerprint").and_then(|stored| stored.as_str()) == Some(fingerprint.to_string().as_str())
    };
    let is_recorded =
        lines.iter().any(|line| line.act == ORDER_ISSUED && line.at == issued.at && names_it(&line.payload));
    if !is_recorded || walk(&lines).is_err() {
        return Ok(Err(OrderNotVerified::Untold));
    }
    let (units, term) = (store::orgs::all(work.tx)?, work.term(issued.term)?);
    let unit = issued.unit.and_then(|id| units.iter().find(|org| org.id == id).cloned());
    let (terms, path, open) = (Vec::new(), Vec::new(), Vec::new());
    let scope = ReportScope { term, terms, current: None, unit, path, units, open, is_open_whole: false };
    let since = order.since(&draw_up(work, &scope)?);
    Ok(Ok(VerifiedOrder { issued, exams: order.exams().count(), since }))
}
