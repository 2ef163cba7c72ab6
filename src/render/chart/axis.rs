//! Numbers of axes: steps that people count in, and words in the unit of a chart.

use crate::render::number::{self, Kind};
use crate::report::chart::Measure;

/// A step of 1, 2 or 5 times a power of ten that makes at most `most` steps of a range.
pub(super) fn nice_step(range: f64, most: f64) -> f64 {
    let rough = range / most;
    let power = 10_f64.powi(rough.log10().floor() as i32);
    [1.0, 2.0, 5.0].map(|m| m * power).into_iter().find(|&s| s >= rough).unwrap_or(10.0 * power)
}

/// Multiples of a step in a range.
pub(super) fn ticks(from: f64, to: f64, step: f64) -> impl Iterator<Item = f64> {
    let (first, last) = ((from / step - 1e-9).ceil(), (to / step + 1e-9).floor());
    let count = if step > 0.0 && last >= first { (last - first).min(50.0) as u32 + 1 } else { 0 };
    (0..count).map(move |index| (first + f64::from(index)) * step)
}

/// How a chart's numbers are written.
pub(super) fn kind(measure: &Measure) -> Kind<'_> {
    match measure {
        Measure::Deals => Kind::Count,
        Measure::Days => Kind::Days,
        Measure::Money(currency) => Kind::Money(currency),
    }
}

/// The words of a tick.
pub(super) fn tick(value: f64, step: f64, measure: &Measure) -> String {
    match measure {
        Measure::Deals => number::tick(value, step),
        _ => number::value(value, kind(measure)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn steps_are_numbers_that_people_count_in() {
        for (range, most, step) in [(100.0, 9.0, 20.0), (1.0, 4.0, 0.5), (365.0, 9.0, 50.0)] {
            assert!((nice_step(range, most) - step).abs() < 1e-12);
        }
        assert_eq!(ticks(0.0, 100.0, 20.0).count(), 6);
        assert_eq!(ticks(3.0, 9.0, 5.0).collect::<Vec<_>>(), [5.0]);
    }
}
