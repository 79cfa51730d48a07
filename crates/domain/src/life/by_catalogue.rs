//! The acts that change existing choices when a new catalogue version is published. These acts
//! belong to the registrar's office and are not decisions of a reviewer. They cannot be undone; the
//! instructor responds by sending the choice again.

use crate::catalogue::Row;
use crate::choice::{Choice, ChoiceRefusal, Stage};
use crate::policy::CatalogueEditor;
use chrono::{DateTime, Utc};

impl Choice {
    /// Returns a choice to its instructor because a new catalogue version no longer allows the
    /// choice. The act is refused if the choice is already returned.
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

    /// Moves a choice to another catalogue row because a new catalogue version is published. The
    /// choice gets a new version with the same sender, which waits for a decision of the head of
    /// department, because the head has not seen this version. The additional information is
    /// retained if the new catalogue row requires additional information.
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
