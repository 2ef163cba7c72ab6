//! Count, sum and sum of squares of whole numbers: exact, and the same in any order.

use std::ops::AddAssign;

/// The first two moments, and how many values were within up to four limits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Moments {
    /// How many.
    pub n: u64,
    /// Their sum.
    pub sum: i128,
    /// The sum of their squares.
    pub squares: u128,
    /// How many were at most each limit.
    pub within: [u64; 4],
}

impl Moments {
    /// Adds a value.
    #[inline]
    pub fn add(&mut self, x: i64, limits: &[i64]) {
        self.n += 1;
        self.add_sums(x, limits);
    }

    /// Adds a value that is counted elsewhere.
    #[inline]
    pub fn add_sums(&mut self, x: i64, limits: &[i64]) {
        self.sum += i128::from(x);
        self.squares += square(x);
        if !limits.is_empty() {
            self.add_within(x, limits);
        }
    }

    /// Adds `n` times the same value.
    pub fn add_equal(&mut self, x: i64, n: u64) {
        self.n += n;
        self.sum += i128::from(x) * i128::from(n);
        self.squares += square(x) * u128::from(n);
    }

    /// Adds each value, with the sums in registers meanwhile.
    #[inline]
    pub fn add_each(&mut self, values: impl ExactSizeIterator<Item = i64>) {
        self.n += values.len() as u64;
        let (mut sum, mut squares) = (0, 0);
        for x in values {
            sum += i128::from(x);
            squares += square(x);
        }
        self.sum += sum;
        self.squares += squares;
    }

    #[inline(never)]
    fn add_within(&mut self, x: i64, limits: &[i64]) {
        for (within, limit) in self.within.iter_mut().zip(limits) {
            *within += u64::from(x <= *limit);
        }
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
        self.n += other.n;
        self.sum += other.sum;
        self.squares += other.squares;
        for (mine, others) in self.within.iter_mut().zip(other.within) {
            *mine += others;
        }
    }
}
