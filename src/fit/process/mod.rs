//! A process from the histories of deals: stages in funnel order, where deals go, how long they wait and are worked on.
//!
//! Deals that had not ended when the file was written are cut off, not left out: what they did so far counts, and of their
//! last stay that it lasted at least so long.

mod arrivals;
mod attributes;
mod fitted;
mod leaf;
mod likeness;
mod order;
mod people;
mod periods;
mod replay;
mod traces;
mod tree;
mod year;

pub use arrivals::{Arrivals, Inflow, arrivals};
pub use attributes::{Attribute, Attributes, KindWays, attributes};
pub use fitted::{Ending, Fitted, FittedStage, Leaf, Never, Rare, Share, Way, fit, wilson};
pub use likeness::{Likeness, Pair, Week};
pub use people::{Hours, People, Role, people};
pub use replay::{Replay, compare};
pub use traces::{End, Step, Trace, Traces, traces, traces_of_people};
pub use tree::{Case, Detail};
pub use year::{Growth, Year};
