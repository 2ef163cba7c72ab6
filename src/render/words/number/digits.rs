//! The digits of a number that say something.

/// A half-width rounded to the digits that it deserves.
pub(super) fn as_shown(half_width: f64) -> f64 {
    let step = 10_f64.powi(-places_that_matter(half_width));
    let rounded = (half_width / step).round() * step;
    if rounded.is_finite() { rounded } else { half_width }
}

/// Decimals that a half-width deserves; negative means tens, hundreds and so on.
pub(super) fn places_that_matter(half_width: f64) -> i32 {
    let rounded = format!("{half_width:.1e}");
    let digits = if rounded.starts_with('1') { 2 } else { 1 };
    digits - 1 - exponent_in(&rounded)
}

/// Power of ten of the first digit, read from exact digits: a logarithm may miss at 1000.
pub(super) fn exponent(x: f64) -> i32 {
    if x == 0.0 { 0 } else { exponent_in(&format!("{x:.1e}")) }
}

fn exponent_in(scientific: &str) -> i32 {
    scientific.split_once('e').and_then(|(_, power)| power.parse().ok()).unwrap_or(0)
}
