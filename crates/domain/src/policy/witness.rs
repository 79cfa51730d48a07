//! Witnesses: values that prove a permission on one offering. Only the modules of the policy can create a witness; an
//! act takes a witness instead of the actor and refuses one for another offering.

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
            /// The person who has the permission that this witness proves.
            pub fn person(self) -> PersonId {
                self.person
            }

            /// The offering for which the permission was given.
            pub fn offering(self) -> OfferingId {
                self.offering
            }
        }
    };
}

witness!(/** May choose for this offering; made by [`crate::policy::chooser`]. */ Chooser);
witness!(/** May approve or return the choice of this offering; made by [`crate::policy::approver`]. */ Approver);
witness!(/** May reopen the approved choice of this offering; made by [`crate::policy::reopener`]. */ Reopener);
witness!(/** May decline a request to reopen the choice of this offering; made by [`crate::policy::reopen_decliner`]. */ ReopenDecliner);
witness!(/** May undo a decision of their own on the choice of this offering; made by [`crate::policy::decision_undoer`]. */ DecisionUndoer);
witness!(/** May set a form exception for this offering and return what differs from it; made by [`crate::policy::setter`]. */ Setter);
