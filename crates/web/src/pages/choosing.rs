//! Pages on which an instructor chooses exams: the list of groups, the choice form, drafts of
//! choices, sending for review, and reuse of last term's choices.

pub(crate) mod choice_errors;
pub(crate) mod choice_form;
pub(crate) mod choice_values;
pub(crate) mod choice_view;
pub(crate) mod choices;
pub(crate) mod drafts;
pub(crate) mod exam_rows;
pub(crate) mod groups;
pub(crate) mod info_field;
pub(crate) mod offerings;
pub(crate) mod reuse;

use crate::route_list::{RouteList, routes};
use crate::routes::{
    CHOICES, CHOICES_UNDO, CHOICES_WITHDRAWAL, CHOOSE, DRAFTS, GROUPS, OFFERING, REUSE, REUSE_DRAFTS, START,
};

/// The routes of the pages on which an instructor chooses exams.
pub(crate) fn routes() -> RouteList {
    routes! {
        get START => groups::start;
        get GROUPS => groups::show;
        get OFFERING => offerings::show;
        get CHOOSE => choice_form::show;
        post CHOOSE => choice_form::narrow;
        post CHOICES => choices::send;
        post CHOICES_UNDO => choices::undo;
        post CHOICES_WITHDRAWAL => choices::withdraw;
        post DRAFTS => drafts::save;
        get REUSE => reuse::show;
        post REUSE => reuse::send;
        post REUSE_DRAFTS => reuse::draft;
    }
}
