//! Witnesses: values that prove that a person has a certain permission on one offering. Only the
//! policy modules can create a witness. The function that performs an act takes a witness instead
//! of the actor, and refuses a witness for a different offering.

use crate::id::{OfferingId, PersonId};

macro_rules! witness {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub struct $name {
            pub(super) person: PersonId,
            pub(super) offering: OfferingId,
        }

        impl $name {
            /// Returns the person to whom this witness (a value that proves a permission) grants
            /// the permission.
            pub fn person(self) -> PersonId {
                self.person
            }

            /// Returns the offering for which this witness (a value that proves a permission) is
            /// valid.
            pub fn offering(self) -> OfferingId {
                self.offering
            }
        }
    };
}

witness!(/** Proof that a person is allowed to choose the exam of an offering; made by [`crate::policy::chooser`]. */ Chooser);
witness!(/** Proof that a person is allowed to approve or return the choice of an offering; made by [`crate::policy::approver`]. */ Approver);
witness!(/** Proof that a person is allowed to reopen the approved choice of an offering; made by [`crate::policy::reopener`]. */ Reopener);
witness!(/** Proof that a person is allowed to decline a request to reopen the choice of an offering; made by [`crate::policy::reopen_decliner`]. */ ReopenDecliner);
witness!(/** Proof that a person is allowed to undo their own decision on the choice of an offering; made by [`crate::policy::decision_undoer`]. */ DecisionUndoer);
witness!(/** Proof that a person is allowed to set the exam format of an offering centrally and to return a differing choice; made by [`crate::policy::setter`]. */ Setter);
