//! Pages of people with their appointments and accounts, and of days on which no one can approve
//! choices.

pub(crate) mod appointments;
pub(crate) mod gaps;
pub(crate) mod people;
pub(crate) mod person;

use crate::route_list::{RouteList, routes};
use crate::routes::{
    APPOINTMENT, APPOINTMENT_ENDED, GAPS, PEOPLE, PERSON, PERSON_ACCOUNT, PERSON_APPOINTMENTS, PERSON_PASSWORD,
};

/// The routes of the pages of people, appointments and accounts, and of days without an approver.
pub(crate) fn routes() -> RouteList {
    routes! {
        get PEOPLE => people::list;
        get PERSON => person::show;
        post PERSON_ACCOUNT => person::enable;
        post PERSON_PASSWORD => person::give_password;
        post PERSON_APPOINTMENTS => appointments::appoint;
        post APPOINTMENT => appointments::change;
        post APPOINTMENT_ENDED => appointments::end;
        get GAPS => gaps::show;
    }
}
