//! Shares and probabilities: `45%`, `0.45`, or `rest`.

use super::{NumberFault, parse_number};

/// A share as written: a number, or the rest to 1.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Share {
    /// Between 0 and 1.
    Of(f64),
    /// `rest`: what the other shares leave of 1.
    Rest,
}

/// Reads a share.
///
/// ```
/// use voronka::quantity::{parse_share, NumberFault, Share};
/// assert_eq!(parse_share("45%"), Ok(Share::Of(0.45)));
/// assert_eq!(parse_share("rest"), Ok(Share::Rest));
/// assert_eq!(parse_share("60"), Err(NumberFault::PercentMissing { value: 60.0 }));
/// ```
pub fn parse_share(text: &str) -> Result<Share, NumberFault> {
    let text = text.trim();
    if text == "rest" {
        return Ok(Share::Rest);
    }
    let percent = text.strip_suffix('%');
    let written = parse_number(percent.unwrap_or(text))?;
    // Division gives the double nearest to the decimal: 45 / 100, not 45 × 0.01.
    let share = if percent.is_some() { written / 100.0 } else { written };
    if (0.0..=1.0).contains(&share) {
        Ok(Share::Of(share))
    } else if percent.is_none() && written > 1.0 && written <= 100.0 {
        Err(NumberFault::PercentMissing { value: written })
    } else {
        Err(NumberFault::ShareOutOfRange)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_outside_zero_to_one_are_refused_with_their_reason() {
        assert_eq!(parse_share("-5%"), Err(NumberFault::ShareOutOfRange));
        assert_eq!(parse_share("101%"), Err(NumberFault::ShareOutOfRange));
        assert_eq!(parse_share("250"), Err(NumberFault::ShareOutOfRange));
        assert_eq!(parse_share("0,5"), Err(NumberFault::DecimalComma));
        assert_eq!(parse_share(".nan"), Err(NumberFault::NotFinite));
    }
}
