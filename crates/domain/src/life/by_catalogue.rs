//! The acts of publishing a catalogue on a choice. They are acts of the registrar's office, not decisions: they cannot be
//! undone, and the instructor answers by sending again.

use crate::catalogue::Row;
use crate::choice::{Choice, ChoiceRefusal, Stage};
use crate::policy::CatalogueEditor;
use chrono::{DateTime, Utc};

impl Choice {
    /// Gives a choice back to its instructor because of a rule. What is back already stays as it is.
    pub fn give_back_by_rule(
        &mut self,
        by: CatalogueEditor,
        reason: &str,
        at: DateTime<Utc>,
    ) -> Result<(), ChoiceRefusal> {
        let current = self.current.as_mut().ok_or(ChoiceRefusal::NotSent)?;
        let reopened = match &current.stage {
            Stage::InReview => false,
            Stage::Approved { .. } => true,
            Stage::Returned { .. } => return Err(ChoiceRefusal::SentBack),
        };
        current.stage = Stage::Returned { by: by.person(), at, reason: reason.to_owned(), reopened };
        self.last = None;
        Ok(())
    }

    /// Moves a choice to another row of a new version of the table: a new version of the choice, of the same sender, that
    /// waits for the head, since nobody approves what they did not see. Information stays where the row asks for it.
    pub fn move_by_rule(
        &mut self,
        _by: CatalogueEditor,
        row: &Row,
        catalogue: i64,
        at: DateTime<Utc>,
    ) -> Result<(), ChoiceRefusal> {
        let current = self.current.as_mut().ok_or(ChoiceRefusal::NotSent)?;
        if matches!(current.stage, Stage::Returned { .. }) {
            return Err(ChoiceRefusal::SentBack);
        }
        self.latest_version += 1;
        current.version = self.latest_version;
        current.answer.row = row.id.clone();
        if row.info.is_none() {
            current.answer.info.clear();
        }
        current.catalogue = catalogue;
        current.sent_at = at;
        current.stage = Stage::InReview;
        self.last = None;
        Ok(())
    }
}
