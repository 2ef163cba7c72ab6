//! Plain numbers: finite, with a point as decimal sign.

use super::NumberFault;

/// Reads a finite number.
///
/// ```
/// use voronka::quantity::{parse_number, NumberFault};
/// assert_eq!(parse_number("12.5"), Ok(12.5));
/// assert_eq!(parse_number("0,5"), Err(NumberFault::DecimalComma));
/// ```
pub fn parse_number(text: &str) -> Result<f64, NumberFault> {
    let text = text.trim();
    if text.is_empty() {
        return Err(NumberFault::Empty);
    }
    let unsigned = text.trim_start_matches(['+', '-']).to_ascii_lowercase();
    if matches!(unsigned.as_str(), ".nan" | ".inf" | "nan" | "inf" | "infinity") {
        return Err(NumberFault::NotFinite);
    }
    match text.parse::<f64>() {
        Ok(x) if x.is_finite() => Ok(x),
        Ok(_) => Err(NumberFault::NotFinite),
        Err(_) if is_decimal_comma(text) => Err(NumberFault::DecimalComma),
        Err(_) if is_grouped(text) => Err(NumberFault::Grouped),
        Err(_) => Err(NumberFault::NotANumber),
    }
}

/// Larger integers are not exact.
const MOST_COUNT: f64 = 9e15;

/// Reads a nonnegative integer; `1e3` is 1000.
pub fn parse_count(text: &str) -> Result<u64, NumberFault> {
    let x = parse_number(text)?;
    if x < 0.0 {
        Err(NumberFault::Negative)
    } else if x.fract() != 0.0 {
        Err(NumberFault::NotWhole)
    } else if x > MOST_COUNT {
        Err(NumberFault::TooLarge { most: MOST_COUNT })
    } else {
        Ok(x as u64)
    }
}

fn is_decimal_comma(text: &str) -> bool {
    text.matches(',').count() == 1 && text.replace(',', ".").parse::<f64>().is_ok()
}

/// Whether the only fault is gaps between groups of digits.
fn is_grouped(text: &str) -> bool {
    let closed = without_gaps(text);
    closed.len() < text.len() && closed.replacen(',', ".", 1).parse::<f64>().is_ok()
}

/// Removes the gaps between digits: `120 000/month` becomes `120000/month`.
pub fn without_gaps(text: &str) -> String {
    let is_gap = |c: char| c.is_whitespace() || c == '\'' || c == '_';
    let mut closed = String::new();
    let mut letters = text.chars().peekable();
    while let Some(letter) = letters.next() {
        let inside = closed.ends_with(|c: char| c.is_ascii_digit())
            && letters.peek().is_some_and(char::is_ascii_digit);
        if !(is_gap(letter) && inside) {
            closed.push(letter);
        }
    }
    closed
}

/// The nearest integer, limited so that the sum of two of them cannot overflow.
///
/// Below 2^51 it adds 1.5 × 2^52, which leaves the integer in the low bits. This takes two
/// instructions; a checked conversion takes eight.
#[inline]
pub fn nearest(x: f64) -> i64 {
    if x.abs() < SHORT { nearest_short(x) } else { beyond(x) }
}

/// [`nearest`] of each value, two at a time if the machine can.
///
/// If the slices differ in length, the excess of the longer one is left unchanged.
pub fn nearest_each(values: &[f64], wholes: &mut [i64]) {
    let mut far = 0;
    for (whole, x) in wholes.iter_mut().zip(values) {
        *whole = nearest_short(*x);
        far += 1 - i64::from(x.abs() < SHORT);
    }
    if far > 0 {
        wholes.iter_mut().zip(values).for_each(|(whole, x)| *whole = nearest(*x));
    }
}

/// 1.5 × 2^52; a number added to it appears in its low bits.
const SHIFT: f64 = 6_755_399_441_055_744.0;
/// 2^51.
const SHORT: f64 = 2_251_799_813_685_248.0;

#[inline]
fn nearest_short(x: f64) -> i64 {
    (x + SHIFT).to_bits() as i64 - SHIFT.to_bits() as i64
}

/// Limits a large value so that the sum of two of them cannot overflow.
#[cold]
fn beyond(x: f64) -> i64 {
    (x as i64).clamp(i64::MIN / 4, i64::MAX / 4)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn groups_of_digits_are_told_from_words() {
        for text in ["120 000", "1\u{a0}200\u{202f}000", "1'000", "10_000.5", "1 500,5"] {
            assert_eq!(parse_number(text), Err(NumberFault::Grouped), "{text}");
        }
        assert_eq!(without_gaps("90 000/month"), "90000/month");
        assert_eq!(parse_number("1 500 x"), Err(NumberFault::NotANumber));
        assert_eq!(parse_number("- 5"), Err(NumberFault::NotANumber));
    }

    #[test]
    fn infinities_by_any_name_are_refused() {
        for text in [".nan", "-.inf", "1e400", "Infinity", "NaN"] {
            assert_eq!(parse_number(text), Err(NumberFault::NotFinite), "{text}");
        }
    }

    #[test]
    fn a_count_may_be_written_with_an_exponent() {
        assert_eq!(parse_count("1e3"), Ok(1000));
        assert_eq!(parse_count("1.5"), Err(NumberFault::NotWhole));
        assert_eq!(parse_count("-1"), Err(NumberFault::Negative));
    }

    #[test]
    fn the_nearest_whole_number_is_found_at_every_size() {
        for (x, whole) in
            [(0.0, 0), (0.49, 0), (0.51, 1), (-0.51, -1), (1e12 + 0.25, 1_000_000_000_000)]
        {
            assert_eq!(nearest(x), whole, "{x}");
        }
        assert_eq!(nearest(3e15), 3_000_000_000_000_000);
        for values in [[0.5, 1.5, -2.5, 1e9], [0.49, f64::INFINITY, 3e15, -0.51]] {
            let mut wholes = [7; 5];
            nearest_each(&values, &mut wholes);
            assert_eq!(
                wholes,
                [nearest(values[0]), nearest(values[1]), nearest(values[2]), nearest(values[3]), 7]
            );
        }
        assert_eq!(nearest(f64::INFINITY), i64::MAX / 4);
    }
}
