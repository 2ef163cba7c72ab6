//! Count, sum and sum of squares of integers: exact, and independent of the order.

use std::ops::AddAssign;

use serde::{Deserialize, Serialize};

/// Values added at a time.
const CHUNK: usize = 64;
/// Bits of a value such that the sum of a chunk fits a word.
const SHORT: u32 = u64::BITS - CHUNK.ilog2();

/// The first two moments, and the number of values within up to four limits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Moments {
    /// The number of values.
    pub n: u64,
    /// Their sum.
    pub sum: i128,
    /// The sum of their squares.
    pub squares: u128,
    /// The number of values at most each limit.
    pub within: [u64; 4],
}

impl Moments {
    /// Adds a value.
    #[inline]
    pub fn add(&mut self, x: i64, limits: &[i64]) {
        self.n += 1;
        self.sum += i128::from(x);
        self.squares += square(x);
        if !limits.is_empty() {
            self.add_within(x, limits);
        }
    }

    /// Adds the same value `n` times.
    pub fn add_equal(&mut self, x: i64, n: u64) {
        self.n += n;
        self.sum += i128::from(x) * i128::from(n);
        self.squares += square(x) * u128::from(n);
    }

    /// Adds each value; sums stay in registers.
    #[inline]
    pub fn add_each(&mut self, values: &[i64], limits: &[i64]) {
        self.n += values.len() as u64;
        for values in values.chunks(CHUNK) {
            // Without negative or very large values, no wide additions are needed.
            if values.iter().fold(0, |bits, x| bits | *x as u64) >> SHORT == 0 {
                let (mut sum, mut squares) = (0, 0);
                for x in values {
                    sum += *x as u64;
                    squares += u128::from(*x as u64) * u128::from(*x as u64);
                }
                self.sum += i128::from(sum);
                self.squares += squares;
            } else {
                for x in values {
                    self.sum += i128::from(*x);
                    self.squares += square(*x);
                }
            }
        }
        if !limits.is_empty() {
            values.iter().for_each(|x| self.add_within(*x, limits));
        }
    }

    #[inline(never)]
    fn add_within(&mut self, x: i64, limits: &[i64]) {
        for (within, limit) in self.within.iter_mut().zip(limits) {
            *within += u64::from(x <= *limit);
        }
    }

    /// Count, sum and sum of squares of the distances from a center, in units of `scale`. Integers
    /// keep the precision of a narrow spread far from zero.
    pub fn about(&self, center: i64, scale: f64) -> (f64, f64, f64) {
        let (n, center) = (i128::from(self.n), i128::from(center));
        // Intermediate overflow cancels: the result is smaller than its terms.
        let sum = self.sum.wrapping_sub(n.wrapping_mul(center));
        let squares = self
            .squares
            .cast_signed()
            .wrapping_sub(center.wrapping_mul(self.sum.wrapping_add(sum)));
        (self.n as f64, sum as f64 / scale, squares as f64 / scale / scale)
    }

    /// The mean of several moments, as an integer.
    pub fn center(all: &[Moments]) -> i64 {
        let n: u64 = all.iter().map(|m| m.n).sum();
        let sum: i128 = all.iter().map(|m| m.sum).sum();
        i64::try_from(sum / i128::from(n.max(1))).unwrap_or(0)
    }

    /// The mean in units of `scale`.
    pub fn mean(&self, scale: f64) -> Option<f64> {
        (self.n > 0).then(|| self.sum as f64 / self.n as f64 / scale)
    }
}

#[inline]
fn square(x: i64) -> u128 {
    (i128::from(x) * i128::from(x)).cast_unsigned()
}

impl AddAssign<&Moments> for Moments {
    fn add_assign(&mut self, other: &Moments) {
        // Without `..`, so that a new field cannot be forgotten.
        let Moments { n, sum, squares, within } = other;
        self.n += n;
        self.sum += sum;
        self.squares += squares;
        for (mine, others) in self.within.iter_mut().zip(within) {
            *mine += others;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stats::Sample;

    /// 1.2, then 1.1 and 1.3 five hundred times each, with growing offsets: the standard deviation
    /// is 0.1 (the design of NIST's `NumAcc`), which the textbook's sum of squares loses.
    #[test]
    fn a_narrow_spread_far_from_zero_keeps_its_digits() {
        for front in [0_i64, 10_000_000, 10_000_000_000_000] {
            let value = |tenths: i64| 10 * front + tenths;
            let mut all = vec![Moments::default(); 3];
            all[0].add(value(12), &[]);
            for k in 0..500 {
                all[k % 3].add(value(11), &[]);
                all[(k + 1) % 3].add(value(13), &[]);
            }
            let center = Moments::center(&all);
            let sums: Vec<_> = all.iter().map(|m| m.about(center, 10.0)).collect();
            let n: f64 = sums.iter().map(|s| s.0).sum();
            let mean = center as f64 / 10.0 + sums.iter().map(|s| s.1).sum::<f64>() / n;
            let sd = Sample::plain(3).spread(&sums, 0.95).value.unwrap();
            assert!((mean / (front as f64 + 1.2) - 1.0).abs() < 1e-14, "{mean}");
            assert!((sd / 0.1 - 1.0).abs() < 1e-9, "{front}: {sd}");
        }
    }
}
