//! Statistics of simulation output: estimates with their intervals.
//!
//! A replication is one independent observation, so intervals come from the spread between
//! replications (Law, *Simulation Modeling and Analysis*, ch. 9); a [`Sample`] computes them. A
//! ratio is a ratio of sums with the delta method. A quantile over deals comes from a histogram
//! whose merge does not depend on the order. An [`Estimator`] holds the data of an estimate, and
//! two of them give the interval of a difference.

mod coarse;
mod difference;
mod estimate;
mod estimator;
mod histogram;
mod moments;
mod sample;
mod student;

pub use coarse::Coarse;
pub use difference::{Difference, Linear, Pairing};
pub use estimate::{Estimate, design_effect, order_statistic, quantile_of, share_of};
pub use estimator::{Counted, Estimator, OverDeals};
pub use histogram::Histogram;
pub use moments::Moments;
pub use sample::{FEWEST_CONTROLLED, Sample};
pub use student::{normal_quantile, t_quantile};
