//! Durations on a lattice, and their transforms.
//!
//! A distribution is discretized to multiples of a step: each point gets the probability of the
//! cell around it. A constant is split between its two neighbours so that its mean is kept, and the
//! error that cells add to a mean is corrected by a shift. The distribution of a sum is then a
//! product of discrete Fourier transforms. Probability beyond the end of the lattice would wrap
//! around to its beginning; an exponential tilt makes this negligible (Grübel and Hermesmeier
//! 1999). The transform is written here because libraries choose their arithmetic by the machine,
//! and results must be the same bytes everywhere.

use num_complex::Complex64;

use crate::random::distribution::Distribution;
use crate::random::equilibrium::Equilibrium;

/// The tilt multiplies probability one lattice length further on by e to minus this power.
const TILT: f64 = 16.0;
/// Distributions with a standard deviation below this many steps are treated as points.
const NARROW: f64 = 1.5;

/// The mass in cells is shifted by at most this many steps.
const MOST_SHIFT: f64 = 0.5;

/// A power of two of multiples of a step.
#[derive(Debug)]
pub struct Lattice {
    /// The step, in the unit of the distributions.
    pub step: f64,
    /// The number of points.
    pub size: usize,
    /// Whether all constants are multiples of the step.
    pub aligned: bool,
    /// e^(2πik/size) for the first half of the circle.
    turns: Vec<Complex64>,
    /// By point: the tilt of weights; that of probabilities is its inverse.
    tilts: Vec<f64>,
}

/// A distribution on a lattice.
#[derive(Debug)]
pub struct Masses {
    /// The probability of each point.
    pub of: Vec<f64>,
    /// The error of the mean that remains, in steps.
    pub mean_error: f64,
}

/// What of a missing shift, in steps, is not made.
fn beyond_shift(missing: f64) -> f64 {
    (missing.abs() - MOST_SHIFT).max(0.0)
}

/// The points at which a distribution jumps, with their probabilities.
pub fn atoms(distribution: &Distribution) -> Vec<(f64, f64)> {
    match distribution {
        Distribution::Constant(value) => vec![(*value, 1.0)],
        Distribution::Empirical(empirical) => {
            let mut below = 0.0;
            let steps = empirical.steps().iter();
            let own = steps
                .map(|step| (step.value, step.up_to - std::mem::replace(&mut below, step.up_to)));
            own.collect()
        }
        Distribution::Mixture(mixture) => {
            let parts = mixture.parts().iter();
            let of_part = |part: &crate::random::families::Part| {
                let atoms = atoms(&part.distribution);
                atoms.into_iter().map(|(value, share)| (value, share * part.share)).collect()
            };
            parts.flat_map(|part| -> Vec<(f64, f64)> { of_part(part) }).collect()
        }
        _ => Vec::new(),
    }
}

impl Lattice {
    /// A lattice that extends at least to `reach`, with all jumps on its points if possible.
    pub fn new(reach: f64, size: usize, jumps: &[f64]) -> Lattice {
        let mut step = reach / size as f64;
        let whole = |x: f64| x.round().max(0.0) as u64;
        let common = jumps.iter().fold(0, |all, jump| gcd(all, whole(*jump)));
        let fits = (common as f64 / step).floor();
        let aligned = common == 0 || fits >= 1.0;
        if common > 0 && fits >= 1.0 {
            step = common as f64 / fits;
        }
        let turn = |k: usize| {
            let angle = -std::f64::consts::TAU * k as f64 / size as f64;
            Complex64::new(libm::cos(angle), libm::sin(angle))
        };
        let tilt = |k: usize| libm::exp(TILT * k as f64 / size as f64);
        let turns = (0..size / 2).map(turn).collect();
        Lattice { step, size, aligned, turns, tilts: (0..size).map(tilt).collect() }
    }

    /// The same reach with a step twice as large.
    #[must_use]
    pub fn coarser(&self) -> Lattice {
        let turns = self.turns.iter().copied().step_by(2).collect();
        let tilts = self.tilts.iter().copied().step_by(2).collect();
        Lattice { step: 2.0 * self.step, size: self.size / 2, aligned: false, turns, tilts }
    }

    /// The number of frequencies of a transform.
    pub fn frequencies(&self) -> usize {
        self.size / 2 + 1
    }

    /// The probabilities of a distribution on the lattice; those beyond its end are dropped.
    pub fn masses(&self, distribution: &Distribution) -> Masses {
        let mut of = vec![0.0; self.size];
        let mean_error = self.add(distribution, 1.0, &mut of);
        Masses { of, mean_error }
    }

    /// The probabilities of the rest of a stay. Its density changes slowly, so the mass of a cell is
    /// kept at the middle of it; only that of the half cell at 0 lies a quarter of a step too low.
    pub fn masses_of_rest(&self, rest: &Equilibrium) -> Masses {
        let mut before = 0.0;
        let cell = |k: usize| {
            let until = rest.cdf((k as f64 + 0.5) * self.step);
            until - std::mem::replace(&mut before, until)
        };
        Masses { of: (0..self.size).map(cell).collect(), mean_error: 0.0 }
    }

    /// Adds a part of a distribution; the remaining error of its mean, in steps.
    fn add(&self, distribution: &Distribution, weight: f64, masses: &mut [f64]) -> f64 {
        match distribution {
            Distribution::Constant(_) | Distribution::Empirical(_) => {
                for (value, share) in atoms(distribution) {
                    self.point(value, weight * share, masses);
                }
                0.0
            }
            Distribution::Mixture(mixture) => {
                let parts = mixture.parts().iter();
                let add = |part: &crate::random::families::Part| {
                    part.share * self.add(&part.distribution, weight * part.share, masses)
                };
                parts.map(add).sum()
            }
            smooth if smooth.sd() < NARROW * self.step => {
                self.point(smooth.mean(), weight, masses);
                0.0
            }
            smooth => self.smooth(smooth, weight, masses),
        }
    }

    /// A point, split between its neighbours.
    fn point(&self, value: f64, weight: f64, masses: &mut [f64]) {
        let place = (value / self.step).max(0.0);
        let below = (place + 1e-7).floor();
        let above = (place - below).max(0.0);
        if below + 1.0 < self.size as f64 {
            let at = below as usize;
            masses[at] += weight * (1.0 - above);
            masses[at + 1] += weight * above;
        }
    }

    /// The shift in steps that keeps the mean of a distribution; for a mixture, the mean over its
    /// parts.
    pub fn shift(&self, distribution: &Distribution) -> f64 {
        match distribution {
            Distribution::Constant(_) | Distribution::Empirical(_) => 0.0,
            Distribution::Mixture(mixture) => {
                let parts = mixture.parts().iter();
                parts.map(|part| part.share * self.shift(&part.distribution)).sum()
            }
            smooth if smooth.sd() < NARROW * self.step => 2.0 * NARROW,
            smooth => self.cells(smooth).1.abs().min(MOST_SHIFT),
        }
    }

    /// The remaining error of the mean of a distribution on the lattice, in steps.
    pub fn mean_error(&self, distribution: &Distribution) -> f64 {
        match distribution {
            Distribution::Constant(_) | Distribution::Empirical(_) => 0.0,
            Distribution::Mixture(mixture) => {
                let parts = mixture.parts().iter();
                parts.map(|part| part.share * self.mean_error(&part.distribution)).sum()
            }
            smooth if smooth.sd() < NARROW * self.step => 0.0,
            smooth => beyond_shift(self.cells(smooth).1),
        }
    }

    /// The probabilities of a smooth distribution in the cells, and the shift that keeps its mean,
    /// in steps.
    fn cells(&self, smooth: &Distribution) -> (Vec<f64>, f64) {
        let mut own = Vec::with_capacity(self.size);
        let mut before = 0.0;
        for k in 0..self.size {
            let until = smooth.cdf((k as f64 + 0.5) * self.step);
            own.push(until - before);
            before = until;
            if 1.0 - until < 1e-15 {
                break;
            }
        }
        let found: f64 = own.iter().enumerate().map(|(k, mass)| k as f64 * mass).sum();
        let settled = 1.0 - before < 1e-12;
        let mean = if settled { smooth.mean() } else { mean_below(smooth, own.len(), self.step) };
        let shift = mean / self.step - found;
        (own, shift)
    }

    fn smooth(&self, smooth: &Distribution, weight: f64, masses: &mut [f64]) -> f64 {
        let (mut own, missing) = self.cells(smooth);
        let shift = missing.clamp(-MOST_SHIFT, MOST_SHIFT);
        if shift >= 0.0 {
            let mut carried = 0.0;
            own.push(0.0);
            for mass in &mut own {
                (*mass, carried) = (*mass * (1.0 - shift) + carried, *mass * shift);
            }
        } else if let Some(first) = own.first().copied().filter(|first| *first < 1.0) {
            // Mass at 0 cannot be moved down.
            let part = -shift / (1.0 - first);
            for k in 1..own.len() {
                let moved = own[k] * part;
                own[k] -= moved;
                own[k - 1] += moved;
            }
        }
        for (mass, own) in masses.iter_mut().zip(&own) {
            *mass += weight * own;
        }
        beyond_shift(missing)
    }

    /// The transform of numbers on the lattice: probabilities are tilted down, weights are tilted
    /// up.
    pub fn transform(&self, numbers: &[f64], tilt: Tilt) -> Vec<Complex64> {
        let tilted = |(x, up): (&f64, &f64)| match tilt {
            Tilt::Down => Complex64::new(x / up, 0.0),
            Tilt::Up => Complex64::new(x * up, 0.0),
        };
        let mut data: Vec<Complex64> = numbers.iter().zip(&self.tilts).map(tilted).collect();
        data.resize(self.size, Complex64::default());
        self.fft(&mut data);
        data.truncate(self.frequencies());
        data
    }

    /// The inverse transform of probabilities.
    pub fn back(&self, transform: &[Complex64]) -> Vec<f64> {
        let mut data = vec![Complex64::default(); self.size];
        for (k, number) in transform.iter().enumerate() {
            data[k] = number.conj();
            data[(self.size - k) % self.size] = *number;
        }
        self.fft(&mut data);
        let number = |(x, up): (&Complex64, &f64)| x.re / self.size as f64 * up;
        data.iter().zip(&self.tilts).map(number).collect()
    }

    /// The radix-2 transform, in place (Cooley and Tukey 1965).
    fn fft(&self, data: &mut [Complex64]) {
        let size = self.size;
        let bits = size.trailing_zeros();
        for k in 0..size {
            let other = k.reverse_bits() >> (usize::BITS - bits);
            if k < other {
                data.swap(k, other);
            }
        }
        let mut half = 1;
        while half < size {
            let stride = size / (2 * half);
            for start in (0..size).step_by(2 * half) {
                for k in 0..half {
                    let odd = data[start + half + k] * self.turns[k * stride];
                    let even = data[start + k];
                    data[start + k] = even + odd;
                    data[start + half + k] = even - odd;
                }
            }
            half *= 2;
        }
    }
}

/// The direction in which numbers are tilted before a transform.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tilt {
    /// For probabilities: smaller at later times.
    Down,
    /// For weights: larger at later times.
    Up,
}

/// Nodes and weights of 4-point Gauss–Legendre quadrature on −1 to 1, without their mirror images.
const NODES: [(f64, f64); 2] = [
    (0.339_981_043_584_856_26, 0.652_145_154_862_546_1),
    (0.861_136_311_594_052_6, 0.347_854_845_137_453_9),
];
/// The first cells are divided into this many octaves; what lies below the last one is negligible.
const OCTAVES: i32 = 50;
/// The number of first cells that are divided.
const FIRST_CELLS: f64 = 4.0;

/// The integral of the survival function over the cells, minus `reach` times its value at the end:
/// the contribution of values below the end to the mean. Each cell is integrated on its own, so
/// that a kink affects only its cell.
fn mean_below(smooth: &Distribution, cells: usize, step: f64) -> f64 {
    let panel = |from: f64, until: f64| {
        let (middle, half) = (f64::midpoint(from, until), (until - from) / 2.0);
        let pair = |(x, w): &(f64, f64)| {
            w * (smooth.survival(middle + half * x) + smooth.survival(middle - half * x))
        };
        NODES.iter().map(pair).sum::<f64>() * half
    };
    let reach = (cells as f64 - 0.5) * step;
    let first = reach.min(FIRST_CELLS * step);
    let edge = |k: i32| first * libm::exp2(f64::from(-k) / 2.0);
    let near: f64 = (0..2 * OCTAVES).map(|k| panel(edge(k + 1), edge(k))).sum();
    let rest = ((reach - first) / step).ceil();
    let at = |k: f64| first + (reach - first) * k / rest;
    let far: f64 = (0..rest as usize).map(|k| panel(at(k as f64), at(k as f64 + 1.0))).sum();
    near + far - reach * smooth.survival(reach)
}

fn gcd(a: u64, b: u64) -> u64 {
    if b == 0 { a } else { gcd(b, a % b) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_point_far_beyond_the_lattice_is_left_out() {
        let lattice = Lattice::new(1e-300, 64, &[]);
        let amount = Distribution::constant(1000.0).unwrap();
        assert_eq!(lattice.masses(&amount).of.iter().sum::<f64>(), 0.0);
    }

    #[test]
    fn two_exponentials_make_an_erlang() {
        let lattice = Lattice::new(200.0, 4096, &[]);
        let one = Distribution::exponential(5.0).unwrap();
        let transform = lattice.transform(&lattice.masses(&one).of, Tilt::Down);
        let both: Vec<Complex64> = transform.iter().map(|x| x * x).collect();
        let masses = lattice.back(&both);
        let erlang = Distribution::erlang(2, 10.0).unwrap();
        let mut sum = 0.0;
        for (k, mass) in masses.iter().enumerate() {
            sum += mass;
            let exact = erlang.cdf((k as f64 + 0.5) * lattice.step);
            assert!((sum - exact).abs() < 2e-5, "{k}: {sum} {exact}");
        }
    }

    #[test]
    fn constants_keep_their_points_and_means_are_kept() {
        let lattice = Lattice::new(1000.0, 1024, &[21.0, 14.0]);
        assert!(lattice.aligned && (7.0 / lattice.step).fract() == 0.0);
        let masses = lattice.masses(&Distribution::Constant(21.0)).of;
        assert_eq!(masses[(21.0 / lattice.step).round() as usize], 1.0);
        for smooth in [
            Distribution::lognormal_mean_sd(40.0, 12.0).unwrap(),
            Distribution::uniform(0.3, 9.1).unwrap(),
            Distribution::exponential(0.2).unwrap(),
        ] {
            let masses = lattice.masses(&smooth).of;
            let mean: f64 =
                masses.iter().enumerate().map(|(k, mass)| k as f64 * lattice.step * mass).sum();
            assert!((mean / smooth.mean() - 1.0).abs() < 1e-6, "{mean} {smooth:?}");
        }
    }

    #[test]
    fn a_sum_of_products_is_one_of_transforms() {
        let lattice = Lattice::new(64.0, 64, &[]);
        let times: Vec<f64> = (0..64).map(|k| f64::from(k % 7) / 100.0).collect();
        let weights: Vec<f64> = (0..64).map(|k| 100.0 - f64::from(k)).collect();
        let exact: f64 = times.iter().zip(&weights).map(|(a, b)| a * b).sum();
        let (a, b) = (lattice.transform(&times, Tilt::Down), lattice.transform(&weights, Tilt::Up));
        let found = lattice.frequencies();
        let sum: f64 = (0..found)
            .map(|k| {
                let once = k == 0 || k + 1 == found;
                (a[k] * b[k].conj()).re * if once { 1.0 } else { 2.0 }
            })
            .sum();
        assert!((sum / 64.0 / exact - 1.0).abs() < 1e-9);
    }
}
