//! Pages on which the head of department reviews choices: the review queue, approving, returning
//! and reopening choices.

pub(crate) mod approvals;
pub(crate) mod phrases;
pub(crate) mod queue;
pub(crate) mod reopenings;
pub(crate) mod returns;

use crate::route_list::{RouteList, routes};
use crate::routes::{
    APPROVALS, APPROVALS_UNDO, PHRASES, PHRASES_REMOVAL, QUEUE, REOPEN_REQUEST_REFUSALS, REOPEN_REQUESTS, REOPENINGS,
    REOPENINGS_UNDO, RETURNS, RETURNS_UNDO,
};

/// The routes of the review queue, and of approving, returning and reopening choices.
pub(crate) fn routes() -> RouteList {
    routes! {
        get QUEUE => queue::show;
        post APPROVALS => approvals::approve;
        post APPROVALS_UNDO => approvals::undo;
        post RETURNS => returns::send_back;
        post RETURNS_UNDO => returns::undo;
        get PHRASES => phrases::show;
        post PHRASES => phrases::save;
        post PHRASES_REMOVAL => phrases::remove;
        post REOPENINGS => reopenings::reopen;
        post REOPENINGS_UNDO => reopenings::undo;
        post REOPEN_REQUESTS => reopenings::request;
        post REOPEN_REQUEST_REFUSALS => reopenings::decline;
    }
}
