//! Load week by week: a strip of columns for each role, all on the scale of its working time.

use super::ChartError;
use super::axis::{PERIODS, draw_periods};
use super::canvas::{Area, Canvas, Head, Pen};
use super::key::Key;
use super::text::{Align, Face, Fonts, clean, clean_name};
use super::theme::{ALARM, AXIS, GRID, LABEL, MARGIN, ON, OPEN, SMALL, WAY};
use crate::render::terminal::sentence;
use crate::report::chart::{Strip, StripsChart};

/// Room for names.
const NAMES: f64 = 220.0;
/// From one strip's top to the next.
const PITCH: std::ops::RangeInclusive<f64> = 64.0..=180.0;
/// Between two strips.
const GAP: f64 = 18.0;
/// Room below the last strip.
const FOOT: f64 = PERIODS + MARGIN;
/// Room for the words of the scale.
const SCALE: f64 = 52.0;
/// More roles than anyone reads.
const MOST_ROLES: usize = 24;
/// Busier than this, people cannot keep up.
const FULL: f64 = 0.98;

fn strips(chart: &StripsChart) -> &[Strip] {
    &chart.strips[..chart.strips.len().min(MOST_ROLES)]
}

/// Below the key.
fn top(head: &Head) -> f64 {
    head.bottom() + 28.0
}

fn pitch(chart: &StripsChart, head: &Head) -> f64 {
    let room = head.size.height() - top(head) - FOOT;
    (room / strips(chart).len() as f64).clamp(*PITCH.start(), *PITCH.end()).floor()
}

pub(super) fn height(chart: &StripsChart, head: &Head) -> f64 {
    let rows = strips(chart).len() as f64;
    if rows == 0.0 {
        head.size.height()
    } else {
        (top(head) + rows * pitch(chart, head) + FOOT).ceil()
    }
}

pub(super) fn draw(
    chart: &StripsChart,
    canvas: &mut Canvas<'_>,
    fonts: &Fonts,
    head: &Head,
    height: f64,
) -> Result<(), ChartError> {
    let strips = strips(chart);
    if strips.is_empty() || chart.labels.is_empty() {
        return canvas.say("No role with a number of people works here.", head, height);
    }
    let widest = strips.iter().map(|strip| {
        let name = fonts.width(&clean_name(&strip.label), LABEL, Face::SemiBold);
        name.max(fonts.width(&clean(&sentence(&strip.remark)), SMALL, Face::Regular))
    });
    let names = widest.fold(0.0, f64::max).min(NAMES) + 1.0;
    let (left, right) = (MARGIN + names + SCALE, head.right());
    let pitch = pitch(chart, head);
    let width = (right - left) / chart.labels.len() as f64;
    let gap = if width >= 6.0 { 1.0 } else { 0.0 };
    draw_key(chart, left, canvas, fonts, head)?;
    for (number, strip) in strips.iter().enumerate() {
        let top = top(head) + pitch * number as f64;
        let bottom = top + pitch - GAP;
        let middle = f64::midpoint(top, bottom);
        let name = fonts.shorten(&clean_name(&strip.label), names, LABEL, Face::SemiBold);
        canvas.write(&name, MARGIN, middle - 3.0, Pen::LABEL)?;
        canvas.write(&clean(&sentence(&strip.remark)), MARGIN, middle + 13.0, Pen::SMALL)?;
        let y = |share: f64| bottom - share.clamp(0.0, 1.0) * (bottom - top);
        canvas.fill(Area { left, top, right, bottom }, WAY)?;
        for (words, share) in [("100 %", 1.0), ("50 %", 0.5), ("0", 0.0)] {
            let line = Area { left, top: y(share), right, bottom: y(share) + 1.0 };
            canvas.fill(line, if share == 0.0 { AXIS } else { GRID })?;
            let pen = Pen::SMALL.align(Align::Right);
            canvas.write(words, left - 8.0, y(share) + SMALL * 0.36, pen)?;
        }
        for (week, share) in strip.shares.iter().enumerate() {
            let Some(share) = share else { continue };
            let from = left + width * week as f64;
            let area = Area { left: from, top: y(*share), right: from + width - gap, bottom };
            let is_full = chart.full.get(week).is_none_or(|full| *full);
            let colour = match *share > FULL {
                true => ALARM,
                false if is_full => ON,
                false => OPEN,
            };
            canvas.fill(area, colour)?;
        }
    }
    let axis = top(head) + pitch * strips.len() as f64 - GAP;
    let plot = Area { left, top: top(head), right, bottom: axis };
    draw_periods(canvas, fonts, chart.labels.iter().map(String::as_str), plot, width)
}

/// What the colours mean, as far as they occur.
fn draw_key(
    chart: &StripsChart,
    left: f64,
    canvas: &mut Canvas<'_>,
    fonts: &Fonts,
    head: &Head,
) -> Result<(), ChartError> {
    let mut entries = vec![("work, share of the working time", ON)];
    if strips(chart).iter().any(|strip| strip.shares.iter().flatten().any(|share| *share > FULL)) {
        entries.push(("no time left", ALARM));
    }
    if chart.full.contains(&false) {
        entries.push(("only a part of the week lies in the window", OPEN));
    }
    Key::new(&entries, (left, head.right()), fonts).draw(canvas, fonts, head.bottom())
}
