//! Questions put to a model, one file each.

pub mod events;
pub mod simulate;
mod timeline;

pub use timeline::{Timeline, TimelineRow};
