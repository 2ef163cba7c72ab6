//! The sales cycle: a histogram with lines at the quantiles that people ask for.
//!
//! Bars are densities: one that spans twice the days is half as high, so areas are shares. A tail
//! that would squeeze everything else is cut where 99 % of the deals are, and a remark says what
//! was cut. Every line is named beside itself with its value.

use super::ChartError;
use super::axis::{nice_step, ticks};
use super::canvas::{Area, Canvas, Head, Pen};
use super::text::{Align, Face, Fonts, clean};
use super::theme::{AXIS, GRID, INK, MARGIN, ON, PAPER, SMALL};
use crate::render::words::Language;
use crate::render::words::drawn::Drawn;
use crate::report::chart::{Bin, CycleChart};
use crate::report::tables::TimeUnit;

/// Room at the left for the shares.
const LEFT: f64 = MARGIN + 40.0;
/// Room at the right, beside the margin, for the last tick's number.
const RIGHT: f64 = 12.0;
/// Room below the axis for numbers and the unit.
const BELOW: f64 = 44.0;
/// Height of a line of labels above the bars.
const LABEL_LINE: f64 = 20.0;
/// More marks than this are not told apart.
const MOST_MARKS: usize = 5;
/// Deals that must stay in view.
const IN_VIEW: f64 = 0.99;
/// A tail is cut if it takes more than this part of the picture.
const LONG_TAIL: f64 = 0.25;

/// A histogram in the coordinates of the data.
struct Histogram {
    bars: Vec<Bar>,
    /// Width that the heights refer to.
    width: f64,
    from: f64,
    to: f64,
    /// Share of the deals beyond `to`.
    beyond: f64,
    highest: f64,
    /// The right edge of the plot.
    right: f64,
}

struct Bar {
    from: f64,
    to: f64,
    height: f64,
}

/// A quantile with its place among the labels.
struct Label {
    name: String,
    value: String,
    x: f64,
    line: usize,
    /// Left edge of the words.
    left: f64,
    width: f64,
}

pub(super) fn draw(
    chart: &CycleChart,
    canvas: &mut Canvas<'_>,
    fonts: &Fonts,
    head: &Head,
    height: f64,
) -> Result<(), ChartError> {
    let Some(histogram) = Histogram::new(chart, head.right() - RIGHT) else {
        return canvas.say(Drawn::NoSalesCycle, head, height);
    };
    let labels = labels(chart, &histogram, fonts, head.language);
    let lines = labels.iter().map(|label| label.line + 1).max().unwrap_or(0);
    let caption = head.bottom() + SMALL;
    let top = caption + 14.0 + LABEL_LINE * lines as f64;
    let plot = Area { left: LEFT, top, right: histogram.right, bottom: height - MARGIN - BELOW };

    histogram.draw_shares(canvas, plot, head.language)?;
    let (language, unit) = (head.language, chart.unit);
    let what = Drawn::PerBin { width: histogram.width, unit, deals: chart.deals };
    let what = language.draw(what);
    canvas.write(&what, MARGIN, caption, Pen::SMALL)?;
    histogram.draw_bars(canvas, plot)?;
    histogram.draw_axis(canvas, plot, (unit, language))?;
    histogram.draw_rest(canvas, fonts, plot, (unit, language))?;
    draw_labels(canvas, &labels, plot, lines)
}

impl Histogram {
    fn new(chart: &CycleChart, right: f64) -> Option<Self> {
        let is_sound = |bin: &&Bin| {
            bin.from.is_finite() && bin.to.is_finite() && bin.to >= bin.from && bin.share > 0.0
        };
        let bins: Vec<&Bin> = chart.bins.iter().filter(is_sound).collect();
        let total: f64 = bins.iter().map(|bin| bin.share).sum();
        if chart.deals <= 0.0 || !total.is_finite() || total <= 0.0 {
            return None;
        }
        let widths = bins.iter().map(|bin| bin.to - bin.from).filter(|&width| width > 0.0);
        let width = widths.fold(f64::INFINITY, f64::min);
        let width = if width.is_finite() { width } else { 1.0 };
        let bars: Vec<Bar> = bins
            .iter()
            .map(|bin| {
                let is_point = bin.to <= bin.from;
                let half = if is_point { width / 2.0 } else { 0.0 };
                let (from, to) = (bin.from - half, bin.to + half);
                let part = if is_point { 1.0 } else { width / (to - from) };
                Bar { from, to, height: bin.share * part }
            })
            .collect();
        let lowest = bars.iter().map(|bar| bar.from).fold(f64::INFINITY, f64::min);
        let end = bars.iter().map(|bar| bar.to).fold(f64::NEG_INFINITY, f64::max);
        // The axis begins at zero unless that leaves half of it empty.
        let from = if (0.0..=0.5 * end).contains(&lowest) { 0.0 } else { lowest };
        let mut cut = Self { bars, width, from, to: end, beyond: 0.0, highest: 0.0, right };
        cut.cut_tail(chart, &bins, total);
        if cut.bars.len() == 1 {
            // A lonely bar gets some room, or it would fill the picture.
            cut.from = f64::max(lowest - 3.0 * width, 0.0);
            cut.to += 3.0 * width;
        }
        cut.highest = cut.bars.iter().map(|bar| bar.height).fold(0.0, f64::max);
        Some(cut)
    }

    fn cut_tail(&mut self, chart: &CycleChart, bins: &[&Bin], total: f64) {
        let mut inside = 0.0;
        let mut edge = self.to;
        for (bar, bin) in self.bars.iter().zip(bins) {
            inside += bin.share;
            if inside >= IN_VIEW * total {
                edge = bar.to;
                break;
            }
        }
        let marks = chart.marks.iter().map(|mark| mark.value).filter(|value| value.is_finite());
        let edge = marks.fold(edge, |edge, value| edge.max(value * 1.02));
        let is_long = self.to - edge > LONG_TAIL * (self.to - self.from);
        if is_long {
            self.bars.retain(|bar| bar.from < edge);
            self.to = self.bars.iter().map(|bar| bar.to).fold(edge, f64::max);
            let outside = bins.iter().filter(|bin| bin.from >= edge).map(|bin| bin.share);
            self.beyond = outside.sum::<f64>() / total;
        } else {
            self.to = self.to.max(edge);
        }
    }

    fn x(&self, value: f64) -> f64 {
        LEFT + (value - self.from) / (self.to - self.from) * (self.right - LEFT)
    }

    fn draw_bars(&self, canvas: &mut Canvas<'_>, plot: Area) -> Result<(), ChartError> {
        for bar in &self.bars {
            let (left, right) = (self.x(bar.from), self.x(bar.to));
            let gap = if right - left >= 6.0 { 1.0 } else { 0.0 };
            let height = (bar.height / self.highest * (plot.bottom - plot.top)).max(1.0);
            let area = Area { left, right: right - gap, top: plot.bottom - height, ..plot };
            canvas.fill(area, ON)?;
        }
        Ok(())
    }

    fn draw_shares(
        &self,
        canvas: &mut Canvas<'_>,
        plot: Area,
        language: Language,
    ) -> Result<(), ChartError> {
        let step = nice_step(self.highest * 100.0, 5.0);
        let pen = Pen::SMALL.align(Align::Right);
        for share in ticks(0.0, self.highest * 100.0, step) {
            let y = plot.bottom - share / 100.0 / self.highest * (plot.bottom - plot.top);
            canvas.fill(Area { top: y, bottom: y + 1.0, ..plot }, GRID)?;
            let words = format!("{} %", language.tick(share, step));
            canvas.write(&words, LEFT - 8.0, y + SMALL * 0.36, pen)?;
        }
        Ok(())
    }

    fn draw_axis(
        &self,
        canvas: &mut Canvas<'_>,
        plot: Area,
        (unit, language): (TimeUnit, Language),
    ) -> Result<(), ChartError> {
        let bottom = plot.bottom + 1.0;
        canvas.fill(Area { top: plot.bottom, bottom, ..plot }, AXIS)?;
        let step = nice_step(self.to - self.from, 9.0);
        for value in ticks(self.from, self.to, step) {
            let x = self.x(value);
            let tick = Area { left: x, right: x + 1.0, top: bottom, bottom: bottom + 5.0 };
            canvas.fill(tick, AXIS)?;
            let pen = Pen::SMALL.align(Align::Middle);
            canvas.write(&language.tick(value, step), x, bottom + 19.0, pen)?;
        }
        let name = language.draw(Drawn::CycleAxis(unit));
        let middle = f64::midpoint(plot.left, plot.right);
        canvas.write(&name, middle, bottom + 40.0, Pen::SMALL.align(Align::Middle))
    }

    /// Says which part of the deals is not in the picture.
    fn draw_rest(
        &self,
        canvas: &mut Canvas<'_>,
        fonts: &Fonts,
        plot: Area,
        (unit, language): (TimeUnit, Language),
    ) -> Result<(), ChartError> {
        if self.beyond <= 0.0 {
            return Ok(());
        }
        let words = language.draw(Drawn::Longer { share: self.beyond, than: self.to, unit });
        let width = fonts.width(&words, SMALL, Face::Regular);
        let below = self.bars.iter().filter(|bar| self.x(bar.to) > plot.right - width);
        let highest = below.map(|bar| bar.height).fold(0.0, f64::max) / self.highest;
        let y = plot.bottom - highest * (plot.bottom - plot.top) - 12.0;
        let y = y.max(plot.top + SMALL);
        let (left, right) = (plot.right - width - 6.0, plot.right);
        canvas.fill(Area { left, right, top: y - SMALL, bottom: y + 4.0 }, PAPER)?;
        canvas.write(&words, plot.right, y, Pen::SMALL.align(Align::Right))
    }
}

/// Puts the labels beside their lines, lower where they would meet.
fn labels(
    chart: &CycleChart,
    histogram: &Histogram,
    fonts: &Fonts,
    language: Language,
) -> Vec<Label> {
    let mut marks: Vec<_> = chart.marks.iter().filter(|mark| mark.value.is_finite()).collect();
    marks.sort_by(|a, b| a.value.total_cmp(&b.value));
    marks.retain(|mark| mark.value >= histogram.from);
    marks.truncate(MOST_MARKS);
    let mut taken: Vec<f64> = Vec::new();
    let mut labels = Vec::new();
    for mark in marks {
        let name = fonts.shorten(&clean(&mark.label), 120.0, SMALL, Face::SemiBold);
        let value = language.duration(mark.days);
        let value = fonts.shorten(&value, 160.0, SMALL, Face::Regular);
        let words =
            fonts.width(&name, SMALL, Face::SemiBold) + fonts.width(&value, SMALL, Face::Regular);
        let width = words + 6.0;
        let x = histogram.x(mark.value);
        let is_left = x + 6.0 + width > histogram.right + RIGHT;
        let left = if is_left { x - 6.0 - width } else { x + 6.0 };
        let line = taken.iter().position(|&end| end + 10.0 < left).unwrap_or(taken.len());
        let end = left.max(x) + width;
        if line < taken.len() {
            taken[line] = end;
        } else {
            taken.push(end);
        }
        labels.push(Label { name, value, x, line, left, width });
    }
    labels
}

fn draw_labels(
    canvas: &mut Canvas<'_>,
    labels: &[Label],
    plot: Area,
    lines: usize,
) -> Result<(), ChartError> {
    let baseline = |label: &Label| plot.top - LABEL_LINE * (lines - label.line) as f64 + 10.0;
    for label in labels {
        let top = baseline(label) - SMALL;
        let line = Area { left: label.x - 1.0, right: label.x + 1.0, top, bottom: plot.bottom };
        canvas.fill(line, INK)?;
    }
    for label in labels {
        let y = baseline(label);
        let right = label.left + label.width;
        canvas.fill(Area { left: label.left, right, top: y - SMALL, bottom: y + 4.0 }, PAPER)?;
        let bold = Pen::SMALL.colour(INK).face(Face::SemiBold);
        canvas.write(&label.name, label.left, y, bold)?;
        let value = Pen::SMALL.colour(INK).align(Align::Right);
        canvas.write(&label.value, right, y, value)?;
    }
    Ok(())
}
