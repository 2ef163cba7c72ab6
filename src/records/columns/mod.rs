//! Columns: what their headings are, which role each has, and what its cells are like.

pub(super) mod aliases;
pub(super) mod heading;
pub(super) mod profile;
pub(super) mod roles;
pub(super) mod words;
