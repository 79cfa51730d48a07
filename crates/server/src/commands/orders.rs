//! The command `emtihan verify --order`: checks whether a printed order (a decree with a list of
//! exams) was issued by this installation and still agrees with the approved choices.

use crate::cli::say;
use anyhow::{Result, bail};
use app::app::App;
use app::reports::orders::verify_order;
use domain::digest::Digest;
use domain::order::OrderExam;

/// Prints whether a printed order (decree) with a certain fingerprint was issued, and the changes
/// to its exams since then. Returns an error if the order was not issued or was altered.
pub(crate) fn verify(app: &App, fingerprint: Digest) -> Result<()> {
    let proven = match app.read_now(move |work| verify_order(work, fingerprint))? {
        Ok(proven) => proven,
        Err(why) => bail!("{why}: {fingerprint}"),
    };
    let (number, exams, by) = (proven.issued.number, proven.exams, &proven.issued.by);
    let at = proven.issued.at.with_timezone(&app.clock.zone()).format("%Y-%m-%d %H:%M");
    say(&format!("The order is valid: no. {number} of its term, {exams} exams, issued on {at} by {by}."));
    if proven.since.is_nothing() {
        say("Nothing has changed since.");
    }
    print_exams("Approved again with other content", &proven.since.changed);
    print_exams("No longer approved", &proven.since.reopened);
    print_exams("Approved since, not in the order", &proven.since.added);
    Ok(())
}

fn print_exams(title: &str, exams: &[OrderExam]) {
    if !exams.is_empty() {
        let groups: Vec<String> = exams.iter().map(|exam| format!("  {} {}", exam.discipline, exam.group)).collect();
        say(&format!("{title}: {}\n{}", exams.len(), groups.join("\n")));
    }
}
