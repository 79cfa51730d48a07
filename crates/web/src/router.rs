//! The router of the web site: the routes of all pages, and the middleware that every request
//! passes through.

use crate::body_deadline::{BodyDeadlines, refuse_slow_bodies};
use crate::compression::{compress_page, stream_compression};
use crate::error::WebError;
use crate::host_cookies::host_cookies;
use crate::locale::choose_locale;
use crate::pages::{
    access, catalogue, choosing, guide, notifications, programmes, reports, reviewing, roster, staff, student, term,
};
use crate::route_list::{Route, RouteList, routes};
use crate::routes::{self, ASSET, HEALTH_ALIVE, HEALTH_READY, ROBOTS};
use crate::security_log::write_security_log;
use crate::state::AppState;
use crate::{assets, health, middleware};
use axum::Router;
use axum::body::Body;
use axum::extract::{DefaultBodyLimit, OriginalUri};
use axum::http::StatusCode;
use axum::middleware::{from_fn, from_fn_with_state};
use axum::response::{IntoResponse, Redirect, Response};
use domain::limits::{PROGRAMME_SIZE_LIMIT, REQUEST_BODY_LIMIT};
use tower::ServiceBuilder;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::map_request_body::MapRequestBodyLayer;
use tower_http::timeout::RequestBodyTimeoutLayer;

const _: () = assert!(REQUEST_BODY_LIMIT as u64 > 4 * PROGRAMME_SIZE_LIMIT);

/// Builds the router of the whole web site, with all routes and middleware.
pub fn router(state: AppState) -> Router {
    router_with(state, BodyDeadlines::default())
}

/// Builds the router of the whole web site with other deadlines for request bodies than those of
/// the application.
pub fn router_with(state: AppState, deadlines: BodyDeadlines) -> Router {
    // One stack of layers, from the outermost to the innermost. `Router::layer` for each of them would
    // put every layer into a box of its own, which is cloned for each request.
    let layers = ServiceBuilder::new()
        .layer(from_fn_with_state(state.clone(), middleware::harden))
        .layer(stream_compression())
        .layer(from_fn(compress_page))
        .layer(from_fn_with_state(state.clone(), host_cookies))
        .layer(from_fn_with_state(state.clone(), choose_locale))
        .layer(from_fn_with_state(state.clone(), middleware::render_errors))
        .layer(from_fn_with_state(state.clone(), write_security_log))
        .layer(from_fn_with_state(state.clone(), middleware::same_origin))
        .layer(RequestBodyTimeoutLayer::new(deadlines.silence))
        .layer(MapRequestBodyLayer::new(Body::new))
        .layer(from_fn_with_state(deadlines, refuse_slow_bodies))
        .layer(DefaultBodyLimit::max(REQUEST_BODY_LIMIT))
        .layer(CatchPanicLayer::custom(|_| WebError::broken(&"a handler panicked").into_response()));
    all_routes().into_router().fallback(moved_or_not_found).layer(layers).with_state(state)
}

/// Lists every route (method and path) of the web site. An automatic test requests each route in
/// every role.
pub fn route_list() -> Vec<Route> {
    all_routes().list().to_vec()
}

fn all_routes() -> RouteList {
    let of_no_room = routes! {
        get ASSET => assets::serve;
        get HEALTH_ALIVE => health::alive;
        get HEALTH_READY => health::ready;
        get ROBOTS => assets::robots;
    };
    of_no_room
        .merge(access::routes())
        .merge(choosing::routes())
        .merge(programmes::routes())
        .merge(reviewing::routes())
        .merge(reports::routes())
        .merge(student::routes())
        .merge(notifications::routes())
        .merge(term::routes())
        .merge(staff::routes())
        .merge(roster::routes())
        .merge(guide::routes())
        .merge(catalogue::routes())
}

/// Redirects the path of a page in an earlier release to the page's current path, and answers 404
/// to any other unknown path. The redirect has status 308, so that HTML forms in browser tabs
/// opened before an update still work.
async fn moved_or_not_found(OriginalUri(uri): OriginalUri) -> Response {
    let Some(path) = routes::moved(uri.path()) else { return WebError::status(StatusCode::NOT_FOUND).into_response() };
    let address = uri.query().map_or_else(|| path.clone(), |query| format!("{path}?{query}"));
    Redirect::permanent(&address).into_response()
}
