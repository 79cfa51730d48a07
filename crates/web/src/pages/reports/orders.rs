//! The order: its draft, the papers that were issued, and issuing one.

use crate::error::WebError;
use crate::form_data::SignedForm;
use crate::i18n::Texts;
use crate::layout::{Layout, page};
use crate::pages::reports::report::{
    EXAM, Report, ReportExtent, ReportTab, ScopeParams, exam as exam_cells, file_name, head, tabs,
};
use crate::query::address;
use crate::routes;
use crate::session::Session;
use crate::state::AppState;
use app::failure::Failure;
use app::reports::export::{Cell, Worksheet};
use app::reports::orders::{IssuedOrder, IssuedOrderView, Orders, find_order, issue_order, orders_of};
use askama::Template;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect, Response};
use domain::catalogue::picked::Picked;
use domain::digest::Digest;
use domain::order::{Order, OrderExam, Section};
use domain::roster::OrgKind;

#[derive(Template)]
#[template(path = "reports/orders.html")]
pub(crate) struct OrdersPage {
    layout: Layout,
    t: Texts,
    tabs: Vec<ReportTab>,
    place: ScopeParams,
    orders: Orders,
}

/// `GET /orders?term=…&org=…`
impl Report for OrdersPage {
    type Query = ScopeParams;

    async fn look(state: &AppState, session: &Session, place: ScopeParams, _: ReportExtent) -> Result<Self, WebError> {
        let (actor, asked) = (session.actor(), place.asked());
        let orders = state.app.read(move |work| orders_of(work, &actor, &asked)).await?;
        Ok(Self {
            t: session.texts,
            layout: Layout::of(session),
            tabs: tabs(session, &place, routes::ORDERS),
            place,
            orders,
        })
    }

    fn file_name(&self) -> String {
        file_name("order", &self.orders.scope)
    }

    fn sheets(&self) -> Vec<Worksheet> {
        let mut sheets = vec![self.draft_sheet()];
        if !self.orders.issued.is_empty() {
            sheets.push(self.issued_sheet());
        }
        sheets
    }
}

/// `POST /orders`
pub(crate) async fn issue(State(state): State<AppState>, form: SignedForm) -> Result<Response, WebError> {
    let text = |name| form.fields.get(name).to_owned();
    let place = ScopeParams { term: text("term"), org: text("org") };
    let not_found = |_| WebError::from(Failure::NotFound);
    let seen: Digest = form.fields.get("seen").parse().map_err(not_found)?;
    let (actor, asked) = (form.session.actor(), place.asked());
    state.app.write(move |work| issue_order(work, &actor, (&asked, seen))).await?;
    Ok(Redirect::to(&format!("{}/{seen}", routes::ORDERS)).into_response())
}

#[derive(Template)]
#[template(path = "reports/order.html")]
struct OrderPage {
    layout: Layout,
    t: Texts,
    kept: IssuedOrderView,
}

/// `GET /orders/{fingerprint}`
pub(crate) async fn find(
    State(state): State<AppState>,
    session: Session,
    Path(fingerprint): Path<String>,
) -> Result<Response, WebError> {
    let fingerprint: Digest = fingerprint.parse().map_err(|_| WebError::from(Failure::NotFound))?;
    let actor = session.actor();
    let kept = state.app.read(move |work| find_order(work, &actor, fingerprint)).await?;
    page(&OrderPage { t: session.texts, layout: Layout::of(&session), kept })
}

/// Who signs, from the unit upwards: keys of their offices.
fn signs(order: &Order, kind: Option<OrgKind>) -> Vec<&'static str> {
    match (order.unit, kind) {
        (None, _) => vec!["sign-vice-rector", "sign-registrar"],
        (Some(_), Some(OrgKind::Department)) => vec!["sign-head", "sign-dean", "sign-registrar"],
        (Some(_), _) => vec!["sign-dean", "sign-registrar"],
    }
}

impl OrdersPage {
    fn signs(&self) -> Vec<&'static str> {
        signs(&self.orders.draft.order, self.orders.scope.unit.as_ref().map(|org| org.kind))
    }

    /// The same page for another unit.
    fn link_to(&self, org: &str) -> String {
        address(routes::ORDERS, &[("term", self.place.term.as_str()), ("org", org)])
    }

    fn is_empty(&self) -> bool {
        self.orders.draft.picked.is_empty()
    }

    fn draft_sheet(&self) -> Worksheet {
        let t = self.t;
        let [platform, form, kind, info] = EXAM;
        let keys = ["department", "discipline-code", "discipline", "group", "students", "instructor"];
        let keys = [keys.as_slice(), &[platform, form, kind, info, "order-approver", "approved-on"]].concat();
        let numbered = self.orders.draft.numbered();
        let exams = numbered.iter().flat_map(|(section, exams)| exams.iter().map(move |one| (*section, one)));
        Worksheet {
            // Excel cuts a worksheet's name; the whole sentence stands below the table, in both kinds of file.
            title: t.get("order-draft-sheet"),
            head: std::iter::once("№".to_owned()).chain(head(t, &keys)).collect(),
            rows: exams.map(|(section, one)| row(t, section, *one)).collect(),
            foot: vec![vec![t.get("order-draft").into()]],
        }
    }

    fn issued_sheet(&self) -> Worksheet {
        let t = self.t;
        let row = |issued: &IssuedOrder| -> Vec<Cell> {
            let (at, fingerprint) = (Cell::Moment(t.wall(issued.at)), issued.fingerprint.to_string());
            vec![issued.number.into(), at, issued.by.as_str().into(), fingerprint.into()]
        };
        let keys = ["order-issued-at", "order-issued-by", "order-fingerprint"];
        Worksheet {
            title: t.get("orders-issued"),
            head: std::iter::once("№".to_owned()).chain(head(t, &keys)).collect(),
            rows: self.orders.issued.iter().map(row).collect(),
            ..Worksheet::default()
        }
    }

    /// The same content was issued already.
    fn is_issued(&self) -> bool {
        self.orders.issued.iter().any(|issued| issued.fingerprint == self.orders.draft.fingerprint)
    }
}

fn row(texts: Texts, section: &Section, (number, exam, picked): (usize, &OrderExam, &Picked)) -> Vec<Cell> {
    let instructor = if exam.instructor.is_empty() { texts.get("vacancy") } else { exam.instructor.clone() };
    let mut cells = vec![
        Cell::Number(i64::try_from(number).unwrap_or(i64::MAX)),
        texts.name(&section.name).into(),
        exam.discipline.as_str().into(),
        texts.name(&exam.name).into(),
        exam.group.as_str().into(),
        exam.students.into(),
        instructor.into(),
    ];
    cells.extend(exam_cells(texts, Some(picked)));
    cells.extend([exam.approver.as_str().into(), Cell::Day(texts.wall(exam.approved_at).date())]);
    cells
}

impl OrderPage {
    fn signs(&self) -> Vec<&'static str> {
        signs(&self.kept.paper.order, self.kept.scope.unit.as_ref().map(|org| org.kind))
    }

    /// What has changed since, by the key of its heading.
    fn since(&self) -> impl Iterator<Item = (&'static str, &[OrderExam])> {
        let since = &self.kept.since;
        let all = [
            ("since-changed", since.changed.as_slice()),
            ("since-reopened", since.reopened.as_slice()),
            ("since-added", since.added.as_slice()),
        ];
        all.into_iter().filter(|(_, exams)| !exams.is_empty())
    }

    fn back(&self) -> String {
        let org = self.kept.issued.unit.map(|unit| unit.to_string()).unwrap_or_default();
        address(routes::ORDERS, &[("term", self.kept.scope.term.code.as_str()), ("org", org.as_str())])
    }
}
