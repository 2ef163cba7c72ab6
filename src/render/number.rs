//! Numbers for programs: the shortest digits that read back as the same number.
//!
//! How people read numbers differs by language: see [`words`](super::words).

/// What some thousand additions may be wrong by, as a part of their sum.
const NOISE: f64 = 2e-14;

/// Returns the shortest digits that read back as the same number, for CSV and JSON.
///
/// There is no exponent between 1e-6 and 1e15. What is not a number gives an empty text.
///
/// ```
/// use voronka::render::number::plain;
/// assert_eq!(plain(-0.1), "-0.1");
/// assert_eq!(plain(36_500.0), "36500");
/// ```
pub fn plain(x: f64) -> String {
    if x == f64::INFINITY {
        "inf".to_owned()
    } else if !x.is_finite() {
        String::new()
    } else if x == 0.0 {
        "0".to_owned()
    } else if (1e-6..1e15).contains(&x.abs()) {
        format!("{x}")
    } else {
        format!("{x:e}")
    }
}

/// Returns a number without the rounding errors of the sums that made it.
///
/// A mean of whole numbers comes out as 270000.0000000001 after some additions of binary fractions. Where twelve
/// digits say the same to within such errors, they are meant.
///
/// ```
/// use voronka::render::number::without_noise;
/// assert_eq!(without_noise(270_000.000_000_000_1), 270_000.0);
/// assert_eq!(without_noise(1.0 / 3.0), 1.0 / 3.0);
/// ```
pub fn without_noise(x: f64) -> f64 {
    if !x.is_finite() || x == 0.0 {
        return x;
    }
    if is_noisy(x) == Some(false) {
        return x;
    }
    let rounded = format!("{x:.11e}").parse().unwrap_or(x);
    if (x - rounded).abs() <= NOISE * x.abs() { rounded } else { x }
}

/// Whether a number may be a noisy one of twelve digits, which is much cheaper to ask than to write the digits. `None`
/// where powers of ten are not exact.
fn is_noisy(x: f64) -> Option<bool> {
    let size = x.abs();
    if !(1e-10..1e11).contains(&size) {
        return None;
    }
    let decade = size.log10().floor() as i32;
    // Of a number beside a power of ten, the logarithm may be that of the power.
    let decade = decade - i32::from(size < 10_f64.powi(decade));
    let unit = 10_f64.powi(11 - decade);
    let rounded = (size * unit).round() / unit;
    // Two roundings more than the digits have.
    Some(size != rounded && (size - rounded).abs() <= 1.5 * NOISE * size)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_numbers_read_back_as_they_were() {
        for (x, text) in
            [(0.1, "0.1"), (-0.1, "-0.1"), (-0.0, "0"), (36_500.0, "36500"), (1e-6, "0.000001")]
        {
            assert_eq!(plain(x), text);
        }
        assert_eq!(plain(f64::NAN), "");
        for x in [1.0 / 3.0, 1e-300, 1e300, -123_456_789.123, 5e-324, f64::MAX] {
            assert_eq!(plain(x).parse::<f64>().unwrap().to_bits(), x.to_bits());
        }
        assert!(!plain(999_999_999_999_999.0).contains('e'));
    }
}
