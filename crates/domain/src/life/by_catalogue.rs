//! The acts by which publishing a catalogue changes a choice. They are acts of the registrar's office, not decisions of
//! a reviewer: they cannot be undone, and the instructor responds by sending again.

use crate::catalogue::Row;
use crate::choice::{Choice, ChoiceRefusal, Stage};
use crate::policy::CatalogueEditor;
use chrono::{DateTime, Utc};

impl Choice {
    /// Returns a choice to its instructor because a new catalogue no longer allows it. A choice that is already
    /// returned is unchanged.
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

    /// Moves a choice to another row of a new catalogue version. This creates a new version of the choice with the same
    /// sender, which waits for the head again, since the head has not seen it. The additional information is retained
    /// if the new row requires it.
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
