//! The share of leads that are won within each time after they came.

use super::seen;
use crate::report::block::Kind;
use crate::report::chart::{Chart, ChartName, Line, LinesChart, Place, Spot};
use crate::report::phrase::{Caption, Finding, Phrase, Swept, days, share};
use crate::study::WinPoint;
use crate::study::simulate::Simulation;

/// The most points that are drawn.
const MOST: usize = 40;
/// The curve is drawn on for so much longer than it rises.
const BEYOND: f64 = 1.25;
/// A curve that has come so near to its last value rises no more.
const NEAR: f64 = 0.98;
/// A point of fewer leads than this part of those of the first says little.
const MANY: f64 = 0.05;

pub(super) fn win_curve(simulation: &Simulation) -> Option<Chart> {
    let all = &simulation.win_curve;
    let enough = MANY * all.first()?.leads as f64;
    let many = all.iter().take_while(|point| point.leads as f64 >= enough).count();
    let points = &all[..many];
    let last = points.last()?.share.value?;
    let value = |point: &WinPoint| point.share.value.unwrap_or(0.0);
    let reaches = |part: f64| points.iter().find(|point| value(point) >= part * last);
    let rises = reaches(NEAR)?.days * BEYOND;
    let shown = points.iter().take_while(|point| point.days <= rises).count().max(1);
    let stride = shown.div_ceil(MOST);
    let drawn = || points.iter().take(shown).skip(stride - 1).step_by(stride);
    let spot = |point: &WinPoint| {
        let half_width = point.share.half_width.unwrap_or(0.0);
        point.share.value.map(|value| Spot::around(value, half_width))
    };
    let title = match (drawn().next_back(), reaches(0.5)) {
        (Some(end), Some(half)) if value(end) > 0.0 => Finding::WonWithin {
            share: share(value(end)),
            within: days(end.days),
            half: days(half.days),
        },
        _ => Finding::NoneWon,
    };
    let level = share(simulation.options.figures.level);
    let place =
        |point: &WinPoint| Place { at: point.days, label: Phrase::Name(point.days.to_string()) };
    Some(Chart::Lines(LinesChart {
        name: ChartName::WinCurve,
        title,
        subtitle: vec![
            Caption::WonWithin.into(),
            Swept::Interval { level, band: true }.into(),
            seen(simulation),
        ],
        kind: Kind::Share,
        axis: Caption::DaysSinceArrival.into(),
        places: drawn().map(place).collect(),
        lines: vec![Line { label: None, spots: drawn().map(spot).collect() }],
        has_zero: true,
        nothing: Swept::NoValues.into(),
    }))
}
