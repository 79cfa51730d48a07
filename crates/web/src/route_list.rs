//! A room's routes: the router that serves them and the list that names them, made from one source.

use crate::state::AppState;
use axum::Router;
use axum::routing::MethodRouter;

/// One method of one path.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Route {
    /// The method in capitals: `GET` or `POST`.
    pub method: &'static str,
    /// The path with its parameters: `/terms/{id}`.
    pub path: &'static str,
}

/// Routes with their handlers. Made by [`routes!`].
#[derive(Default)]
pub(crate) struct RouteList {
    router: Router<AppState>,
    list: Vec<Route>,
}

impl RouteList {
    /// Adds one method of one path.
    pub(crate) fn with(mut self, method: &'static str, path: &'static str, handler: MethodRouter<AppState>) -> Self {
        self.list.push(Route { method, path });
        Self { router: self.router.route(path, handler), list: self.list }
    }

    /// Adds all routes of another room.
    pub(crate) fn merge(mut self, other: Self) -> Self {
        self.list.extend(other.list);
        Self { router: self.router.merge(other.router), list: self.list }
    }

    /// The router that serves the routes.
    pub(crate) fn into_router(self) -> Router<AppState> {
        self.router
    }

    /// Every method and path, in the order in which they were added.
    pub(crate) fn list(&self) -> &[Route] {
        &self.list
    }
}

/// Builds a [`RouteList`]: `routes! { get TERMS => terms::list; post TERMS => terms::save; }`.
macro_rules! routes {
    ($($method:ident $path:expr => $handler:expr;)+) => {
        $crate::route_list::RouteList::default()
            $(.with($crate::route_list::method_name!($method), $path, axum::routing::$method($handler)))+
    };
}
pub(crate) use routes;

/// The method as a request names it.
macro_rules! method_name {
    (get) => {
        "GET"
    };
    (post) => {
        "POST"
    };
}
pub(crate) use method_name;
