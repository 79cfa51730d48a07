//! The approvals of a choice, as the history of the choice tells them.

/// The codes of the acts by which an approved choice is no longer approved.
const ENDING: [&str; 3] = ["choice-reopened", "choice-returned-by-rule", "choice-moved-by-rule"];

/// An approval of a choice that was not undone. Acts are named by their place in the history, counted
/// from 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Approval {
    /// The place of the act that approved the choice.
    pub approved: usize,
    /// The place of the act by which the choice is no longer approved; `None` while it is approved.
    pub ended: Option<usize>,
}

/// Finds the approvals of a choice. `acts` are the codes of the acts in its history, oldest first. An
/// approval that was undone does not count, and neither does the end of an approval that was undone.
pub fn approvals<'a>(acts: impl IntoIterator<Item = &'a str>) -> Vec<Approval> {
    let (mut found, mut last): (Vec<Approval>, &str) = (Vec::new(), "");
    for (place, act) in acts.into_iter().enumerate() {
        match act {
            "choice-approved" => found.push(Approval { approved: place, ended: None }),
            "decision-undone" if last == "choice-approved" => drop(found.pop()),
            "decision-undone" if ENDING.contains(&last) => {
                if let Some(approval) = found.last_mut() {
                    approval.ended = None;
                }
            }
            ending if ENDING.contains(&ending) => {
                if let Some(approval) = found.last_mut() {
                    approval.ended.get_or_insert(place);
                }
            }
            _ => {}
        }
        last = act;
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(acts: &[&'static str]) -> Vec<(usize, Option<usize>)> {
        approvals(acts.iter().copied()).iter().map(|one| (one.approved, one.ended)).collect()
    }

    #[test]
    fn an_approval_ends_with_the_first_act_that_takes_it_away() {
        assert_eq!(found(&["choice-sent", "choice-returned", "choice-reopened"]), []);
        assert_eq!(found(&["choice-sent", "choice-approved"]), [(1, None)]);
        let acts = ["choice-approved", "choice-reopened", "choice-sent", "choice-moved-by-rule", "choice-approved"];
        assert_eq!(found(&acts), [(0, Some(1)), (4, None)]);
        assert_eq!(found(&["choice-approved", "choice-returned-by-rule", "choice-sent"]), [(0, Some(1))]);
    }

    #[test]
    fn what_was_undone_does_not_count() {
        assert_eq!(found(&["choice-approved", "decision-undone", "choice-moved-by-rule"]), []);
        assert_eq!(found(&["choice-approved", "choice-reopened", "decision-undone"]), [(0, None)]);
        assert_eq!(
            found(&["choice-approved", "choice-reopened", "choice-returned", "decision-undone"]),
            [(0, Some(1))]
        );
    }
}
