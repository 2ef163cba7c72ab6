//! People's load: one bar for each role, from nothing to all of its working time.
//!
//! The dark part is work, the pale end how far it reaches in a busy window; the line at the right
//! is all the time that there is. Words beside a bar say how long deals wait.

use plotters::prelude::DrawingBackend;

use super::ChartError;
use super::canvas::{Area, Canvas, Head, Pen};
use super::text::{Align, Face, Fonts, clean_name};
use super::theme::{AXIS, HEIGHT, LABEL, LOST, LOST_INK, MARGIN, ON, OPEN, SMALL, WAY, WIDTH};
use crate::render::number;
use crate::report::chart::LoadChart;

/// Room for names.
const NAMES: f64 = 220.0;
/// Room for words at the right.
const NOTES: f64 = 210.0;
/// From one bar's top to the next.
const PITCH: std::ops::RangeInclusive<f64> = 48.0..=92.0;
/// Room for the axis below the bars.
const FOOT: f64 = 16.0 + MARGIN;
/// Share of the pitch that is bar.
const BAR: f64 = 0.55;
/// More roles than anyone reads.
const MOST_ROLES: usize = 40;
/// Busier than this, people cannot keep up.
const FULL: f64 = 0.98;

pub(super) fn height(chart: &LoadChart, head: &Head) -> f64 {
    let rows = chart.roles.len().min(MOST_ROLES);
    if rows == 0 { HEIGHT } else { head.bottom() + rows as f64 * pitch(rows, head) + FOOT }
}

/// The least that fills a usual sheet, within what can be read.
fn pitch(rows: usize, head: &Head) -> f64 {
    let room = HEIGHT - head.bottom() - FOOT;
    (room / rows as f64).clamp(*PITCH.start(), *PITCH.end()).floor()
}

pub(super) fn draw<B: DrawingBackend>(
    chart: &LoadChart,
    canvas: &mut Canvas<B>,
    fonts: &Fonts,
    head: &Head,
    height: f64,
) -> Result<(), ChartError> {
    let roles = &chart.roles[..chart.roles.len().min(MOST_ROLES)];
    if roles.is_empty() {
        return canvas.say("No role with a number of people works here.", head, height);
    }
    let widest = roles.iter().map(|role| {
        let name = fonts.width(&clean_name(&role.label), LABEL, Face::SemiBold);
        name.max(fonts.width(&role.people, SMALL, Face::Regular))
    });
    let left = MARGIN + widest.fold(0.0, f64::max).min(NAMES) + 16.0;
    let right = WIDTH - MARGIN - NOTES;
    let pitch = pitch(roles.len(), head);
    let bar = (pitch * BAR).round();
    let at = |share: f64| left + (right - left) * share.clamp(0.0, 1.0);
    for (number, role) in roles.iter().enumerate() {
        let top = head.bottom() + pitch * number as f64;
        let middle = top + bar / 2.0;
        let name = fonts.shorten(&clean_name(&role.label), NAMES, LABEL, Face::SemiBold);
        canvas.write(&name, MARGIN, middle - 3.0, Pen::LABEL)?;
        canvas.write(&role.people, MARGIN, middle + 13.0, Pen::SMALL)?;
        let area =
            |from: f64, to: f64| Area { left: at(from), top, right: at(to), bottom: top + bar };
        canvas.fill(area(0.0, 1.0), WAY)?;
        canvas.fill(area(0.0, role.high), OPEN)?;
        canvas.fill(area(0.0, role.busy), if role.busy > FULL { LOST } else { ON })?;
        let ink = if role.busy > FULL { LOST_INK } else { Pen::LABEL.colour };
        let words = number::percent(role.busy);
        canvas.write(&words, right + 12.0, middle - 3.0, Pen::LABEL.colour(ink))?;
        let note = fonts.shorten(&role.note, NOTES - 12.0, SMALL, Face::Regular);
        canvas.write(&note, right + 12.0, middle + 13.0, Pen::SMALL)?;
    }
    let bottom = head.bottom() + pitch * roles.len() as f64;
    for (share, words) in [(0.0, "0"), (0.5, "50 %"), (1.0, "all working time")] {
        let x = at(share);
        let line = Area { left: x - 0.5, top: head.bottom() - 4.0, right: x + 0.5, bottom };
        canvas.fill(line, AXIS)?;
        canvas.write(words, x, bottom + 16.0, Pen::SMALL.align(Align::Middle))?;
    }
    Ok(())
}
