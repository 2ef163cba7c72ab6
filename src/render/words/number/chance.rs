//! Probabilities with their intervals.

use super::digits::places_that_matter;
use super::{Kind, Language, MOST_OF_PERCENT, Unit, fixed, trimmed};

impl Language {
    /// Returns a probability with its half-width, or the ends of its interval where that reaches 0 or 1:
    /// `71–100 %`.
    pub(super) fn chance(self, x: f64, half_width: f64) -> String {
        let (low, high) = ((x - half_width).max(0.0), (x + half_width).min(1.0));
        let is_inside = low > 0.0 && high < 1.0;
        if is_inside || !half_width.is_finite() || half_width < 0.5e-5 {
            return self.estimate(x, half_width, Kind::Share);
        }
        let places = places_that_matter(half_width * 100.0).clamp(0, MOST_OF_PERCENT);
        let end = |share: f64| trimmed(fixed(share * 100.0, places));
        self.attach(&format!("{}–{}", end(low), end(high)), Unit::Percent)
    }
}
