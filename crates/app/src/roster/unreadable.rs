//! The failure of a use case that cannot read a roster file.

use crate::failure::{Failure, Refusal};
use exchange::roster_report::{UnreadableReason, UnreadableRoster};

impl From<UnreadableRoster> for Failure {
    fn from(unreadable: UnreadableRoster) -> Self {
        match unreadable.reason {
            UnreadableReason::Busy => Self::Unavailable(unreadable.to_string()),
            _ => Self::Refused(Refusal::Roster(unreadable)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_roster_that_waited_in_vain_is_tried_again_and_an_unreadable_one_is_corrected() {
        let failure = |reason| Failure::from(UnreadableRoster { file: "roster.zip".to_owned(), reason });
        assert!(matches!(failure(UnreadableReason::Busy), Failure::Unavailable(_)));
        let refused = failure(UnreadableReason::WorkbookTooLarge);
        assert!(matches!(refused, Failure::Refused(Refusal::Roster(_))) && refused.code() == "workbook-too-large");
    }
}
