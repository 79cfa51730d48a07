//! The instructor: groups, the choice form, drafts, sending, reuse of last term's choices.

pub(crate) mod choice_form;
pub(crate) mod choice_view;
pub(crate) mod choices;
pub(crate) mod drafts;
pub(crate) mod groups;
pub(crate) mod offerings;
pub(crate) mod reuse;
