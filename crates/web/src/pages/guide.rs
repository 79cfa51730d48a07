//! Help, instructions, videos, the catalogue as everybody reads it.

pub(crate) mod catalogue;
pub(crate) mod help;
pub(crate) mod videos;
