//! Reports such as the progress board: each report is a web page, and a file (CSV or XLSX) with the
//! same content.

pub(crate) mod changes;
pub(crate) mod comparison;
pub(crate) mod export;
pub(crate) mod history;
pub(crate) mod late;
pub(crate) mod order_paper;
pub(crate) mod orders;
pub(crate) mod platforms;
pub(crate) mod progress;
pub(crate) mod progress_export;
pub(crate) mod progress_figures;
pub(crate) mod progress_query;
pub(crate) mod report;
pub(crate) mod saved_filters;
pub(crate) mod uniformity;

use crate::route_list::{RouteList, routes};
use crate::routes::{
    CHANGES, CHANGES_FILE, COMPARISON, COMPARISON_FILE, HISTORY, HISTORY_FILE, LATE, LATE_FILE, ORDER, ORDERS,
    ORDERS_FILE, PLATFORMS, PLATFORMS_FILE, PROGRESS, PROGRESS_FILE, SAVED_FILTER_REMOVAL, SAVED_FILTERS, UNIFORMITY,
    UNIFORMITY_FILE,
};
use changes::ChangesPage;
use comparison::ComparisonPage;
use history::HistoryPage;
use late::LatePage;
use orders::OrdersPage;
use platforms::PlatformsPage;
use progress::ProgressPage;
use uniformity::UniformityPage;

/// The routes of the reports, of their files, of printed orders and of the search in the history.
pub(crate) fn routes() -> RouteList {
    routes! {
        get PROGRESS => report::show::<ProgressPage>;
        get PROGRESS_FILE => report::file::<ProgressPage>;
        post SAVED_FILTERS => saved_filters::save;
        post SAVED_FILTER_REMOVAL => saved_filters::remove;
        get LATE => report::show::<LatePage>;
        get LATE_FILE => report::file::<LatePage>;
        get PLATFORMS => report::show::<PlatformsPage>;
        get PLATFORMS_FILE => report::file::<PlatformsPage>;
        get COMPARISON => report::show::<ComparisonPage>;
        get COMPARISON_FILE => report::file::<ComparisonPage>;
        get UNIFORMITY => report::show::<UniformityPage>;
        get UNIFORMITY_FILE => report::file::<UniformityPage>;
        get CHANGES => report::show::<ChangesPage>;
        get CHANGES_FILE => report::file::<ChangesPage>;
        get ORDERS => report::show::<OrdersPage>;
        post ORDERS => orders::issue;
        get ORDERS_FILE => report::file::<OrdersPage>;
        get ORDER => orders::find;
        get HISTORY => report::show::<HistoryPage>;
        get HISTORY_FILE => report::file::<HistoryPage>;
    }
}
