//! The cumulative distribution on a lattice: quantiles and shares.
//!
//! The probability of a cell is spread evenly over it, unless all probability lies on lattice
//! points.

/// The probability at or below each point.
pub(super) struct Cumulative {
    /// At the upper edge of each cell.
    sums: Vec<f64>,
    pub(super) step: f64,
    /// Whether all probability lies on lattice points.
    pub(super) exact: bool,
}

impl Cumulative {
    pub(super) fn new(masses: &[f64], all: f64, step: f64, exact: bool) -> Cumulative {
        let mut sum = 0.0;
        let sums = masses.iter().map(|mass| {
            sum += mass.max(0.0) / all;
            sum
        });
        Cumulative { sums: sums.collect(), step, exact }
    }

    pub(super) fn quantile(&self, p: f64) -> Option<f64> {
        let enough = p - if self.exact { 1e-9 } else { 0.0 };
        let at = self.sums.partition_point(|sum| *sum < enough);
        let above = *self.sums.get(at)?;
        if self.exact {
            return Some(at as f64 * self.step);
        }
        let below = if at == 0 { 0.0 } else { self.sums[at - 1] };
        let inside = (p - below) / (above - below);
        Some(((at as f64 - 0.5 + inside) * self.step).max(0.0))
    }

    /// The unknown probability at a point beyond the lattice.
    pub(super) fn beyond(&self, at: f64) -> f64 {
        let last = self.sums.last().copied().unwrap_or(0.0);
        if at < (self.sums.len() as f64 - 1.0) * self.step { 0.0 } else { (1.0 - last).max(0.0) }
    }

    /// A bound on the error of spreading a cell's probability evenly, from the difference of the
    /// cells around a point, in probability.
    pub(super) fn bend(&self, at: f64) -> f64 {
        let sum = |k: i64| {
            let at = usize::try_from(k).ok();
            at.map_or(0.0, |at| self.sums.get(at).or(self.sums.last()).copied().unwrap_or(0.0))
        };
        let mass = |k: i64| sum(k) - sum(k - 1);
        let at = (at / self.step).round() as i64;
        let bends = (at - 2..=at + 2).map(|k| (mass(k + 1) - mass(k - 1)).abs());
        bends.fold(0.0, f64::max) / 4.0
    }

    /// The same bound as a distance, through the density at that point.
    pub(super) fn bend_of_quantile(&self, at: f64) -> f64 {
        let density = (self.share(at + self.step) - self.share(at - self.step)) / 2.0;
        if density > 0.0 { (self.bend(at) / density).min(1.0) * self.step } else { self.step }
    }

    pub(super) fn share(&self, at_most: f64) -> f64 {
        let place = at_most / self.step + if self.exact { 1e-6 } else { 0.5 };
        if place < 0.0 {
            return 0.0;
        }
        let at = place.floor() as usize;
        let sum = |at: usize| self.sums.get(at).or(self.sums.last()).copied().unwrap_or(0.0);
        if self.exact {
            return sum(at).min(1.0);
        }
        let below = if at == 0 { 0.0 } else { sum(at - 1) };
        (below + (sum(at) - below) * place.fract()).min(1.0)
    }
}
