//! Parameter checks shared by all families, so that the same fault always has the same name.

use super::Family;
use crate::random::distribution::BadDistribution;

/// Larger means count as infinite: their square, and so the variance, would overflow.
const LARGEST: f64 = 1e150;

/// Tolerance of the sum of shares.
const SHARES_TOLERANCE: f64 = 1e-9;

/// Accepts a finite number.
pub(in crate::random) fn finite(
    parameter: &'static str,
    value: f64,
) -> Result<f64, BadDistribution> {
    if value.is_finite() { Ok(value) } else { Err(BadDistribution::NotFinite { parameter }) }
}

/// Accepts a finite number above zero.
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

/// Accepts a finite number of at least zero.
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

/// Accepts two finite numbers if the first is not greater than the second.
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

/// Accepts two finite numbers if the first is less than the second.
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

/// Accepts two lists of the same length.
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

/// Returns the sum of nonnegative shares, which must be one within the tolerance.
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

/// Accepts a family whose mean is finite and not too large.
pub(super) fn mean<F: Family>(family: F) -> Result<F, BadDistribution> {
    if family.mean().abs() <= LARGEST { Ok(family) } else { Err(BadDistribution::MeanNotFinite) }
}

/// Accepts a family whose mean and variance are finite and not too large.
pub(super) fn moments<F: Family>(family: F) -> Result<F, BadDistribution> {
    let family = mean(family)?;
    if family.variance().is_finite() { Ok(family) } else { Err(BadDistribution::SpreadNotFinite) }
}
