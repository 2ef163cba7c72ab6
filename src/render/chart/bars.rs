//! Bars beside each other: where time goes, why deals are lost.
//!
//! All bars start at one line and share one scale. Parts are told apart by colour and named once above
//! the bars; a bar of one part needs no name. Words at the end of a bar say what it comes to.

use plotters::prelude::DrawingBackend;
use plotters_backend::BackendColor;

use super::ChartError;
use super::axis::kind;
use super::canvas::{Area, Canvas, Head, Pen};
use super::text::{Face, Fonts, clean, clean_name};
use super::theme::{ALARM, CLOSED, HEIGHT, INK, LABEL, LOST, MARGIN, ON, OPEN, SMALL, WIDTH};
use crate::render::number;
use crate::report::chart::{BarRow, BarsChart, Tone};

/// Room for names.
const NAMES: f64 = 240.0;
/// Room for words at the end of the longest bar.
const NOTES: f64 = 190.0;
/// From one bar's top to the next.
const PITCH: std::ops::RangeInclusive<f64> = 40.0..=84.0;
/// Share of the pitch that is bar.
const BAR: f64 = 0.62;
/// Room for the names of the parts.
const KEY: f64 = 30.0;
/// More bars than anyone reads.
const MOST_ROWS: usize = 40;

pub(super) fn height(chart: &BarsChart, head: &Head) -> f64 {
    let rows = rows(chart).len();
    if rows == 0 {
        return HEIGHT;
    }
    (top(chart, head) + rows as f64 * pitch(chart, head) + MARGIN).max(HEIGHT)
}

fn rows(chart: &BarsChart) -> &[BarRow] {
    &chart.rows[..chart.rows.len().min(MOST_ROWS)]
}

fn top(chart: &BarsChart, head: &Head) -> f64 {
    head.bottom() + if chart.parts.len() > 1 { KEY } else { 0.0 }
}

fn pitch(chart: &BarsChart, head: &Head) -> f64 {
    let room = HEIGHT - MARGIN - top(chart, head);
    (room / rows(chart).len() as f64).clamp(*PITCH.start(), *PITCH.end()).floor()
}

fn length(part: f64) -> f64 {
    if part.is_finite() { part.max(0.0) } else { 0.0 }
}

pub(super) fn draw<B: DrawingBackend>(
    chart: &BarsChart,
    canvas: &mut Canvas<B>,
    fonts: &Fonts,
    head: &Head,
    height: f64,
) -> Result<(), ChartError> {
    let rows = rows(chart);
    let sum = |row: &BarRow| row.parts.iter().copied().map(length).sum::<f64>();
    let longest = rows.iter().map(sum).fold(0.0, f64::max);
    if longest <= 0.0 {
        return canvas.say(chart.nothing, head, height);
    }
    let widest = rows.iter().map(|row| {
        let name = fonts.width(&clean_name(&row.label), LABEL, Face::SemiBold);
        name.max(fonts.width(&clean(&row.remark), SMALL, Face::Regular))
    });
    let names = widest.fold(0.0, f64::max).min(NAMES) + 1.0;
    let left = MARGIN + names + 16.0;
    let per_unit = (WIDTH - MARGIN - NOTES - left) / longest;
    if chart.parts.len() > 1 {
        draw_key(chart, canvas, fonts, left, head.bottom() + SMALL)?;
    }
    let pitch = pitch(chart, head);
    let bar = (pitch * BAR).round();
    for (number, row) in rows.iter().enumerate() {
        let top = top(chart, head) + pitch * number as f64;
        let middle = top + bar / 2.0;
        let name = fonts.shorten(&clean_name(&row.label), names, LABEL, Face::SemiBold);
        let remark = fonts.shorten(&clean(&row.remark), names, SMALL, Face::Regular);
        two_lines(canvas, [&name, &remark], MARGIN, middle, [Pen::LABEL, Pen::SMALL])?;
        let mut end = left;
        for (part, (_, tone)) in row.parts.iter().zip(&chart.parts) {
            let right = end + length(*part) * per_unit;
            let area = Area { left: end, top, right, bottom: top + bar };
            canvas.fill(area, colour(*tone, chart.parts.len()))?;
            end = right;
        }
        let all = number::value(sum(row), kind(&chart.measure));
        let [first, second] = &row.note;
        let first =
            if chart.parts.len() > 1 { clean(first) } else { format!("{all}, {}", clean(first)) };
        let room = WIDTH - MARGIN - end - 12.0;
        let first = fonts.shorten(&first, room, LABEL, Face::SemiBold);
        let second = fonts.shorten(&clean(second), room, SMALL, Face::Regular);
        two_lines(canvas, [&first, &second], end + 12.0, middle, [Pen::LABEL, Pen::SMALL])?;
    }
    Ok(())
}

/// The names of the parts, each behind a square of its colour.
fn draw_key<B: DrawingBackend>(
    chart: &BarsChart,
    canvas: &mut Canvas<B>,
    fonts: &Fonts,
    left: f64,
    y: f64,
) -> Result<(), ChartError> {
    let mut x = left;
    for (name, tone) in &chart.parts {
        let square = Area { left: x, top: y - 10.0, right: x + 11.0, bottom: y + 1.0 };
        canvas.fill(square, colour(*tone, chart.parts.len()))?;
        let name = clean_name(name);
        canvas.write(&name, x + 17.0, y, Pen::SMALL.colour(INK))?;
        x += 17.0 + fonts.width(&name, SMALL, Face::Regular) + 24.0;
    }
    Ok(())
}

fn colour(tone: Tone, parts: usize) -> BackendColor {
    match tone {
        // A bar of one part is about what was lost.
        Tone::Main if parts == 1 => LOST,
        Tone::Main => ON,
        Tone::Alarm => ALARM,
        Tone::Pale => CLOSED,
        Tone::Calm => OPEN,
    }
}

/// Writes a line and a remark around the middle of a bar, or one line in its middle.
fn two_lines<B: DrawingBackend>(
    canvas: &mut Canvas<B>,
    [first, second]: [&str; 2],
    x: f64,
    middle: f64,
    [upper, lower]: [Pen; 2],
) -> Result<(), ChartError> {
    if second.is_empty() {
        return canvas.write(first, x, middle + upper.size * 0.36, upper);
    }
    canvas.write(first, x, middle - 3.0, upper)?;
    canvas.write(second, x, middle + 13.0, lower)
}
