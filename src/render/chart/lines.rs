//! Lines along an axis: the figures of a sweep, or bookings that gather month by month, with their intervals.
//!
//! One line has a band; of several lines each has its own colour, thin lines for the intervals, and
//! its name beside its last point. The axis of values begins at zero if that costs little room.

use plotters_backend::BackendColor;

use super::ChartError;
use super::axis::{nice_step, ticks};
use super::canvas::{Area, Canvas, Head, Pen};
use super::spoken;
use super::text::{Align, Face, Fonts, Room, clean, clean_name};
use super::theme::{AXIS, GRID, INK, LABEL, MARGIN, ON, OPEN, SMALL, STACK};
use crate::render::words::Language;
use crate::report::Kind;
use crate::report::chart::{GatheredChart, Line, LinesChart, Place, Spot};
use crate::report::phrase::Swept;

/// Room for names of lines.
const NAMES: f64 = 180.0;
/// Lines of a name.
const NAME_LINES: usize = 3;
/// From one line of a name to the next.
const NAME_LINE: f64 = 17.0;
/// Room below the axis: labels and its name.
const BELOW: f64 = 48.0;
/// Width of a line.
const THICK: f64 = 2.5;
/// Half of the width of a point.
const DOT: f64 = 4.0;
/// The axis begins at zero if the least value is below this part of the greatest.
const NEAR_ZERO: f64 = 0.4;

/// Lines with the words of their axes.
pub(super) struct Plot<'a> {
    kind: &'a Kind,
    lines: &'a [Line],
    /// The points on the axis.
    places: Vec<Mark>,
    axis: String,
    /// Whether the axis of values always shows zero.
    has_zero: bool,
    nothing: String,
}

/// A point on the axis: where it is, its label, and what stands below that, as the year of a month.
struct Mark {
    at: f64,
    label: String,
    below: String,
}

impl<'a> Plot<'a> {
    pub(super) fn along(chart: &'a LinesChart, language: Language) -> Self {
        let mark = |place: &Place| Mark {
            at: place.at,
            label: clean(&spoken(&place.label, language)),
            below: String::new(),
        };
        Self {
            kind: &chart.kind,
            lines: &chart.lines,
            places: chart.places.iter().map(mark).collect(),
            axis: spoken(&chart.axis, language),
            has_zero: chart.has_zero,
            nothing: spoken(&chart.nothing, language),
        }
    }

    pub(super) fn by_month(chart: &'a GatheredChart, language: Language) -> Self {
        let months = chart.months.iter().enumerate();
        let places = months.map(|(at, month)| {
            let words = super::month(*month, language);
            let (label, below) = words.split_once(' ').unwrap_or((&words, ""));
            Mark { at: at as f64, label: clean(label), below: clean(below) }
        });
        Self {
            kind: &chart.kind,
            lines: &chart.lines,
            places: places.collect(),
            axis: String::new(),
            has_zero: true,
            nothing: spoken(&Swept::NoValues, language),
        }
    }
}

/// The ends of the axis of values.
struct Scale {
    low: f64,
    high: f64,
}

impl Scale {
    fn of(chart: &Plot<'_>) -> Option<Scale> {
        let spots = chart.lines.iter().flat_map(sound);
        let ends = spots.flat_map(|(_, s)| s.ends);
        let (low, high) = ends.fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), end| {
            (low.min(end), high.max(end))
        });
        if low > high {
            return None;
        }
        let (low, high) = if chart.has_zero { (low.min(0.0), high.max(0.0)) } else { (low, high) };
        let values = chart.lines.iter().flat_map(sound).map(|(_, spot)| spot.value);
        let is_positive = values.fold(f64::INFINITY, f64::min) >= 0.0;
        let room = if high > low { 0.08 * (high - low) } else { high.abs().max(1.0) * 0.1 };
        let low = if is_positive && low < NEAR_ZERO * high { 0.0 } else { low - room };
        Some(Scale { low, high: high + room })
    }
}

/// The spots that can be drawn, by the number of their place.
fn sound(line: &Line) -> impl Iterator<Item = (usize, Spot)> + '_ {
    let spots = line.spots.iter().enumerate().filter_map(|(at, spot)| Some((at, (*spot)?)));
    spots.filter(|(_, spot)| spot.value.is_finite() && spot.ends.iter().all(|end| end.is_finite()))
}

pub(super) fn draw(
    chart: &Plot<'_>,
    canvas: &mut Canvas<'_>,
    fonts: &Fonts,
    head: &Head,
    height: f64,
) -> Result<(), ChartError> {
    let Some(scale) = Scale::of(chart).filter(|_| !chart.places.is_empty()) else {
        return canvas.say_text(&chart.nothing, head, height);
    };
    let end = scale.high.abs().max(scale.low.abs());
    let step = nice_step(scale.high - scale.low, 6.0);
    let words: Vec<(f64, String)> = ticks(scale.low, scale.high, step)
        .map(|value| (value, head.language.tick_of(value, step, end, chart.kind)))
        .collect();
    let wide = |text: &String| fonts.width(text, SMALL, Face::Regular);
    let widest = words.iter().map(|(_, words)| wide(words)).fold(0.0, f64::max);
    let names = chart.lines.iter().map(|line| {
        let name = line.label.as_ref().map(|name| clean_name(&spoken(name, head.language)));
        Some(fonts.wrap(&name?, Room { width: NAMES, lines: NAME_LINES }, LABEL, Face::SemiBold))
    });
    let names: Vec<Option<Vec<String>>> = names.collect();
    let lines = names.iter().flatten().flatten();
    let room = lines.map(|line| fonts.width(line, LABEL, Face::SemiBold));
    let room = room.fold(16.0, |room: f64, width| room.max(width + 24.0));
    let plot = Area {
        left: MARGIN + widest + 10.0,
        top: head.bottom() + 12.0,
        right: head.right() - room,
        bottom: height - MARGIN - BELOW,
    };
    let y = |value: f64| {
        let part = (value - scale.low) / (scale.high - scale.low);
        plot.bottom - part.clamp(0.0, 1.0) * (plot.bottom - plot.top)
    };
    for (value, words) in &words {
        let line = Area { top: y(*value), bottom: y(*value) + 1.0, ..plot };
        canvas.fill(line, if *value == 0.0 { AXIS } else { GRID })?;
        let pen = Pen::SMALL.align(Align::Right);
        canvas.write(words, plot.left - 8.0, y(*value) + SMALL * 0.36, pen)?;
    }
    let xs = across(chart, plot);
    for (at, line) in chart.lines.iter().enumerate() {
        let colour = if chart.lines.len() == 1 { ON } else { STACK[at % STACK.len()] };
        draw_line(canvas, line, &xs, &y, (colour, chart.lines.len() == 1))?;
    }
    draw_names(canvas, chart, &names, plot, &y)?;
    draw_places(canvas, fonts, chart, &xs, plot)?;
    let middle = f64::midpoint(plot.left, plot.right);
    canvas.write(&chart.axis, middle, plot.bottom + 40.0, Pen::SMALL.align(Align::Middle))
}

/// Where the places are on the sheet; half a dot from the edges at least.
fn across(chart: &Plot<'_>, plot: Area) -> Vec<f64> {
    let (left, right) = (plot.left + 14.0, plot.right - 14.0);
    let first = chart.places.first().map_or(0.0, |place| place.at);
    let last = chart.places.last().map_or(0.0, |place| place.at);
    let part = |at: f64| if last > first { (at - first) / (last - first) } else { 0.5 };
    chart.places.iter().map(|place| left + part(place.at) * (right - left)).collect()
}

fn draw_line(
    canvas: &mut Canvas<'_>,
    line: &Line,
    xs: &[f64],
    y: &impl Fn(f64) -> f64,
    (colour, alone): (BackendColor, bool),
) -> Result<(), ChartError> {
    let spots: Vec<(usize, Spot)> = sound(line).collect();
    let pairs = || spots.windows(2).filter(|pair| pair[0].0 + 1 == pair[1].0);
    let ends = |spot: &Spot| (y(spot.ends[1]), y(spot.ends[0]));
    if alone {
        for pair in pairs() {
            let ((a, from), (b, to)) = (&pair[0], &pair[1]);
            let ((top_a, low_a), (top_b, low_b)) = (ends(from), ends(to));
            let corners = [(xs[*a], top_a), (xs[*b], top_b), (xs[*b], low_b), (xs[*a], low_a)];
            canvas.polygon(&corners, OPEN)?;
        }
    }
    for pair in pairs() {
        let ((a, from), (b, to)) = (&pair[0], &pair[1]);
        let (from, to) = ((xs[*a], y(from.value)), (xs[*b], y(to.value)));
        let (dx, dy) = (to.0 - from.0, to.1 - from.1);
        let length = dx.hypot(dy).max(1e-9);
        let (ox, oy) = (-dy / length * THICK / 2.0, dx / length * THICK / 2.0);
        let corners = [
            (from.0 + ox, from.1 + oy),
            (to.0 + ox, to.1 + oy),
            (to.0 - ox, to.1 - oy),
            (from.0 - ox, from.1 - oy),
        ];
        canvas.polygon(&corners, colour)?;
    }
    for (at, spot) in &spots {
        let (x, middle) = (xs[*at], y(spot.value));
        if !alone || spots.len() == 1 {
            let (top, bottom) = ends(spot);
            canvas.fill(Area { left: x - 0.75, top, right: x + 0.75, bottom }, colour)?;
        }
        let dot = Area { left: x - DOT, top: middle - DOT, right: x + DOT, bottom: middle + DOT };
        canvas.fill(dot, colour)?;
    }
    Ok(())
}

/// Names beside the last points, pushed apart where they would meet.
fn draw_names(
    canvas: &mut Canvas<'_>,
    chart: &Plot<'_>,
    names: &[Option<Vec<String>>],
    plot: Area,
    y: &impl Fn(f64) -> f64,
) -> Result<(), ChartError> {
    let last = |line: &Line| sound(line).last().map(|(_, spot)| y(spot.value));
    let numbered = names.iter().zip(chart.lines).enumerate();
    let mut ends: Vec<(f64, usize, &[String])> = numbered
        .filter_map(|(at, (name, line))| Some((last(line)?, at, name.as_deref()?)))
        .collect();
    ends.sort_by(|a, b| a.0.total_cmp(&b.0));
    let mut lowest = f64::NEG_INFINITY;
    for (end, at, name) in ends {
        let baseline = (end + LABEL * 0.36).max(lowest + NAME_LINE);
        let square = Area {
            left: plot.right + 4.0,
            top: baseline - 9.0,
            right: plot.right + 13.0,
            bottom: baseline,
        };
        canvas.fill(square, STACK[at % STACK.len()])?;
        for (line, y) in name.iter().zip(0..) {
            let baseline = baseline + NAME_LINE * f64::from(y);
            canvas.write(line, plot.right + 18.0, baseline, Pen::LABEL.colour(INK))?;
            lowest = baseline;
        }
    }
    Ok(())
}

/// The labels of the places, as many as have room; a year without room stands below the next label.
fn draw_places(
    canvas: &mut Canvas<'_>,
    fonts: &Fonts,
    chart: &Plot<'_>,
    xs: &[f64],
    plot: Area,
) -> Result<(), ChartError> {
    let mut free = f64::NEG_INFINITY;
    let mut year = "";
    for (Mark { label, below, .. }, x) in chart.places.iter().zip(xs) {
        let wide = |text: &str| fonts.width(text, SMALL, Face::Regular);
        let half = wide(label).max(wide(below)) / 2.0;
        year = if below.is_empty() { year } else { below };
        let mark =
            Area { left: x - 0.5, right: x + 0.5, top: plot.bottom, bottom: plot.bottom + 5.0 };
        canvas.fill(mark, AXIS)?;
        if !label.is_empty() && x - half > free {
            let pen = Pen::SMALL.align(Align::Middle);
            canvas.write(label, *x, plot.bottom + 19.0, pen)?;
            canvas.write(year, *x, plot.bottom + 33.0, pen)?;
            year = "";
            free = x + half + 8.0;
        }
    }
    Ok(())
}
