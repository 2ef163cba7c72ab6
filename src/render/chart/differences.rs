//! How figures differ from those of a base: a point with its interval for each, around a line at zero.
//!
//! One axis in percent of the base suits every unit. Values far beyond the others end in an arrow at the edge, so that
//! one of them does not press the rest together; its number stands beside it as in every row.

use plotters_backend::BackendColor;

use super::ChartError;
use super::axis::{nice_step, ticks};
use super::canvas::{Area, Arrow, Canvas, Head, Pen};
use super::key::Key;
use super::spoken;
use super::text::{Align, Face, Fonts, clean_name};
use super::theme::{ALARM, AXIS, BAND, GREY, GRID, INK, MARGIN, ON, SMALL, WON};
use crate::report::chart::{DifferenceChart, DifferenceRow};
use crate::report::phrase::Comparing;
use crate::report::phrase::difference::Verdict;
use crate::report::{Kind, Number};

/// Room for names.
const NAMES: f64 = 330.0;
/// From one row to the next.
const PITCH: std::ops::RangeInclusive<f64> = 18.0..=40.0;
/// Where the points would have less room than this, values stand below names if rows are so high.
const NARROW: f64 = 400.0;
const TWO_LINES: f64 = 31.0;
/// Room below the rows: the labels of the axis.
const BELOW: f64 = 26.0;
/// Between two columns.
const GAP: f64 = 18.0;
/// Half of the width of a point.
const DOT: f64 = 4.5;
/// Beyond so many times the value that nine of ten rows do not exceed, an arrow stands for the rest.
const FAR: f64 = 3.0;
/// Part of the axis that stays free at each end.
const FREE: f64 = 0.06;

/// Rows with their words.
pub(super) struct Layout<'a> {
    rows: Vec<Row<'a>>,
    key: Key,
    /// Widths of the three columns of words.
    widths: [f64; 3],
    scale: Scale,
}

struct Row<'a> {
    drawn: &'a DifferenceRow,
    /// The name, before and after, the difference.
    words: [String; 3],
}

/// The ends of the axis.
#[derive(Clone, Copy)]
struct Scale {
    low: f64,
    high: f64,
}

impl Scale {
    fn of(rows: &[DifferenceRow]) -> Scale {
        let ends = |row: &DifferenceRow| {
            let Number { value, half_width, .. } = row.relative;
            let half_width = half_width.unwrap_or(0.0);
            [value - half_width, value + half_width]
        };
        let mut sizes: Vec<f64> = rows.iter().map(|row| row.relative.value.abs()).collect();
        sizes.sort_by(f64::total_cmp);
        let usual = sizes.get(sizes.len() * 9 / 10).copied().unwrap_or(0.0);
        let most = if usual > 0.0 { FAR * usual } else { f64::INFINITY };
        let ends = rows.iter().flat_map(ends).map(|end| end.clamp(-most, most));
        let (low, high) =
            ends.fold((0.0_f64, 0.0_f64), |(low, high), end| (low.min(end), high.max(end)));
        if low == high {
            return Scale { low: -0.01, high: 0.01 };
        }
        let free = FREE * (high - low);
        Scale { low: low - free, high: high + free }
    }
}

impl<'a> Layout<'a> {
    pub(super) fn new(chart: &'a DifferenceChart, fonts: &Fonts, head: &Head) -> Self {
        let language = head.language;
        let rows = chart.rows.iter().map(|row| {
            let name = clean_name(&spoken(&row.label, language));
            let name = fonts.shorten(&name, NAMES, SMALL, Face::SemiBold);
            let values = [&row.before, &row.after].map(|value| language.number(value));
            let words = [name, values.join(" → "), language.signed(&row.relative)];
            Row { drawn: row, words }
        });
        let rows: Vec<Row> = rows.collect();
        let faces = [Face::SemiBold, Face::Regular, Face::SemiBold];
        let widths = [0, 1, 2].map(|column| {
            let wide = |row: &Row| fonts.width(&row.words[column], SMALL, faces[column]);
            rows.iter().map(wide).fold(0.0, f64::max)
        });
        let verdicts =
            [Verdict::Better, Verdict::Worse, Verdict::Changed, Verdict::NotBeyondChance];
        let occurs = |verdict: &Verdict| chart.rows.iter().any(|row| row.verdict == *verdict);
        let entries = verdicts.into_iter().filter(occurs);
        let entries = entries
            .map(|verdict| (spoken(&Comparing::Verdict(verdict), language), colour(verdict)));
        let entries: Vec<(String, BackendColor)> = entries.collect();
        let entries: Vec<(&str, BackendColor)> =
            entries.iter().map(|(word, colour)| (word.as_str(), *colour)).collect();
        let key = Key::new(&entries, (MARGIN, head.right()), fonts);
        Self { rows, key, widths, scale: Scale::of(&chart.rows) }
    }

    pub(super) fn height(&self, head: &Head) -> f64 {
        self.top(head) + self.pitch(head) * self.rows.len() as f64 + BELOW + MARGIN
    }

    fn top(&self, head: &Head) -> f64 {
        head.bottom() + self.key.height()
    }

    fn pitch(&self, head: &Head) -> f64 {
        let room = head.size.height() - self.top(head) - BELOW - MARGIN;
        (room / self.rows.len().max(1) as f64).clamp(*PITCH.start(), *PITCH.end())
    }

    pub(super) fn draw(
        &self,
        canvas: &mut Canvas<'_>,
        fonts: &Fonts,
        head: &Head,
    ) -> Result<(), ChartError> {
        self.key.draw(canvas, fonts, head.bottom())?;
        let (top, pitch) = (self.top(head), self.pitch(head));
        let (is_stacked, across) = self.across(head);
        let plot = Area { top, bottom: top + pitch * self.rows.len() as f64, ..across };
        for number in (1..self.rows.len()).step_by(2) {
            let top = top + pitch * number as f64;
            let band = Area { left: MARGIN, top, right: head.right(), bottom: top + pitch };
            canvas.fill(band, BAND)?;
        }
        self.draw_axis(canvas, head, plot)?;
        for (number, row) in self.rows.iter().enumerate() {
            let middle = top + pitch * (number as f64 + 0.5);
            self.draw_point(row.drawn, canvas, plot, middle)?;
            let baseline = middle + SMALL * 0.36;
            let [name, values, difference] = &row.words;
            let bold = Pen { size: SMALL, ..Pen::LABEL };
            if is_stacked {
                canvas.write(name, MARGIN, middle - 3.0, bold)?;
                canvas.write(values, MARGIN, middle + 13.0, Pen::SMALL)?;
            } else {
                canvas.write(name, MARGIN, baseline, bold)?;
                let right = head.right() - self.widths[2] - GAP;
                let pen = Pen::SMALL.align(Align::Right).colour(INK);
                canvas.write(values, right, baseline, pen)?;
            }
            let pen = bold.align(Align::Right);
            canvas.write(difference, head.right(), baseline, pen)?;
        }
        Ok(())
    }

    /// Whether values stand below names, and the room for the points, from left to right.
    fn across(&self, head: &Head) -> (bool, Area) {
        let [names, values, differences] = self.widths;
        let between = |names: f64, rest: f64| Area {
            left: MARGIN + names + GAP,
            right: head.right() - rest - GAP,
            top: 0.0,
            bottom: 0.0,
        };
        let beside = between(names, values + GAP + differences);
        let is_stacked = beside.right - beside.left < NARROW && self.pitch(head) >= TWO_LINES;
        (is_stacked, if is_stacked { between(names.max(values), differences) } else { beside })
    }

    fn x(&self, plot: Area, value: f64) -> f64 {
        let Scale { low, high } = self.scale;
        plot.left + (value - low) / (high - low) * (plot.right - plot.left)
    }

    fn draw_axis(
        &self,
        canvas: &mut Canvas<'_>,
        head: &Head,
        plot: Area,
    ) -> Result<(), ChartError> {
        let Scale { low, high } = self.scale;
        let step = nice_step(high - low, ((plot.right - plot.left) / 60.0).clamp(4.0, 8.0));
        for value in ticks(low, high, step) {
            let x = self.x(plot, value);
            let line = Area { left: x, right: x + 1.0, ..plot };
            canvas.fill(line, if value == 0.0 { GREY } else { GRID })?;
            let words = head.language.tick_of(value, step, high.max(-low), &Kind::Share);
            canvas.write(&words, x, plot.bottom + 18.0, Pen::SMALL.align(Align::Middle))?;
        }
        Ok(())
    }

    /// A point on a stem from zero, with its interval; an arrow at the edge where it lies beyond.
    fn draw_point(
        &self,
        row: &DifferenceRow,
        canvas: &mut Canvas<'_>,
        plot: Area,
        middle: f64,
    ) -> Result<(), ChartError> {
        let Number { value, half_width, .. } = row.relative;
        let half_width = half_width.unwrap_or(0.0);
        let colour = colour(row.verdict);
        let x = |value: f64| self.x(plot, value).clamp(plot.left, plot.right);
        let bar = |from: f64, to: f64, half: f64| Area {
            left: from.min(to),
            right: from.max(to),
            top: middle - half,
            bottom: middle + half,
        };
        canvas.fill(bar(x(0.0), x(value), 1.0), colour)?;
        canvas.fill(bar(x(value - half_width), x(value + half_width), 2.0), colour)?;
        let Scale { low, high } = self.scale;
        if (low..=high).contains(&value) {
            return canvas.fill(bar(x(value) - DOT, x(value) + DOT, DOT), colour);
        }
        let arrow = Arrow {
            tip: (x(value), middle),
            along: (value.signum(), 0.0),
            length: 10.0,
            half_width: 5.5,
        };
        canvas.arrow(arrow, colour)
    }
}

fn colour(verdict: Verdict) -> BackendColor {
    match verdict {
        Verdict::Better => WON,
        Verdict::Worse => ALARM,
        Verdict::Changed => ON,
        Verdict::NotBeyondChance => AXIS,
    }
}
