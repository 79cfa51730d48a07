//! The router: which path leads to which page, and what every request passes through.

use crate::error::WebError;
use crate::health;
use crate::pages::access::{password, restored_form, settings, setup, sign_in};
use crate::pages::catalogue;
use crate::pages::choosing::{choice_form, choices, drafts, groups, offerings, reuse};
use crate::pages::guide::{catalogue as guide_catalogue, help, videos};
use crate::pages::notifications::{inbox, reminders};
use crate::pages::programmes::{documents, dossier, preview};
use crate::pages::reports::changes::ChangesPage;
use crate::pages::reports::history::HistoryPage;
use crate::pages::reports::late::LatePage;
use crate::pages::reports::orders::OrdersPage;
use crate::pages::reports::platforms::{ComparisonPage, PlatformsPage};
use crate::pages::reports::progress::ProgressPage;
use crate::pages::reports::report::{file, show as report};
use crate::pages::reports::uniformity::UniformityPage;
use crate::pages::reports::{orders, saved_filters};
use crate::pages::reviewing::{approvals, queue, reopenings, returns};
use crate::pages::roster::imports;
use crate::pages::staff::{appointments, gaps, people};
use crate::pages::student::exams;
use crate::pages::term::{deadline_extensions, exceptions, terms};
use crate::state::AppState;
use crate::{assets, middleware};
use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::http::StatusCode;
use axum::middleware::from_fn_with_state;
use axum::response::IntoResponse;
use axum::routing::{get, post};
use domain::limits::{PROGRAMME_SIZE_LIMIT, REQUEST_BODY_LIMIT, REQUEST_SILENCE_SECONDS};

use std::time::Duration;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::compression::predicate::{NotForContentType, Predicate, SizeAbove};
use tower_http::compression::{CompressionLayer, CompressionLevel};
use tower_http::timeout::RequestBodyTimeoutLayer;

const _: () = assert!(REQUEST_BODY_LIMIT as u64 > 4 * PROGRAMME_SIZE_LIMIT);

/// The whole site.
pub fn router(state: AppState) -> Router {
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
        .fallback(|| async { WebError::status(StatusCode::NOT_FOUND) })
        .layer(CatchPanicLayer::custom(|_| WebError::broken(&"a handler panicked").into_response()))
        .layer(DefaultBodyLimit::max(REQUEST_BODY_LIMIT))
        .layer(RequestBodyTimeoutLayer::new(Duration::from_secs(REQUEST_SILENCE_SECONDS)))
        .layer(from_fn_with_state(state.clone(), middleware::same_origin))
        .layer(from_fn_with_state(state.clone(), middleware::speak))
        .layer(compression)
        .layer(from_fn_with_state(state.clone(), middleware::harden))
        .with_state(state)
}

/// Pages that only show.
fn reading() -> Router<AppState> {
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
        .route("/rules", get(guide_catalogue::show))
        .route("/help", get(help::show))
        .route("/help/{topic}", get(help::topic))
        .route("/videos/{hash}", get(videos::play))
        .route("/kept", get(restored_form::show))
        .route("/assets/{name}", get(assets::serve))
        .route("/healthz", get(health::alive))
        .route("/readyz", get(health::ready))
}

/// Reports: a page, and a file of what is on it; and what a person keeps of the board.
fn reports() -> Router<AppState> {
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
        .route("/views", post(saved_filters::save))
        .route("/views/{id}/removal", post(saved_filters::remove))
}

/// Deeds, and the form that leads to one.
fn acting() -> Router<AppState> {
    Router::new()
        .route("/sign-in", get(sign_in::show).post(sign_in::enter))
        .route("/setup", get(setup::show).post(setup::open))
        .route("/sign-out", post(sign_in::leave))
        .route("/choose", get(choice_form::show).post(choice_form::narrow))
        .route("/choices", post(choices::send))
        .route("/choices/undo", post(choices::undo))
        .route("/drafts", post(drafts::save))
        .route("/inbox/read", post(inbox::read))
        .route("/settings", get(settings::show).post(settings::save))
        .route("/reminders", get(reminders::show).post(reminders::send))
        .route("/copies", get(reuse::show).post(reuse::send))
        .route("/copies/drafts", post(reuse::draft))
        .route("/terms", get(terms::list).post(terms::save))
        .route("/terms/{id}/closing", post(terms::close))
        .route("/imports", get(imports::list).post(imports::bring))
        .route("/imports/{id}/applying", post(imports::apply))
        .route("/imports/{id}/undo", post(imports::undo))
        .route("/openings", post(deadline_extensions::open))
        .route("/openings/ended", post(deadline_extensions::end))
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
fn keeping_people() -> Router<AppState> {
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
        .route("/special-cases", get(exceptions::show))
        .route("/set-forms", post(exceptions::set))
        .route("/set-forms/ended", post(exceptions::unset))
        .route("/set-forms/returns", post(exceptions::send_back))
        .route("/offerings/{id}/exam", post(exceptions::exam))
}
