//! Questions put to a model, one file each.

pub mod events;
pub mod expectations;
pub mod explain;
pub mod simulate;
mod timeline;

pub use timeline::{Timeline, TimelineRow};
