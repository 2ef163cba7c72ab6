//! A heat map: a figure over two axes, as colours and numbers.

use super::ChartError;
use super::canvas::{Area, Canvas, Head, Pen};
use super::spoken;
use super::text::{Align, Face, Fonts, Room, clean};
use super::theme::{BAND, INK, MARGIN, ON, PAPER, SMALL, WAY, mixed};
use crate::report::Number;
use crate::report::chart::HeatChart;

/// Room for the values of rows.
const NAMES: f64 = 160.0;
/// The height of a row at most.
const TALLEST: f64 = 90.0;
/// The height of a row at least.
const LOWEST: f64 = 24.0;
/// Room above the cells: the name of the columns' axis and their values.
const ABOVE: f64 = 48.0;
/// Cells darker than this have light words.
const DARK: f64 = 0.8;

pub(super) fn height(chart: &HeatChart, head: &Head) -> f64 {
    head.bottom() + ABOVE + chart.rows.len() as f64 * LOWEST + MARGIN
}

pub(super) fn draw(
    chart: &HeatChart,
    canvas: &mut Canvas<'_>,
    fonts: &Fonts,
    head: &Head,
    height: f64,
) -> Result<(), ChartError> {
    let values = || chart.cells.iter().flatten().flatten().map(|number| number.value);
    let finite = || values().filter(|value| value.is_finite());
    let (least, most) =
        (finite().fold(f64::INFINITY, f64::min), finite().fold(f64::NEG_INFINITY, f64::max));
    if least > most {
        return canvas.say_text(&spoken(&chart.nothing, head.language), head, height);
    }
    let fitted = |text: &String, room: f64| {
        fonts.wrap(&clean(text), Room { width: room, lines: 1 }, SMALL, Face::SemiBold).pop()
    };
    let rows: Vec<String> =
        chart.rows.iter().map(|row| fitted(row, NAMES).unwrap_or_default()).collect();
    let [row_axis, column_axis] = chart.axes.each_ref().map(|axis| spoken(axis, head.language));
    let widths = rows.iter().map(|row| fonts.width(row, SMALL, Face::SemiBold));
    let left = MARGIN + widths.fold(20.0, f64::max) + 12.0;
    let plot =
        Area { left, top: head.bottom() + ABOVE, right: head.right(), bottom: height - MARGIN };
    let wide = (plot.right - plot.left) / chart.columns.len() as f64;
    let tall = ((plot.bottom - plot.top) / chart.rows.len() as f64).min(TALLEST);
    let names = format!("{row_axis} ↓  {column_axis} →");
    canvas.write(&names, MARGIN, head.bottom() + SMALL, Pen::SMALL)?;
    let pen = Pen { size: SMALL, ..Pen::LABEL };
    for (at, column) in chart.columns.iter().enumerate() {
        let middle = plot.left + wide * (at as f64 + 0.5);
        let words = fitted(column, (wide - 4.0).max(1.0)).unwrap_or_default();
        canvas.write(&words, middle, plot.top - 8.0, pen.align(Align::Middle))?;
    }
    for (at, (row, cells)) in rows.iter().zip(&chart.cells).enumerate() {
        let top = plot.top + tall * at as f64;
        let baseline = top + tall / 2.0 + SMALL * 0.36;
        canvas.write(row, plot.left - 8.0, baseline, pen.align(Align::Right))?;
        for (at, cell) in cells.iter().enumerate() {
            let left = plot.left + wide * at as f64;
            let area = Area { left, top, right: left + wide, bottom: top + tall }.inside(1.0);
            let Some(number) = cell.as_ref().filter(|number| number.value.is_finite()) else {
                canvas.fill(area, BAND)?;
                continue;
            };
            let part = if most > least { (number.value - least) / (most - least) } else { 0.5 };
            let part = if chart.least_is_dark { 1.0 - part } else { part };
            canvas.fill(area, mixed(WAY, ON, part))?;
            let ink = if part > DARK { PAPER } else { INK };
            let plain = Number { half_width: None, ..number.clone() };
            let words = head.language.number(&plain);
            if fonts.width(&words, SMALL, Face::SemiBold) < wide - 6.0 {
                let pen = pen.colour(ink).align(Align::Middle);
                canvas.write(&words, left + wide / 2.0, baseline, pen)?;
            }
        }
    }
    Ok(())
}
