//! The states of choices, and the numbers of choices in each state, for reports.

use crate::choice::Stage;

/// The state of the choice of one exam, as lists and reports show it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ChoiceState {
    /// State of a choice: returned to the instructor for correction (түзетуге қайтарылды).
    Returned,
    /// State of a choice: nothing has been chosen yet (толтырылмаған).
    NotChosen,
    /// State of a choice: the instructor has a private draft (қаралама) and has not sent a choice.
    Draft,
    /// State of a choice: sent, and waiting for the decision of the head of department
    /// (тексерілуде).
    InReview,
    /// State of a choice: approved by the head of department (бекітілді).
    Approved,
}

impl ChoiceState {
    /// All states of a choice, the most urgent state first.
    pub const ALL: [Self; 5] = [Self::Returned, Self::NotChosen, Self::Draft, Self::InReview, Self::Approved];

    /// Returns the state of a choice from its stage in the review; a stage of `None` means that the
    /// choice was not sent. The parameter `has_draft` is true if the instructor has a draft of the
    /// choice, which matters only if the choice was not sent.
    pub fn of(stage: Option<&Stage>, has_draft: bool) -> Self {
        match (stage, has_draft) {
            (Some(Stage::Returned { .. }), _) => Self::Returned,
            (Some(Stage::InReview), _) => Self::InReview,
            (Some(Stage::Approved { .. }), _) => Self::Approved,
            (None, true) => Self::Draft,
            (None, false) => Self::NotChosen,
        }
    }

    /// Returns the code of the state, as it is used in URLs. The code is also the second half of
    /// the translation key `stage-…`.
    pub fn code(self) -> &'static str {
        match self {
            Self::Returned => "returned",
            Self::NotChosen => "not-chosen",
            Self::Draft => "draft",
            Self::InReview => "in-review",
            Self::Approved => "approved",
        }
    }

    /// Returns the state of a choice that has the code `code`; `None` if the code is unknown.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.code() == code)
    }
}

/// The numbers of offerings (disciplines taught to one student group) whose choices are in each
/// state.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Tally {
    pub not_chosen: i64,
    /// The number of offerings whose choice waits for the decision of a head of department.
    pub in_review: i64,
    /// The number of offerings whose choice was returned to the instructor.
    pub returned: i64,
    pub approved: i64,
}

impl Tally {
    /// Adds `n` to the number of offerings whose choice is in this state. Drafts of choices are
    /// private, so an offering with a draft counts as not chosen.
    pub fn add(&mut self, state: ChoiceState, n: i64) {
        *match state {
            ChoiceState::NotChosen | ChoiceState::Draft => &mut self.not_chosen,
            ChoiceState::InReview => &mut self.in_review,
            ChoiceState::Returned => &mut self.returned,
            ChoiceState::Approved => &mut self.approved,
        } += n;
    }

    /// Returns the number of offerings whose choice is in this state.
    pub fn of(&self, state: ChoiceState) -> i64 {
        match state {
            ChoiceState::NotChosen | ChoiceState::Draft => self.not_chosen,
            ChoiceState::InReview => self.in_review,
            ChoiceState::Returned => self.returned,
            ChoiceState::Approved => self.approved,
        }
    }

    /// Returns the number of all offerings, whatever the state of their choice.
    pub fn total(&self) -> i64 {
        self.not_chosen + self.in_review + self.returned + self.approved
    }

    /// Returns the number of offerings whose choice is not approved yet.
    pub fn unfinished(&self) -> i64 {
        self.total() - self.approved
    }

    /// Returns the share of offerings with an approved choice among all offerings, in thousandths
    /// rounded down; 1000 if there are no offerings.
    pub fn permille_approved(&self) -> i64 {
        if self.total() == 0 { 1000 } else { self.permille(self.approved) }
    }

    /// Returns the share of `part` in the number of all offerings, in thousandths rounded down; 0 if
    /// there are no offerings.
    pub fn permille(&self, part: i64) -> i64 {
        if self.total() == 0 { 0 } else { part * 1000 / self.total() }
    }
}

impl std::ops::AddAssign for Tally {
    fn add_assign(&mut self, other: Self) {
        self.not_chosen += other.not_chosen;
        self.in_review += other.in_review;
        self.returned += other.returned;
        self.approved += other.approved;
    }
}
