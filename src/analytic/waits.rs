//! The distribution of the wait for one server, for any distribution of service times.
//!
//! A deal finds a geometric number of residual service times before it (Pollaczek and Khinchine, in
//! the form of Beneš 1957). So the transform of the wait is (1 − ρ) / (1 − ρ R), where R is the
//! transform of the residual service time. On a lattice this takes one division per frequency.

use num_complex::Complex64;

use super::lattice::{Lattice, Tilt, atoms};
use crate::random::distribution::Distribution;

/// Points of the lattice.
const POINTS: usize = 8192;
/// The stated error is this many times the difference between two lattices.
const SAFETY: f64 = 4.0;
/// The share of a cell's probability added to the error, for the unknown distribution inside the
/// cell.
const OF_A_CELL: f64 = 0.05;
/// The lattice extends to this many mean waits.
const REACH: f64 = 40.0;

/// The distribution of a wait: an atom at 0, and the part above 0.
#[derive(Debug, Clone, PartialEq)]
pub struct WaitLaw {
    /// Probability of no wait.
    pub none: f64,
    fine: Above,
    rough: Above,
}

/// The probability of a wait up to the upper edge of each cell; the first cell is half a step wide.
#[derive(Debug, Clone, PartialEq)]
struct Above {
    step: f64,
    sums: Vec<f64>,
}

impl WaitLaw {
    /// The distribution for Poisson arrivals at `rate` and a mixture of service times.
    pub fn new(rate: f64, services: &[(f64, &Distribution)]) -> Option<WaitLaw> {
        let of = |power: i32| -> f64 {
            let moment = |d: &Distribution| match power {
                1 => d.mean(),
                _ => d.variance() + d.mean().powi(2),
            };
            services.iter().map(|(share, service)| share * moment(service)).sum()
        };
        let (mean, square) = (of(1), of(2));
        let busy = rate * mean;
        let wait = rate * square / (2.0 * (1.0 - busy));
        if !(busy < 1.0 && wait > 0.0 && wait.is_finite()) {
            return None;
        }
        let jumps: Vec<f64> = services
            .iter()
            .flat_map(|(_, service)| atoms(service))
            .map(|(value, _)| value)
            .collect();
        let fine = Lattice::new(REACH * wait, POINTS, &jumps);
        let rough = fine.coarser();
        let [fine, rough] = [fine, rough].map(|lattice| above(&lattice, busy, mean, services));
        Some(WaitLaw { none: 1.0 - busy, fine, rough })
    }

    /// The quantile of the wait at probability `p`, with a bound on its error.
    pub fn quantile(&self, p: f64) -> Option<(f64, f64)> {
        if p <= self.none {
            return Some((0.0, 0.0));
        }
        let (value, other) =
            (self.fine.quantile(self.none, p)?, self.rough.quantile(self.none, p)?);
        Some((value, SAFETY * (value - other).abs() + OF_A_CELL * self.fine.step))
    }

    /// The probability of a wait of at most `time`, with a bound on its error.
    pub fn within(&self, time: f64) -> (f64, f64) {
        let (value, other) = (self.fine.share(self.none, time), self.rough.share(self.none, time));
        // Beyond the lattice only the total probability is known.
        let last = self.fine.sums.last().copied().unwrap_or(0.0);
        let end = (self.fine.sums.len() as f64 - 1.0) * self.fine.step;
        let beyond = if time < end { 0.0 } else { (1.0 - last).max(0.0) };
        let cell = self.fine.share(self.none, time + self.fine.step) - value;
        (value, SAFETY * (value - other).abs() + beyond + OF_A_CELL * cell + 1e-7)
    }
}

fn above(lattice: &Lattice, busy: f64, mean: f64, services: &[(f64, &Distribution)]) -> Above {
    let step = lattice.step;
    let survival = |x: f64| -> f64 {
        if x < 0.0 {
            return 0.0;
        }
        services.iter().map(|(share, service)| share * service.survival(x)).sum()
    };
    // The density of the residual service time is the survival function over the mean; each cell
    // takes two points.
    let mut remnants = Vec::with_capacity(lattice.size);
    for k in 0..lattice.size {
        let at = k as f64;
        let height = f64::midpoint(survival((at - 0.25) * step), survival((at + 0.25) * step));
        let mass = height * step / mean;
        remnants.push(mass);
        if k > 0 && mass < 1e-18 {
            break;
        }
    }
    let transform = lattice.transform(&remnants, Tilt::Down);
    let one = Complex64::new(1.0, 0.0);
    let waits: Vec<Complex64> =
        transform.iter().map(|remnant| (one - busy) / (one - remnant * busy)).collect();
    let mut masses = lattice.back(&waits);
    masses[0] -= 1.0 - busy;
    let mut sum = 1.0 - busy;
    let sums = masses.iter().map(|mass| {
        sum += mass;
        sum
    });
    Above { step, sums: sums.collect() }
}

impl Above {
    /// The edges of a cell, in steps.
    fn edges(at: usize) -> (f64, f64) {
        let upper = at as f64 + 0.5;
        (if at == 0 { 0.0 } else { upper - 1.0 }, upper)
    }

    fn quantile(&self, none: f64, p: f64) -> Option<f64> {
        let at = self.sums.partition_point(|sum| *sum < p);
        let upper = *self.sums.get(at)?;
        let lower = if at == 0 { none } else { self.sums[at - 1] };
        let (from, to) = Self::edges(at);
        Some((from + (to - from) * (p - lower) / (upper - lower)) * self.step)
    }

    fn share(&self, none: f64, time: f64) -> f64 {
        if time < 0.0 {
            return 0.0;
        }
        let place = time / self.step;
        let at = (place + 0.5).floor() as usize;
        let sum = |at: usize| self.sums.get(at).or(self.sums.last()).copied().unwrap_or(1.0);
        let lower = if at == 0 { none } else { sum(at - 1) };
        let (from, to) = Self::edges(at);
        (lower + (sum(at) - lower) * (place - from) / (to - from)).clamp(0.0, 1.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analytic::queues::mmc;

    #[test]
    fn exponential_services_give_erlangs_law() {
        let service = Distribution::exponential(1.0).unwrap();
        let law = WaitLaw::new(0.8, &[(1.0, &service)]).unwrap();
        let exact = mmc(1, 0.8, 1.0);
        for p in [0.1, 0.5, 0.9, 0.99] {
            let ((value, error), known) = (law.quantile(p).unwrap(), exact.quantile(p).unwrap());
            assert!((value - known).abs() <= error, "{p}: {value} {error} {known}");
            assert!(error < 0.005 * known + 1e-3, "{p}: {error}");
        }
        let (share, error) = law.within(2.0);
        assert!((share - exact.within(2.0).unwrap()).abs() <= error && error < 1e-3);
    }
}
