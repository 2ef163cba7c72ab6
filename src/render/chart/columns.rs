//! Columns over time: bookings, arrivals, deals in progress.
//!
//! A column is a mean; a thin line through its top reaches from a bad period to a good one. Parts of a
//! stack are named beside the last column, so that no legend has to be looked up.

use plotters_backend::BackendColor;

use super::ChartError;
use super::axis::{PERIODS, draw_periods, kind, nice_step, tick, ticks};
use super::canvas::{Area, Canvas, Head, Pen};
use super::text::{Align, Face, Fonts, Room, clean_name};
use super::theme::{AXIS, CLIENT, GRID, INK, MARGIN, ON, OPEN, SMALL, STACK, WON, WON_INK};
use super::{month, spoken};
use crate::render::words::drawn::Drawn;
use crate::report::chart::{Column, ColumnsChart};

/// Room for the names of parts.
const NAMES: f64 = 200.0;
/// Room below the axis.
const BELOW: f64 = PERIODS + 18.0;
/// From one line of a name to the next.
const NAME_LINE: f64 = 15.0;
/// Lines of a name of a part.
const MOST_NAME_LINES: usize = 3;

pub(super) fn draw(
    chart: &ColumnsChart,
    canvas: &mut Canvas<'_>,
    fonts: &Fonts,
    head: &Head,
    height: f64,
) -> Result<(), ChartError> {
    let top_of = |column: &Column| {
        let sum: f64 = column.parts.iter().copied().map(length).sum();
        column.band.map_or(sum, |(_, high)| sum.max(length(high)))
    };
    let highest = chart.columns.iter().map(top_of).fold(0.0, f64::max);
    let plan = chart.plan.map(length).filter(|plan| highest > 0.0 && *plan < 20.0 * highest);
    let highest = highest.max(plan.unwrap_or(0.0));
    if highest <= 0.0 {
        return canvas.say_text(&spoken(&chart.nothing, head.language), head, height);
    }
    let step = nice_step(highest, 6.0);
    // The axis ends with the data, not with a whole step.
    let highest = highest * 1.03;
    let words: Vec<String> = ticks(0.0, highest, step)
        .map(|value| tick(value, step, &chart.measure, head.language))
        .collect();
    let widest = words.iter().map(|w| fonts.width(w, SMALL, Face::Regular)).fold(0.0, f64::max);
    let stacked = chart.parts.len() > 1;
    let names = chart.parts.iter().map(|name| {
        fonts.wrap(
            &clean_name(&spoken(name, head.language)),
            Room { width: NAMES, lines: MOST_NAME_LINES },
            SMALL,
            Face::SemiBold,
        )
    });
    let names: Vec<Vec<String>> = names.collect();
    let lengths = names.iter().flatten().map(|name| fonts.width(name, SMALL, Face::SemiBold));
    let room = if stacked { lengths.fold(0.0, f64::max) + 22.0 } else { 0.0 };
    let plan_words = plan.map_or_else(String::new, |plan| {
        head.language.draw(Drawn::Plan(&head.language.value(plan, kind(&chart.measure))))
    });
    let room = room.max(fonts.width(&plan_words, SMALL, Face::SemiBold) + 8.0);
    let caption = head.bottom() + SMALL;
    let plot = Area {
        left: MARGIN + widest + 10.0,
        top: caption + 18.0,
        right: head.right() - room,
        bottom: height - MARGIN - BELOW,
    };
    canvas.write(&spoken(&chart.caption, head.language), MARGIN, caption, Pen::SMALL)?;
    let y = |value: f64| plot.bottom - value / highest * (plot.bottom - plot.top);
    for (value, words) in ticks(0.0, highest, step).zip(&words) {
        let line = Area { top: y(value), bottom: y(value) + 1.0, ..plot };
        canvas.fill(line, if value == 0.0 { AXIS } else { GRID })?;
        let pen = Pen::SMALL.align(Align::Right);
        canvas.write(words, plot.left - 8.0, y(value) + SMALL * 0.36, pen)?;
    }
    let width = (plot.right - plot.left) / chart.columns.len() as f64;
    let gap = if width < 8.0 { 0.0 } else { (width * 0.2).min(14.0) };
    for (number, column) in chart.columns.iter().enumerate() {
        let left = plot.left + width * number as f64;
        let (from, to) = (left + gap / 2.0, left + width - gap / 2.0);
        let mut sum = 0.0;
        for (at, part) in column.parts.iter().enumerate() {
            let (below, above) = (y(sum), y(sum + length(*part)));
            let area = Area { left: from, top: above, right: to, bottom: below };
            canvas.fill(area, colour(chart, at, column.full))?;
            sum += length(*part);
        }
        if let Some((low, high)) = column.band {
            let middle = f64::midpoint(from, to);
            let line =
                Area { left: middle - 1.0, right: middle + 1.0, top: y(high), bottom: y(low) };
            canvas.fill(line, INK)?;
        }
    }
    let labels: Vec<String> =
        chart.columns.iter().map(|column| month(column.label, head.language)).collect();
    draw_periods(canvas, fonts, labels.iter().map(String::as_str), plot, width)?;
    if let Some(plan) = plan {
        let line = Area { top: y(plan) - 1.0, bottom: y(plan) + 1.0, ..plot };
        canvas.fill(line, WON)?;
        let pen = Pen::SMALL.colour(WON_INK).face(Face::SemiBold);
        canvas.write(&plan_words, plot.right + 8.0, y(plan) + SMALL * 0.36, pen)?;
    }
    if chart.columns.iter().any(|column| !column.full) {
        let words = head.language.draw(Drawn::PalePeriods);
        canvas.write(&words, MARGIN, height - MARGIN + 8.0, Pen::SMALL)?;
    }
    if stacked {
        draw_names(chart, canvas, &names, plot, y)?;
    }
    Ok(())
}

/// Names beside the last column, pushed apart where they would meet.
fn draw_names(
    chart: &ColumnsChart,
    canvas: &mut Canvas<'_>,
    names: &[Vec<String>],
    plot: Area,
    y: impl Fn(f64) -> f64,
) -> Result<(), ChartError> {
    let Some(last) = chart.columns.last() else { return Ok(()) };
    let height = |name: &Vec<String>| name.len() as f64 * NAME_LINE;
    let mut sum = 0.0;
    // The top of each name, from the bottom up: each name stands above the previous one.
    let mut tops: Vec<f64> = Vec::new();
    for (part, name) in last.parts.iter().zip(names) {
        let top = y(sum + length(*part) / 2.0) - height(name) / 2.0;
        let below = tops.last().map_or(plot.bottom + 6.0, |below| below - 2.0);
        tops.push(top.min(below - height(name)));
        sum += length(*part);
    }
    // If the names reach above the top, all of them are moved down.
    let over = tops.last().map_or(0.0, |top| (plot.top - top).max(0.0));
    let left = plot.right + 8.0;
    for (at, (name, top)) in names.iter().zip(&tops).enumerate() {
        let mut y = top + over + NAME_LINE * 0.8;
        let square = Area { left, top: y - 9.0, right: left + 9.0, bottom: y };
        canvas.fill(square, colour(chart, at, true))?;
        for line in name {
            canvas.write(line, left + 13.0, y, Pen::SMALL.colour(INK).face(Face::SemiBold))?;
            y += NAME_LINE;
        }
    }
    Ok(())
}

fn colour(chart: &ColumnsChart, part: usize, full: bool) -> BackendColor {
    let stacked = chart.parts.len() > 1;
    match (stacked, full) {
        _ if chart.beside > 0 && part + chart.beside >= chart.parts.len() => CLIENT,
        (true, _) => STACK[part % STACK.len()],
        (false, true) => ON,
        (false, false) => OPEN,
    }
}

fn length(part: f64) -> f64 {
    if part.is_finite() { part.max(0.0) } else { 0.0 }
}
