//! The paper of a printed order as its page shows it. A long order is shown in pages on the screen, and
//! whole for printing.

use crate::pager::Pager;
use crate::query::{address, page_number};
use app::reports::orders::{NumberedSection, PrintableOrder};
use domain::limits::ORDER_PAGE_SIZE;
use domain::order::Order;
use domain::roster::OrgKind;
use serde::Deserialize;

/// The part of a printed order that is asked for in the address.
#[derive(Debug, Clone, Default, Deserialize)]
pub(crate) struct OrderExtent {
    #[serde(default)]
    page: String,
    /// Not empty if the whole order is shown, for printing.
    #[serde(default)]
    whole: String,
}

/// The paper of an order, of which one page of exams is shown.
pub(crate) struct PaperView<'p> {
    pub(crate) paper: &'p PrintableOrder,
    /// The number of the order, or the note that it is a draft.
    pub(crate) mark: String,
    /// The keys of the names of the offices whose heads sign. The lowest office comes first.
    pub(crate) offices: Vec<&'static str>,
    pub(crate) pager: Pager,
    /// The address of the page, with the parameters that are the same for all parts of the order.
    pub(crate) path: &'p str,
    pub(crate) kept: Vec<(&'p str, &'p str)>,
}

impl OrderExtent {
    /// The pages of an order with so many exams.
    pub(crate) fn pager(&self, exams: usize) -> Pager {
        let page = || page_number(&self.page);
        if self.whole.is_empty() { Pager::new(page(), ORDER_PAGE_SIZE, exams) } else { Pager::whole(exams) }
    }
}

impl<'p> PaperView<'p> {
    /// The exams of the shown page, by department.
    pub(crate) fn sections(&self) -> Vec<NumberedSection<'p>> {
        self.paper.numbered_in(&self.pager.shown())
    }

    /// Whether only a part of the exams is shown.
    pub(crate) fn is_part(&self) -> bool {
        self.pager.pages() > 1
    }

    pub(crate) fn link_to_page(&self, page: usize) -> String {
        self.link("page", &page.to_string())
    }

    pub(crate) fn link_to_whole(&self) -> String {
        self.link("whole", "1")
    }

    fn link(&self, name: &str, value: &str) -> String {
        address(self.path, &[self.kept.as_slice(), &[(name, value)]].concat())
    }
}

/// The keys of the names of the offices whose heads sign a printed order (a decree of the approved
/// exams). The lowest office, such as the department, comes first.
pub(crate) fn signs(order: &Order, kind: Option<OrgKind>) -> Vec<&'static str> {
    match (order.unit, kind) {
        (None, _) => vec!["sign-vice-rector", "sign-registrar"],
        (Some(_), Some(OrgKind::Department)) => vec!["sign-head", "sign-dean", "sign-registrar"],
        (Some(_), _) => vec!["sign-dean", "sign-registrar"],
    }
}
