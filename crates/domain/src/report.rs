//! The states of offerings, and counts by state.

use crate::choice::Stage;

/// The state of an offering's choice, as lists and counts show it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ChoiceState {
    /// Returned to the instructor (түзетуге қайтарылды).
    Returned,
    /// Not chosen yet (толтырылмаған).
    NotChosen,
    /// A private draft exists (қаралама), and nothing was sent.
    Draft,
    /// Waiting for the head (тексерілуде).
    InReview,
    /// Approved by the head (бекітілді).
    Approved,
}

impl ChoiceState {
    /// All states of a choice, most urgent first.
    pub const ALL: [Self; 5] = [Self::Returned, Self::NotChosen, Self::Draft, Self::InReview, Self::Approved];

    /// The state of an offering with this stage; `has_draft` matters only if nothing was sent.
    pub fn of(stage: Option<&Stage>, has_draft: bool) -> Self {
        match (stage, has_draft) {
            (Some(Stage::Returned { .. }), _) => Self::Returned,
            (Some(Stage::InReview), _) => Self::InReview,
            (Some(Stage::Approved { .. }), _) => Self::Approved,
            (None, true) => Self::Draft,
            (None, false) => Self::NotChosen,
        }
    }

    /// The code in URLs, which is also the second half of the translation key `stage-…`.
    pub fn code(self) -> &'static str {
        match self {
            Self::Returned => "returned",
            Self::NotChosen => "not-chosen",
            Self::Draft => "draft",
            Self::InReview => "in-review",
            Self::Approved => "approved",
        }
    }

    /// Returns the state with this code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.code() == code)
    }
}

/// The number of offerings in each state.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Tally {
    pub not_chosen: i64,
    /// Offerings that wait for a head.
    pub in_review: i64,
    /// Offerings whose choice was returned to the instructor.
    pub returned: i64,
    pub approved: i64,
}

impl Tally {
    /// Adds `n` offerings in a state; drafts are private, so they count as not chosen.
    pub fn add(&mut self, state: ChoiceState, n: i64) {
        *match state {
            ChoiceState::NotChosen | ChoiceState::Draft => &mut self.not_chosen,
            ChoiceState::InReview => &mut self.in_review,
            ChoiceState::Returned => &mut self.returned,
            ChoiceState::Approved => &mut self.approved,
        } += n;
    }

    /// The number of offerings in a state.
    pub fn of(&self, state: ChoiceState) -> i64 {
        match state {
            ChoiceState::NotChosen | ChoiceState::Draft => self.not_chosen,
            ChoiceState::InReview => self.in_review,
            ChoiceState::Returned => self.returned,
            ChoiceState::Approved => self.approved,
        }
    }

    /// The total number of offerings in all states.
    pub fn total(&self) -> i64 {
        self.not_chosen + self.in_review + self.returned + self.approved
    }

    /// The number of offerings that are not approved yet.
    pub fn unfinished(&self) -> i64 {
        self.total() - self.approved
    }

    /// The share of approved offerings, in thousandths rounded down; 1000 if there are no offerings.
    pub fn permille_approved(&self) -> i64 {
        if self.total() == 0 { 1000 } else { self.approved * 1000 / self.total() }
    }

    /// The share of a state in the total, in tenths rounded down, for bars.
    pub fn tenths(&self, state: ChoiceState) -> i64 {
        if self.total() == 0 { 0 } else { self.of(state) * 10 / self.total() }
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
