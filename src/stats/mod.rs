//! Statistics of simulation output: estimates with their intervals.
//!
//! A replication is one independent observation, so an interval comes from the spread between
//! replications (Law, *Simulation Modeling and Analysis*, ch. 9). A ratio is a ratio of sums with
//! the delta method; a quantile over deals comes from a histogram whose merge does not depend on
//! the order.

mod estimate;
mod histogram;
mod moments;
mod student;

pub use estimate::{
    Estimate, design_effect, mean, order_statistic, proportion, quantile_of, ratio, share_of,
    spread,
};
pub use histogram::Histogram;
pub use moments::Moments;
pub use student::{normal_quantile, t_quantile};
