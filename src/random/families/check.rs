//! Checks of parameters that all families share, so that the same fault has the same name.

use super::Family;
use crate::random::distribution::BadDistribution;

/// Means beyond this are called infinite: their square, so the variance, is no number any more.
const LARGEST: f64 = 1e150;

/// How far shares may be from adding up to one.
const SHARES_TOLERANCE: f64 = 1e-9;

/// Passes a finite number.
pub(in crate::random) fn finite(
    parameter: &'static str,
    value: f64,
) -> Result<f64, BadDistribution> {
    if value.is_finite() { Ok(value) } else { Err(BadDistribution::NotFinite { parameter }) }
}

/// Passes a finite number above zero.
pub(in crate::random) fn positive(
    parameter: &'static str,
    value: f64,
) -> Result<f64, BadDistribution> {
    if finite(parameter, value)? > 0.0 {
        Ok(value)
    } else {
        Err(BadDistribution::NotPositive { parameter, value })
    }
}

/// Passes a finite number that is zero or more.
pub(in crate::random) fn non_negative(
    parameter: &'static str,
    value: f64,
) -> Result<f64, BadDistribution> {
    if finite(parameter, value)? < 0.0 {
        Err(BadDistribution::Negative { parameter, value })
    } else {
        Ok(value)
    }
}

/// Passes two finite numbers of which the first is not the greater.
pub(in crate::random) fn ordered(
    (low, low_value): (&'static str, f64),
    (high, high_value): (&'static str, f64),
) -> Result<(), BadDistribution> {
    if finite(low, low_value)? > finite(high, high_value)? {
        Err(BadDistribution::OutOfOrder { low, low_value, high, high_value })
    } else {
        Ok(())
    }
}

/// Passes two finite numbers of which the first is the smaller.
pub(super) fn below(
    (low, low_value): (&'static str, f64),
    (high, high_value): (&'static str, f64),
) -> Result<(), BadDistribution> {
    if finite(low, low_value)? < finite(high, high_value)? {
        Ok(())
    } else {
        Err(BadDistribution::OutOfOrder { low, low_value, high, high_value })
    }
}

/// Passes two lists of one length.
pub(super) fn same_length(
    (first, first_length): (&'static str, usize),
    (second, second_length): (&'static str, usize),
) -> Result<(), BadDistribution> {
    if first_length == second_length {
        Ok(())
    } else {
        Err(BadDistribution::LengthsDiffer { first, first_length, second, second_length })
    }
}

/// Returns the sum of non-negative shares that add up to one but for rounding.
pub(super) fn shares(shares: impl Iterator<Item = f64>) -> Result<f64, BadDistribution> {
    let mut sum = None;
    for share in shares {
        sum = Some(sum.unwrap_or(0.0) + non_negative("shares", share)?);
    }
    let sum = sum.ok_or(BadDistribution::Empty { parameter: "shares" })?;
    if (sum - 1.0).abs() <= SHARES_TOLERANCE {
        Ok(sum)
    } else {
        Err(BadDistribution::SharesSum { sum })
    }
}

/// Passes a family whose mean is a usable number.
pub(super) fn mean<F: Family>(family: F) -> Result<F, BadDistribution> {
    if family.mean().abs() <= LARGEST { Ok(family) } else { Err(BadDistribution::MeanNotFinite) }
}

/// Passes a family whose mean and variance are usable numbers.
pub(super) fn moments<F: Family>(family: F) -> Result<F, BadDistribution> {
    let family = mean(family)?;
    if family.variance().is_finite() { Ok(family) } else { Err(BadDistribution::SpreadNotFinite) }
}
