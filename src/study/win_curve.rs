//! The win curve: the share of leads that are won within each time, with intervals.

use super::options::Options;
use crate::kpi::FEWEST_DUE;
use crate::quantity::Duration;
use crate::stats::{Estimate, Estimator, Sample};
use crate::tally::{CurveSums, Grid};

/// A point of the win curve.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct WinPoint {
    /// Days since arrival.
    pub days: f64,
    /// The share of leads that are won by then.
    pub share: Estimate,
    /// Leads that arrived at least so long before the end, over all replications.
    pub leads: u64,
}

/// The points, as far as there are enough leads for them; replications count as in the rows.
pub(super) fn points(
    grid: Grid,
    sums: &[CurveSums],
    sample: &Sample,
    options: &Options,
) -> Vec<WinPoint> {
    let of = |point: usize| {
        let leads = sums.iter().map(|sums| u64::from(sums.due[point])).sum();
        let pair = |sums: &CurveSums| (f64::from(sums.won[point]), f64::from(sums.due[point]));
        let share = Estimator::Share(sums.iter().map(pair).collect());
        let share = share.estimate(sample, options.figures.level);
        WinPoint { days: Duration(grid.at(point)).days(), share, leads }
    };
    (0..grid.count).map(of).take_while(|point| point.leads >= FEWEST_DUE).collect()
}
