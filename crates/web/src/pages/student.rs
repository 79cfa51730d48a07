//! Pages that show approved exams to students and to the public.

pub(crate) mod exams;

use crate::route_list::{RouteList, routes};
use crate::routes::{EXAMS, PUBLIC_EXAMS};

/// The routes of the pages that show approved exams.
pub(crate) fn routes() -> RouteList {
    routes! {
        get EXAMS => exams::show;
        get PUBLIC_EXAMS => exams::of_group;
    }
}
