//! Pages of approved exams for students and the public.

pub(crate) mod exams;

use crate::route_list::{RouteList, routes};
use crate::routes::{EXAMS, PUBLIC_EXAMS};

/// The routes of the pages of approved exams (`pages/student`).
pub(crate) fn routes() -> RouteList {
    routes! {
        get EXAMS => exams::show;
        get PUBLIC_EXAMS => exams::of_group;
    }
}
