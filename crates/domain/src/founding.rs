//! The first opening of a house: the university gets its name, and the first person of the registrar's office an account.

use crate::id::{AppointmentId, OrgId, PersonId};
use crate::name::Name;
use crate::password::{self, WrongPassword};
use crate::person::{Appointment, Person, Role};
use crate::roster::{Org, OrgKind};

/// The code of the university until a roster gives it another one.
const UNIVERSITY_CODE: &str = "university";

/// Who opens a house, as it was typed.
#[derive(Debug, Clone, Default)]
pub struct Founding {
    /// The university's name; not asked where a roster has named it already.
    pub university: Option<Name>,
    /// The name to sign in with.
    pub username: String,
    /// Family name.
    pub family_name: String,
    /// Given name.
    pub given_name: String,
}

/// What is wrong with a first opening.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, thiserror::Error)]
pub enum WrongFounding {
    /// The university has no name in some language.
    #[error("the university's name is missing in a language")]
    UniversityNameMissing,
    /// No username, or one with spaces.
    #[error("no username, or one with spaces")]
    UsernameWrong,
    /// No family name.
    #[error("no family name")]
    FamilyNameMissing,
    /// The password.
    #[error(transparent)]
    Password(#[from] WrongPassword),
}

impl WrongFounding {
    /// Those of its own, for tests of the translations.
    pub const OWN: [Self; 3] = [Self::UniversityNameMissing, Self::UsernameWrong, Self::FamilyNameMissing];

    /// The one code of this refusal.
    pub fn code(self) -> &'static str {
        match self {
            Self::UniversityNameMissing => "university-name-missing",
            Self::UsernameWrong => "username-wrong",
            Self::FamilyNameMissing => "family-name-missing",
            Self::Password(wrong) => wrong.code(),
        }
    }

    /// The name of the field beside which it is said.
    pub fn field(self) -> &'static str {
        match self {
            Self::UniversityNameMissing => "name_kk",
            Self::UsernameWrong => "username",
            Self::FamilyNameMissing => "family_name",
            Self::Password(wrong) => wrong.field(),
        }
    }
}

impl Founding {
    /// Everything that is wrong, with the password typed twice.
    pub fn wrong(&self, (new, again): (&str, &str)) -> Vec<WrongFounding> {
        let repeated = if new == again { Ok(()) } else { Err(WrongPassword::NotRepeated) };
        let own = [
            (WrongFounding::UniversityNameMissing, self.university.as_ref().is_some_and(|name| !name.is_complete())),
            (WrongFounding::UsernameWrong, self.username.is_empty() || self.username.contains(char::is_whitespace)),
            (WrongFounding::FamilyNameMissing, self.family_name.is_empty()),
        ];
        let own = own.into_iter().filter(|(_, holds)| *holds).map(|(wrong, _)| wrong);
        own.chain(password::check("", new).and(repeated).err().map(WrongFounding::Password)).collect()
    }

    /// The university that is founded, if there is none.
    pub fn org(&self) -> Option<Org> {
        let name = self.university.clone()?;
        let (id, code) = (OrgId::founded(), UNIVERSITY_CODE.to_owned());
        Some(Org { id, parent: None, kind: OrgKind::University, code, name })
    }

    /// The first person.
    pub fn person(&self) -> Person {
        Person {
            id: PersonId::by_hand(&self.username),
            username: self.username.clone(),
            family_name: self.family_name.clone(),
            given_name: self.given_name.clone(),
            middle_name: String::new(),
            locale: None,
            is_enabled: true,
            email: None,
        }
    }

    /// Their appointment in the university.
    pub fn appointment(person: PersonId, university: OrgId) -> Appointment {
        let id = AppointmentId::of(&[&person.to_string(), Role::Registrar.code(), &university.to_string()]);
        Appointment { is_kept_here: true, ..Appointment::of(id, (person, Role::Registrar), university) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn everything_wrong_is_said_at_once() {
        let empty = Founding { university: Some(Name::default()), ..Founding::default() };
        let wrong = empty.wrong(("short", "other"));
        let all =
            [WrongFounding::UniversityNameMissing, WrongFounding::UsernameWrong, WrongFounding::FamilyNameMissing];
        assert_eq!(wrong, [all.as_slice(), &[WrongFounding::Password(WrongPassword::TooShort)]].concat());

        let good =
            Founding { username: "office".into(), family_name: "Сынақова".into(), ..Founding::default() };
        assert_eq!(good.wrong(("long enough", "long enough")), []);
        assert_eq!(good.wrong(("long enough", "long enouhg")), [WrongPassword::NotRepeated.into()]);
        assert!(good.org().is_none());
    }
}
