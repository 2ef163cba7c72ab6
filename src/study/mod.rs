//! Questions put to a model, one file each.

pub mod cross_check;
pub mod events;
pub mod expectations;
pub mod explain;
pub mod heavy;
pub mod load;
pub mod precision;
mod replicate;
pub mod simulate;
pub mod solve;
mod timeline;
mod warmup;
mod weekly;

pub use timeline::{Timeline, TimelineMeasure, TimelineRow};
pub use weekly::Weekly;
