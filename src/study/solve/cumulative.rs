//! A distribution on a lattice, added up: quantiles and shares.
//!
//! A cell's probability is spread evenly over it, but where all of it stands on points of the lattice.

/// How much of the whole lies at or below each point.
pub(super) struct Cumulative {
    /// At the upper edge of each cell.
    sums: Vec<f64>,
    pub(super) step: f64,
    /// Whether all probability stands on points of the lattice.
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
