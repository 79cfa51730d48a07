//! The router: which path leads to which page, and what every request passes through.

use crate::oops::Oops;
use crate::pages::changes::ChangesPage;
use crate::pages::history::HistoryPage;
use crate::pages::late::LatePage;
use crate::pages::orders::OrdersPage;
use crate::pages::platforms::{ComparisonPage, PlatformsPage};
use crate::pages::progress::ProgressPage;
use crate::pages::reports::{file, show as report};
use crate::pages::uniformity::UniformityPage;
use crate::pages::{
    appointments, approvals, catalogue, choices, choose, copies, documents, dossier, drafts, exams, gaps, groups,
    health, help, imports, inbox, kept, offerings, openings, orders, password, people, preview, queue, reminders,
    reopenings, returns, rules, settings, setup, sign_in, special_cases, terms, videos, views,
};
use crate::{assets, guard};
use app::access::sign_in::Doorkeeper;
use app::desk::App;
use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::http::StatusCode;
use axum::middleware::from_fn_with_state;
use axum::response::IntoResponse;
use axum::routing::{get, post};
use domain::programme::SIZE_LIMIT;
use std::net::IpAddr;
use std::sync::Arc;
use std::time::Duration;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::compression::predicate::{NotForContentType, Predicate, SizeAbove};
use tower_http::compression::{CompressionLayer, CompressionLevel};
use tower_http::timeout::RequestBodyTimeoutLayer;

/// Everything that a handler needs; cheap to clone.
#[derive(Clone)]
pub struct Door {
    /// The program.
    pub app: App,
    /// Who looks at passwords.
    pub keeper: Doorkeeper,
    /// How this installation is reached.
    pub settings: Arc<Settings>,
}

/// How this installation is reached.
#[derive(Debug, Clone)]
pub struct Settings {
    /// The origins from which forms are taken, `https://exams.example.kz`.
    pub origins: Vec<String>,
    /// It is reached through TLS.
    pub is_secure: bool,
    /// The proxies whose `X-Forwarded-For` counts.
    pub trusted_proxies: Vec<IpAddr>,
    /// The people of the demo, shown beside the sign-in form: username and the key of their role.
    pub demo_accounts: Vec<(String, String)>,
    /// Anybody may read the approved exams of a group.
    pub public_exams: bool,
    /// Opens the house for whoever started the program, as long as nobody keeps it.
    pub first_key: Option<String>,
}

/// A multipart form may hold the documents of four disciplines and some fields.
const BODY_LIMIT: usize = 81 * 1024 * 1024;
const _: () = assert!(BODY_LIMIT as u64 > 4 * SIZE_LIMIT);

/// A form that sends nothing for so long is given up.
const SILENCE_LIMIT: Duration = Duration::from_secs(30);

/// The whole site.
pub fn router(door: Door) -> Router {
    let compressed = SizeAbove::new(512)
        .and(NotForContentType::const_new("application/pdf"))
        .and(NotForContentType::const_new("application/vnd"))
        .and(NotForContentType::const_new("video/"));
    let compression = CompressionLayer::new().quality(CompressionLevel::Precise(4)).compress_when(compressed);
    Router::new()
        .merge(reading())
        .merge(reports())
        .merge(acting())
        .merge(keeping_people())
        .merge(catalogue::routes())
        .fallback(|| async { Oops::status(StatusCode::NOT_FOUND) })
        .layer(CatchPanicLayer::custom(|_| Oops::broken(&"a handler panicked").into_response()))
        .layer(DefaultBodyLimit::max(BODY_LIMIT))
        .layer(RequestBodyTimeoutLayer::new(SILENCE_LIMIT))
        .layer(from_fn_with_state(door.clone(), guard::same_origin))
        .layer(from_fn_with_state(door.clone(), guard::speak))
        .layer(compression)
        .layer(from_fn_with_state(door.clone(), guard::harden))
        .with_state(door)
}

/// Pages that only show.
fn reading() -> Router<Door> {
    Router::new()
        .route("/", get(groups::home))
        .route("/groups", get(groups::show))
        .route("/offerings/{id}", get(offerings::show))
        .route("/queue", get(queue::show))
        .route("/dossier", get(dossier::show))
        .route("/documents/{id}", get(documents::download))
        .route("/documents/{id}/preview", get(preview::show))
        .route("/exams", get(exams::show))
        .route("/public/exams", get(exams::of_group))
        .route("/inbox", get(inbox::show))
        .route("/terms/{id}", get(terms::show))
        .route("/imports/template.csv", get(imports::template_csv))
        .route("/imports/template.xlsx", get(imports::template_xlsx))
        .route("/imports/{id}", get(imports::show))
        .route("/imports/{id}/refused", get(imports::refused_rows))
        .route("/imports/{id}/plan.csv", get(imports::plan))
        .route("/rules", get(rules::show))
        .route("/help", get(help::show))
        .route("/help/{topic}", get(help::topic))
        .route("/videos/{hash}", get(videos::play))
        .route("/kept", get(kept::show))
        .route("/assets/{name}", get(assets::serve))
        .route("/healthz", get(health::alive))
        .route("/readyz", get(health::ready))
}

/// Reports: a page, and a file of what is on it; and what a person keeps of the board.
fn reports() -> Router<Door> {
    Router::new()
        .route("/progress", get(report::<ProgressPage>))
        .route("/progress/file.{end}", get(file::<ProgressPage>))
        .route("/late", get(report::<LatePage>))
        .route("/late/file.{end}", get(file::<LatePage>))
        .route("/platforms", get(report::<PlatformsPage>))
        .route("/platforms/file.{end}", get(file::<PlatformsPage>))
        .route("/comparison", get(report::<ComparisonPage>))
        .route("/comparison/file.{end}", get(file::<ComparisonPage>))
        .route("/uniformity", get(report::<UniformityPage>))
        .route("/uniformity/file.{end}", get(file::<UniformityPage>))
        .route("/changes", get(report::<ChangesPage>))
        .route("/changes/file.{end}", get(file::<ChangesPage>))
        .route("/orders", get(report::<OrdersPage>).post(orders::issue))
        .route("/orders/file.{end}", get(file::<OrdersPage>))
        .route("/orders/{fingerprint}", get(orders::find))
        .route("/history", get(report::<HistoryPage>))
        .route("/history/file.{end}", get(file::<HistoryPage>))
        .route("/views", post(views::save))
        .route("/views/{id}/removal", post(views::remove))
}

/// Deeds, and the form that leads to one.
fn acting() -> Router<Door> {
    Router::new()
        .route("/sign-in", get(sign_in::show).post(sign_in::enter))
        .route("/setup", get(setup::show).post(setup::open))
        .route("/sign-out", post(sign_in::leave))
        .route("/choose", get(choose::show).post(choose::narrow))
        .route("/choices", post(choices::send))
        .route("/choices/undo", post(choices::undo))
        .route("/drafts", post(drafts::save))
        .route("/inbox/read", post(inbox::read))
        .route("/settings", get(settings::show).post(settings::save))
        .route("/reminders", get(reminders::show).post(reminders::send))
        .route("/copies", get(copies::show).post(copies::send))
        .route("/copies/drafts", post(copies::draft))
        .route("/terms", get(terms::list).post(terms::save))
        .route("/terms/{id}/closing", post(terms::close))
        .route("/imports", get(imports::list).post(imports::bring))
        .route("/imports/{id}/applying", post(imports::apply))
        .route("/imports/{id}/undo", post(imports::undo))
        .route("/openings", post(openings::open))
        .route("/openings/ended", post(openings::end))
        .route("/documents", post(documents::upload))
        .route("/approvals", post(approvals::approve))
        .route("/approvals/undo", post(approvals::undo))
        .route("/returns", post(returns::send_back))
        .route("/returns/undo", post(returns::undo))
        .route("/reopenings", post(reopenings::reopen))
        .route("/reopenings/undo", post(reopenings::undo))
        .route("/reopening-requests", post(reopenings::ask))
        .route("/reopening-requests/refusals", post(reopenings::decline))
}

/// People, appointments, accounts, and what is out of the ordinary.
fn keeping_people() -> Router<Door> {
    Router::new()
        .route("/people", get(people::list))
        .route("/people/{id}", get(people::show))
        .route("/people/{id}/appointments", post(appointments::appoint))
        .route("/people/{id}/account", post(people::switch))
        .route("/people/{id}/password", post(people::give_password))
        .route("/appointments/{id}", post(appointments::change))
        .route("/appointments/{id}/ended", post(appointments::end))
        .route("/password", get(password::show).post(password::change))
        .route("/gaps", get(gaps::show))
        .route("/special-cases", get(special_cases::show))
        .route("/set-forms", post(special_cases::set))
        .route("/set-forms/ended", post(special_cases::unset))
        .route("/set-forms/returns", post(special_cases::send_back))
        .route("/offerings/{id}/exam", post(special_cases::exam))
}
