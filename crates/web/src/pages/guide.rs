//! Pages of help, exam instructions and videos, and the page of the catalogue in force, for all
//! signed-in people.

pub(crate) mod catalogue;
pub(crate) mod help;
pub(crate) mod instructions;
pub(crate) mod videos;

use crate::route_list::{RouteList, routes};
use crate::routes::{CURRENT_CATALOGUE, HELP, HELP_TOPIC, VIDEO};

/// The routes of the pages of help, exam instructions, videos and the catalogue (table of permitted
/// exams) in force.
pub(crate) fn routes() -> RouteList {
    routes! {
        get CURRENT_CATALOGUE => catalogue::show;
        get HELP => help::show;
        get HELP_TOPIC => help::topic;
        get VIDEO => videos::play;
    }
}
