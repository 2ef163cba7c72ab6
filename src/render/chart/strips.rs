//! Load week by week: a strip of columns for each role, all on the scale of its working time.

use super::ChartError;
use super::axis::{PERIODS, draw_periods};
use super::canvas::{Area, Canvas, Head, Pen};
use super::key::Key;
use super::text::{Align, Face, Fonts, clean_name};
use super::theme::{ALARM, AXIS, GRID, LABEL, MARGIN, ON, OPEN, SMALL, WAY};
use super::{month, spoken};
use crate::render::words::Language;
use crate::render::words::drawn::Drawn;
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
        return canvas.say(Drawn::NoLoad, head, height);
    }
    let widest = strips.iter().map(|strip| {
        let name = fonts.width(&clean_name(&strip.label), LABEL, Face::SemiBold);
        name.max(fonts.width(&remark(strip, head.language), SMALL, Face::Regular))
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
        canvas.write(&remark(strip, head.language), MARGIN, middle + 13.0, Pen::SMALL)?;
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
    let labels: Vec<String> =
        chart.labels.iter().map(|label| month(*label, head.language)).collect();
    draw_periods(canvas, fonts, labels.iter().map(String::as_str), plot, width)
}

/// What the colours mean, as far as they occur.
fn draw_key(
    chart: &StripsChart,
    left: f64,
    canvas: &mut Canvas<'_>,
    fonts: &Fonts,
    head: &Head,
) -> Result<(), ChartError> {
    let mut entries = vec![(Drawn::WorkShare, ON)];
    if strips(chart).iter().any(|strip| strip.shares.iter().flatten().any(|share| *share > FULL)) {
        entries.push((Drawn::NoTimeLeft, ALARM));
    }
    if chart.full.contains(&false) {
        entries.push((Drawn::PartOfWeek, OPEN));
    }
    Key::of(&entries, left, head, fonts).draw(canvas, fonts, head.bottom())
}

/// What stands below the name of a strip.
fn remark(strip: &Strip, language: Language) -> String {
    strip.remark.as_ref().map_or_else(String::new, |remark| spoken(remark, language))
}
