//! Studies: questions about a model, one file each.

pub mod against;
pub mod compare;
mod conclude;
pub mod cross_check;
pub mod difference;
pub mod events;
pub mod expectations;
pub mod explain;
pub mod failure;
mod fingerprint;
pub mod heavy;
pub mod load;
pub mod mend;
pub mod observations;
mod options;
mod payback;
pub mod plan;
pub mod precision;
mod replicate;
pub mod review;
pub mod sensitivity;
pub mod simulate;
mod simulation;
pub mod solve;
pub mod sweep;
pub mod testing;
mod timeline;
mod warmup;
mod weekly;
mod win_curve;

pub use conclude::conclude;
pub use payback::Payback;
pub use timeline::{DEMAND_QUANTILES, DemandRow, Period, Timeline, TimelineMeasure, TimelineRow};
pub use weekly::Weekly;
pub use win_curve::WinPoint;
