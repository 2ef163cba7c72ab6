//! Triangular: a least, a most likely and a greatest value, with a piecewise linear density.
//!
//! Kotz and van Dorp, *Beyond Beta* (2004), chapter 1.
//!
//! ```
//! use voronka::random::families::{Family, Triangular};
//! let visit = Triangular::new(2.0, 5.0, 14.0)?;
//! assert_eq!(visit.mean(), 7.0);
//! assert_eq!(visit.quantile(0.25), 5.0);
//! # Ok::<(), voronka::random::distribution::BadDistribution>(())
//! ```

use super::{Family, check};
use crate::random::distribution::{BadDistribution, Distribution};

/// A density that rises linearly to the mode and falls linearly from it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Triangular {
    min: f64,
    mode: f64,
    max: f64,
}

impl Triangular {
    /// Returns the triangle; the mode may be one of the ends.
    pub fn new(min: f64, mode: f64, max: f64) -> Result<Self, BadDistribution> {
        check::ordered(("min", min), ("mode", mode))?;
        check::ordered(("mode", mode), ("max", max))?;
        check::moments(Self { min, mode, max })
    }

    /// Returns the probability of a value below the mode.
    pub fn rising_share(&self) -> f64 {
        (self.mode - self.min) / (self.max - self.min)
    }

    /// Returns `c` of `min + c * sqrt(p)`, the quantile on the rising side.
    pub fn rising_reach(&self) -> f64 {
        (self.max - self.min).sqrt() * (self.mode - self.min).sqrt()
    }

    /// Returns `c` of `max - c * sqrt(q)`, the quantile on the falling side.
    pub fn falling_reach(&self) -> f64 {
        (self.max - self.min).sqrt() * (self.max - self.mode).sqrt()
    }

    fn below(&self, x: f64) -> f64 {
        let part = (x - self.min) / self.rising_reach();
        part * part
    }

    fn above(&self, x: f64) -> f64 {
        let part = (self.max - x) / self.falling_reach();
        part * part
    }
}

impl Family for Triangular {
    fn mean(&self) -> f64 {
        self.min / 3.0 + self.mode / 3.0 + self.max / 3.0
    }

    fn variance(&self) -> f64 {
        let (width, rise) = (self.max - self.min, self.mode - self.min);
        (width * (width - rise) + rise * rise) / 18.0
    }

    fn third_moment(&self) -> f64 {
        // Johnson, Kotz and Balakrishnan 2, section 26.9: the third central moment.
        let (low, high, mode) = (self.min, self.max, self.mode);
        let central =
            (low + high - 2.0 * mode) * (2.0 * low - high - mode) * (low - 2.0 * high + mode)
                / 270.0;
        let mean = self.mean();
        central + mean * (3.0 * self.variance() + mean * mean)
    }

    fn minimum(&self) -> f64 {
        self.min
    }

    fn maximum(&self) -> f64 {
        self.max
    }

    fn cdf(&self, x: f64) -> f64 {
        if x <= self.min {
            0.0
        } else if x < self.mode {
            self.below(x)
        } else {
            1.0 - self.survival(x)
        }
    }

    fn survival(&self, x: f64) -> f64 {
        if x >= self.max {
            0.0
        } else if x < self.mode {
            1.0 - self.cdf(x)
        } else {
            self.above(x)
        }
    }

    fn quantile(&self, p: f64) -> f64 {
        if p <= self.rising_share() {
            self.min + self.rising_reach() * p.sqrt()
        } else {
            self.max - self.falling_reach() * (1.0 - p).sqrt()
        }
    }

    fn quantile_upper(&self, q: f64) -> f64 {
        if 1.0 - q <= self.rising_share() {
            self.min + self.rising_reach() * (1.0 - q).sqrt()
        } else {
            self.max - self.falling_reach() * q.sqrt()
        }
    }

    fn scaled(&self, factor: f64) -> Distribution {
        Distribution::Triangular(Self {
            min: self.min * factor,
            mode: self.mode * factor,
            max: self.max * factor,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_exact_case_dist_09_holds() {
        let triangular = Triangular::new(2.0, 5.0, 14.0).unwrap();
        assert!((triangular.variance().sqrt() - 2.549_509_756_796_392_2).abs() < 1e-9);
        for (p, x) in [
            (0.01, 2.6),
            (0.1, 3.897_366_596_101_027_5),
            (0.25, 5.0),
            (0.5, 6.651_530_771_650_466),
            (0.75, 8.803_847_577_293_368),
            (0.9, 10.713_664_654_969_003),
            (0.95, 11.676_209_992_275_549),
            (0.99, 12.960_769_515_458_672),
        ] {
            assert!((triangular.quantile(p) - x).abs() < 1e-9);
        }
        for (x, p) in [(3.5, 0.0625), (7.0, 0.546_296_296_296_296_3), (14.0, 1.0)] {
            assert!((triangular.cdf(x) - p).abs() < 1e-9);
        }
    }

    #[test]
    fn a_mode_at_an_end_makes_a_right_triangle() {
        let falling = Triangular::new(0.0, 0.0, 3.0).unwrap();
        assert!((falling.mean() - 1.0).abs() < 1e-15);
        assert!((falling.cdf(1.0) - 5.0 / 9.0).abs() < 1e-15);
        let rising = Triangular::new(0.0, 3.0, 3.0).unwrap();
        assert!((rising.quantile(0.25) - 1.5).abs() < 1e-15);
        assert!((rising.cdf(3.0) - 1.0).abs() < 1e-15);
    }

    #[test]
    fn a_mode_outside_the_ends_is_refused() {
        assert_eq!(
            Triangular::new(2.0, 1.0, 3.0),
            Err(BadDistribution::OutOfOrder {
                low: "min",
                low_value: 2.0,
                high: "mode",
                high_value: 1.0
            })
        );
    }
}
