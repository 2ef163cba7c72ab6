//! A constant, which is a distribution without spread.

use super::Family;
use crate::random::distribution::Distribution;

impl Family for f64 {
    fn mean(&self) -> f64 {
        *self
    }

    fn variance(&self) -> f64 {
        0.0
    }

    fn third_moment(&self) -> f64 {
        self * self * self
    }

    fn minimum(&self) -> f64 {
        *self
    }

    fn maximum(&self) -> f64 {
        *self
    }

    fn cdf(&self, x: f64) -> f64 {
        if x >= *self { 1.0 } else { 0.0 }
    }

    fn survival(&self, x: f64) -> f64 {
        1.0 - self.cdf(x)
    }

    fn quantile(&self, _: f64) -> f64 {
        *self
    }

    fn quantile_upper(&self, _: f64) -> f64 {
        *self
    }

    fn scaled(&self, factor: f64) -> Distribution {
        Distribution::Constant(self * factor)
    }
}
