//! The rules of appointments: errors, validity by date, and protection of the last administrator
//! and the last registrar.

use crate::id::PersonId;
use crate::limits::ORDER_NUMBER_LIMIT;
use crate::person::{Appointment, Role};
use crate::roster::OrgKind;
use chrono::NaiveDate;

/// An error in an appointment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, thiserror::Error)]
pub enum AppointmentError {
    /// The appointment has no role.
    #[error("no role")]
    RoleMissing,
    /// The appointment has no unit.
    #[error("no unit")]
    UnitMissing,
    /// The role cannot be held in a unit of this kind.
    #[error("the role is held in another kind of unit")]
    WrongUnit,
    /// An acting head needs a first and a last day.
    #[error("a day is missing")]
    DayMissing,
    /// The last day is before the first.
    #[error("it ends before it begins")]
    EndsTooEarly,
    /// The person already holds the same role in the same unit on some of these days.
    #[error("held already")]
    Overlaps,
    /// An acting head needs the number of an order.
    #[error("no order")]
    OrderMissing,
    /// The number of the order has more than [`crate::limits::ORDER_NUMBER_LIMIT`] characters.
    #[error("the order's number is too long")]
    OrderTooLong,
}

impl AppointmentError {
    /// All errors, for tests of the translations.
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

    /// The unique code of this refusal, by which it is translated.
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

    /// The name of the form field at which the error is displayed.
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
    /// Lists the errors of this appointment in a unit of this kind.
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

    /// The validity of the appointment on a day: past, present or future.
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

/// The validity of an appointment, seen from a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Validity {
    Present,
    /// The appointment has not begun yet.
    Future,
    /// The appointment has ended.
    Past,
}

impl Validity {
    /// The code of the validity, which is the second half of the translation key `validity-…`.
    pub fn code(self) -> &'static str {
        match self {
            Self::Present => "present",
            Self::Future => "future",
            Self::Past => "past",
        }
    }
}

/// Roles that must always have a permanent holder: without an administrator or a registrar, a university could not
/// restore access itself.
pub const NEVER_EMPTY: [Role; 2] = [Role::Administrator, Role::Registrar];

/// A holder of one of the roles in [`NEVER_EMPTY`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RoleHolder {
    pub appointment: Appointment,
    /// Whether the person may sign in.
    pub is_enabled: bool,
}

/// Returns whether a change would remove the last permanent holder of a role, or the last holder of today.
pub fn leaves_nobody(before: &[RoleHolder], after: &[RoleHolder], role: Role, today: NaiveDate) -> bool {
    let kept = |keepers: &[RoleHolder], for_good: bool| {
        let mut of_role = keepers.iter().filter(|keeper| keeper.is_enabled && keeper.appointment.role == role);
        of_role.any(|keeper| keeper.appointment.holds_on(today) && (!for_good || keeper.appointment.until.is_none()))
    };
    (kept(before, true) && !kept(after, true)) || (kept(before, false) && !kept(after, false))
}

/// Returns the same role holders with one appointment replaced.
pub fn with_changed(before: &[RoleHolder], changed: &Appointment) -> Vec<RoleHolder> {
    let mut after = before.to_vec();
    for keeper in &mut after {
        if keeper.appointment.id == changed.id {
            keeper.appointment = changed.clone();
        }
    }
    after
}

/// Returns the same role holders with the account of one person disabled.
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
        // If all appointments end anyway, at least one must be valid today.
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
