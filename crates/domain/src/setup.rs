//! First-run setup of an installation: a person names the university and creates the account of the
//! first registrar.

use crate::id::{OrgId, PersonId};
use crate::limits::{NAME_LIMIT, USERNAME_LIMIT};
use crate::name::{Language, Name};
use crate::password::{self, NewPassword, PasswordError};
use crate::person::{Appointment, Person, Role};
use crate::roster::{Org, OrgKind};

/// The code that the university gets during first-run setup, and has until a roster provides a
/// different code.
const UNIVERSITY_CODE: &str = "university";

/// The fields of the HTML form of the first-run setup, as typed.
#[derive(Debug, Clone, Default)]
pub struct SetupForm {
    /// The typed name of the university; `None` if the form does not ask for it, because a roster
    /// has already named the university.
    pub university: Option<Name>,
    /// The username with which the first registrar of the university will sign in.
    pub username: String,
    pub family_name: String,
    pub given_name: String,
}

/// An error in the HTML form of the first-run setup.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, thiserror::Error)]
pub enum SetupError {
    /// Error in the HTML form of the first-run setup: the name of the university is missing in this
    /// language. If several languages are missing, this is the first of them.
    #[error("the university's name is missing in a language")]
    UniversityNameMissing(Language),
    /// Error in the HTML form of the first-run setup: the username is missing, contains spaces, or
    /// has more than [`crate::limits::USERNAME_LIMIT`] characters.
    #[error("no username, one with spaces, or one that is too long")]
    UsernameWrong,
    /// Error in the HTML form of the first-run setup: the family name of the first registrar is
    /// missing.
    #[error("no family name")]
    FamilyNameMissing,
    /// Error in the HTML form of the first-run setup: the text in the field with this HTML name has
    /// more than [`crate::limits::NAME_LIMIT`] characters.
    #[error("too long")]
    TooLong(&'static str),
    #[error(transparent)]
    Password(#[from] PasswordError),
}

impl SetupError {
    /// All errors in the HTML form of the first-run setup, except for errors in the password; tests
    /// check that each has a translation.
    pub const OWN: [Self; 4] = [
        Self::UniversityNameMissing(Language::Kk),
        Self::UsernameWrong,
        Self::FamilyNameMissing,
        Self::TooLong("given_name"),
    ];

    /// Returns the code of an error in the HTML form of the first-run setup. The text of the error
    /// has the translation key `refused-…` with this code.
    pub fn code(self) -> &'static str {
        match self {
            Self::UniversityNameMissing(_) => "university-name-missing",
            Self::UsernameWrong => "username-wrong",
            Self::FamilyNameMissing => "family-name-missing",
            Self::TooLong(_) => "founding-name-too-long",
            Self::Password(wrong) => wrong.code(),
        }
    }

    /// Returns the name of the HTML field beside which the setup page shows the error.
    pub fn field(self) -> &'static str {
        match self {
            Self::UniversityNameMissing(Language::Kk) => "name_kk",
            Self::UniversityNameMissing(Language::Ru) => "name_ru",
            Self::UniversityNameMissing(Language::En) => "name_en",
            Self::UsernameWrong => "username",
            Self::FamilyNameMissing => "family_name",
            Self::TooLong(field) => field,
            Self::Password(wrong) => wrong.field(),
        }
    }
}

impl SetupForm {
    /// Lists the errors in the HTML form of the first-run setup, including those in the password. A
    /// person types the password twice; `new` and `again` are these two entries. `known` contains the
    /// names of the university if a roster has already named it.
    pub fn wrong(&self, new: &str, again: &str, known: &[String]) -> Vec<SetupError> {
        let repeated = if new == again { Ok(()) } else { Err(PasswordError::NotRepeated) };
        let is_long = |text: &str| text.chars().count() > NAME_LIMIT;
        let is_username = !self.username.is_empty() && !self.username.contains(char::is_whitespace);
        let people = [
            (SetupError::UsernameWrong, !is_username || self.username.chars().count() > USERNAME_LIMIT),
            (SetupError::FamilyNameMissing, self.family_name.is_empty()),
            (SetupError::TooLong("family_name"), is_long(&self.family_name)),
            (SetupError::TooLong("given_name"), is_long(&self.given_name)),
        ];
        let people = people.into_iter().filter(|(_, holds)| *holds).map(|(wrong, _)| wrong);
        let typed = self.org().map(|org| org.names_and_code().to_vec()).unwrap_or_default();
        let university = [known, &typed].concat();
        let password = NewPassword { new, old: "", username: &self.username, university: &university };
        let password = password::check(&password).and(repeated).err().map(SetupError::Password);
        self.wrong_name().into_iter().chain(people).chain(password).collect()
    }

    fn wrong_name(&self) -> Option<SetupError> {
        let name = self.university.as_ref()?;
        let missing = Language::ALL.into_iter().find(|&language| name.exactly(language).is_empty());
        let long = [("name_kk", &name.kk), ("name_ru", &name.ru), ("name_en", &name.en)];
        let long = long.into_iter().find(|(_, text)| text.chars().count() > NAME_LIMIT);
        missing.map(SetupError::UniversityNameMissing).or_else(|| long.map(|(field, _)| SetupError::TooLong(field)))
    }

    /// Returns the university that the setup creates; `None` if a roster has already created the
    /// university.
    pub fn org(&self) -> Option<Org> {
        let name = self.university.clone()?;
        let (id, code) = (OrgId::founded(), UNIVERSITY_CODE.to_owned());
        Some(Org { id, parent: None, kind: OrgKind::University, code, name })
    }

    /// Returns the first registrar, whose account the first-run setup creates.
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

    /// Returns the appointment that makes a person the first registrar of the university.
    pub fn appointment(person: PersonId, university: OrgId) -> Appointment {
        let id = Appointment::id_of(person, Role::Registrar, university);
        Appointment { is_kept_here: true, ..Appointment::of(id, person, Role::Registrar, university) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn everything_wrong_is_said_at_once() {
        let empty = SetupForm { university: Some(Name::default()), ..SetupForm::default() };
        let wrong = empty.wrong("short", "other", &[]);
        let all =
            [SetupError::UniversityNameMissing(Language::Kk), SetupError::UsernameWrong, SetupError::FamilyNameMissing];
        assert_eq!(wrong, [all.as_slice(), &[SetupError::Password(PasswordError::TooShort)]].concat());

        let good =
            SetupForm { username: "office".into(), family_name: "Сынақова".into(), ..SetupForm::default() };
        assert_eq!(good.wrong("long enough", "long enough", &[]), []);
        assert_eq!(good.wrong("long enough", "long enouhg", &[]), [PasswordError::NotRepeated.into()]);
        assert_eq!(good.wrong("office-2026", "office-2026", &[]), [PasswordError::Username.into()]);
        let known = ["Қыран университеті".to_owned()];
        let name = "қыран университеті 1";
        assert_eq!(good.wrong(name, name, &known), [PasswordError::University.into()]);
        let typed = SetupForm { university: Some(Name::same("Қыран университеті")), ..good.clone() };
        assert_eq!(typed.wrong(name, name, &[]), [PasswordError::University.into()]);
        assert!(good.org().is_none());

        let name = Name { ru: String::new(), ..Name::same(&"у".repeat(NAME_LIMIT + 1)) };
        let long =
            SetupForm { university: Some(name.clone()), username: "o".repeat(USERNAME_LIMIT + 1), ..good.clone() };
        let wrong = long.wrong("long enough", "long enough", &[]);
        assert_eq!(wrong.iter().map(|one| one.field()).collect::<Vec<_>>(), ["name_ru", "username"]);
        let named = SetupForm { university: Some(Name { ru: "У".into(), ..name }), ..good };
        assert_eq!(named.wrong("long enough", "long enough", &[]), [SetupError::TooLong("name_kk")]);
    }
}
