//! The rules of appointments (a person holds a role in a unit): errors, past and future appointments, and protection of
//! the last administrator and the last registrar.

use crate::id::PersonId;
use crate::limits::ORDER_NUMBER_LIMIT;
use crate::person::{Appointment, Role};
use crate::roster::OrgKind;
use chrono::NaiveDate;

/// An error in an appointment that a person entered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, thiserror::Error)]
pub enum AppointmentError {
    /// Error in an appointment: no role is selected.
    #[error("no role")]
    RoleMissing,
    /// Error in an appointment: no unit of the university is selected.
    #[error("no unit")]
    UnitMissing,
    /// Error in an appointment: the role cannot be held in a unit of this kind, such as a dean in a department.
    #[error("the role is held in another kind of unit")]
    WrongUnit,
    /// Error in an appointment: an acting head needs a first and a last day.
    #[error("a day is missing")]
    DayMissing,
    /// Error in an appointment: its last day is before its first day.
    #[error("it ends before it begins")]
    EndsTooEarly,
    /// Error in an appointment: the person already holds the same role in the same unit on some of these days.
    #[error("held already")]
    Overlaps,
    /// Error in an appointment: an acting head needs the number of the order by which the university appointed them.
    #[error("no order")]
    OrderMissing,
    /// Error in an appointment: the number of the appointing order has more than [`crate::limits::ORDER_NUMBER_LIMIT`]
    /// characters.
    #[error("the order's number is too long")]
    OrderTooLong,
}

impl AppointmentError {
    /// All errors of appointments; tests check that each has a translation.
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

    /// The code of an error in an appointment; its text is the translation `refused-…` with this code.
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

    /// The name of the appointment form's field beside which the error is displayed.
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
    /// Lists the errors of an appointment; `kind` is the kind of the unit in which the role is held.
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

    /// Returns whether two appointments give the same person the same role in the same unit on some of the same days.
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

/// Whether an appointment is past, present or future on a given day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Validity {
    Present,
    /// State: the appointment has not begun yet.
    Future,
    /// State: the appointment has ended.
    Past,
}

impl Validity {
    /// The code for past, present or future appointments, which is the second half of the translation key `validity-…`.
    pub fn code(self) -> &'static str {
        match self {
            Self::Present => "present",
            Self::Future => "future",
            Self::Past => "past",
        }
    }
}

/// Roles that must always have a permanent holder: without an administrator or a registrar, a university could not
/// restore access to the program.
pub const NEVER_EMPTY: [Role; 2] = [Role::Administrator, Role::Registrar];

/// A person who holds one of the roles in [`NEVER_EMPTY`] (administrator or registrar), with the appointment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RoleHolder {
    pub appointment: Appointment,
    /// Whether the account of the role's holder may sign in.
    pub is_enabled: bool,
}

/// Returns whether a change of appointments or accounts would remove the last permanent holder of a role, or the last
/// holder of today.
pub fn leaves_nobody(before: &[RoleHolder], after: &[RoleHolder], role: Role, today: NaiveDate) -> bool {
    let kept = |keepers: &[RoleHolder], for_good: bool| {
        let mut of_role = keepers.iter().filter(|keeper| keeper.is_enabled && keeper.appointment.role == role);
        of_role.any(|keeper| keeper.appointment.holds_on(today) && (!for_good || keeper.appointment.until.is_none()))
    };
    (kept(before, true) && !kept(after, true)) || (kept(before, false) && !kept(after, false))
}

/// Returns the given role holders with one appointment replaced by its changed version.
pub fn with_changed(before: &[RoleHolder], changed: &Appointment) -> Vec<RoleHolder> {
    let mut after = before.to_vec();
    for keeper in &mut after {
        if keeper.appointment.id == changed.id {
            keeper.appointment = changed.clone();
        }
    }
    after
}

/// Returns the given role holders with the account of one person disabled.
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
        // If all appointments to a role end on some day, at least one must be valid today.
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
