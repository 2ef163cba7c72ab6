//! How long something has lasted that is seen under way: the equilibrium distribution of a duration.
//!
//! Who looks at a steady process at a moment of chance meets a stay of age x with the density
//! (1 − F(x)) / mean (Cox 1962, Renewal Theory, 5.4). The density is followed in short pieces in
//! which it is a straight line; each piece has its area by Simpson's rule, and begins and ends where
//! the duration has an atom, so that jumps are met exactly.

use super::distribution::Distribution;

/// Pieces between two neighbouring quantiles.
const PARTS: u32 = 8;
/// Quantiles in the middle of the distribution.
const MIDDLE: u32 = 256;
/// The tails are followed to 2^-TAIL.
const TAIL: i32 = 200;
/// Knots that are closer than this part of them are one.
const APART: f64 = 1e-9;

/// The equilibrium distribution of a duration, for drawing.
#[derive(Debug, Clone, PartialEq)]
pub struct Equilibrium {
    pieces: Vec<Piece>,
    total: f64,
}

/// A piece of the density, which is a straight line.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Piece {
    start: f64,
    width: f64,
    /// The area before it.
    before: f64,
    area: f64,
    /// The chance to last longer than its start, and at least to its end.
    left: f64,
    right: f64,
}

impl Equilibrium {
    /// Of a duration, which is never negative; ages above `most` are left out.
    pub fn of(duration: &Distribution, most: f64) -> Equilibrium {
        let knots = knots(duration, most);
        let mut pieces = Vec::with_capacity(knots.len() * PARTS as usize);
        let mut total = 0.0;
        for ends in knots.windows(2) {
            let width = (ends[1] - ends[0]) / f64::from(PARTS);
            for part in 0..PARTS {
                let start = ends[0] + width * f64::from(part);
                let left = duration.survival(start);
                let middle = duration.survival(start + width / 2.0);
                // From below: at its end there may be an atom.
                let right = duration.survival((start + width) * (1.0 - APART / 10.0));
                let area = width * (left + 4.0 * middle + right) / 6.0;
                if area > 0.0 {
                    pieces.push(Piece { start, width, before: total, area, left, right });
                    total += area;
                }
            }
        }
        Equilibrium { pieces, total }
    }

    /// The age that a share of all are younger than; 0 if the duration is always 0.
    pub fn quantile(&self, share: f64) -> f64 {
        let wanted = share.clamp(0.0, 1.0) * self.total;
        let at = self.pieces.partition_point(|piece| piece.before + piece.area <= wanted);
        let Some(piece) = self.pieces.get(at).or(self.pieces.last()) else { return 0.0 };
        let part = ((wanted - piece.before) / piece.area).clamp(0.0, 1.0);
        let Piece { left, right, .. } = *piece;
        // The stable root of the area under a straight line; a square root is exact everywhere.
        let root = (left * left + part * (right * right - left * left)).max(0.0).sqrt();
        piece.start + piece.width * (part * (left + right) / (left + root)).min(1.0)
    }

    /// The share of all that are at most so old.
    pub fn cdf(&self, age: f64) -> f64 {
        let after = self.pieces.partition_point(|piece| piece.start < age);
        let Some(piece) = after.checked_sub(1).map(|at| self.pieces[at]) else { return 0.0 };
        let part = ((age - piece.start) / piece.width).min(1.0);
        // The area of the piece under its straight line, scaled to the area by Simpson's rule.
        let line = part * (piece.left + 0.5 * part * (piece.right - piece.left));
        let whole = 0.5 * (piece.left + piece.right);
        ((piece.before + piece.area * line / whole) / self.total).min(1.0)
    }

    /// The means of the first three powers of the age.
    pub fn moments(&self) -> [f64; 3] {
        let of_piece = |power: i32, piece: &Piece| {
            let at = |part: f64| (piece.start + part * piece.width).powi(power);
            let density = |part: f64| piece.left + part * (piece.right - piece.left);
            // Simpson's rule is exact for cubes; fourth powers of a narrow piece are close to them.
            let middle = 4.0 * at(0.5) * density(0.5);
            let sum = at(0.0) * density(0.0) + middle + at(1.0) * density(1.0);
            piece.area * sum / (3.0 * (piece.left + piece.right))
        };
        [1, 2, 3].map(|power| {
            let sum: f64 = self.pieces.iter().map(|piece| of_piece(power, piece)).sum();
            if self.total > 0.0 { sum / self.total } else { 0.0 }
        })
    }

    /// The age of a word.
    pub fn at(&self, word: u64) -> f64 {
        self.quantile((word as f64 + 0.5) / 18_446_744_073_709_551_616.0)
    }
}

/// Where pieces begin: zero, the least value, quantiles, and the greatest value.
fn knots(duration: &Distribution, most: f64) -> Vec<f64> {
    let mut knots = vec![0.0, duration.minimum(), duration.maximum()];
    knots.extend((1..MIDDLE).map(|k| duration.quantile(f64::from(k) / f64::from(MIDDLE))));
    for power in 8..=TAIL {
        let tail = libm::ldexp(1.0, -power);
        knots.push(duration.quantile(tail));
        knots.push(duration.quantile_upper(tail));
    }
    knots.retain(|knot| (0.0..=most).contains(knot));
    knots.sort_by(f64::total_cmp);
    knots.dedup_by(|after, before| *after <= *before * (1.0 + APART));
    knots
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(duration: &Distribution, cdf: impl Fn(f64) -> f64) {
        let ages = Equilibrium::of(duration, 1e30);
        for share in [1e-6, 0.01, 0.1, 0.25, 0.5, 0.75, 0.9, 0.99, 0.9999, 1.0 - 1e-7] {
            let age = ages.quantile(share);
            for found in [cdf(age), ages.cdf(age)] {
                assert!((found - share).abs() < 1e-6, "{duration:?} at {share}: {found}");
            }
        }
    }

    #[test]
    fn ages_follow_the_closed_forms() {
        // Memoryless: the age is distributed as the duration.
        let exponential = Distribution::exponential(14.0).unwrap();
        check(&exponential, |x| 1.0 - (-x / 14.0).exp());
        // A constant is met at any age with the same density.
        check(&Distribution::Constant(9.0), |x| x / 9.0);
        // Uniform between 2 and 6, mean 4: S = 1, then (6 − x) / 4.
        let uniform = Distribution::uniform(2.0, 6.0).unwrap();
        check(&uniform, |x| {
            if x < 2.0 { x / 4.0 } else { 0.5 + (4.0 - (6.0 - x).powi(2) / 4.0) / 8.0 }
        });
        // Erlang 2 with phases of 3: S = (1 + x/3) e^(−x/3), its integral 6 − (6 + x) e^(−x/3).
        let erlang = Distribution::erlang(2, 6.0).unwrap();
        check(&erlang, |x| 1.0 - (6.0 + x) / 6.0 * (-x / 3.0).exp());
    }

    #[test]
    fn atoms_are_met_exactly() {
        // 1 and 5, equally likely, mean 3: S is 1 up to 1 and 1/2 up to 5.
        let two = Distribution::empirical(&[1.0, 5.0], None).unwrap();
        let cdf = |x: f64| if x < 1.0 { x / 3.0 } else { (1.0 + (x - 1.0) / 2.0) / 3.0 };
        check(&two, cdf);
        let mixed = Distribution::mixture(vec![
            (0.5, Distribution::Constant(1.0)),
            (0.5, Distribution::Constant(5.0)),
        ]);
        check(&mixed.unwrap(), cdf);
    }

    #[test]
    fn the_mean_age_is_half_of_the_second_moment_over_the_mean() {
        let steps = 200_000;
        for duration in [
            Distribution::lognormal_mean_sd(20.0, 15.0).unwrap(),
            Distribution::weibull_shape_scale(1.5, 4.0).unwrap(),
            Distribution::gamma_mean_sd(5.0, 4.0).unwrap(),
            Distribution::triangular(1.0, 2.0, 9.0).unwrap(),
        ] {
            let ages = Equilibrium::of(&duration, 1e30);
            let at = |k: i32| ages.quantile((f64::from(k) + 0.5) / f64::from(steps));
            let found = (0..steps).map(at).sum::<f64>() / f64::from(steps);
            let right = (duration.variance() + duration.mean().powi(2)) / (2.0 * duration.mean());
            assert!((found / right - 1.0).abs() < 1e-3, "{duration:?}: {found}, {right}");
            let [mean, square, _] = ages.moments();
            let of_square = duration.third_moment() / (3.0 * duration.mean());
            assert!((mean / right - 1.0).abs() < 1e-4, "{duration:?}: {mean}, {right}");
            assert!((square / of_square - 1.0).abs() < 1e-4, "{duration:?}: {square}");
        }
        assert_eq!(Equilibrium::of(&Distribution::Constant(0.0), 1e30).quantile(0.5), 0.0);
    }

    #[test]
    fn powers_of_the_age_of_a_constant_are_those_of_a_uniform_age() {
        let moments = Equilibrium::of(&Distribution::Constant(9.0), 1e30).moments();
        for (found, right) in moments.into_iter().zip([4.5, 27.0, 182.25]) {
            assert!((found / right - 1.0).abs() < 1e-9, "{found} for {right}");
        }
    }
}
