//! Printed orders: documents by which the university decrees the approved exams. The page shows the
//! draft of a printed order and the printed orders that were issued. A button issues the draft.

use crate::error::WebError;
use crate::i18n::Texts;
use crate::layout::Layout;
use crate::page::{page, redirect};
use crate::pages::reports::order_paper::{OrderExtent, PaperView, signs};
use crate::pages::reports::report::{
    EXAM, Report, ReportOptions, ReportTab, ScopeParams, exam as exam_cells, file_name, head, tabs,
};
use crate::path_params::PathParams;
use crate::query::{Query, address};
use crate::routes;
use crate::session::{Loaded, Session};
use crate::signed_form::SignedForm;
use crate::state::AppState;
use app::failure::Failure;
use app::reports::export::{Cell, Worksheet};
use app::reports::orders::{IssuedOrder, IssuedOrderView, Orders, find_order, issue_order, orders_of};
use app::unit_of_work::UnitOfWork;
use askama::Template;
use askama_minify::template_minify;
use axum::extract::State;
use axum::response::Response;
use domain::catalogue::picked::Picked;
use domain::digest::Digest;
use domain::order::{OrderExam, Section};
use domain::person::Actor;
use serde::Deserialize;

#[template_minify(path = "reports/orders.html")]
#[derive(Template)]
pub(crate) struct OrdersPage {
    layout: Layout,
    t: Texts,
    tabs: Vec<ReportTab>,
    scope: ScopeParams,
    extent: OrderExtent,
    orders: Orders,
}

/// The query parameters of the page of orders.
#[derive(Debug, Clone, Default, Deserialize)]
pub(crate) struct OrdersQuery {
    #[serde(flatten)]
    scope: ScopeParams,
    #[serde(flatten)]
    extent: OrderExtent,
}

/// `GET /orders?term=…&org=…&page=…&whole=…`: shows the draft of a printed order (a decree that lists the approved
/// exams) and the printed orders that were issued.
impl Report for OrdersPage {
    type Query = OrdersQuery;
    type Data = Orders;

    fn read(
        work: &mut UnitOfWork<'_, '_>,
        actor: &Actor,
        query: &OrdersQuery,
        _: ReportOptions,
    ) -> Result<Orders, Failure> {
        orders_of(work, actor, &query.scope.scope_query())
    }

    fn build(query: &OrdersQuery, loaded: Loaded<Orders>) -> Self {
        let Loaded { layout, signed_in, data: orders } = loaded;
        let OrdersQuery { scope, extent } = query.clone();
        let tabs = tabs(&signed_in.actor, &scope, routes::ORDERS);
        Self { t: layout.t, layout, tabs, scope, extent, orders }
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

/// `POST /orders`: issues a printed order, which is a decree that lists the approved exams.
pub(crate) async fn issue(State(state): State<AppState>, form: SignedForm) -> Result<Response, WebError> {
    let scope = ScopeParams { term: form.fields.text("term"), org: form.fields.text("org") }.scope_query();
    let seen: Digest = form.fields.id("seen")?;
    form.session.write(&state, move |work, actor| issue_order(work, actor, &scope, seen)).await?;
    Ok(redirect(&routes::order(seen)))
}

#[template_minify(path = "reports/order.html")]
#[derive(Template)]
struct OrderPage {
    layout: Layout,
    t: Texts,
    extent: OrderExtent,
    path: String,
    order: IssuedOrderView,
}

/// A way in which exams have changed since a printed order (a decree of the approved exams) was
/// issued, with the changed exams. Exams can be changed, reopened or added.
struct OrderChange<'a> {
    key: &'static str,
    exams: &'a [OrderExam],
}

/// `GET /orders/{fingerprint}?page=…&whole=…`: shows an issued printed order, which is a decree that lists the
/// approved exams.
pub(crate) async fn find(
    State(state): State<AppState>,
    session: Session,
    PathParams(fingerprint): PathParams<Digest>,
    Query(extent): Query<OrderExtent>,
) -> Result<Response, WebError> {
    let loaded = session.read(&state, move |work, actor| find_order(work, actor, fingerprint)).await?;
    let path = routes::order(fingerprint);
    page(&OrderPage { t: loaded.layout.t, layout: loaded.layout, extent, path, order: loaded.data })
}

impl OrdersPage {
    fn paper(&self) -> PaperView<'_> {
        let draft = &self.orders.draft;
        PaperView {
            mark: self.t.get("order-draft"),
            offices: signs(&draft.order, self.orders.scope.unit.as_ref().map(|org| org.kind)),
            pager: self.extent.pager(draft.picked.len()),
            path: routes::ORDERS,
            kept: self.scope.pairs().into(),
            paper: draft,
        }
    }

    /// The address of the page of printed orders (decrees of the approved exams) for another
    /// faculty or department.
    fn link_to(&self, org: &str) -> String {
        address(routes::ORDERS, &[("term", self.scope.term.as_str()), ("org", org)])
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
            // The worksheet has to say that the printed order is only a draft. The sentence which
            // says so is too long for the name of a worksheet in Excel. The worksheet therefore has
            // a short name, and the sentence follows below its table.
            title: t.get("order-draft-sheet"),
            head: std::iter::once("№".to_owned()).chain(head(t, &keys)).collect(),
            rows: exams.map(|(section, &(number, exam, picked))| row(t, section, number, exam, picked)).collect(),
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

    /// Whether a printed order (a decree of the approved exams) with the same content as the draft
    /// has been issued already.
    fn is_issued(&self) -> bool {
        self.orders.issued.iter().any(|issued| issued.fingerprint == self.orders.draft.fingerprint)
    }
}

fn row(texts: Texts, section: &Section, number: usize, exam: &OrderExam, picked: &Picked) -> Vec<Cell> {
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
    fn paper(&self) -> PaperView<'_> {
        let IssuedOrderView { paper, scope, issued, .. } = &self.order;
        PaperView {
            mark: self.t.count("register-number", issued.number),
            offices: signs(&paper.order, scope.unit.as_ref().map(|org| org.kind)),
            pager: self.extent.pager(paper.picked.len()),
            path: &self.path,
            kept: Vec::new(),
            paper,
        }
    }

    /// The exams that were changed, reopened or added since the order (printed decree) was issued,
    /// grouped by these three kinds of change.
    fn changes(&self) -> impl Iterator<Item = OrderChange<'_>> {
        let since = &self.order.since;
        let all = [
            OrderChange { key: "since-changed", exams: &since.changed },
            OrderChange { key: "since-reopened", exams: &since.reopened },
            OrderChange { key: "since-added", exams: &since.added },
        ];
        all.into_iter().filter(|change| !change.exams.is_empty())
    }

    fn back(&self) -> String {
        let org = self.order.issued.unit.map(|unit| unit.to_string()).unwrap_or_default();
        address(routes::ORDERS, &[("term", self.order.scope.term.code.as_str()), ("org", org.as_str())])
    }
}
