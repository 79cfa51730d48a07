//! Lists of routes. Each folder of pages declares its routes once. From this declaration follow
//! both the router, which serves the routes, and a list of all paths.

use crate::state::AppState;
use axum::Router;
use axum::routing::MethodRouter;

/// A route of the web site: an HTTP method and a path.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Route {
    /// The HTTP method of a route in capitals: `GET` or `POST`.
    pub method: &'static str,
    /// The path of a route with its parameters, for example `/terms/{id}`.
    pub path: &'static str,
}

/// A list of routes with their handlers, built by the macro [`routes!`].
#[derive(Default)]
pub(crate) struct RouteList {
    router: Router<AppState>,
    list: Vec<Route>,
}

impl RouteList {
    /// Adds a route (an HTTP method and a path) and its handler to the list of routes.
    pub(crate) fn with(mut self, method: &'static str, path: &'static str, handler: MethodRouter<AppState>) -> Self {
        self.list.push(Route { method, path });
        Self { router: self.router.route(path, handler), list: self.list }
    }

    /// Adds all routes of a second list of routes to the first list.
    pub(crate) fn merge(mut self, other: Self) -> Self {
        self.list.extend(other.list);
        Self { router: self.router.merge(other.router), list: self.list }
    }

    /// Builds the router that serves the routes of the list.
    pub(crate) fn into_router(self) -> Router<AppState> {
        self.router
    }

    /// All routes (method and path) in this [`RouteList`], in the order in which they were added to
    /// it.
    pub(crate) fn list(&self) -> &[Route] {
        &self.list
    }
}

/// Builds a [`RouteList`] from methods, paths and handlers: `routes! { get TERMS => terms::list;
/// post TERMS => terms::save; }`.
macro_rules! routes {
    ($($method:ident $path:expr => $handler:expr;)+) => {
        $crate::route_list::RouteList::default()
            $(.with($crate::route_list::method_name!($method), $path, axum::routing::$method($handler)))+
    };
}
pub(crate) use routes;

/// The name of an HTTP method in capitals, for example `GET` for `get`.
macro_rules! method_name {
    (get) => {
        "GET"
    };
    (post) => {
        "POST"
    };
}
pub(crate) use method_name;
