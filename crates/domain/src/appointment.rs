//! The rules of appointments. An appointment gives a person a role in a unit of the university,
//! such as head of a department.
//!
//! The rules find errors in an entered appointment, distinguish past, present and future
//! appointments, and protect the last administrator and the last registrar.

use crate::id::PersonId;
use crate::limits::ORDER_NUMBER_LIMIT;
use crate::person::{Appointment, Role};
use crate::roster::OrgKind;
use chrono::NaiveDate;

/// An error in an appointment that an administrator or a registrar entered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, thiserror::Error)]
pub enum AppointmentError {
    /// Error in an entered appointment: no role is selected.
    #[error("no role")]
    RoleMissing,
    /// Error in an entered appointment: no unit of the university (such as a department) is
    /// selected.
    #[error("no unit")]
    UnitMissing,
    /// Error in an entered appointment: the role cannot be held in a unit of the selected kind. For
    /// example, a department has no dean.
    #[error("the role is held in another kind of unit")]
    WrongUnit,
    /// Error in an entered appointment: an acting head of department needs a first and a last day,
    /// and at least one of these days is missing.
    #[error("a day is missing")]
    DayMissing,
    /// Error in an entered appointment: the appointment's last day is before its first day.
    #[error("it ends before it begins")]
    EndsTooEarly,
    /// Error in an entered appointment: on some of its days the person already holds the same role
    /// in the same unit.
    #[error("held already")]
    Overlaps,
    /// Error in an entered appointment: the number of the printed order (decree) by which the
    /// university appointed an acting head of department is missing.
    #[error("no order")]
    OrderMissing,
    /// Error in an entered appointment: the number of the printed order (decree) that appoints the
    /// person has more than [`crate::limits::ORDER_NUMBER_LIMIT`] characters.
    #[error("the order's number is too long")]
    OrderTooLong,
}

impl AppointmentError {
    /// All errors that an entered appointment can have. Tests check that each error has a
    /// translation.
    pub const ALL: [Self; 8] = [
        Self::RoleMissing,
        Self::UnitMissing,
        Self::WrongUnit,
        Self::DayMissing,
        Self::EndsTooEarly,
        Self::Overlaps,
        Self::OrderMissing,
        Self::OrderTooLong,
    ];

    /// Returns the code of an error in an appointment. The text of the error is the translation
    /// whose key is `refused-` followed by the code.
    pub fn code(self) -> &'static str {
        match self {
            Self::RoleMissing => "appointment-role-missing",
            Self::UnitMissing => "appointment-unit-missing",
            Self::WrongUnit => "appointment-wrong-unit",
            Self::DayMissing => "appointment-day-missing",
            Self::EndsTooEarly => "appointment-ends-too-early",
            Self::Overlaps => "appointment-overlaps",
            Self::OrderMissing => "order-missing",
            Self::OrderTooLong => "order-too-long",
        }
    }

    /// Returns the name of the HTML form field beside which an error in an entered appointment is
    /// displayed.
    pub fn field(self) -> &'static str {
        match self {
            Self::RoleMissing => "role",
            Self::UnitMissing | Self::WrongUnit => "org",
            Self::Overlaps => "from",
            Self::DayMissing | Self::EndsTooEarly => "until",
            Self::OrderMissing | Self::OrderTooLong => "order",
        }
    }
}

impl Appointment {
    /// Lists the errors of an appointment. The parameter `kind` is the kind of the unit in which
    /// the person holds the role, such as faculty or department.
    pub fn wrong(&self, kind: OrgKind) -> Vec<AppointmentError> {
        let acts = self.role == Role::ActingHead;
        let found = [
            (AppointmentError::WrongUnit, !self.role.is_held_in(kind)),
            (AppointmentError::DayMissing, acts && (self.from.is_none() || self.until.is_none())),
            (AppointmentError::EndsTooEarly, self.from.zip(self.until).is_some_and(|(from, until)| until < from)),
            (AppointmentError::OrderMissing, acts && self.order.is_empty()),
            (AppointmentError::OrderTooLong, self.order.chars().count() > ORDER_NUMBER_LIMIT),
        ];
        found.into_iter().filter(|(_, holds)| *holds).map(|(wrong, _)| wrong).collect()
    }

    /// Returns whether two different appointments give one person the same role in the same unit on
    /// at least one common day.
    pub fn overlaps(&self, other: &Self) -> bool {
        let before = |one: &Self, two: &Self| one.until.zip(two.from).is_some_and(|(until, from)| until < from);
        let same = |one: &Self| (one.person, one.role, one.org);
        self.id != other.id && same(self) == same(other) && !before(self, other) && !before(other, self)
    }

    /// Returns whether the appointment is past, present or future on the day `today`.
    pub fn validity_on(&self, today: NaiveDate) -> Validity {
        if self.until.is_some_and(|until| until < today) {
            Validity::Past
        } else if self.holds_on(today) {
            Validity::Present
        } else {
            Validity::Future
        }
    }
}

/// Whether an appointment is past, present or future on a certain day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Validity {
    Present,
    /// Validity of an appointment on a certain day: the appointment begins after that day.
    Future,
    /// Validity of an appointment on a certain day: the appointment ended before that day.
    Past,
}

impl Validity {
    /// Returns the code `present`, `future` or `past` for the validity of an appointment. The code
    /// completes the translation key `validity-…`.
    pub fn code(self) -> &'static str {
        match self {
            Self::Present => "present",
            Self::Future => "future",
            Self::Past => "past",
        }
    }
}

/// The roles that must always have a holder whose appointment has no last day. Without an
/// administrator and a registrar, the university could not restore access to the application.
pub const NEVER_EMPTY: [Role; 2] = [Role::Administrator, Role::Registrar];

/// A person who holds the role of administrator or registrar (the roles in [`NEVER_EMPTY`]): the
/// person's appointment, and whether the person's account is enabled.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RoleHolder {
    pub appointment: Appointment,
    /// Whether the account of the administrator or registrar is enabled, so that this person can
    /// sign in.
    pub is_enabled: bool,
}

/// Returns whether a change of appointments or accounts leaves a role without a necessary holder.
/// After the change, nobody would hold the role on the day `today`, or nobody would hold it by an
/// appointment without a last day. A lack that existed before the change does not count.
///
/// The lists `before` and `after` contain the administrators and registrars before and after the
/// change. People whose account is disabled do not count.
pub fn leaves_nobody(before: &[RoleHolder], after: &[RoleHolder], role: Role, today: NaiveDate) -> bool {
    let kept = |keepers: &[RoleHolder], for_good: bool| {
        let mut of_role = keepers.iter().filter(|keeper| keeper.is_enabled && keeper.appointment.role == role);
        of_role.any(|keeper| keeper.appointment.holds_on(today) && (!for_good || keeper.appointment.until.is_none()))
    };
    (kept(before, true) && !kept(after, true)) || (kept(before, false) && !kept(after, false))
}

/// Returns a copy of a list of administrators and registrars in which the changed appointment
/// `changed` replaces the appointment that has the same id.
pub fn with_changed(before: &[RoleHolder], changed: &Appointment) -> Vec<RoleHolder> {
    let mut after = before.to_vec();
    for keeper in &mut after {
        if keeper.appointment.id == changed.id {
            keeper.appointment = changed.clone();
        }
    }
    after
}

/// Returns a copy of a list of administrators and registrars in which the account of one person is
/// disabled.
pub fn with_disabled(before: &[RoleHolder], person: PersonId) -> Vec<RoleHolder> {
    let mut after = before.to_vec();
    for keeper in &mut after {
        keeper.is_enabled &= keeper.appointment.person != person;
    }
    after
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;
    use crate::id::{AppointmentId, OrgId};

    fn keeper(name: &str, until: Option<&str>) -> RoleHolder {
        let appointment = Appointment {
            until: until.map(|day| day.parse().unwrap()),
            ..Appointment::of(
                AppointmentId::of(&[name]),
                PersonId::of(&[name]),
                Role::Administrator,
                OrgId::of(&["UNI"]),
            )
        };
        RoleHolder { appointment, is_enabled: true }
    }

    #[test]
    fn the_last_administrator_is_neither_ended_nor_given_a_last_day_nor_disabled() {
        let today = "2026-09-15".parse().unwrap();
        let both = [keeper("a", None), keeper("b", None)];
        let one_ends = with_changed(&both, &keeper("a", Some("2026-10-01")).appointment);
        assert!(!leaves_nobody(&both, &one_ends, Role::Administrator, today));
        let both_end = with_changed(&one_ends, &keeper("b", Some("2026-12-01")).appointment);
        assert!(leaves_nobody(&one_ends, &both_end, Role::Administrator, today));
        assert!(leaves_nobody(&one_ends, &with_disabled(&one_ends, PersonId::of(&["b"])), Role::Administrator, today));
        // Even if the appointments of all administrators have a last day, a change is not allowed
        // if no administrator's appointment would be valid today.
        let only = [keeper("a", Some("2026-10-01"))];
        let gone = with_changed(&only, &keeper("a", Some("2026-09-14")).appointment);
        assert!(leaves_nobody(&only, &gone, Role::Administrator, today));
        assert!(!leaves_nobody(&only, &gone, Role::Registrar, today));
    }

    #[test]
    fn who_acts_for_a_head_does_so_between_two_days_by_an_order() {
        let id = AppointmentId::of(&["x"]);
        let acting = Appointment::of(id, PersonId::of(&["x"]), Role::ActingHead, OrgId::of(&["CS"]));
        let expected = [AppointmentError::DayMissing, AppointmentError::OrderMissing];
        assert_eq!(acting.wrong(OrgKind::Department), expected);
        let (from, until) = ("2026-10-02".parse().ok(), "2026-10-01".parse().ok());
        let backwards = Appointment { from, until, order: "№ 5".into(), ..acting };
        assert_eq!(backwards.wrong(OrgKind::Faculty), [AppointmentError::WrongUnit, AppointmentError::EndsTooEarly]);
    }
}
