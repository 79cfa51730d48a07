//! Approved exams, as students and the public read them.

pub(crate) mod exams;

use crate::route_list::{RouteList, routes};
use crate::routes::{EXAMS, PUBLIC_EXAMS};

/// The routes of this room.
pub(crate) fn routes() -> RouteList {
    routes! {
        get EXAMS => exams::show;
        get PUBLIC_EXAMS => exams::of_group;
    }
}
