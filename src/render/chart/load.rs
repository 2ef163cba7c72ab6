//! People's load: one bar for each role, on the scale of its working time.
//!
//! Blue is work, pale blue how much of it there is in a busy window, vermilion what is asked for beyond
//! all working time; the line at 100 % is all the time that there is. Words beside a bar say how long
//! deals wait.

use super::ChartError;
use super::axis::{nice_step, ticks};
use super::canvas::{Area, Canvas, Head, Pen};
use super::key::Key;
use super::spoken;
use super::text::{Align, Face, Fonts, Room, clean_name};
use super::theme::{ALARM, ALARM_INK, AXIS, GRID, INK, LABEL, MARGIN, ON, OPEN, SMALL, WAY};
use crate::render::words::drawn::Drawn;
use crate::report::chart::{LoadChart, LoadRole};

/// Room for names.
const NAMES: f64 = 220.0;
/// Room for words at the right.
const NOTES: f64 = 290.0;
/// From one bar's top to the next.
const PITCH: std::ops::RangeInclusive<f64> = 44.0..=110.0;
/// Room for the axis below the bars.
const FOOT: f64 = 20.0 + MARGIN;
/// Share of the pitch that is bar.
const BAR: f64 = 0.55;
/// More roles than anyone reads.
const MOST_ROLES: usize = 40;
/// From one line of a name to the next.
const LINE: f64 = 15.0;
/// Bars of a greater demand end here, or the others would be too small; the words give the demand.
const MOST: f64 = 4.0;

fn roles(chart: &LoadChart) -> &[LoadRole] {
    &chart.roles[..chart.roles.len().min(MOST_ROLES)]
}

fn top(head: &Head) -> f64 {
    head.bottom() + 30.0
}

pub(super) fn height(chart: &LoadChart, head: &Head) -> f64 {
    let rows = roles(chart).len();
    if rows == 0 { head.size.height() } else { top(head) + rows as f64 * pitch(rows, head) + FOOT }
}

/// The least that fills a usual sheet, within what can be read.
fn pitch(rows: usize, head: &Head) -> f64 {
    let room = head.size.height() - top(head) - FOOT;
    (room / rows as f64).clamp(*PITCH.start(), *PITCH.end()).floor()
}

fn sound(share: f64) -> f64 {
    if share.is_finite() { share.max(0.0) } else { 0.0 }
}

pub(super) fn draw(
    chart: &LoadChart,
    canvas: &mut Canvas<'_>,
    fonts: &Fonts,
    head: &Head,
    height: f64,
) -> Result<(), ChartError> {
    let roles = roles(chart);
    if roles.is_empty() {
        return canvas.say(Drawn::NoLoad, head, height);
    }
    let names: Vec<Vec<String>> = roles
        .iter()
        .map(|role| {
            fonts.wrap(
                &clean_name(&role.label),
                Room { width: NAMES, lines: 2 },
                LABEL,
                Face::SemiBold,
            )
        })
        .collect();
    let people: Vec<String> =
        roles.iter().map(|role| spoken(&role.people, head.language)).collect();
    let lines = names.iter().flatten().map(|line| fonts.width(line, LABEL, Face::SemiBold));
    let people_widths = people.iter().map(|words| fonts.width(words, SMALL, Face::Regular));
    let widest = lines.chain(people_widths).fold(0.0, f64::max);
    let left = MARGIN + widest.min(NAMES) + 16.0;
    let right = head.right() - NOTES;
    let most = roles.iter().map(|role| sound(role.asked)).fold(1.0, f64::max).min(MOST);
    let at = |share: f64| left + (right - left) * sound(share).min(most) / most;
    draw_key(roles, left, canvas, fonts, head)?;
    let (top, pitch) = (top(head), pitch(roles.len(), head));
    let bottom = top + pitch * roles.len() as f64;
    for share in ticks(0.0, most, nice_step(most, 6.0).max(0.25)) {
        let line = Area { left: at(share) - 0.5, top: top - 4.0, right: at(share) + 0.5, bottom };
        canvas.fill(line, GRID)?;
        let words = head.language.percent(share);
        canvas.write(&words, at(share), bottom + 16.0, Pen::SMALL.align(Align::Middle))?;
    }
    let bar = (pitch * BAR).round();
    for (number, role) in roles.iter().enumerate() {
        let top = top + pitch * number as f64;
        let middle = top + bar / 2.0;
        let mut y = middle - LINE * names[number].len() as f64 / 2.0 + LABEL * 0.36;
        for line in &names[number] {
            canvas.write(line, MARGIN, y, Pen::LABEL)?;
            y += LINE;
        }
        canvas.write(&people[number], MARGIN, y, Pen::SMALL)?;
        let area =
            |from: f64, to: f64| Area { left: at(from), top, right: at(to), bottom: top + bar };
        canvas.fill(area(0.0, 1.0), WAY)?;
        canvas.fill(area(0.0, role.high.min(1.0)), OPEN)?;
        canvas.fill(area(0.0, role.busy), ON)?;
        canvas.fill(area(1.0, role.asked), ALARM)?;
        let over = role.asked > 1.0;
        let ink = if over { ALARM_INK } else { INK };
        let words = if over {
            head.language.draw(Drawn::AskedFor(role.asked))
        } else {
            head.language.percent(role.busy)
        };
        canvas.write(&words, right + 12.0, middle - 3.0, Pen::LABEL.colour(ink))?;
        let note = spoken(&role.note, head.language);
        let note = fonts.shorten(&note, NOTES - 12.0, SMALL, Face::Regular);
        canvas.write(&note, right + 12.0, middle + 13.0, Pen::SMALL)?;
    }
    let line = Area { left: at(1.0) - 1.0, top: top - 4.0, right: at(1.0) + 1.0, bottom };
    canvas.fill(line, AXIS)?;
    let words = head.language.draw(Drawn::OfWorkingTime);
    canvas.write(&words, left, bottom + 34.0, Pen::SMALL)
}

/// What the colours mean, as far as they occur.
fn draw_key(
    roles: &[LoadRole],
    left: f64,
    canvas: &mut Canvas<'_>,
    fonts: &Fonts,
    head: &Head,
) -> Result<(), ChartError> {
    let mut entries = vec![(Drawn::Work, ON)];
    if roles.iter().any(|role| role.high.min(1.0) > role.busy) {
        entries.push((Drawn::BusyWindow, OPEN));
    }
    if roles.iter().any(|role| role.asked > 1.0) {
        entries.push((Drawn::BeyondTime, ALARM));
    }
    entries.push((Drawn::Free, WAY));
    Key::of(&entries, left, head, fonts).draw(canvas, fonts, head.bottom())
}
