//! What is said of a model that was learnt from a file.

pub use crate::fit::process::{Growth, Rare, Replay};
pub use crate::fit::writing::{Line, Remark};
