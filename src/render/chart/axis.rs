//! Numbers of axes: round steps, and labels in the unit of a chart.

use super::ChartError;
use super::canvas::{Area, Canvas, Pen};
use super::text::{Face, Fonts, clean};
use super::theme::{AXIS, SMALL};
use crate::render::words::Language;
use crate::render::words::number::Kind;
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
pub(super) fn tick(value: f64, step: f64, measure: &Measure, language: Language) -> String {
    match measure {
        Measure::Deals => language.tick(value, step),
        _ => language.value(value, kind(measure)),
    }
}

/// Room that labels of an axis of periods take.
pub(super) const PERIODS: f64 = 36.0;
/// Of the labels every one, or one in so many, whatever there is room for.
const EVERY: [usize; 7] = [1, 2, 3, 4, 6, 12, 24];

/// A label of an axis: a month, and below it the year where that is new.
struct Label<'a> {
    at: f64,
    month: &'a str,
    year: &'a str,
    width: f64,
}

/// Names below an axis of periods of this width: all of them, or one in so many as have room.
///
/// A name stands in the middle of a column that is wide enough for it, else at the left edge of its first one.
pub(super) fn draw_periods<'a>(
    canvas: &mut Canvas<'_>,
    fonts: &Fonts,
    labels: impl Iterator<Item = &'a str>,
    plot: Area,
    width: f64,
) -> Result<(), ChartError> {
    let words = |text: &str| fonts.width(text, SMALL, Face::Regular);
    let labels = labels.enumerate().filter(|(_, label)| !label.is_empty());
    let labels: Vec<Label> = labels
        .map(|(number, label)| {
            let (month, year) = label.split_once(' ').unwrap_or((label, ""));
            let wide = words(month).max(words(year));
            let inset = if wide + 4.0 <= width { (width - wide) / 2.0 } else { 3.0 };
            let at = plot.left + width * number as f64 + inset;
            // The last name may reach to the left of its mark.
            Label { at: at.min(plot.right - wide), month, year, width: wide }
        })
        .collect();
    let fits = |every: &&usize| {
        let shown: Vec<&Label> = labels.iter().step_by(**every).collect();
        shown.windows(2).all(|pair| pair[0].at + pair[0].width + 5.0 <= pair[1].at)
    };
    let every = EVERY.iter().find(fits).copied().unwrap_or(labels.len().max(1));
    let mut year = "";
    for label in &labels {
        let mark = Area { left: label.at - 3.0, right: label.at - 2.0, ..plot };
        let mark = Area { top: plot.bottom, bottom: plot.bottom + 6.0, ..mark };
        if label.width + 4.0 > width {
            canvas.fill(mark, AXIS)?;
        }
    }
    for (number, label) in labels.iter().enumerate() {
        // If the first month of a year has no room for its name, the next one has the year.
        if !label.year.is_empty() {
            year = label.year;
        }
        if number % every == 0 {
            canvas.write(&clean(label.month), label.at, plot.bottom + 17.0, Pen::SMALL)?;
            canvas.write(&clean(year), label.at, plot.bottom + 31.0, Pen::SMALL)?;
            year = "";
        }
    }
    Ok(())
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
